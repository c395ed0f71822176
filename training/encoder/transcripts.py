"""The sentences of the research transcripts, with what stands around each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.encoder.passages import read_lines

_BREAK = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")


def split_sentences(paragraph: str) -> list[str]:
    """Cut after closing punctuation before a capital: rough, enough for unlabelled text."""
    return [part for part in _BREAK.split(paragraph) if len(part.split()) > 2]


Sentence = tuple[str, dict[str, str]]


def corpus_sentences(corpus: Path, barred: set[str]) -> Iterator[Sentence]:
    """Every sentence of the transcripts but those of the `barred` documents, with its context."""
    question, doc = "", ""
    for turn in read_lines(corpus / "gold_turns.jsonl"):
        if turn["doc"] in barred:
            continue
        if turn["doc"] != doc:
            question, doc = "", turn["doc"]
        said = [s for paragraph in turn["paragraphs"] for s in split_sentences(paragraph)]
        around = zip(["", *said], said, [*said[1:], ""], strict=False)
        for before, sentence, after in around:
            yield sentence, {"question": question, "before": before, "after": after}
        if turn["role"] == "interviewer":
            question = " ".join(turn["paragraphs"])
