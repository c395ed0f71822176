"""Annotated data as passages: an answer's sentences in order, each with its labels or a mask.

Rows of one document that follow each other in the text are joined; a single picked sentence is a
passage with its neighbours, which have no labels. Train sentences that also occur in a dev or test
split of any data set are masked (ArgUNSC, UNSCon and the interviews share speeches).
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

from pipeline.features.rows import Row, link_rows

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
REAL = ("interviews", "interviews_west", "interviews_more")
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
    """A target or a holder in a sentence and its label.

    ``span`` is null where it is only meant, ``label`` where only a teacher judges: ``taught`` holds
    the teacher's logits.
    """

    head: str
    span: Span | None
    label: int | None
    taught: Floats | None = None


@dataclass
class Sentence:
    """A sentence and what is known of it; without labels it is context.

    ``taught`` holds a teacher's logits a head.
    """

    text: str
    id: str = ""
    labels: dict[str, int] = field(default_factory=dict)
    marked: list[Marked] = field(default_factory=list)
    taught: dict[str, Floats] = field(default_factory=dict)


@dataclass
class Passage:
    """Sentences in order, after a question; all of one document and split."""

    source: str
    split: str
    doc: str
    question: str
    sentences: list[Sentence]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def normalise(text: str) -> str:
    """Words only, lower case: the key under which two sentences are the same."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def held_out_texts(folder: Path) -> set[str]:
    """Normalised sentences of over 30 characters in a dev or test split of any data set."""
    return {
        normalise(row["text"])
        for name in HELD_OUT
        for row in read_lines(folder / name)
        if row["split"] != "train" and len(row["text"]) > MIN_CHARACTERS_TO_HOLD_OUT
    }


def locate(text: str, target: str) -> Span:
    """Code points of the first whole-word occurrence of ``target``, else of the first at all."""
    found = re.search(rf"(?<!\w){re.escape(target)}(?!\w)", text)
    start = found.start() if found else text.index(target)
    return start, start + len(target)


def _index(head: str, value: str) -> int:
    return {**LABELS, **SPAN_LABELS}[head].index(value)


def attributed_label(record: Record) -> str:
    """The stance reported of others: against before favor before neutral; ``none`` without one."""
    found = {item["stance"] for item in record["attributed"] or ()}
    return next((name for name in ("against", "favor", "neutral") if name in found), "none")


def read_interview_sentence(record: Record) -> Sentence:
    """A sentence labelled by the guidelines, in the form of interviews.jsonl."""
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
    """Join rows that follow each other into passages, with the neighbours that have no row."""
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
    """NewsMTSC: one passage a sentence, with all its targets; each twentieth article is dev."""
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
    """Passages of rows labelled by the guidelines."""
    return list(join_sentences(records, [read_interview_sentence(r) for r in records], source))


def read_passages(folder: Path, *, extra: Mapping[str, Sequence[Record]] = {}) -> list[Passage]:
    """All passages of the annotated data, then of ``extra`` (source -> rows as in interviews)."""
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
