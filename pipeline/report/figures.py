"""Figures for a paper, as SVG and PNG: net position by respondent, targets, stance over time.

Each names the bloc, and names its rows in full. Net positions are those of the page and of
estimates.csv: an open dot is raw, a full one corrected. The same counts give the same bytes.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from tempfile import TemporaryDirectory
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from pipeline.report.overview import Line, Overview, few

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, ROW, LINE, DPI = 6.3, 0.24, 0.14, 200
"""Inches of an A4 page between its margins, of a row, of each more line of a name; dots an inch."""
NAME = 34
"""Signs in a line of a row's name."""
MOST_TICKS = 12
MOST_ROWS = 30
NOTE = 6
"""Size of the letters of a note below a figure, in points."""
COLOURS = {"against": "#d55e00", "neutral": "#b8bec5", "favor": "#0072b2"}
LABELS = {"against": "against", "neutral": "neutral", "favor": "for", "abstained": "not decided"}
UNDECIDED: dict[str, Any] = {"facecolor": "none", "edgecolor": "grey", "hatch": "////"}
SETTINGS: dict[Any, Any] = {"font.size": 8, "svg.hashsalt": "westward", "svg.fonttype": "none"}


def draw_figures(overview: Overview) -> Iterator[tuple[str, bytes]]:
    """Yield the figures that the counts allow, by file name."""
    respondents = [one for one in overview.respondents(MOST_ROWS) if not few(one)]
    targets, periods = overview.targets()[:MOST_ROWS], overview.periods
    if not (respondents or targets or len(periods) > 1):
        return
    load_fonts()
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        for name, draw, found in (
            ("net-by-respondent", _net, respondents), ("targets", _sides, targets),
        ):  # fmt: skip
            if found:
                names, places, size = _rows(found)
                figure = Figure(figsize=(WIDTH, 0.9 + size), layout="constrained")
                axes = figure.subplots()
                draw(axes, found, places, overview.bloc)
                _name(axes, names, places, size)
                if notes := list(_notes(overview, name)):
                    figure.supxlabel("\n".join(notes), fontsize=NOTE, color="dimgrey")
                yield from written(name, figure)
        if len(periods) > 1:
            figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
            _over_time(figure, periods, overview.bloc)
            yield from written("over-time", figure)


def _by_people(overview: Overview) -> str:
    """Return the line of a figure that says whose labels are in it."""
    n = overview.labelled
    text = f"{n:,} sentence{'' if n == 1 else 's'} coded by people: {overview.by_people}"
    return shorten(text, 120, placeholder="…")


def _notes(overview: Overview, figure: str) -> Iterator[str]:
    """Yield what is said below a figure."""
    if figure == "targets" and (n := overview.left_out()):
        yield _left_out(n)
    if overview.labelled:
        yield _by_people(overview)


def _left_out(n: int) -> str:
    """Say how many stances are in no row of targets."""
    stances = "stance is about a target that is" if n == 1 else "stances are about targets that are"
    return f"{n:,} more {stances} only meant, and in no row"


def load_fonts() -> None:
    """Import matplotlib's list of fonts, which it would otherwise write below the user's home."""
    if "MPLCONFIGDIR" in os.environ or "matplotlib.font_manager" in sys.modules:
        return
    with TemporaryDirectory(prefix="westward-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            import_module("matplotlib.font_manager")  # it makes its folders while it is imported
        finally:
            del os.environ["MPLCONFIGDIR"]


def written(name: str, figure: Figure) -> Iterator[tuple[str, bytes]]:
    """Yield a figure as SVG and PNG, by file name."""
    nothing: Mapping[str, Mapping[str, None]] = {
        "svg": {"Date": None, "Creator": None}, "png": {"Software": None},
    }  # fmt: skip
    for kind, metadata in nothing.items():
        stream = io.BytesIO()
        figure.savefig(stream, format=kind, dpi=DPI, metadata=metadata)
        yield f"{name}.{kind}", stream.getvalue()


def _rows(rows: Sequence[Line]) -> tuple[list[str], list[float], float]:
    """Return the rows' names, in full, their places in inches from the top, and the height of all.

    Affiliations are left out where the names alone are different.
    """
    short = [row["who"].name if "who" in row else row["name"] for row in rows]
    if len(set(short)) < len(short):
        short = [row["name"] for row in rows]
    names, places, top = [], [], 0.0
    for text, row in zip(short, rows, strict=True):
        lines = wrap(f"{text} ({row['n']:,})", NAME)
        height = ROW + LINE * (len(lines) - 1)
        names.append("\n".join(lines).replace("$", r"\$"))
        places.append(top + height / 2)
        top += height
    return names, places, top


def _net(axes: Axes, rows: Sequence[Line], places: Sequence[float], bloc: str) -> None:
    """Draw a dot and its interval for each respondent."""
    for at, row in zip(places, rows, strict=True):
        if row["low"] is not None:
            axes.plot([row["low"], row["high"]], [at, at], color="black", linewidth=1)
        size = 2 + min(5, row["decided"] ** 0.5)
        axes.plot(
            row["net"],
            at,
            "o",
            color="black",
            markersize=size,
            markerfacecolor=_fill(row),
            zorder=3,
        )
    axes.axvline(0, color="grey", linewidth=0.6)
    axes.set(xlim=(-1.05, 1.05), xlabel=f"net position toward {bloc}{_correction(rows)}")


def _fill(row: Line) -> str:
    return "white" if row["raw"] else "black"


def _correction(rows: Sequence[Line]) -> str:
    """What the dots are, and their lines."""
    kinds = {row["raw"] for row in rows}
    said = {
        True: "raw: as judged", False: "corrected by people's labels",
    }  # fmt: skip
    dots = said[kinds.pop()] if len(kinds) == 1 else "open: raw, full: corrected"
    return f" ({dots}), with 95 % intervals"


def _sides(axes: Axes, rows: Sequence[Line], places: Sequence[float], bloc: str) -> None:
    """Draw shares of decided stances, neutral on the middle, and apart what is not decided."""
    for at, row in zip(places, rows, strict=True):
        left = -(row["against"] + row["neutral"] / 2) / (row["decided"] or 1)
        for side in ("against", "neutral", "favor"):
            width = row[side] / (row["decided"] or 1)
            axes.barh(at, width, left=left, color=COLOURS[side], height=0.7 * ROW)
            left += width
        if row["abstained"]:
            undecided = 0.5 * row["abstained"] / row["n"]
            axes.barh(at, undecided, left=1.2, height=0.7 * ROW, **UNDECIDED)
    draw_legend(axes, LABELS, middle=0.4)
    axes.axvline(0, color="grey", linewidth=0.6)
    axes.set(
        xlim=(-1.05, 1.75),
        xlabel=f"share of decided stances toward {bloc} (raw); on the right, of all: not decided",
    )
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["100 %", "50 %", "0", "50 %", "100 %"])


def draw_legend(axes: Axes, sides: Iterable[str], *, middle: float = 0.5) -> None:
    """Draw the colours of sides above the axes."""
    from matplotlib.patches import Patch

    keys = [
        Patch(label=LABELS[side], **({"color": COLOURS[side]} if side in COLOURS else UNDECIDED))
        for side in sides
    ]
    place: dict[str, Any] = {"bbox_to_anchor": (middle, 1), "ncols": len(keys)}
    axes.legend(handles=keys, loc="lower center", frameon=False, **place)


def _over_time(figure: Figure, rows: Sequence[Line], bloc: str) -> None:
    """Draw net positions, and shares of what is decided, at their places in time."""
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1))
    for row in rows:
        at = row["place"]
        if row["low"] is not None:
            above.plot([at, at], [row["low"], row["high"]], color="black", linewidth=1)
        if row["net"] is not None:
            above.plot(
                at,
                row["net"],
                "o",
                color="black",
                markersize=4,
                markerfacecolor=_fill(row),
                zorder=3,
            )
        bottom = 0.0
        for side in COLOURS:
            height = row[side] / (row["decided"] or 1)
            below.bar(at, height, bottom=bottom, width=0.8, color=COLOURS[side])
            bottom += height
        below.text(at, bottom + 0.02, f"{row['decided']:,}", ha="center", fontsize=6, rotation=90)
    above.axhline(0, color="grey", linewidth=0.6)
    above.set(ylim=(-1.05, 1.05), ylabel="net position", title=_title(rows, bloc))
    below.set(ylim=(0, 1.25), ylabel="share of decided (raw)", xlabel="date of the interview")
    below.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    below.set_xticks(*_ticks(rows))
    draw_legend(below, COLOURS)
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)


def _title(rows: Sequence[Line], bloc: str) -> str:
    return f"Own stances toward {bloc}\nnet position{_correction(rows)}"


def _ticks(rows: Sequence[Line]) -> tuple[list[int], list[str]]:
    """Places on the axis of time and their names: years and months of one distance."""
    first, last = rows[0]["place"], rows[-1]["place"]
    step = -(-(last - first + 1) // MOST_TICKS)
    places = list(range(first, last + 1, step))
    monthly = "-" in rows[0]["name"]
    return places, [f"{at // 12}-{at % 12 + 1:02}" if monthly else f"{at}" for at in places]


def _name(axes: Axes, names: Sequence[str], places: Sequence[float], size: float) -> None:
    axes.set_yticks(places, names)
    axes.set_ylim(size, 0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False)
