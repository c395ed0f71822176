"""Training and evaluation rows of every task, read from the annotated data.

Train rows whose sentence also stands in a dev or test split of any data set are left out (ArgUNSC,
UNSCon and the interviews share speeches), whatever their task.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.encoder.templates import frame_plain, frame_target
from training.finetune.annotations import read_annotations
from training.finetune.holders import holder_rows
from training.finetune.rows import (
    FILES,
    Record,
    Row,
    held_out_texts,
    label,
    locate,
    merge_rows,
    normalise,
    read_context,
    read_lines,
)
from training.finetune.written import is_of_talk, read_written

ANNOTATIONS = "annotations"
ANSWERS = "answers"
TALKS = "talks"
INTERVIEWS = ("interviews.jsonl", "interviews_west.jsonl", "written.jsonl")


def attributed_label(record: Record) -> str:
    """The stance reported of others: against before favor before neutral, `none` without one."""
    found = {item["stance"] for item in record["attributed"] or ()}
    return next((name for name in ("against", "favor", "neutral") if name in found), "none")


def _interview_rows(records: Iterable[Record], source: str) -> Iterator[Row]:
    for r in records:
        context = read_context(r)
        where = (source, r["split"], r["doc"])
        labels = label("stance", r["west"]) | {"west": int(r["west"] != "none")}
        labels |= label("attributed", attributed_label(r))
        if r["component"]:
            labels |= label("component", r["component"])
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
        framed = frame_plain(r["text"], **read_context(r))
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
            framed = frame_target(r["text"], name, **read_context(r))
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


def read_rows(folder: Path, *, corpus: Path | None = None) -> list[Row]:
    """All rows of every task and split, in file order, overlapping train rows left out.

    Rows with the same two segments and split are one row with both sets of labels. With `corpus`,
    the annotated sentences around the data's rows and in its transcripts come after; the answers
    and the whole talks written for fitting come last.
    """
    data = {name: read_lines(folder / name) for name in FILES}
    data[ANNOTATIONS] = read_annotations(folder, corpus) if corpus else []
    written = read_written()
    data[ANSWERS] = [r for r in written if not is_of_talk(r)]
    data[TALKS] = [r for r in written if is_of_talk(r)]
    held_out = held_out_texts(folder)
    for name, records in data.items():
        data[name] = [
            r for r in records if r["split"] != "train" or normalise(r["text"]) not in held_out
        ]
    rows = [
        *(
            row
            for name in INTERVIEWS
            for make in (_interview_rows, holder_rows)
            for row in make(data[name], name.removesuffix(".jsonl"))
        ),
        *_argunsc_rows(data["argunsc_sentences.jsonl"]),
        *_news_rows(data["newsmtsc.jsonl"]),
        *_unscon_rows(data["umuc_unscon_sentences.jsonl"]),
        *_ibm_rows(data["ibm_claim_stance.jsonl"]),
        *_interview_rows(data[ANNOTATIONS], ANNOTATIONS),
        *holder_rows(data[ANNOTATIONS], ANNOTATIONS),
        *_interview_rows(data[ANSWERS], ANSWERS),
        *holder_rows(data[ANSWERS], ANSWERS),
        *_interview_rows(data[TALKS], TALKS),
        *holder_rows(data[TALKS], TALKS),
    ]
    return merge_rows(rows)
