"""Marks of possible stance holders in annotated sentences, for the head `holder`.

Annotated holders are marked with their reported stance; for a holder that the sentence does not
name, the first pronoun of the third person is marked. Other phrases that could name a holder are
marked `none`: all in dev, test and sentences with a reported stance, a sample in the others.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Token

from pipeline.actors import ActorTable, load_actors
from pipeline.attribution import find_holders
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Entity
from training.attribution.score import same_holder
from training.encoder.passages import SPAN_LABELS, Marked, Passage

QUIET_SHARE = 0.5
"""Share of phrases that are marked in train sentences without a reported stance."""
_PRONOUNS = frozenset({"he", "she", "they", "them", "him", "her"})


def mark_holders(
    passages: Sequence[Passage], records: Mapping[str, Mapping[str, Any]], *, seed: int
) -> None:
    """Add `holder` marks to the sentences that have a record, in place.

    Args:
        records: rows in the form of interviews.jsonl by their id.
    """
    actors = load_actors()
    rng = random.Random(f"{seed}/holders")
    sentences = [(p.split, s) for p in passages for s in p.sentences if s.labels]
    sentences = [(split, s) for split, s in sentences if s.id in records]
    docs = Parser(load_settings().parse.model).parse(s.text for _, s in sentences)
    for (split, sentence), doc in zip(sentences, docs, strict=True):
        record = records[sentence.id]
        found = holder_labels(record, list(_phrases(doc, actors)), actors)
        for span, stance in found.items():
            quiet = split == "train" and not record["attributed"]
            if not quiet or rng.random() < QUIET_SHARE:
                label = SPAN_LABELS["holder"].index(stance)
                sentence.marked.append(Marked("holder", span, label))


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


def holder_labels(
    record: Mapping[str, Any], phrases: Sequence[tuple[int, int]], actors: ActorTable
) -> dict[tuple[int, int], str]:
    """Return the reported stance of each phrase's holder, or `none`."""
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
    """Return the phrase closest to a span; the span itself without phrases."""

    def differs(phrase: tuple[int, int]) -> int:
        return abs(phrase[0] - span[0]) + abs(phrase[1] - span[1])

    return min(phrases, key=differs, default=span)
