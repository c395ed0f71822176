"""Labels of more sentences of experts: by digest, joined with the text of the research data.

`experts.jsonl` has the labels of 2,664 sentences in 507 passages of unlabelled interviews, hearings
and news conferences (`raw/experts.jsonl.gz`; none of a source of dev or test). The passages are
those in which the encoder 1.1.0 saw praise, a reported stance, or criticism with doubt, so that
they show where it errs, not how common anything is. Three language-model annotators read a third
each by the annotation guidelines; 246 sentences were read by two, with kappa .75 for component, .84
for kind, .79 for own stance, .88 for whether a stance is reported. Nothing is measured on them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.encoder.annotations import digest_of
from training.encoder.passages import read_lines
from training.encoder.transcripts import split_sentences

Record = dict[str, Any]

EXPERTS_FILE = Path(__file__).with_name("experts.jsonl")
RAW = Path("raw") / "experts.jsonl.gz"
QUESTION_CHARACTERS = 600


def read_experts(data: Path) -> list[Record]:
    """Return the labelled sentences in the form of interviews.jsonl, in the order of the labels.

    Args:
        data: the folder of the research data, with raw/.
    """
    labels = read_lines(EXPERTS_FILE)
    wanted = {(one["doc"], one["digest"]) for one in labels}
    found = {
        (record["doc"], digest_of(record["text"])): record
        for record in reversed(list(_sentences(data / RAW)))
        if (record["doc"], digest_of(record["text"])) in wanted
    }
    return [
        _join(one, found[one["doc"], one["digest"]])
        for one in labels
        if (one["doc"], one["digest"]) in found
    ]


def _join(labels: Record, sentence: Record) -> Record:
    def words(place: list[int] | None) -> str | None:
        return sentence["text"][slice(*place)] if place else None

    attributed = [
        {"holder": words(one["holder_span"]) or one["meant"], "stance": one["stance"]}
        for one in labels["attributed"]
    ]
    return {
        **labels,
        **sentence,
        "split": "train",
        "id": f"e:{labels['digest']}",
        "target": words(labels["target_span"]),
        "attributed": attributed,
    }


def _sentences(path: Path) -> Iterator[Record]:
    """Yield the sentences of respondents, with the question and the neighbours."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            question = ""
            for turn in document["turns"]:
                if turn["role"] == "interviewer":
                    question = turn["text"]
                elif turn["role"] == "respondent":
                    spoken = split_sentences(re.sub(r"\n", " ", turn["text"]))
                    around = zip(["", *spoken], spoken, [*spoken[1:], ""], strict=False)
                    for before, text, after in around:
                        yield {
                            "doc": document["id"],
                            "speaker": turn["speaker"],
                            "title": document["title"],
                            "date": document["date"],
                            "text": text,
                            "question": question[-QUESTION_CHARACTERS:],
                            "context_before": before,
                            "context_after": after,
                        }
