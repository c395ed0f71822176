"""A baseline to compare the models with: TF-IDF of a sentence's words and logistic regression.

Fitted on the train rows of the interviews; ``training.benchmark`` prints its macro-F1 beside that
of the models. It reads neither the question nor the neighbours of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from pipeline.evaluate.annotations import read_claim_rows, read_stance_rows
from pipeline.evaluate.questions import COMPONENT, HEADS, KIND, STANCE

FILES = (
    "interviews.jsonl",
    "interviews_more.jsonl",
    "interviews_west.jsonl",
    "interviews_experts.jsonl",
)
"""Files of one definition of each label."""


def score_baseline(data: Path, file: str, split: str) -> dict[str, float]:
    """Return macro-F1 of component, kind and own stance on a split; {} for a file not of ``FILES``.

    Raises:
        InputError: a file cannot be read, or a row is not as expected.
    """
    found: dict[str, float] = {}
    for question in (COMPONENT, KIND, STANCE) if file in FILES else ():
        rows = list(_labelled(question, [data / file], split))
        if rows:
            texts, gold = zip(*rows, strict=True)
            answers = _fit(question, data).predict(texts)
            found[question] = float(f1_score(gold, answers, average="macro", zero_division=0.0))
    return found


@cache
def _fit(question: str, data: Path) -> Pipeline:
    files = [data / name for name in FILES]
    texts, labels = zip(*_labelled(question, files, "train"), strict=True)
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    model = LogisticRegression(class_weight="balanced", solver="liblinear")
    return make_pipeline(words, OneVsRestClassifier(model)).fit(texts, labels)


def _labelled(question: str, files: Sequence[Path], split: str) -> Iterator[tuple[str, str]]:
    """Yield the text and the label of each row of a split that has one."""
    read = read_stance_rows if question == STANCE else read_claim_rows
    for row in read(files):
        if row.split == split and HEADS[question] in row.labels:
            yield row.row.text, row.labels[HEADS[question]]
