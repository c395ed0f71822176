"""An evaluation on the terminal: one table for all questions, then one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.box import SIMPLE
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


def render_change(before: Scored, after: Scored) -> RenderableType:
    """Return one table of macro-F1 before and after training, a row a question."""
    table = _table(f"before: {before.model}; after: {after.model}; macro-F1")
    table.add_column("question")
    for name in ("before", "after", "change"):
        table.add_column(name, justify="right")
    earlier = {question.question: question.macro_f1.value for question in before.questions}
    for question in after.questions:
        new, old = question.macro_f1.value, earlier.get(question.question)
        change = ("", "") if old is None else (_share(old), f"{new - old:+.3f}")
        table.add_row(question.question, change[0], _share(new), change[1])
    return table


def _summary(questions: Sequence[_Question]) -> Table:
    names = tuple(dict.fromkeys(b.name for question in questions for b in question.baselines))
    table = _table("macro-F1 with its 95 % interval (bootstrap over documents)")
    table.add_column("question", max_width=18)
    for name in ("rows", "model", "interval", *names, "ECE"):
        table.add_column(name, justify="right")
    for question in questions:
        baselines = {baseline.name: baseline.macro_f1.value for baseline in question.baselines}
        low, high = question.macro_f1.low, question.macro_f1.high
        table.add_row(
            question.question,
            f"{question.n_rows:,}",
            _share(question.macro_f1.value),
            f"{_share(low)}–{_share(high)}",
            *(_share(baselines[name]) if name in baselines else "" for name in names),
            _share(question.calibration_error),
        )
    return table


def _detail(question: _Question) -> Table:
    title = f"{question.question}: gold in rows; weighted F1 {_share(question.weighted_f1)}"
    table = _table(title)
    table.add_column("label")
    for name in ("prec.", "recall", "F1", "rows"):
        table.add_column(name, justify="right")
    for label in question.labels:
        table.add_column(f"→ {label}", justify="right")
    for score, counts in zip(question.classes, question.confusion, strict=True):
        table.add_row(
            score.label,
            _share(score.precision),
            _share(score.recall),
            _share(score.f1),
            f"{score.support:,}",
            *(f"{count:,}" for count in counts),
        )
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
