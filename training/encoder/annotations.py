"""Additional labelled sentences: labels by digest, joined with the text of the research data.

`annotations.jsonl` has labels by the digest of the sentence. The sentences are neighbours of
annotated rows, turns of the same documents (in their split), and train sentences of data sets for
other tasks (Security Council speeches, news). None is in a dev or test split, next to a test row,
or in a document that shares a sentence with one. Language-model annotators labelled them by the
annotation guidelines. The first 2,541 were labelled once; agreement with hidden gold train rows:
kappa .81 (component), .68 (kind), .81 (stance). The others were labelled twice independently
(kappa .87, .93, .94; .92 for reported stance), with a third annotator for disagreements; on hidden
gold dev rows, reported stance was found with F1 .85 and .80. News and questions have labels of
stance alone.
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
    """Return the key of a sentence: the start of the SHA-256 of its words."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:16]


def read_annotations(data: Path, corpus: Path) -> list[Record]:
    """Return the annotated sentences in the form of interviews.jsonl, in the order of the labels.

    Skips sentences that neither folder has. Speaker, title and date are those of the document's
    first row.

    Args:
        data: the folder of the training data.
        corpus: the folder with gold_turns.jsonl.
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
    for text, context in corpus_sentences(corpus):
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
