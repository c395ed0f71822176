"""What a format's reader returns, and lines of rich text, from which paragraphs are built."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypeVar

import ftfy

from pipeline.records import Dropped, GivenTurn, Notice, Paragraph

_SPACE = re.compile(r"\s+")
# soft hyphens, zero-width characters, marks of direction, and control characters
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
# UTF-8 read as a single-byte encoding, ligatures, lone surrogates and C1 controls
_BROKEN = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|‚Ä|√|вЂ|[\u0080-\u009f\ufb00-\ufb06\ud800-\udfff]"
)
_FIXES = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_line_breaks=False,
                              fix_character_width=False, normalization=None)  # fmt: skip


Piece = TypeVar("Piece", Paragraph, GivenTurn)


@dataclass
class Content:
    """What was read from one file: its paragraphs, or the turns that its format names."""

    paragraphs: list[Paragraph]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[Notice] = field(default_factory=list)
    turns: list[GivenTurn] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def load_table(name: str) -> dict[str, Any]:
    """Return the table of phrases or names of a module: ``name.toml`` beside it."""
    path = resources.files(__package__).joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf8"))


def mend(text: str) -> str:
    """Return the text without mojibake and ligatures; quotation marks stay as they are."""
    return ftfy.fix_text(text, _FIXES) if not text.isascii() and _BROKEN.search(text) else text


def clean(text: str) -> str:
    """Return the text on one line: one space for white space, no invisible characters."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


@dataclass
class Line:
    """A line of rich text: runs of (text, bold, italic), and the format of the line."""

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
        """Continue with the next line of the same paragraph."""
        last, first = (next((run for run in runs if run[0].strip()), (" ", False, False))
                       for runs in (reversed(self.runs), other.runs))  # fmt: skip
        self.runs.append((" ", last[1] and first[1], last[2] and first[2]))
        self.runs.extend(other.runs)

    def glue(self, other: Line, *, keep: bool) -> None:
        """Continue with the next line in the middle of a word, its hyphen kept or not."""
        while not self.runs[-1][0].strip():
            self.runs.pop()
        text, bold, italic = self.runs[-1]
        text = text.rstrip()
        self.runs[-1] = (text if keep else text[:-1], bold, italic)
        rest = [run for index, run in enumerate(other.runs) if index or run[0].strip()]
        if rest:
            rest[0] = (rest[0][0].lstrip(), *rest[0][1:])
        self.runs.extend(rest)

    @property
    def indent(self) -> int:
        """Columns of white space before the first word."""
        raw = "".join(text for text, _, _ in self.runs[:3]).expandtabs()
        return len(raw) - len(raw.lstrip())

    @property
    def bold(self) -> bool:
        """All of its words are bold."""
        return any(bold for _, bold, _ in self.runs) and all(
            bold for text, bold, _ in self.runs if any(map(str.isalnum, text))
        )

    def plain(self) -> str:
        """Return the line's words without format."""
        return clean("".join(run for run, _, _ in self.runs))

    def paragraph(self) -> Paragraph | None:
        """Return the finished paragraph, or None where the line has no visible text."""
        parts: list[str] = []
        bolds: list[tuple[int, int]] = []
        italics: list[tuple[int, int]] = []
        length = 0
        for raw, bold, italic in self.runs:
            piece = _SPACE.sub(" ", _INVISIBLE.sub("", raw))
            if piece.startswith(" ") and (not parts or parts[-1].endswith(" ")):
                piece = piece[1:]
            if piece:
                parts.append(piece)
                span = (length, length := length + len(piece))
                bolds += [span] if bold else []
                italics += [span] if italic else []
        text = "".join(parts).rstrip(" ")
        if not text:
            return None
        return Paragraph(
            text=text, line=self.number, heading=self.heading, quoted=self.quoted, page=self.page,
            bold=_tidy(bolds, text), italic=_tidy(italics, text),
        )  # fmt: skip


def _tidy(spans: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Join spans that touch, and take white space off both ends of each."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        touches = bool(joined) and joined[-1][1] == start
        joined.append((joined.pop()[0] if touches else start, end))
    tidy = []
    for start, end in joined:
        inner = text[start:end]
        left = start + len(inner) - len(inner.lstrip())
        tidy.append((left, left + len(inner.strip())))
    return tuple((start, end) for start, end in tidy if start < end)


def cut_spans(piece: Piece, spans: Sequence[tuple[int, int]], *, mark: str = "") -> Piece | None:
    """Return a paragraph or a turn without some spans of its text; None if no word is left.

    Args:
        piece: to cut.
        spans: in order.
        mark: put in the place of the first span.
    """
    gone = {at for start, end in spans for at in range(start, end)}
    kept: list[str] = []
    places: list[int] = []  # of each old character, and of the end, in the new text
    for index, character in enumerate(piece.text):
        places.append(len(kept))
        if index not in gone:
            kept.append(character)
        elif index == spans[0][0]:
            kept += mark
    places.append(len(kept))
    text = "".join(kept)
    if not any(map(str.isalnum, text)):
        return None
    lead, length = len(text) - len(text.lstrip()), len(text.strip())
    changes: dict[str, Any] = {"text": text.strip()}
    for name in ("bold", "italic"):
        old = getattr(piece, name, ())
        new = [[min(max(0, places[at] - lead), length) for at in span] for span in old]
        changes |= {name: tuple((start, end) for start, end in new if start < end)} if old else {}
    return piece.model_copy(update=changes)
