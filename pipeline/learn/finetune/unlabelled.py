"""Pairs without labels for distillation: what the teacher judges and the student learns from.

Sources: the transcripts of `corpus` whose documents are in no dev or test split (never the one
whose text is copyright), train sentences of the labelled sets seen with another template, without
context, or with another target marked, and ArgUNSC's clauses. Nothing from `data/evaluate`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.encoder.templates import frame_plain, frame_target
from pipeline.learn.finetune.rows import (
    FILES,
    Row,
    held_out_texts,
    normalise,
    read_lines,
    read_rows,
)
from pipeline.learn.finetune.targets import find_others, find_western

COPYRIGHT = frozenset({"seed"})
_BREAK = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")


def split_sentences(paragraph: str) -> list[str]:
    """Cut after closing punctuation before a capital: rough, enough for unlabelled text."""
    return [part for part in _BREAK.split(paragraph) if len(part.split()) > 2]


def _corpus_sentences(corpus: Path, barred: set[str]) -> Iterator[tuple[str, str, str]]:
    question, before, doc = "", "", ""
    for turn in read_lines(corpus / "gold_turns.jsonl"):
        if turn["doc"] in barred:
            continue
        if turn["doc"] != doc:
            question, before, doc = "", "", turn["doc"]
        for paragraph in turn["paragraphs"]:
            for sentence in split_sentences(paragraph):
                yield sentence, question, before
                before = sentence
        if turn["role"] == "interviewer":
            question, before = " ".join(turn["paragraphs"]), ""


def _labelled_sentences(folder: Path) -> Iterator[tuple[str, str, str]]:
    for name in (*FILES, "argunsc_spans.jsonl"):
        for r in read_lines(folder / name):
            if r["split"] == "train":
                yield r["text"], r.get("question") or "", r.get("context_before") or ""


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

    unseen = (*_corpus_sentences(corpus, barred), *_labelled_sentences(folder))
    for text, question, before in unseen:
        if normalise(text) in held_out:
            continue
        add("plain", frame_plain(text, question=question, before=before))
        if (question or before) and rng.random() < 0.25:
            add("plain", frame_plain(text))
        western, others = find_western(text), find_others(text)
        for start, end in rng.sample(western, min(2, len(western))):
            add(
                "marked",
                frame_target(
                    text, text[start:end], start=start, end=end, question=question, before=before
                ),
            )
        if others and rng.random() < 0.4:
            start, end = rng.choice(others)
            add(
                "marked",
                frame_target(
                    text, text[start:end], start=start, end=end, question=question, before=before
                ),
            )
        if not western and question and rng.random() < 0.3:
            add("marked", frame_target(text, "the West", question=question, before=before))
    return rows


def count_sources(rows: list[Row]) -> str:
    """A line of counts for the log."""
    kinds = sorted({r.source for r in rows})
    return json.dumps({kind: sum(r.source == kind for r in rows) for kind in kinds})
