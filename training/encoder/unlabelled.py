"""Passages without labels for distillation: what the teacher judges and the student learns from.

The answers of the research transcripts whose documents are in no dev or test split (never the one
whose text is copyright), with actors of the West and others marked as targets and holders. Nothing
from the data that are for evaluation only.
"""

from __future__ import annotations

import random
from pathlib import Path

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
from training.encoder.transcripts import split_sentences

COPYRIGHT = frozenset({"seed"})
MARKED_SHARE = 0.5
"""Share of the actors' mentions that are marked as a target, and as a holder."""


def read_unlabelled(folder: Path, corpus: Path, *, seed: int) -> list[Passage]:
    """Answers of the transcripts as passages; held-out sentences are left out."""
    barred = set(COPYRIGHT)
    for name in REAL:
        rows = read_lines(folder / f"{name}.jsonl")
        barred |= {row["doc"] for row in rows if row["split"] != "train"}
    held_out = held_out_texts(folder)
    rng, actors = random.Random(seed), load_actors()
    passages: list[Passage] = []
    question, doc = "", ""
    for turn in read_lines(corpus / "gold_turns.jsonl"):
        if turn["doc"] != doc:
            question, doc = "", turn["doc"]
        text = " ".join(turn["paragraphs"])
        if turn["role"] == "interviewer":
            question = text
        elif doc not in barred:
            said = [Sentence(one) for one in split_sentences(text)]
            said = [one for one in said if normalise(one.text) not in held_out]
            for sentence in said:
                for mention in actors.mentions(sentence.text):
                    for head in ("polarity", "holder"):
                        if rng.random() < MARKED_SHARE:
                            span = (mention.start, mention.end)
                            sentence.marked.append(Marked(head, span, None))
            if said:
                passages.append(Passage("unlabelled", "train", doc, question, said))
    return passages
