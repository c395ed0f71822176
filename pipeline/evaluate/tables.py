"""An evaluation on the terminal: one table for all questions, then one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.evaluate.cases import GroupScore
from pipeline.evaluate.metrics import Interval
from pipeline.evaluate.scores import Abstention, Evaluation, QuestionScore

FEW_DOCS = 5


def render(evaluation: Evaluation) -> RenderableType:
    """Return the scores as rich tables: macro-F1 of model and baselines, then each question.

    Each document has a row if the evaluation has scores by document.
    """
    return Group(*_parts(evaluation))


def _parts(evaluation: Evaluation) -> Iterator[RenderableType]:
    yield Text(
        f"{evaluation.task}: {evaluation.model} on {', '.join(evaluation.files)}, split "
        f"{evaluation.split}: {evaluation.n_rows:,} rows, {evaluation.n_docs:,} documents"
    )
    if evaluation.n_failed:
        yield Text(f"{evaluation.n_failed:,} more rows have no usable answer and are left out")
    yield _summary(evaluation.questions)
    yield from doubts(evaluation.n_docs)
    for question in evaluation.questions:
        yield _detail(question)
        if question.abstention is not None:
            yield _abstention(question.question, question.abstention)
        if question.by_doc:
            yield _documents(question)


def doubts(n_docs: int) -> Iterator[Text]:
    """Yield a caution where there are too few documents for an interval."""
    if n_docs < FEW_DOCS:
        yield Text(
            f"an interval over {n_docs} document{'s' * (n_docs != 1)} says little: with fewer "
            f"than {FEW_DOCS} do not quote it as a 95 % interval; annotate more"
        )


def render_plain(scores: Sequence[GroupScore]) -> RenderableType:
    """Return one table of plain cases, a row a group; a share is empty where none is labelled."""
    table = simple_table("plain cases", "group")
    table.caption = "shares right; equal and flipped: pairs whose own stance must stay or turn"
    table.caption_justify = "left"
    for name in ("cases", "stance", "component", "reports", "equal", "flipped"):
        table.add_column(name, justify="right", no_wrap=True)
    for score in scores:
        shares = (score.west, score.component, score.reports, score.invariance, score.direction)
        table.add_row(score.group, f"{score.cases:,}", *map(_share, shares))
    return table


def _summary(questions: Sequence[QuestionScore]) -> Table:
    table = simple_table("macro-F1 with its 95 % interval (bootstrap over documents)", "question")
    table.caption = (
        "decided: share of rows at or over the thresholds for abstention; right: of the decided"
    )
    table.caption_justify = "left"
    table.columns[0].max_width = 22
    table.add_column("judge")
    for name in ("macro-F1", "interval", "acc.", "ECE", "decided", "right"):
        table.add_column(name, justify="right", no_wrap=True)
    for question in questions:
        held_back = question.abstention
        table.add_row(
            f"{question.question} ({question.n_rows:,})",
            "the model",
            *interval(question.macro_f1),
            _share(question.accuracy),
            _share(question.calibration_error),
            _share(held_back.coverage if held_back else None),
            _share(held_back.accuracy if held_back else None),
        )
        for baseline in reversed(question.baselines):
            table.add_row(
                "", baseline.name, *interval(baseline.macro_f1), _share(baseline.accuracy)
            )
        table.add_section()
    return table


def interval(value: Interval) -> tuple[str, str]:
    """Return a figure and its interval as text."""
    return _share(value.value), f"{_share(value.low)}–{_share(value.high)}"


def _detail(question: QuestionScore) -> Table:
    title = f"{question.question}: gold in rows; weighted F1 {_share(question.weighted_f1)}"
    predicted = (f"→ {label}" for label in question.labels)
    table = simple_table(title, "label", "prec.", "recall", "F1", "rows", *predicted)
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


def _abstention(name: str, abstention: Abstention) -> Table:
    title = f"{name}: thresholds for a precision of {_share(abstention.target)} on dev"
    table = simple_table(title, "label", "threshold", "predicted", "decided", "prec.")
    for kept in abstention.labels:
        counts = (f"{kept.predicted:,}", f"{kept.kept:,}", _share(kept.precision))
        table.add_row(kept.label, _share(kept.threshold), *counts)
    return table


def _documents(question: QuestionScore) -> Table:
    title = f"{question.question} by document, the worst first"
    table = simple_table(title, "document", "rows", "macro-F1", "accuracy")
    table.columns[0].overflow = "fold"
    table.add_column("most frequent mistake: gold > predicted")
    for score in question.by_doc:
        shares = (_share(score.macro_f1), _share(score.accuracy))
        table.add_row(score.doc, f"{score.n_rows:,}", *shares, score.worst or "")
    return table


def simple_table(title: str, label: str, *figures: str) -> Table:
    """Return an empty table with a column of labels and columns of figures."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE, pad_edge=False)
    table.add_column(label)
    for name in figures:
        table.add_column(name, justify="right")
    return table


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".removeprefix("0")
