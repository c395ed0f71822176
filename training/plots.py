"""Two plots of a model, as SVG text: risk by coverage, and reliability. No drawing library.

The background is drawn, so that they read in a dark viewer too; colours are those of Okabe and Ito.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from math import sqrt
from typing import Any

INK, GREY, GRID, PAPER = "#1f2328", "#656d76", "#d8dee4", "#ffffff"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
FONT = "font-family='Helvetica, Arial, sans-serif'"
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


class _Frame:
    """A part of the picture: across from 0 to 1, up from 0 to ``most``, in pixels."""

    def __init__(self, left: float, top: float, width: float, height: float, *, most: float = 1.0):
        self.left, self.top, self.width, self.height = left, top, width, height
        self.most = most

    def x(self, value: float) -> float:
        return self.left + value * self.width

    def y(self, value: float) -> float:
        return self.top + self.height * (1 - value / self.most)

    def axes(self, across: str, up: str, *, size: int = 12) -> Iterator[str]:
        """Yield grid, ticks and titles."""
        bottom, middle = self.top + self.height, self.left + self.width / 2
        for tick in TICKS:
            yield _line(self.x(tick), self.top, self.x(tick), bottom, GRID)
            yield _text(self.x(tick), bottom + size + 3, f"{tick:.0%}", GREY, size, "middle")
        step = 0.2 if self.most > 0.5 else 0.1
        for level in (step * i for i in range(round(self.most / step) + 1)):
            yield _line(self.left, self.y(level), self.left + self.width, self.y(level), GRID)
            yield _text(self.left - 6, self.y(level) + 4, f"{level:.0%}", GREY, size, "end")
        yield _text(middle, bottom + 2 * size + 10, across, INK, size, "middle")
        yield _text(self.left, self.top - 8, up, INK, size, "start")


def draw_risk(questions: Mapping[str, Any]) -> str:
    """Draw the share of mistakes against the share of rows decided, the surest first.

    Args:
        questions: as ``training.abstention`` stores them, by head.
    """
    lines = {head: one["risk_by_coverage"] for head, one in questions.items()}
    highest = max((risk for points in lines.values() for _, risk in points), default=0.0)
    frame = _Frame(60, 40, 440, 300, most=max(0.1, -(-highest * 10 // 1) / 10))
    body = [*frame.axes("share of rows decided, the surest first", "share of mistakes among them")]
    ends = _spread([frame.y(points[-1][1]) for points in lines.values()], least=16)
    for (head, points), colour, end in zip(lines.items(), _colours(lines), ends, strict=True):
        path = " ".join(f"{_n(frame.x(x))},{_n(frame.y(y))}" for x, y in points)
        body.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
        label = f"{head} {points[-1][1]:.0%}"
        body.append(_text(frame.left + frame.width + 8, end + 4, label, colour, 13, "start"))
    return _picture(700, 400, body, "Risk by coverage")


def draw_reliability(questions: Mapping[str, Any]) -> str:
    """Draw the share right against the probability stated, a panel a question.

    A dot's area grows with the rows in its bin of confidence; a calibrated judge is on the
    diagonal.
    """
    side, gap, left = 180, 74, 56
    per_row = min(3, max(1, len(questions)))
    rows = -(-len(questions) // per_row)
    body: list[str] = []
    for i, (head, one) in enumerate(questions.items()):
        column, row = i % per_row, i // per_row
        frame = _Frame(left + column * (side + gap), 48 + row * (side + 96), side, side)
        facts = f"{one['rows']:,} rows, ECE {_share(one['calibration_error'])}"
        body += frame.axes("probability stated", f"share right ({facts})", size=10)
        body.append(_text(frame.left, frame.top - 24, head, INK, 12, "start", bold=True))
        body.append(_line(frame.x(0), frame.y(0), frame.x(1), frame.y(1), GREY, dashed=True))
        body += _dots(frame, one["reliability"], COLOURS[0])
    width = left + per_row * (side + gap) - gap + 40
    return _picture(max(width, 330), 48 + rows * (side + 96) - 44, body, "Reliability")


def _dots(frame: _Frame, bins: Sequence[Sequence[float]], colour: str) -> Iterator[str]:
    most = max((bin_[2] for bin_ in bins), default=1)
    points = " ".join(f"{_n(frame.x(c))},{_n(frame.y(a))}" for c, a, _ in bins)
    yield f"<polyline points='{points}' fill='none' stroke='{colour}' stroke-width='1.5'/>"
    for confidence, accuracy, rows in bins:
        radius = 2 + 7 * sqrt(rows / most)
        yield (
            f"<circle cx='{_n(frame.x(confidence))}' cy='{_n(frame.y(accuracy))}' "
            f"r='{_n(radius)}' fill='{colour}' fill-opacity='0.7'/>"
        )


def _spread(places: Sequence[float], *, least: float) -> list[float]:
    """Move labels apart, down where they would overlap; in the order given."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    return moved


def _colours(lines: Mapping[str, Any]) -> list[str]:
    return [COLOURS[i % len(COLOURS)] for i in range(len(lines))]


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dash = " stroke-dasharray='4 4'" if dashed else ""
    ends = f"x1='{_n(x1)}' y1='{_n(y1)}' x2='{_n(x2)}' y2='{_n(y2)}'"
    return f"<line {ends} stroke='{colour}'{dash}/>"


def _text(
    x: float, y: float, text: str, colour: str, size: int, anchor: str, *, bold: bool = False
) -> str:
    weight = " font-weight='bold'" if bold else ""
    return (
        f"<text x='{_n(x)}' y='{_n(y)}' fill='{colour}' font-size='{size}' {FONT} "
        f"text-anchor='{anchor}'{weight}>{escape(text)}</text>"
    )


def _picture(width: float, height: float, body: Sequence[str], title: str) -> str:
    size = f"width='{_n(width)}' height='{_n(height)}' viewBox='0 0 {_n(width)} {_n(height)}'"
    paper = f"<rect width='100%' height='100%' fill='{PAPER}'/>"
    head = f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img'>"
    return "\n".join([head, f"<title>{escape(title)}</title>", paper, *body, "</svg>", ""])


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
