"""Lines of type on pages: what a PDF's reader hands on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.ingest.content import clean


@dataclass(frozen=True)
class TypeLine:
    """A line of type: its place in points, from the lower left, and runs of text and type.

    ``marks`` are the figures that led to notes, which are not in the runs any more.
    """

    x0: float
    x1: float
    y0: float
    size: float
    runs: tuple[tuple[str, bool, bool], ...]
    page: int = 0
    number: int = 0
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return clean("".join(run for run, _, _ in self.runs))


@dataclass(frozen=True)
class Page:
    """A page as it was laid out."""

    number: int
    width: float
    height: float
    lines: tuple[TypeLine, ...]
    has_picture: bool = False

    @property
    def letters(self) -> int:
        """How many letters stand on it."""
        return sum(c.isalnum() for line in self.lines for c in line.text)
