"""Groups compared on the page and in the run's tables, from the same rows; and their figure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any, cast

from pipeline.report.figures import (
    COLOURS,
    NOTE,
    ROW,
    SETTINGS,
    WIDTH,
    draw_legend,
    load_fonts,
    written,
)
from pipeline.tables.columns import DIFFERENCES, GROUPS
from pipeline.tables.counts import Row
from pipeline.tables.fields import LEFT_OUT, PERIODS
from pipeline.tables.groups import NET, Comparison
from pipeline.tables.writer import write_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_GROUPS, MOST_DRAWN = 25, 30
MISSING = "(not known)"


@dataclass(frozen=True)
class PageColumn:
    """A column that the page compares by.

    Attributes:
        groups: rows of groups.csv, the largest.
        missing: the row of what has no value, if there is any.
        differences: rows of differences.csv of the net position, between the groups shown.
        more: groups that are not shown.
    """

    name: str
    groups: Sequence[Row]
    missing: Row | None
    differences: Sequence[Row]
    more: int


def group_names(fields: Mapping[str, str]) -> list[str]:
    """Return the groups of a respondent of an interview, as links of the page name them."""
    return [group_name(name, value) for name, value in fields.items() if name not in LEFT_OUT]


def group_name(column: str, value: str) -> str:
    """Return a group of a column as links of the page name it."""
    return f"{column}: {value}"


def page_columns(compared: Sequence[Comparison]) -> list[PageColumn]:
    """Return what the page shows of comparisons."""
    return [_page_column(one) for one in compared]


def _page_column(one: Comparison) -> PageColumn:
    named = [row for row in one.groups if row["group"] is not None]
    shown = sorted(named, key=_decided, reverse=True)[:MOST_GROUPS]
    kept = [row for row in named if row in shown]
    names = {row["group"] for row in kept}
    differences = [
        row for row in one.differences if row["measure"] == NET.name and row["group"] in names
    ]
    missing = next((row for row in one.groups if row["group"] is None), None)
    return PageColumn(one.column, kept, missing, differences, len(named) - len(kept))


def _decided(row: Row) -> int:
    return cast("int", row["decided"])


def draw_groups(one: Comparison, *, name: str, about: str) -> Iterator[tuple[str, bytes]]:
    """Yield the figure of a comparison as SVG and PNG, by file name.

    Net positions with intervals are on the left, shares of decided stances on the right.

    Args:
        one: with a decided stance in it.
        name: of the files.
        about: what stance is toward, for the axis.
    """
    named = [row for row in one.groups if row["group"] is not None and _decided(row)]
    largest = sorted(named, key=_decided, reverse=True)[:MOST_DRAWN]
    rows = [row for row in named if row in largest]
    if not rows:
        return
    load_fonts()
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, 1.1 + ROW * len(rows)), layout="constrained")
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
        _nets(left, rows, about)
        _shares(right, rows)
        notes = ["in brackets: decided stances; interviews"]
        for at in _gaps(one.column, rows):
            left.axhline(at, color="grey", linewidth=0.6, linestyle=":")
            notes[1:] = ["dotted: a time without interviews is left out"]
        figure.supxlabel("; ".join(notes), fontsize=NOTE, color="dimgrey")
        yield from written(name, figure)


def _gaps(column: str, rows: Sequence[Row]) -> list[float]:
    """Return where rows of periods that do not follow each other meet; none of other columns."""
    if column not in PERIODS:
        return []
    places = [_place(str(row["group"])) for row in rows]
    return [at + 0.5 for at in range(len(rows) - 1) if places[at + 1] > places[at] + 1]


def _place(period: str) -> int:
    """Return the number of a year, a quarter or a month, counted from the year 0."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return 4 * int(year) + int(part[1:])
    return 12 * int(year) + int(part) if part else int(year)


def _nets(axes: Axes, rows: Sequence[Row], about: str) -> None:
    for at, row in enumerate(rows):
        if row["net_low"] is not None:
            ends = [cast("float", row["net_low"]), cast("float", row["net_high"])]
            axes.plot(ends, [at, at], color="black", linewidth=1)
        axes.plot(
            cast("float", row["net"]), at, "o", color="black", markerfacecolor="white",
            markersize=4, zorder=3,
        )  # fmt: skip
    axes.axvline(0, color="grey", linewidth=0.6)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−.5", "0", "+.5", "+1"])
    axes.set(xlim=(-1.05, 1.05), xlabel=f"net position toward {about}\n(raw; 95 % over interviews)")
    names = [shorten(str(row["group"]), 34, placeholder="…").replace("$", r"\$") for row in rows]
    labels = [f"{name} ({_decided(row):,}; {row['interviews']:,})"
              for name, row in zip(names, rows, strict=True)]  # fmt: skip
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    _bare(axes)


def _shares(axes: Axes, rows: Sequence[Row]) -> None:
    for at, row in enumerate(rows):
        left = 0.0
        for side in ("against", "neutral", "favor"):
            width = cast("float", row[f"share_{side}"])
            axes.barh(at, width, left=left, color=COLOURS[side], height=0.7)
            left += width
    draw_legend(axes, COLOURS)
    axes.set(xlim=(0, 1), xlabel="share of decided stances")
    axes.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    _bare(axes)


def _bare(axes: Any) -> None:
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False)


def table_bytes(rows: Iterable[Row], *, differences: bool = False) -> bytes:
    """Return rows of groups.csv, or of differences.csv, as a CSV file."""
    stream = io.StringIO(newline="")
    write_rows(stream, DIFFERENCES if differences else GROUPS, rows, header=True)
    return stream.getvalue().encode("utf8")
