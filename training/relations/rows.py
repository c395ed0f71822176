"""Annotated passages of answers, read by an encoder: ours of the research data, and new ones.

``labels.jsonl`` has the labels of 244 more passages of unlabelled interviews, hearings and news
conferences (``raw/experts.jsonl.gz``), drawn at random, none with a sentence of dev or test, and
no text: document, turn (by place in the document), offsets of each sentence in the turn (half-open
code points), and a digest of the passage. Two language-model readers, ``reader`` a and b, read a
part each, once; some of b's passages were read again. They are for fitting; nothing is measured on
them alone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.encoder import Encoder
from pipeline.errors import InputError
from pipeline.evaluate.relations import Tree, read_annotated
from pipeline.reading.rows import Answer
from training.encoder.passages import read_lines
from training.relations.features import Passage

LABELS_FILE = Path(__file__).with_name("labels.jsonl")
PASSAGES, RAW = Path("train") / "relations.jsonl", Path("raw") / "experts.jsonl.gz"
QUESTION_CHARACTERS = 400
_AT_ONCE = 64


@dataclass(frozen=True)
class Annotated:
    """A passage of an answer with its annotated links."""

    doc: str
    answer: Answer
    tree: Tree


@dataclass(frozen=True)
class Example:
    """An annotated passage as an encoder reads it; ``said`` are the components that it judges."""

    doc: str
    passage: Passage
    said: tuple[str, ...]
    tree: Tree


def read_ours(data: Path, *, split: str) -> list[Annotated]:
    """Read the annotated passages of a split.

    Raises:
        InputError: there are none.
    """
    rows = read_annotated(data / PASSAGES, split=split)
    return [Annotated(row.doc, row.answer, row.tree) for row in rows]


def tree_of(sentences: Sequence[Mapping[str, Any]]) -> Tree:
    """Return the links of sentences with ``parent`` (a number from 1, or null) and ``relation``."""
    return {
        at: (one["parent"] - 1, one["relation"] == "attack")
        for at, one in enumerate(sentences)
        if one["parent"] is not None
    }


def digest_of(texts: Iterable[str]) -> str:
    """Return the key of a passage: the start of the SHA-256 of its sentences, a line each."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def read_new(data: Path) -> list[Annotated]:
    """Join the labels of ``labels.jsonl`` with the texts of the research data.

    Raises:
        InputError: the sentences of a passage are not there.
    """
    labels = read_lines(LABELS_FILE)
    wanted = {one["doc"] for one in labels}
    with gzip.open(data / RAW, "rt", encoding="utf-8") as lines:
        documents = {doc["id"]: doc for doc in map(json.loads, lines) if doc["id"] in wanted}
    return [join(one, documents.get(one["doc"], {"turns": []})["turns"]) for one in labels]


def join(labels: Mapping[str, Any], turns: Sequence[Mapping[str, Any]]) -> Annotated:
    """Return a labelled passage with the words of its document's turns.

    Raises:
        InputError: the sentences are not there.
    """
    place, sentences = labels["turn"], labels["sentences"]
    text = turns[place]["text"] if place < len(turns) else ""
    texts = tuple(text[one["start"] : one["end"]] for one in sentences)
    if digest_of(texts) != labels["digest"]:
        raise InputError(
            f"{LABELS_FILE.name}: turn {place} of {labels['doc']} has other words; expected those "
            f"of {RAW}"
        )
    asked = [turn["text"] for turn in turns[:place] if turn["role"] == "interviewer"]
    question = asked[-1][-QUESTION_CHARACTERS:] if asked else ""
    return Annotated(labels["doc"], Answer(question, texts), tree_of(sentences))


def read_examples(encoder: Encoder, passages: Iterable[Annotated]) -> Iterator[Example]:
    """Yield each passage as an encoder reads it, in order."""
    labels, left = encoder.labels["component"], iter(passages)
    while some := tuple(islice(left, _AT_ONCE)):
        readings = encoder.read([one.answer for one in some])
        for one, reading in zip(some, readings, strict=True):
            heads = encoder.judge(reading.vectors)
            said = tuple(labels[at] for at in heads["component"].argmax(axis=1))
            passage = Passage(one.answer.units, reading.vectors, heads)
            yield Example(one.doc, passage, said, one.tree)
