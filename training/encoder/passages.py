"""Annotated data as passages: the sentences of an answer in order, with their labels.

Consecutive rows of a document are joined; a single sentence gets its neighbours, without labels.
Train sentences that also occur in a dev or test split of any data set lose their labels (ArgUNSC,
UNSCon and the interviews share speeches).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.reading.rows import Row, link_rows

Floats = npt.NDArray[np.float32]
Record = Mapping[str, Any]
Span = tuple[int, int]

LABELS: Mapping[str, tuple[str, ...]] = {
    "component": ("claim", "premise", "none"),
    "component_argunsc": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("none", "about"),
    "stance": ("none", "favor", "neutral", "against"),
    "attributed": ("none", "favor", "neutral", "against"),
}
SPAN_LABELS: Mapping[str, tuple[str, ...]] = {
    "polarity": ("favor", "neutral", "against"),
    "holder": ("none", "favor", "neutral", "against"),
}
REAL = ("interviews", "interviews_west", "interviews_more", "interviews_experts")
HELD_OUT = (
    *(f"{name}.jsonl" for name in REAL),
    "argunsc_sentences.jsonl",
    "newsmtsc.jsonl",
    "umuc_unscon_sentences.jsonl",
    "ibm_claim_stance.jsonl",
)
MIN_CHARACTERS_TO_HOLD_OUT = 30


@dataclass
class Marked:
    """A target or a holder in a sentence.

    Attributes:
        head: ``polarity`` or ``holder``.
        span: code points; null for an implicit target.
        label: index; null if only a teacher judges it.
        taught: the teacher's logits.
    """

    head: str
    span: Span | None
    label: int | None
    taught: Floats | None = None


@dataclass
class Sentence:
    """A sentence with its labels by head; without labels it is context.

    ``taught`` holds a teacher's logits by head.
    """

    text: str
    id: str = ""
    labels: dict[str, int] = field(default_factory=dict)
    marked: list[Marked] = field(default_factory=list)
    taught: dict[str, Floats] = field(default_factory=dict)


@dataclass
class Passage:
    """Consecutive sentences of one document and split, with the question before them."""

    source: str
    split: str
    doc: str
    question: str
    sentences: list[Sentence]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the JSON object of each line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def normalise(text: str) -> str:
    """Return the words in lower case, as a key for equal sentences."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def held_out_texts(folder: Path) -> set[str]:
    """Return the normalised dev and test sentences of all data sets, without short ones."""
    return {
        normalise(row["text"])
        for name in HELD_OUT
        for row in read_lines(folder / name)
        if row["split"] != "train" and len(row["text"]) > MIN_CHARACTERS_TO_HOLD_OUT
    }


def locate(text: str, target: str) -> Span:
    """Return the code points of the first occurrence of ``target``, of whole words if possible."""
    found = re.search(rf"(?<!\w){re.escape(target)}(?!\w)", text)
    start = found.start() if found else text.index(target)
    return start, start + len(target)


def _index(head: str, value: str) -> int:
    return {**LABELS, **SPAN_LABELS}[head].index(value)


def attributed_label(record: Record) -> str:
    """Return the reported stance: against before favor before neutral, or ``none``."""
    found = {item["stance"] for item in record["attributed"] or ()}
    return next((name for name in ("against", "favor", "neutral") if name in found), "none")


def read_interview_sentence(record: Record) -> Sentence:
    """Return the sentence of a row in the form of interviews.jsonl."""
    labels = {
        "stance": _index("stance", record["west"]),
        "west": int(record["west"] != "none"),
        "attributed": _index("attributed", attributed_label(record)),
    }
    if record["component"]:
        labels["component"] = _index("component", record["component"])
    if record["kind"]:
        labels["kind"] = _index("kind", record["kind"])
    sentence = Sentence(record["text"], record["id"], labels)
    if record["west"] != "none":
        span = locate(record["text"], record["target"]) if record["target"] else None
        sentence.marked.append(Marked("polarity", span, _index("polarity", record["west"])))
    return sentence


def join_sentences(
    records: Sequence[Record], sentences: Sequence[Sentence], source: str, *, doc: str = "doc"
) -> Iterator[Passage]:
    """Yield passages of consecutive rows, with the neighbours that have no row."""
    rows = [
        Row(
            text=record["text"],
            context_before=record.get("context_before") or "",
            context_after=record.get("context_after") or "",
            question=record.get("question") or "",
        )
        for record in records
    ]
    linked = link_rows(rows, [record[doc] for record in records])
    places = zip(records, sentences, linked, strict=True)
    for _, group in groupby(places, key=lambda one: id(one[2].answer)):
        members = list(group)
        answer = members[0][2].answer
        assert answer is not None
        around = [Sentence(text) for text in answer.units]
        for _, sentence, row in members:
            around[row.index] = sentence
        first = members[0][0]
        yield Passage(source, first["split"], first[doc], answer.question, around)


def _argunsc(folder: Path) -> Iterator[Passage]:
    records = read_lines(folder / "argunsc_sentences.jsonl")
    sentences = [
        Sentence(
            r["text"], r["unit_id"], {"component_argunsc": _index("component_argunsc", r["label"])}
        )
        for r in records
    ]
    yield from join_sentences(records, sentences, "argunsc", doc="doc_id")


def _unscon(folder: Path) -> Iterator[Passage]:
    records = read_lines(folder / "umuc_unscon_sentences.jsonl")
    sentences = [_unscon_sentence(r) for r in records]
    yield from join_sentences(records, sentences, "unscon", doc="doc_id")


def _unscon_sentence(record: Record) -> Sentence:
    sentence = Sentence(record["text"], record["id"])
    for name in filter(None, record["target"].split("; ")):
        if name in record["text"]:
            span = locate(record["text"], name)
            sentence.marked.append(Marked("polarity", span, _index("polarity", record["label"])))
    return sentence


def _news(folder: Path) -> Iterator[Passage]:
    """Yield NewsMTSC's sentences, with all their targets; each twentieth article is dev."""
    passages: dict[tuple[str, str], Passage] = {}
    for r in read_lines(folder / "newsmtsc.jsonl"):
        article = "_".join(r["id"].split("_")[:3])
        split = r["split"]
        if split == "train" and int(hashlib.sha256(article.encode()).hexdigest(), 16) % 20 == 0:
            split = "dev"
        key = (split, r["text"])
        if key not in passages:
            passages[key] = Passage("newsmtsc", split, article, "", [Sentence(r["text"], r["id"])])
        span = (r["target_start"], r["target_end"])
        marked = Marked("polarity", span, _index("polarity", r["label"]))
        passages[key].sentences[0].marked.append(marked)
    yield from passages.values()


def _ibm(folder: Path) -> Iterator[Passage]:
    for r in read_lines(folder / "ibm_claim_stance.jsonl"):
        sentiment = {"1": "favor", "-1": "against"}.get(str(r["claim_sentiment"]))
        if sentiment is None or not r["claim_target"]:
            continue
        span = (int(r["claim_target_start"]), int(r["claim_target_end"]))
        sentence = Sentence(r["text"], f"ibm:{r['id']}")
        sentence.marked.append(Marked("polarity", span, _index("polarity", sentiment)))
        yield Passage("ibm", r["split"], r["target"], "", [sentence])


def read_interviews(records: Sequence[Record], source: str) -> list[Passage]:
    """Return the passages of rows in the form of interviews.jsonl."""
    return list(join_sentences(records, [read_interview_sentence(r) for r in records], source))


def read_passages(folder: Path, *, extra: Mapping[str, Sequence[Record]] = {}) -> list[Passage]:
    """Return all passages of the annotated data, then those of ``extra`` rows by source."""
    passages = [
        passage
        for name in (*REAL, "written")
        for passage in read_interviews(read_lines(folder / f"{name}.jsonl"), name)
    ]
    for source, records in extra.items():
        passages += read_interviews(records, source)
    passages += [*_argunsc(folder), *_unscon(folder), *_news(folder), *_ibm(folder)]
    held_out = held_out_texts(folder)
    for passage in passages:
        if passage.split == "train":
            for sentence in passage.sentences:
                if normalise(sentence.text) in held_out:
                    sentence.labels, sentence.marked = {}, []
    return [p for p in passages if any(s.labels or s.marked for s in p.sentences)]
