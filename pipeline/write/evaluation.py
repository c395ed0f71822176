"""An evaluation on the terminal: one table for all questions, then one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text


class _Interval(Protocol):
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class _Baseline(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def macro_f1(self) -> _Interval: ...


class _Class(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def precision(self) -> float: ...
    @property
    def recall(self) -> float: ...
    @property
    def f1(self) -> float: ...
    @property
    def support(self) -> int: ...


class _Question(Protocol):
    @property
    def question(self) -> str: ...
    @property
    def labels(self) -> Sequence[str]: ...
    @property
    def n_rows(self) -> int: ...
    @property
    def macro_f1(self) -> _Interval: ...
    @property
    def weighted_f1(self) -> float: ...
    @property
    def calibration_error(self) -> float: ...
    @property
    def classes(self) -> Sequence[_Class]: ...
    @property
    def confusion(self) -> Sequence[Sequence[int]]: ...
    @property
    def baselines(self) -> Sequence[_Baseline]: ...


class Scored(Protocol):
    """What is rendered: ``pipeline.learn.scoring.Evaluation`` fits."""

    @property
    def task(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def files(self) -> Sequence[str]: ...
    @property
    def split(self) -> str: ...
    @property
    def n_rows(self) -> int: ...
    @property
    def n_docs(self) -> int: ...
    @property
    def questions(self) -> Sequence[_Question]: ...


def render(evaluation: Scored) -> RenderableType:
    """Return the scores as rich tables: macro-F1 beside the baselines, then each question."""
    return Group(*_parts(evaluation))


def _parts(evaluation: Scored) -> Iterator[RenderableType]:
    yield Text(
        f"{evaluation.task}: {evaluation.model} on {', '.join(evaluation.files)}, split "
        f"{evaluation.split}: {evaluation.n_rows:,} rows, {evaluation.n_docs:,} documents"
    )
    yield _summary(evaluation.questions)
    for question in evaluation.questions:
        yield _detail(question)


def _summary(questions: Sequence[_Question]) -> Table:
    table = Table(
        title="macro-F1, 95 % interval from a bootstrap over documents", title_justify="left"
    )
    for name in ("question", "rows", "model", "majority", "lexicon", "weighted F1", "ECE"):
        table.add_column(name, justify="left" if name == "question" else "right")
    for question in questions:
        baselines = {baseline.name: baseline.macro_f1 for baseline in question.baselines}
        table.add_row(
            question.question,
            f"{question.n_rows:,}",
            _interval(question.macro_f1),
            f"{baselines['majority'].value:.3f}",
            f"{baselines['lexicon'].value:.3f}",
            f"{question.weighted_f1:.3f}",
            f"{question.calibration_error:.3f}",
        )
    return table


def _detail(question: _Question) -> Table:
    table = Table(title=f"{question.question}: gold in rows", title_justify="left")
    table.add_column("label")
    for name in ("precision", "recall", "F1", "rows"):
        table.add_column(name, justify="right")
    for label in question.labels:
        table.add_column(f"-> {label}", justify="right")
    for score, counts in zip(question.classes, question.confusion, strict=True):
        table.add_row(
            score.label,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            f"{score.support:,}",
            *(f"{count:,}" for count in counts),
        )
    return table


def _interval(interval: _Interval) -> str:
    return f"{interval.value:.3f} ({interval.low:.3f} to {interval.high:.3f})"
