"""Sentences and passages of the research transcripts, without labels."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.actors import load_actors
from training.encoder.passages import (
    REAL,
    Marked,
    Passage,
    Sentence,
    held_out_texts,
    normalise,
    read_lines,
)

FILE = "gold_turns.jsonl"
COPYRIGHT = frozenset({"seed"})
"""Documents whose text is under copyright: never used for fitting."""
MARKED_SHARE = 0.5
"""Share of the actors' mentions that are marked as a target, and as a holder."""
_BREAK = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")


def split_sentences(paragraph: str) -> list[str]:
    """Split after closing punctuation before a capital; drops pieces of one or two words."""
    return [part for part in _BREAK.split(paragraph) if len(part.split()) > 2]


def corpus_sentences(corpus: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every sentence of the transcripts with its question and neighbours."""
    for turn, question in _turns(corpus):
        spoken = [s for paragraph in turn["paragraphs"] for s in split_sentences(paragraph)]
        around = zip(["", *spoken], spoken, [*spoken[1:], ""], strict=False)
        for before, sentence, after in around:
            yield sentence, {"question": question, "before": before, "after": after}


def read_unlabelled(folder: Path, corpus: Path, *, seed: int) -> list[Passage]:
    """Return answers of the transcripts as passages, for distillation.

    Actors are marked as targets and holders. Excludes documents of dev and test splits, those under
    ``COPYRIGHT``, and held-out sentences.

    Args:
        folder: of the annotated rows.
        corpus: of the transcripts.
    """
    barred = set(COPYRIGHT)
    for name in REAL:
        rows = read_lines(folder / f"{name}.jsonl")
        barred |= {row["doc"] for row in rows if row["split"] != "train"}
    held_out = held_out_texts(folder)
    rng, actors = random.Random(seed), load_actors()
    passages: list[Passage] = []
    for turn, question in _turns(corpus):
        if turn["role"] == "interviewer" or turn["doc"] in barred:
            continue
        texts = split_sentences(" ".join(turn["paragraphs"]))
        sentences = [Sentence(text) for text in texts if normalise(text) not in held_out]
        for sentence in sentences:
            for mention in actors.mentions(sentence.text):
                for head in ("polarity", "holder"):
                    if rng.random() < MARKED_SHARE:
                        span = (mention.start, mention.end)
                        sentence.marked.append(Marked(head, span, None))
        if sentences:
            passages.append(Passage("unlabelled", "train", turn["doc"], question, sentences))
    return passages


def _turns(corpus: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each turn with the interviewer's last turn before it in the document."""
    question, doc = "", ""
    for turn in read_lines(corpus / FILE):
        if turn["doc"] != doc:
            question, doc = "", turn["doc"]
        yield turn, question
        if turn["role"] == "interviewer":
            question = " ".join(turn["paragraphs"])
