"""Argumentative units: the sentences of each turn, with exact offsets.

Boundaries are those of spaCy's dependency parse, split at paragraph breaks. Stage directions such
as "(Laughter.)" are not units.

Example:
    >>> from pipeline.stages.segment import sentence_spans
    >>> from pipeline.parse import load_spacy
    >>> doc = load_spacy("en_core_web_sm")("It failed. (Laughter.)\\n\\nWhy? Nobody asked.")
    >>> [doc.text[start:end] for start, end in sentence_spans(doc)]
    ['It failed.', 'Why?', 'Nobody asked.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from pipeline.parse import Parser
from pipeline.records import Interview, Unit
from pipeline.stage import Fingerprint

_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_STAGE_DIRECTION = re.compile(r"\([^()]{1,60}\)\.?|\[[^\[\]]{1,60}\]\.?")


class Segment:
    """Splits every turn into sentences."""

    name = "segment"
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ("units",)

    def __init__(self, parser: Parser) -> None:
        self.parser = parser

    @property
    def fingerprint(self) -> Fingerprint:
        """The parser."""
        return self.parser.fingerprint

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Unit, ...]]:
        """Return the units of all turns except asides, in order."""
        docs = self.parser.docs(interview)
        units = [
            Unit(
                id=f"{turn.id}.u{number}",
                turn_id=turn.id,
                start=start,
                end=end,
                text=turn.text[start:end],
            )
            for turn in interview.turns
            if turn.kind != "aside"
            for number, (start, end) in enumerate(sentence_spans(docs[turn.id]), start=1)
        ]
        return {"units": tuple(units)}


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """Return half-open code points of each sentence of a parsed turn."""
    spans: list[tuple[int, int]] = []
    whole = doc.text  # spaCy joins it again at each call
    for start, end in _split_at_paragraphs(doc, whole):
        text = whole[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        piece = whole[start:end]
        if not piece or _STAGE_DIRECTION.fullmatch(piece):
            continue
        if not any(char.isalnum() for char in piece):
            if spans and not _PARAGRAPH_BREAK.search(whole, spans[-1][1], start):
                spans[-1] = (spans[-1][0], end)  # a closing quotation mark, a stray dash
            continue
        spans.append((start, end))
    return spans


def _split_at_paragraphs(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        start = sentence.start_char
        for gap in _PARAGRAPH_BREAK.finditer(text, sentence.start_char, sentence.end_char):
            yield start, gap.start()
            start = gap.end()
        yield start, sentence.end_char
