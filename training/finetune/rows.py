"""What a row of the multi-task network is: a pair of segments and the labels known for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

LABELS: Mapping[str, tuple[str, ...]] = {
    "component": ("claim", "premise", "none"),
    "component_argunsc": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("none", "about"),
    "polarity": ("favor", "neutral", "against"),
    "stance": ("none", "favor", "neutral", "against"),
    "attributed": ("none", "favor", "neutral", "against"),
    "holder": ("none", "favor", "neutral", "against"),
}
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
    """What stands around a sentence."""

    question: str
    before: str
    after: str


def read_context(record: Mapping[str, Any]) -> Context:
    """The question asked, the sentence before and the one after, empty where unknown."""
    return {
        "question": record.get("question") or "",
        "before": record.get("context_before") or "",
        "after": record.get("context_after") or "",
    }


def held_out_texts(folder: Path) -> set[str]:
    """Normalised sentences over 30 characters that stand in a dev or test split of any data set."""
    return {
        normalise(r["text"])
        for name in FILES
        for r in read_lines(folder / name)
        if r["split"] != "train" and len(r["text"]) > 30
    }


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
