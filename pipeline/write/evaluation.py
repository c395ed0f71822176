"""An evaluation on the terminal: one table for all questions, then one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

FEW_DOCS = 5


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
    @property
    def accuracy(self) -> float | None: ...


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


class _Kept(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    @property
    def predicted(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def precision(self) -> float | None: ...


class _Abstention(Protocol):
    @property
    def target(self) -> float: ...
    @property
    def coverage(self) -> float: ...
    @property
    def accuracy(self) -> float | None: ...
    @property
    def labels(self) -> Sequence[_Kept]: ...


class _Doc(Protocol):
    @property
    def doc(self) -> str: ...
    @property
    def n_rows(self) -> int: ...
    @property
    def macro_f1(self) -> float: ...
    @property
    def accuracy(self) -> float: ...
    @property
    def worst(self) -> str | None: ...


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
    def accuracy(self) -> float: ...
    @property
    def calibration_error(self) -> float: ...
    @property
    def classes(self) -> Sequence[_Class]: ...
    @property
    def confusion(self) -> Sequence[Sequence[int]]: ...
    @property
    def baselines(self) -> Sequence[_Baseline]: ...
    @property
    def abstention(self) -> _Abstention | None: ...
    @property
    def by_doc(self) -> Sequence[_Doc]: ...


class Scored(Protocol):
    """What is rendered: ``pipeline.learn.figures.Evaluation`` fits."""

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
    """Return the scores as rich tables: macro-F1 beside the baselines, then each question.

    Each document has a row of its own where the evaluation holds that.
    """
    return Group(*_parts(evaluation))


def _parts(evaluation: Scored) -> Iterator[RenderableType]:
    yield Text(
        f"{evaluation.task}: {evaluation.model} on {', '.join(evaluation.files)}, split "
        f"{evaluation.split}: {evaluation.n_rows:,} rows, {evaluation.n_docs:,} documents"
    )
    yield _summary(evaluation.questions)
    if evaluation.n_docs < FEW_DOCS:
        yield Text(
            f"an interval over {evaluation.n_docs} document{'s' * (evaluation.n_docs != 1)} says "
            f"little: with fewer than {FEW_DOCS} it is no 95 % interval to be quoted; annotate more"
        )
    for question in evaluation.questions:
        yield _detail(question)
        if question.abstention is not None:
            yield _abstention(question.question, question.abstention)
        if question.by_doc:
            yield _documents(question)


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
    table = _table("macro-F1 with its 95 % interval (bootstrap over documents)")
    table.caption = (
        "decided: share of rows at or over the thresholds for abstention; right: of the decided"
    )
    table.caption_justify = "left"
    table.add_column("question", max_width=22)
    table.add_column("judge")
    for name in ("macro-F1", "interval", "acc.", "ECE", "decided", "right"):
        table.add_column(name, justify="right", no_wrap=True)
    for question in questions:
        held_back = question.abstention
        table.add_row(
            f"{question.question} ({question.n_rows:,})",
            "the model",
            *_interval(question.macro_f1),
            _share(question.accuracy),
            _share(question.calibration_error),
            _share(held_back.coverage if held_back else None),
            _share(held_back.accuracy if held_back else None),
        )
        for baseline in reversed(question.baselines):
            table.add_row(
                "", baseline.name, *_interval(baseline.macro_f1), _share(baseline.accuracy)
            )
        table.add_section()
    return table


def _interval(value: _Interval) -> tuple[str, str]:
    return _share(value.value), f"{_share(value.low)}–{_share(value.high)}"


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


def _abstention(name: str, abstention: _Abstention) -> Table:
    table = _table(f"{name}: thresholds for a precision of {_share(abstention.target)} on dev")
    table.add_column("label")
    for column in ("threshold", "predicted", "decided", "prec."):
        table.add_column(column, justify="right")
    for kept in abstention.labels:
        counts = (f"{kept.predicted:,}", f"{kept.kept:,}", _share(kept.precision))
        table.add_row(kept.label, _share(kept.threshold), *counts)
    return table


def _documents(question: _Question) -> Table:
    table = _table(f"{question.question} by document, the worst first")
    table.add_column("document", overflow="fold")
    for column in ("rows", "macro-F1", "accuracy"):
        table.add_column(column, justify="right")
    table.add_column("most frequent mistake: gold > predicted")
    for score in question.by_doc:
        shares = (_share(score.macro_f1), _share(score.accuracy))
        table.add_row(score.doc, f"{score.n_rows:,}", *shares, score.worst or "")
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".removeprefix("0")
