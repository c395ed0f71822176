"""A source line of a wiki page: bold and italics by apostrophes, and the marks of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.ingest.wikitext.speakers import WikiLine

Run = tuple[str, bool, bool]
_QUOTES = re.compile(r"('{2,})")
_ITALIC, _BOLD, _BOTH = "''", "'''", "'''''"
_ENDED = re.compile(r"[.?!…][\"'”’)]*\s*$")


@dataclass(frozen=True)
class Piece:
    """A stretch of a source line.

    Attributes:
        text: the words, with their apostrophes.
        bold: set so by a tag around it; so is ``italic``.
        literal: runs of apostrophes in it are text, and a line break in it ends a line.
    """

    text: str
    bold: bool = False
    italic: bool = False
    literal: bool = False


@dataclass
class Row:
    """A source line under construction; ``marks`` are those of lists that open it."""

    number: int
    heading: int = 0
    quoted: bool = False
    marks: str = ""
    _pieces: list[Piece] = field(default_factory=list)
    _is_term: bool = False

    def add(self, text: str, *, bold: bool, italic: bool, literal: bool) -> None:
        """Append text."""
        self._pieces.append(Piece(text, bold or self._is_term, italic, literal))

    def mark(self, sign: str) -> None:
        """Take the mark of a list; the colon behind a term, ``; Name: words``, is set.

        A term that is a sentence, ``; Why? : So.``, ends its line.
        """
        said = "".join(piece.text for piece in self._pieces)
        if not said.strip():
            self.marks += sign
            self._is_term = sign == ";"
        else:
            self._is_term = False
            ended = _ENDED.search(said)
            self._pieces.append(Piece("\n" if ended else ": ", bold=not ended, literal=True))

    def blocks(self) -> list[list[WikiLine]]:
        """Return the lines that breaks part the row into; two breaks in a row end a block."""
        blocks: list[list[WikiLine]] = []
        broken = _split_lines(set_runs(self._pieces))
        for is_text, group in groupby(broken, key=lambda runs: any(t.strip() for t, _, _ in runs)):
            if is_text:
                blocks.append([self._line(runs) for runs in group])
        return blocks

    def _line(self, runs: Sequence[Run]) -> WikiLine:
        line = WikiLine(self.number, heading=self.heading, quoted=self.quoted,
                        indented=bool(self.marks))  # fmt: skip
        for text, bold, italic in runs:
            line.add(text, bold=bold, italic=italic)
        line.take_mark()
        return line


def set_runs(pieces: Sequence[Piece]) -> list[Run]:
    """Return the runs of a source line as text, bold, italic; a setting left open ends with it."""
    bold = italic = False
    runs: list[Run] = []
    parts = [part for whole in pieces for part in _parts(whole)]
    for piece, is_mark in _mend_odd(parts):
        if is_mark:
            bold ^= piece.text in (_BOLD, _BOTH)
            italic ^= piece.text in (_ITALIC, _BOTH)
        else:
            runs.append((piece.text, piece.bold or bold, piece.italic or italic))
    return runs


def _parts(piece: Piece) -> list[tuple[Piece, bool]]:
    """Cut a piece at its marks; the second of a pair says whether it is one.

    Of four apostrophes the first is text, and of more than five all but the last five.
    """
    if piece.literal:
        return [(piece, False)]
    parts: list[tuple[Piece, bool]] = []
    for number, text in enumerate(_QUOTES.split(piece.text)):
        is_mark = number % 2 == 1
        spare = (1 if len(text) == 4 else max(0, len(text) - 5)) if is_mark else 0
        if spare:
            parts.append((replace(piece, text=text[:spare]), False))
        if text:
            parts.append((replace(piece, text=text[spare:]), is_mark))
    return parts


def _mend_odd(parts: list[tuple[Piece, bool]]) -> list[tuple[Piece, bool]]:
    """Read ``''Title'''s`` as MediaWiki does: where both are odd, a bold mark is ``'`` and ``''``.

    It is the first that stands behind a letter, else the first.
    """
    marks = [piece.text for piece, is_mark in parts if is_mark]
    bolds = sum(text in (_BOLD, _BOTH) for text in marks)
    italics = sum(text in (_ITALIC, _BOTH) for text in marks)
    found = [i for i, (piece, is_mark) in enumerate(parts) if is_mark and piece.text == _BOLD]
    if not found or bolds % 2 == 0 or italics % 2 == 0:
        return parts
    behind = (i for i in found if i and parts[i - 1][0].text[-1:].isalpha())
    at = next(behind, found[0])
    mark = parts[at][0]
    mended = [(replace(mark, text="'"), False), (replace(mark, text=_ITALIC), True)]
    return [*parts[:at], *mended, *parts[at + 1 :]]


def _split_lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for text, bold, italic in runs:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append((part, bold, italic))
    return lines if any(t.strip() for t, _, _ in lines[-1]) else lines[:-1]
