"""More labelled sentences: what stands around the data's rows, in their transcripts and speeches.

`annotations.jsonl` holds labels alone, by the digest of the sentence's words. The sentences are
read from the data: neighbours of annotated rows, turns in `corpus` of the same documents, in the
split of their document, and train sentences of the sets that were annotated for other tasks
(Security Council speeches, news). None stands in a dev or test split of any data set, nor beside a
test row, nor in a document that shares a sentence with one. They were labelled by language-model
annotators who followed the annotation guidelines. The first 2,541 were labelled once; mixed in
unseen, gold train rows were labelled with kappa .81 (component), .68 (kind) and .81 (stance). The
others were read twice, each reader blind to the other (kappa .87, .93 and .94; .92 for whether a
stance of others is reported), and a third decided where they differed; mixed in unseen, the 27 gold
dev rows of 182 that report a stance were told from the rest with F1 .85 and .80. What is no answer
(news, questions) has labels of stance alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.encoder.passages import normalise, read_lines
from training.encoder.transcripts import corpus_sentences

Record = dict[str, Any]

LABELS_FILE = Path(__file__).with_name("annotations.jsonl")
_ABOUT = ("speaker", "title", "date")
_ROWS = ("interviews_west.jsonl", "interviews.jsonl")
_OTHER_TASKS = ("argunsc_sentences.jsonl", "umuc_unscon_sentences.jsonl", "newsmtsc.jsonl")


def digest_of(text: str) -> str:
    """The key of a sentence: the start of the SHA-256 of its words."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:16]


def read_annotations(data: Path, corpus: Path) -> list[Record]:
    """The annotated sentences as records in the shape of interviews.jsonl, in the order of labels.

    Args:
        data: the folder of the training data.
        corpus: the folder that has gold_turns.jsonl.

    Speaker, title and date are those of the document's first row. Sentences that the two folders
    do not hold are left out.
    """
    found: dict[str, Record] = {}
    rows = [row for name in _ROWS for row in read_lines(data / name)]
    about = {row["doc"]: {key: row.get(key) for key in _ABOUT} for row in reversed(rows)}
    sentences = (*_transcript_sentences(corpus), *_neighbours(rows), *_of_other_tasks(data))
    for record in sentences:
        found.setdefault(digest_of(record["text"]), record)
    records = []
    for labels in read_lines(LABELS_FILE):
        sentence = found.get(labels["digest"])
        if sentence is not None:
            read = _read_labels(labels, sentence["text"])
            records.append({**about.get(labels["doc"], {}), **sentence, **read})
    return records


def _read_labels(labels: Record, text: str) -> Record:
    place = labels.pop("target_span")
    target = text[slice(*place)] if place else None
    return {**labels, "id": f"a:{labels['digest']}", "target": target}


def _transcript_sentences(corpus: Path) -> Iterator[Record]:
    for text, context in corpus_sentences(corpus, set()):
        yield {
            "text": text,
            "question": context["question"],
            "context_before": context["before"],
            "context_after": context["after"],
        }


def _neighbours(rows: Iterable[Record]) -> Iterator[Record]:
    for row in rows:
        if row["split"] == "test":
            continue
        around = {"question": row.get("question") or ""}
        before, after = row["context_before"] or "", row["context_after"] or ""
        if before:
            yield {**around, "text": before, "context_before": "", "context_after": row["text"]}
        if after:
            yield {**around, "text": after, "context_before": row["text"], "context_after": ""}


def _of_other_tasks(data: Path) -> Iterator[Record]:
    for name in _OTHER_TASKS:
        for row in read_lines(data / name):
            if row["split"] == "train":
                context = {"context_before": row.get("context_before") or ""}
                context["context_after"] = row.get("context_after") or ""
                yield {"text": row["text"], "question": "", **context}
