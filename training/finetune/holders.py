"""Rows that ask of one marked holder: does the speaker report a stance of theirs on the West?

Positive rows mark an annotated holder; where the annotation names one that the sentence only has
as a pronoun, its first personal pronoun of the third person is marked. The other phrases of the
same sentence that could name a holder are negative, and so is a sample of those of sentences in
which nothing is reported.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Token

from pipeline.actors import ActorTable, load_actors
from pipeline.config import load_settings
from pipeline.encoder.templates import frame_holder
from pipeline.parse import Parser
from pipeline.records import Entity
from pipeline.reporting import find_holders
from training.attribution.score import same_holder
from training.finetune.rows import Row, label, read_context

QUIET_SHARE = 0.12
"""Share of the phrases of sentences without a report that are taken for train rows."""
_PRONOUNS = frozenset({"he", "she", "they", "them", "him", "her"})
Record = Mapping[str, Any]


def holder_rows(records: Sequence[Record], source: str) -> Iterator[Row]:
    """Yield the rows with the `holder` label of annotated sentences, in their order.

    In train, phrases of quiet sentences are sampled; in dev and test all are taken.
    """
    settings = load_settings()
    actors = load_actors()
    docs = Parser(settings.parse.model).parse(str(r["text"]) for r in records)
    rng = random.Random(f"{source}/holders")
    for record, doc in zip(records, docs, strict=True):
        found = list(_phrases(doc, actors))
        labels = _labels(record, found, actors)
        for place, stance in labels.items():
            start, end = place
            quiet = not record["attributed"] and record["split"] == "train"
            if quiet and rng.random() >= QUIET_SHARE:
                continue
            text = str(record["text"])
            framed = frame_holder(text, start=start, end=end, **read_context(record))
            yield Row(
                f"{record['id']}/holder{start}",
                source,
                str(record["split"]),
                str(record["doc"]),
                *framed,
                label("holder", stance),
            )


def _phrases(doc: Doc, actors: ActorTable) -> Iterator[tuple[int, int]]:
    """Code points of the phrases of a sentence that may name a holder."""
    named = {token.i: entity for entity in _mentions(doc, actors) for token in _words(doc, entity)}
    for holder in find_holders(doc[:], named=named):
        phrase = doc[slice(*holder.span)]
        yield phrase.start_char, phrase.end_char


def _mentions(doc: Doc, actors: ActorTable) -> Iterator[Entity]:
    """The names of actors in a sentence read by itself."""
    for mention in actors.mentions(doc.text):
        yield Entity(
            id="",
            turn_id="",
            start=mention.start,
            end=mention.end,
            text=mention.text,
            label=mention.label,
            actors=mention.actors,
            blocs=(),
            via="name",
        )


def _words(doc: Doc, entity: Entity) -> Iterator[Token]:
    yield from doc.char_span(entity.start, entity.end, alignment_mode="expand") or ()


def _labels(
    record: Record, phrases: Sequence[tuple[int, int]], actors: ActorTable
) -> dict[tuple[int, int], str]:
    """The stance of each phrase's holder, `none` where none is reported."""
    text = str(record["text"])
    labels = dict.fromkeys(phrases, "none")
    for item in record["attributed"] or ():
        holder = str(item["holder"])
        named = re.search(rf"(?<!\w){re.escape(holder)}(?!\w)", text, re.IGNORECASE)
        if named:
            start, end = named.span()
            overlaps = [p for p in phrases if p[0] < end and start < p[1]]
            for phrase in overlaps:
                labels.pop(phrase, None)
            labels[_closest(overlaps, (start, end))] = str(item["stance"])
            continue
        same = [p for p in phrases if same_holder(text[slice(*p)], None, holder, actors)]
        meant = same or [p for p in phrases if text[slice(*p)].lower() in _PRONOUNS]
        if meant:
            labels[meant[0]] = str(item["stance"])
            for phrase in meant[1:]:
                labels.pop(phrase, None)
    return labels


def _closest(phrases: Sequence[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    """The phrase that shares most with a span, the span itself where there is none."""

    def differs(phrase: tuple[int, int]) -> int:
        return abs(phrase[0] - span[0]) + abs(phrase[1] - span[1])

    return min(phrases, key=differs, default=span)
