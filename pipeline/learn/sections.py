"""Sections that the cards of linear models and of encoders share, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.artefacts import Meta
from pipeline.stages.abstention import PRECISIONS

FAILURES = "failures.md"
RISK_PLOT, RELIABILITY_PLOT = "coverage.svg", "calibration.svg"
_SHOWN = tuple(f"{precision:.2f}" for precision in PRECISIONS[::2])


def read_failures(folder: Path) -> str:
    """Return what a person wrote of a model's failures, empty where nobody did."""
    path = folder / FAILURES
    return path.read_text(encoding="utf8").strip() if path.is_file() else ""


def known_failures(failures: str) -> Iterator[str]:
    """Yield the section of what a person found on reading the model's mistakes."""
    if not failures:
        return
    yield "## Known failures"
    yield ""
    yield f"From `{FAILURES}`, written by hand after reading mistakes on dev."
    yield ""
    yield failures
    yield ""


def provenance(meta: Meta) -> Iterator[str]:
    """Yield the sections that end a card: what trained the weights, with what they were made."""
    yield "## Trained on"
    yield ""
    yield "| file | training rows | licence | from | sha256 |"
    yield "|---|---|---|---|---|"
    for use in meta.data:
        yield f"| {use.file} | {use.rows:,} | {use.licence} | {use.attribution} | `{use.sha256}` |"
    yield ""
    yield "## Made with"
    yield ""
    for name, version in {**meta.libraries, **meta.lexicons}.items():
        yield f"- {name}: {version}"


def calibration_and_abstention(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the sections on calibration, risk by coverage and thresholds.

    Args:
        block: as ``pipeline.learn.abstain`` stores it; empty where it has not been run.
    """
    if not block:
        return
    questions = block["questions"]
    files = ", ".join(one["file"] for one in block["files"])
    yield "## Calibration"
    yield ""
    yield f"On the {block['split']} rows of {files}."
    yield "An encoder's calibration is fitted on these very rows, a linear model's on held-out"
    yield "folds of train: on new documents expect a larger error of the former."
    yield ""
    yield "| question | rows | documents | expected calibration error |"
    yield "|---|---|---|---|"
    for head, one in questions.items():
        error = f"{one['calibration_error']:.3f}".removeprefix("0")
        yield f"| {head} | {one['rows']:,} | {one['docs']:,} | {error} |"
    yield ""
    yield f"![Share right by the probability stated]({RELIABILITY_PLOT})"
    yield ""
    yield from _coverage(questions)
    yield from _thresholds(questions, block["rule"])


def _coverage(questions: Mapping[str, Any]) -> Iterator[str]:
    yield "## Risk by coverage"
    yield ""
    yield "Where only rows at or over one probability are decided: share of rows decided, and share"
    yield "right of these. Of stance, rows that are read as not about the West are left out: they"
    yield "have no record that could be marked."
    yield ""
    levels = [level for level, _, _ in next(iter(questions.values()))["coverage_over"]]
    yield "| question | " + " | ".join(f"≥ {level:.1f}" for level in levels) + " |"
    yield "|---" * (len(levels) + 1) + "|"
    for head, one in questions.items():
        cells = (f"{_share(cover)}: {_share(right)}" for _, cover, right in one["coverage_over"])
        yield f"| {head} | " + " | ".join(cells) + " |"
    yield ""
    yield f"![Share of mistakes by share of rows decided]({RISK_PLOT})"
    yield ""


def _thresholds(questions: Mapping[str, Any], rule: str) -> Iterator[str]:
    yield "## Abstention"
    yield ""
    yield f"Rule: {rule}"
    yield ""
    yield "A cell: the threshold, then the share kept and its precision, both held out. † the bound"
    yield "does not reach the precision. The settings `claims.precision` and `stance.precision`"
    yield "choose the column (only every second step is shown)."
    yield ""
    yield "| question, label | gold | predicted | right | " + " | ".join(_SHOWN) + " |"
    yield "|---" * (4 + len(_SHOWN)) + "|"
    for head, one in questions.items():
        for label, found in one["labels"].items():
            counts = f"{found['gold']:,} | {found['predicted']:,} | {found['right']:,}"
            cells = " | ".join(_cell(found["at"][step]) for step in _SHOWN)
            yield f"| {head}: {label} | {counts} | {cells} |"
    yield ""


def _cell(cut: Mapping[str, Any]) -> str:
    if not cut["kept"]:
        return "never predicted"
    coverage, precision = cut["held_out"]
    threshold = _share(cut["threshold"])[:3] if cut["threshold"] else "0"
    mark = "" if cut["reached"] else "†"
    return f"{threshold}{mark}; {_share(coverage)}, {_share(precision)}"


def _share(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.2f}".removeprefix("0") if value < 0.995 else "1"
