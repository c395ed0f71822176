"""Training and evaluation rows for the multi-task network, read from the annotated data.

A row is one pair of segments with the labels known for it. Train rows whose sentence also stands
in a dev or test split of any data set are left out (ArgUNSC, UNSCon and the interviews share
speeches), whatever their task.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

from pipeline.encoder.templates import frame_plain, frame_target

LABELS: Mapping[str, tuple[str, ...]] = {
    "component": ("claim", "premise", "none"),
    "component_argunsc": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("none", "about"),
    "polarity": ("favor", "neutral", "against"),
    "stance": ("none", "favor", "neutral", "against"),
}
PLAIN = ("component", "component_argunsc", "kind", "west", "stance")
FILES = (
    "interviews.jsonl",
    "interviews_west.jsonl",
    "written.jsonl",
    "argunsc_sentences.jsonl",
    "newsmtsc.jsonl",
    "umuc_unscon_sentences.jsonl",
    "ibm_claim_stance.jsonl",
)
Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """Two segments, their source, and the hard labels known (head -> index)."""

    id: str
    source: str
    split: str
    doc: str
    first: str
    second: str
    labels: Mapping[str, int] = field(default_factory=dict)


def read_lines(path: Path) -> list[Record]:
    """Read one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def normalise(text: str) -> str:
    """Words only, lower case: the key under which two sentences are the same."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def locate(text: str, target: str) -> tuple[int, int]:
    """Code points of the first whole-word occurrence of `target`, else of the first at all."""
    found = re.search(rf"(?<!\w){re.escape(target)}(?!\w)", text)
    start = found.start() if found else text.index(target)
    return start, start + len(target)


def label(head: str, value: str) -> dict[str, int]:
    """One hard label as an index."""
    return {head: LABELS[head].index(value)}


class Context(TypedDict):
    """What stands before a sentence."""

    question: str
    before: str


def read_context(record: Mapping[str, Any]) -> Context:
    """The question asked and the sentence before, empty where unknown."""
    question, before = record.get("question"), record.get("context_before")
    return {"question": question or "", "before": before or ""}


def _interview_rows(records: Iterable[Record], source: str) -> Iterator[Row]:
    for r in records:
        context = read_context(r)
        where = (source, r["split"], r["doc"])
        labels = label("component", r["component"]) | label("stance", r["west"])
        labels |= {"west": int(r["west"] != "none")}
        if r["kind"]:
            labels |= label("kind", r["kind"])
        yield Row(r["id"], *where, *frame_plain(r["text"], **context), labels)
        if r["west"] == "none":
            continue
        polarity = label("polarity", r["west"])
        if r["target"]:
            start, end = locate(r["text"], r["target"])
            framed = frame_target(r["text"], r["target"], start=start, end=end, **context)
            yield Row(f"{r['id']}/target", *where, *framed, polarity)
        else:
            odd = int(hashlib.sha256(r["id"].encode()).hexdigest(), 16) % 2
            named = (r["implicit_target"] if odd else None) or "the West"
            framed = frame_target(r["text"], named, **context)
            yield Row(f"{r['id']}/target", *where, *framed, polarity)


def _argunsc_rows(records: Iterable[Record]) -> Iterator[Row]:
    for r in records:
        framed = frame_plain(r["text"], before=r["context_before"] or "")
        labels = label("component_argunsc", r["label"])
        yield Row(r["unit_id"], "argunsc", r["split"], r["doc_id"], *framed, labels)


def _news_rows(records: Iterable[Record]) -> Iterator[Row]:
    for r in records:
        article = "_".join(r["id"].split("_")[:3])
        split = r["split"]
        if split == "train" and int(hashlib.sha256(article.encode()).hexdigest(), 16) % 20 == 0:
            split = "dev"
        framed = frame_target(r["text"], r["target"], start=r["target_start"], end=r["target_end"])
        yield Row(r["id"], "newsmtsc", split, article, *framed, label("polarity", r["label"]))


def _unscon_rows(records: Iterable[Record]) -> Iterator[Row]:
    for r in records:
        for name in filter(None, r["target"].split("; ")):
            if name == "Underdefined":
                continue
            framed = frame_target(r["text"], name, before=r["context_before"] or "")
            polarity = label("polarity", r["label"])
            yield Row(f"{r['id']}/{name}", "unscon", r["split"], r["doc_id"], *framed, polarity)


def _ibm_rows(records: Iterable[Record]) -> Iterator[Row]:
    for r in records:
        sentiment = {"1": "favor", "-1": "against"}.get(str(r["claim_sentiment"]))
        if sentiment is None or not r["claim_target"]:
            continue
        start, end = int(r["claim_target_start"]), int(r["claim_target_end"])
        framed = frame_target(r["text"], r["claim_target"], start=start, end=end)
        polarity = label("polarity", sentiment)
        yield Row(f"ibm:{r['id']}", "ibm", r["split"], r["target"], *framed, polarity)


def held_out_texts(folder: Path) -> set[str]:
    """Normalised sentences over 30 characters that stand in a dev or test split of any data set."""
    return {
        normalise(r["text"])
        for name in FILES
        for r in read_lines(folder / name)
        if r["split"] != "train" and len(r["text"]) > 30
    }


def read_rows(folder: Path) -> list[Row]:
    """All rows of every task and split, in file order, overlapping train rows left out.

    Rows with the same two segments and split are one row with both sets of labels.
    """
    data = {name: read_lines(folder / name) for name in FILES}
    held_out = held_out_texts(folder)
    for name, records in data.items():
        data[name] = [
            r for r in records if r["split"] != "train" or normalise(r["text"]) not in held_out
        ]
    rows = [
        *_interview_rows(data["interviews.jsonl"], "interviews"),
        *_interview_rows(data["interviews_west.jsonl"], "interviews_west"),
        *_interview_rows(data["written.jsonl"], "written"),
        *_argunsc_rows(data["argunsc_sentences.jsonl"]),
        *_news_rows(data["newsmtsc.jsonl"]),
        *_unscon_rows(data["umuc_unscon_sentences.jsonl"]),
        *_ibm_rows(data["ibm_claim_stance.jsonl"]),
    ]
    return merge_rows(rows)


def merge_rows(rows: Iterable[Row]) -> list[Row]:
    """Join train rows with equal segments; the first one's labels win where both have a head."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (row.first, row.second) if row.split == "train" else (row.source, row.split, row.id)
        if key in kept:
            old = kept[key]
            row = Row(
                old.id,
                old.source,
                old.split,
                old.doc,
                old.first,
                old.second,
                {**row.labels, **old.labels},
            )
        kept[key] = row
    return list(kept.values())
