"""Figures for a paper, as SVG and PNG: net position by respondent, targets, stance over time.

The same counts give the same bytes.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from tempfile import TemporaryDirectory
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from pipeline.report.overview import Line, Overview, few

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, ROW, DPI = 6.3, 0.24, 200
"""Inches of an A4 page between its margins, of a row; dots an inch."""
MOST_ROWS = 30
NOTE = 7
"""Size of the letters of a note below a figure, in points."""
COLOURS = {"against": "#d55e00", "neutral": "#b8bec5", "favor": "#0072b2", "abstained": "#ffffff"}
LABELS = {"against": "against", "neutral": "neutral", "favor": "for", "abstained": "not decided"}
HATCH = "////"
SETTINGS: dict[Any, Any] = {"font.size": 8, "svg.hashsalt": "westward", "svg.fonttype": "none"}


def draw_figures(overview: Overview) -> Iterator[tuple[str, bytes]]:
    """Yield the figures that the counts allow, by file name."""
    respondents = [one for one in overview.respondents(MOST_ROWS) if not few(one)]
    rows = {
        "net-by-respondent": (_net, respondents),
        "targets": (_sides, overview.targets()[:MOST_ROWS]),
        "over-time": (_sides, overview.periods if len(overview.periods) > 1 else []),
    }
    if not any(found for _, found in rows.values()):
        return
    _load_fonts()
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS):
        for name, (draw, found) in rows.items():
            if found:
                figure = Figure(figsize=(WIDTH, 0.9 + ROW * len(found)), layout="constrained")
                draw(figure.subplots(), found)
                if name == "targets" and (n := overview.left_out()):
                    figure.supxlabel(_left_out(n), fontsize=NOTE)
                yield from _written(name, figure)


def _left_out(n: int) -> str:
    """Say how many stances are in no row of targets."""
    stances = "stance is about a target that is" if n == 1 else "stances are about targets that are"
    return f"{n:,} more {stances} only meant, and in no row"


def _load_fonts() -> None:
    """Import matplotlib's list of fonts, which it would otherwise write below the user's home."""
    if "MPLCONFIGDIR" in os.environ or "matplotlib.font_manager" in sys.modules:
        return
    with TemporaryDirectory(prefix="westward-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            import_module("matplotlib.font_manager")  # it makes its folders while it is imported
        finally:
            del os.environ["MPLCONFIGDIR"]


def _written(name: str, figure: Figure) -> Iterator[tuple[str, bytes]]:
    nothing: Mapping[str, Mapping[str, None]] = {
        "svg": {"Date": None, "Creator": None}, "png": {"Software": None},
    }  # fmt: skip
    for kind, metadata in nothing.items():
        stream = io.BytesIO()
        figure.savefig(stream, format=kind, dpi=DPI, metadata=metadata)
        yield f"{name}.{kind}", stream.getvalue()


def _net(axes: Axes, rows: Sequence[Line]) -> None:
    """Draw a dot and its interval for each respondent."""
    for at, row in enumerate(rows):
        if row["low"] is not None:
            axes.plot([row["low"], row["high"]], [at, at], color="black", linewidth=1)
        decided = row["n"] - row["abstained"]
        axes.plot(row["net_decided"], at, "o", color="black", markersize=2 + min(5, decided**0.5))
    axes.axvline(0, color="grey", linewidth=0.6)
    raw = " (raw: as judged)" if all(row["raw"] for row in rows) else ""
    axes.set(xlim=(-1.05, 1.05), xlabel=f"(for − against) / decided{raw}, 95 % intervals")
    _name(axes, rows, [row["n"] - row["abstained"] for row in rows])


def _sides(axes: Axes, rows: Sequence[Line]) -> None:
    """Draw shares of decided stances, neutral on the middle, and apart what is not decided."""
    for at, row in enumerate(rows):
        decided = (row["n"] - row["abstained"]) or 1
        left = -(row["against"] + row["neutral"] / 2) / decided
        for side in ("against", "neutral", "favor"):
            width = row[side] / decided
            axes.barh(at, width, left=left, color=COLOURS[side], height=0.7)
            left += width
        if row["abstained"]:
            undecided = 0.5 * row["abstained"] / row["n"]
            axes.barh(
                at, undecided, left=1.2, height=0.7, color="none", edgecolor="grey", hatch=HATCH
            )
    for side, label in LABELS.items():
        more: dict[str, Any] = {"edgecolor": "grey", "hatch": HATCH} if side == "abstained" else {}
        axes.barh(0, 0, color=COLOURS[side], label=label, **more)
    axes.axvline(0, color="grey", linewidth=0.6)
    axes.set(
        xlim=(-1.05, 1.75), xlabel="share of decided stances; on the right, of all: not decided"
    )
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["100 %", "50 %", "0", "50 %", "100 %"])
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=4, frameon=False)
    _name(axes, rows, [row["n"] for row in rows])


def _name(axes: Axes, rows: Sequence[Line], counts: Sequence[int]) -> None:
    """Name the rows, without affiliations where the names alone are different."""
    short = [row["who"].name if "who" in row else row["name"] for row in rows]
    if len(set(short)) < len(short):
        short = [row["name"] for row in rows]
    texts = [shorten(one, 44, placeholder="…") for one in short]
    labels = [f"{text} ({n:,})" for text, n in zip(texts, counts, strict=True)]
    axes.set_yticks(range(len(rows)), [label.replace("$", r"\$") for label in labels])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False)
