"""The walk through a transcript in XML: what is said becomes turns, the rest is accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from lxml import etree

from pipeline.ingest.content import clean, mend
from pipeline.ingest.xml.parse import attribute, line_of, tag_of, words_of
from pipeline.records import Dropped

HEADER = "header"
LABEL = "speaker label"
OUTSIDE = "outside the speeches"
_BLOCKS = frozenset((
    "p", "para", "paragraph", "seg", "ab", "lg", "list", "item", "ul", "ol", "li", "table", "tr",
    "row", "div", "block", "blocklist", "quotedstructure", "blockquote", "text", "body",
))  # fmt: skip
_SPACES = frozenset(("lb", "br", "eol", "cb", "sync", "tab"))
_INLINE = frozenset((
    "hi", "emph", "em", "strong", "b", "i", "u", "s", "sup", "sub", "span", "a", "c", "m", "w",
    "pc", "inline",
))  # fmt: skip
_TOKENS = frozenset(("w", "pc"))
_AROUND_SEGMENTS = frozenset(("p", "seg", "ab", "s"))
_INSTEAD = ("desc", "reason", "type", "n")
_AFTER_LABEL = re.compile(r"^[:：]\s*")


@dataclass(frozen=True)
class Voice:
    """Who speaks in an element, as its markup says.

    Attributes:
        key: an id or a name, by which one speaker is known from the others.
        label: the name that the transcript shows.
        role: what the markup calls the speaker's part.
        start_s: seconds from the start.
        end_s: seconds from the start.
    """

    key: str | None = None
    label: str | None = None
    role: str | None = None
    start_s: float | None = None
    end_s: float | None = None


@dataclass
class Spoken:
    """What one voice says until another does."""

    voice: Voice
    line: int
    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])

    @property
    def text(self) -> str:
        """The paragraphs, parted by an empty line."""
        texts = [clean(mend("".join(pieces))) for pieces in self.paragraphs]
        return _AFTER_LABEL.sub("", "\n\n".join(text for text in texts if text))

    @property
    def has_words(self) -> bool:
        """Something has been said, if only a sign."""
        return any(piece.strip() for pieces in self.paragraphs for piece in pieces)


class Markup(Protocol):
    """What the elements of one kind of XML stand for."""

    def voice(self, element: etree._Element) -> Voice | None:
        """Who speaks in the element, where it is a turn."""

    def aside(self, element: etree._Element) -> str | None:
        """Why the element is no speech; ``HEADER`` where its words are read elsewhere."""

    def is_label(self, element: etree._Element) -> bool:
        """The element holds the name of who speaks in it, or in the turn that follows."""


def walk(root: etree._Element, markup: Markup) -> tuple[list[Spoken], list[Dropped]]:
    """Return what is said, in order, and every other text with the reason it is not."""
    walker = _Walker(markup)
    walker.visit(root)
    walker.flush()
    return walker.spoken, walker.dropped


class _Walker:
    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self.spoken: list[Spoken] = []
        self.dropped: list[Dropped] = []
        self._open: list[Spoken] = []
        self._stray: list[str] = []
        self._stray_line = 1
        self._announced: str | None = None

    def visit(self, element: etree._Element, *, tokens: bool = False) -> None:
        """Take in an element; a document nested deeper than lxml allows was refused before."""
        tag = tag_of(element)
        reason = self._markup.aside(element)
        if reason is not None:
            self._drop(element, reason)
            return
        if self._markup.is_label(element):
            self._label(element)
            return
        if tokens and tag in _TOKENS:
            self._token(element)
            return
        voice = self._markup.voice(element)
        if voice is not None and self._open and voice.key == self._open[-1].voice.key is not None:
            voice = None
        if voice is not None:
            self._begin(voice, element)
        is_block = voice is None and _is_block(element, tag)
        if is_block or tag in _SPACES:
            self._break(line_of(element), paragraph=is_block)
        self._inside(element, tokens=tokens or _has_tokens(element, tag))
        if voice is not None:
            self._end()
        elif is_block:
            self._break(line_of(element), paragraph=True)

    def _inside(self, element: etree._Element, *, tokens: bool) -> None:
        pieces = [element.text, *(child.tail for child in element)]
        mixed = any(piece and piece.strip() for piece in pieces)
        self._say(element.text, line_of(element), tokens=tokens)
        for child in element:
            apart = not (mixed or tokens or tag_of(child) in _INLINE)
            if apart:
                self._break(line_of(child), paragraph=False)
            self.visit(child, tokens=tokens)
            if apart:
                self._break(line_of(child), paragraph=False)
            self._say(child.tail, line_of(child), tokens=tokens)

    def flush(self) -> None:
        """Account for the text outside all turns that has been gathered."""
        if text := clean(mend("".join(self._stray))):
            self.dropped.append(Dropped(text=text, reason=OUTSIDE, line=self._stray_line))
        self._stray = []

    def _say(self, text: str | None, line: int, *, tokens: bool) -> None:
        if not text or (tokens and not text.strip()):
            return
        if self._open:
            self._open[-1].paragraphs[-1].append(text)
            return
        if not any(piece.strip() for piece in self._stray):
            self._stray_line = line
        self._stray.append(text)

    def _token(self, element: etree._Element) -> None:
        """A word or a sign: whether a space follows is said by an attribute, not by the source."""
        join = attribute(element, "join") or ""
        pieces = self._open[-1].paragraphs[-1] if self._open else self._stray
        if join in ("left", "both") and pieces:
            pieces[-1] = pieces[-1].rstrip()
        word = "".join(element.itertext()).strip()
        self._say(word + ("" if join in ("right", "both") else " "), line_of(element), tokens=False)

    def _break(self, line: int, *, paragraph: bool) -> None:
        if not self._open:
            self.flush()
        elif not paragraph:
            self._open[-1].paragraphs[-1].append(" ")
        else:
            if not self._open[-1].has_words:
                self._open[-1].line = line
            self._open[-1].paragraphs.append([])

    def _begin(self, voice: Voice, element: etree._Element) -> None:
        self.flush()
        self._cut(line_of(element))
        if self._announced and not voice.label:
            voice = replace(voice, label=self._announced)
        self._announced = None
        self._open.append(Spoken(voice, line_of(element)))

    def _cut(self, line: int, voice: Voice | None = None) -> None:
        """End what has been said so far; what follows is said by the same voice or another."""
        if not self._open:
            return
        said = self._open[-1]
        if said.text:
            self.spoken.append(said)
        self._open[-1] = Spoken(voice or said.voice, line)

    def _end(self) -> None:
        said = self._open.pop()
        if said.text:
            self.spoken.append(said)

    def _label(self, element: etree._Element) -> None:
        self._drop(element, LABEL)
        label = words_of(element).rstrip(":： ")
        if not label:
            return
        if not self._open:
            self._announced = label
        elif self._open[-1].has_words:
            self._cut(line_of(element), Voice(label=label))
        else:
            self._open[-1].voice = replace(self._open[-1].voice, label=label)

    def _drop(self, element: etree._Element, reason: str) -> None:
        if not self._open:
            self.flush()
        text = words_of(element) or attribute(element, *_INSTEAD)
        if text and reason != HEADER:
            self.dropped.append(Dropped(text=text, reason=reason, line=line_of(element)))


def _is_block(element: etree._Element, tag: str) -> bool:
    """The element is a paragraph, or holds some; a segment in a paragraph is a piece of it."""
    if tag != "seg":
        return tag in _BLOCKS
    parent = element.getparent()
    return parent is None or tag_of(parent) not in _AROUND_SEGMENTS


def _has_tokens(element: etree._Element, tag: str) -> bool:
    return tag in ("s", "seg", "u", "p") and next(element.iter("{*}w"), None) is not None
