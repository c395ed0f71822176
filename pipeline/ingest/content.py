"""What a format's reader returns, and the building of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import ftfy

from pipeline.records import Dropped, GivenTurn, Paragraph

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_AT_END = re.compile("[\\s\u200b\u200c\u200e\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]+$")


@dataclass
class Content:
    """What was read from one file: its paragraphs, or the turns it tells apart itself."""

    paragraphs: list[Paragraph]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    turns: list[GivenTurn] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


_MEND = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_character_width=False,
    fix_line_breaks=False,
    normalization=None,
)


def mend(text: str) -> str:
    """Undo mojibake and ligatures ("donâ€™t", "ﬁnal"); quotation marks stay as they are."""
    return text if text.isascii() else ftfy.fix_text(text, _MEND)


def clean(text: str) -> str:
    """Put the text on one line: any white space becomes one space, invisible characters go."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


@dataclass
class Line:
    """A line of rich text under construction: runs of text, each plain, bold or italic."""

    number: int
    heading: int = 0
    quoted: bool = False
    page: int | None = None
    runs: list[tuple[str, bool, bool]] = field(default_factory=list)

    def add(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Append a run."""
        if text:
            self.runs.append((mend(text), bold, italic))

    def join(self, other: Line) -> None:
        """Continue with the next line, as when a wrapped paragraph is put together."""
        self.runs.append((" ", False, False))
        self.runs.extend(other.runs)

    def ending(self) -> str:
        """The last word or so, however long the line is; a soft hyphen at its end is kept."""
        tail = next((run for run, _, _ in reversed(self.runs) if run.strip()), "")
        return _SPACE.sub(" ", _AT_END.sub("", tail[-80:]))

    def glue(self, other: Line, *, keep: bool) -> None:
        """Continue with the next line in the middle of a word, its hyphen kept or not."""
        while self.runs and not self.runs[-1][0].strip():
            self.runs.pop()
        text, bold, italic = self.runs[-1]
        text = _AT_END.sub("", text)
        self.runs[-1] = (text if keep else text[:-1], bold, italic)
        first, *rest = other.runs
        self.runs.append((first[0].lstrip(), *first[1:]))
        self.runs.extend(rest)

    def split_at_tab(self, mark: str) -> None:
        """Put a mark in the place of the first tab that stands behind a word."""
        seen = False
        for index, (text, bold, italic) in enumerate(self.runs):
            head, tab, tail = text.partition("\t")
            if tab and (seen or head.strip()):
                self.runs[index] = (f"{head.rstrip()}{mark} {tail}", bold, italic)
                return
            seen = seen or bool(text.strip())

    def mark_opening(self, word: str, mark: str) -> None:
        """Put a mark behind the word that opens the line."""
        for index, (text, bold, italic) in enumerate(self.runs):
            if text.strip():
                self.runs[index] = (text.replace(word, word + mark, 1), bold, italic)
                return

    @property
    def indent(self) -> int:
        """Columns of white space before the first word."""
        raw = self.runs[0][0].expandtabs() if self.runs else ""
        return len(raw) - len(raw.lstrip())

    def plain(self) -> str:
        """The line's words without their setting."""
        return clean("".join(run for run, _, _ in self.runs))

    def paragraph(self) -> Paragraph | None:
        """The finished paragraph, or None where the line has no visible text."""
        parts: list[str] = []
        spans: dict[str, list[tuple[int, int]]] = {"bold": [], "italic": []}
        length = 0
        for raw, bold, italic in self.runs:
            piece = _SPACE.sub(" ", _INVISIBLE.sub("", raw))
            if piece.startswith(" ") and (not parts or parts[-1].endswith(" ")):
                piece = piece[1:]
            if not piece:
                continue
            parts.append(piece)
            end = length + len(piece)
            for name, is_set in (("bold", bold), ("italic", italic)):
                if is_set:
                    _extend(spans[name], length, end)
            length = end
        text = "".join(parts).rstrip(" ")
        if not text:
            return None
        return Paragraph(
            text=text,
            line=self.number,
            heading=self.heading,
            quoted=self.quoted,
            page=self.page,
            bold=_trim(spans["bold"], text),
            italic=_trim(spans["italic"], text),
        )


def _extend(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and spans[-1][1] == start:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _trim(spans: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Take white space off both ends of the spans and drop those that hold nothing else."""
    trimmed = []
    for start, end in spans:
        inner = text[start:end]
        left = start + len(inner) - len(inner.lstrip())
        right = left + len(inner.strip())
        if left < right:
            trimmed.append((left, right))
    return tuple(trimmed)
