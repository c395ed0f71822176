"""The table of all models on all test sets, beside published figures: benchmarks/models.md.

Run it as ``python -m pipeline.learn.benchmark DATA OUT``; ``make benchmarks`` does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import MODEL_CHOICES, choose_models, load_settings
from pipeline.learn.evaluate import evaluate_claims, evaluate_stance, evaluate_targeted
from pipeline.learn.figures import Evaluation, QuestionScore

EVALUATE = {"claims": evaluate_claims, "stance": evaluate_stance, "targeted": evaluate_targeted}


@dataclass(frozen=True)
class Test:
    """A test set, the question asked of it, and what others reached on it."""

    task: str
    file: str
    split: str
    published: dict[str, str]


TESTS = (
    Test("claims", "interviews.jsonl", "test", {}),
    Test("stance", "interviews.jsonl", "test", {}),
    Test("claims", "interviews_west.jsonl", "test", {}),
    Test("stance", "interviews_west.jsonl", "test", {}),
    Test(
        "claims",
        "argunsc_sentences.jsonl",
        "test",
        {
            "argument or not": ".819 (RoBERTa, easier folds); GPT-4 few-shot .767",
            "claim or premise of gold arguments": "weighted .755 (RoBERTa, easier folds)",
        },
    ),
    Test(
        "targeted",
        "newsmtsc.jsonl",
        "devtest_rw",
        {"polarity": ".831 (GRU-TSC); plain RoBERTa .811"},
    ),
    Test(
        "targeted",
        "newsmtsc.jsonl",
        "devtest_mt",
        {"polarity": ".825 (GRU-TSC); plain RoBERTa .794"},
    ),
)
HEAD = """# Models, side by side

Made by `make benchmarks DATA=FOLDER`, which runs `westward evaluate` for each model and test set.
Macro-F1 with its 95 % interval from a bootstrap over documents (for NewsMTSC, whose rows name no
document, over rows), weighted F1, expected calibration error; beside it the majority class, a
lexicon, and the linear model (TF-IDF and grammar with logistic regression). `dev` chose, `test` is
the report.

Published figures are of other splits: those on ArgUNSC come from five unpublished folds over
sentences, ours from whole meetings held out, which is harder; those on NewsMTSC from its own test
sets, as ours. The interviews have no published figures: their labels follow our guidelines.
"""
COLUMNS = ("model", "macro-F1", "interval", "weighted", "ECE", "majority", "lexicon", "linear")


def make_benchmarks(data: Path, *, models: Path | None = None) -> str:
    """Return the table of all models on all test sets, in Markdown.

    Args:
        data: the folder of annotated rows that the tests name.
        models: a folder of models that is searched first.

    Raises:
        InputError: a file is missing or not as expected.
        ArtefactError: a model is missing or altered.
    """
    return "\n".join([HEAD, *_sections(data, models)]) + "\n"


def _sections(data: Path, models: Path | None) -> Iterator[str]:
    for test in TESTS:
        by_model = {
            choice: EVALUATE[test.task](
                data / test.file,
                split=test.split,
                models=models,
                settings=load_settings(choose_models(choice)),
            )
            for choice in MODEL_CHOICES
        }
        first = next(iter(by_model.values()))
        yield f"## {test.task}: {test.file}, {test.split}\n"
        yield f"{first.n_rows:,} rows, {first.n_docs:,} documents.\n"
        for question in first.questions:
            yield f"**{question.question}** ({question.n_rows:,} rows)"
            if published := test.published.get(question.question):
                yield f"; published: {published}"
            yield "\n" + _table(by_model, question.question)


def _table(by_model: dict[str, Evaluation], question: str) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    for choice, evaluation in by_model.items():
        lines.append("| " + " | ".join(_cells(choice, evaluation.question(question))) + " |")
    return "\n".join(lines) + "\n"


def _cells(choice: str, score: QuestionScore) -> list[str]:
    baselines = {baseline.name: _share(baseline.macro_f1.value) for baseline in score.baselines}
    return [
        choice,
        f"**{_share(score.macro_f1.value)}**",
        f"{_share(score.macro_f1.low)}–{_share(score.macro_f1.high)}",
        _share(score.weighted_f1),
        _share(score.calibration_error),
        *(baselines.get(name, "") for name in COLUMNS[5:]),
    ]


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(make_benchmarks(Path(sys.argv[1])), encoding="utf8")
