"""Pairs without labels for distillation: what the teacher judges and the student learns from.

Sources: the transcripts of `corpus` whose documents are in no dev or test split (never the one
whose text is copyright), train sentences of the labelled sets seen with another template, without
context, or with another target or holder marked, and ArgUNSC's clauses. Nothing from
`data/evaluate`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.encoder.templates import frame_holder, frame_plain, frame_target
from training.finetune.rows import (
    FILES,
    Row,
    held_out_texts,
    normalise,
    read_context,
    read_lines,
)
from training.finetune.targets import find_others, find_western
from training.finetune.tasks import read_rows
from training.finetune.transcripts import Sentence, corpus_sentences

COPYRIGHT = frozenset({"seed"})


def _labelled_sentences(folder: Path) -> Iterator[Sentence]:
    for name in (*FILES, "argunsc_spans.jsonl"):
        for r in read_lines(folder / name):
            if r["split"] == "train":
                yield r["text"], read_context(r)


def read_unlabelled(folder: Path, corpus: Path, *, seed: int) -> list[Row]:
    """Rows without labels, distinct among themselves and from the labelled train rows."""
    rng = random.Random(seed)
    held_out = held_out_texts(folder)
    barred = set(COPYRIGHT)
    for name in ("interviews.jsonl", "interviews_west.jsonl"):
        barred |= {r["doc"] for r in read_lines(folder / name) if r["split"] != "train"}
    seen = {(r.first, r.second) for r in read_rows(folder)}
    rows: list[Row] = []

    def add(kind: str, pair: tuple[str, str]) -> None:
        if pair not in seen:
            seen.add(pair)
            rows.append(Row(f"u{len(rows):06d}", kind, "train", "", *pair))

    unseen = (*corpus_sentences(corpus, barred), *_labelled_sentences(folder))
    for text, context in unseen:
        if normalise(text) in held_out:
            continue
        add("plain", frame_plain(text, **context))
        if any(context.values()) and rng.random() < 0.25:
            add("plain", frame_plain(text))
        western, others = find_western(text), find_others(text)
        for start, end in rng.sample(western, min(2, len(western))):
            name = text[start:end]
            add("marked", frame_target(text, name, start=start, end=end, **context))
        if others and rng.random() < 0.4:
            start, end = rng.choice(others)
            name = text[start:end]
            add("marked", frame_target(text, name, start=start, end=end, **context))
        if others and rng.random() < 0.3:
            start, end = rng.choice(others)
            add("marked", frame_holder(text, start=start, end=end, **context))
        if not western and context["question"] and rng.random() < 0.3:
            add("marked", frame_target(text, "the West", **context))
    return rows
