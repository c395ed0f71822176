"""What stands in a Markdown file and is not its text: footnotes, and captions of images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from pipeline.ingest.content import clean
from pipeline.records import Dropped

_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,80})\]:.*(?:\n(?:[ \t]*\n)*(?: {4}|\t).*\S.*)*", re.M)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_IN_QUOTES = re.compile(r"[\"“„«].*?[\"”“»]")
_CAPTION_WORDS = 50
_SHARED, _SHARE = 2, 0.5
_MOST_NOTES = 3
_MARK = re.compile(r"\[\^([^\]\s]{1,80})\]")


def take_footnotes(body: str, *, offset: int) -> tuple[str, list[Dropped]]:
    """Take out footnotes and the marks in the text that refer to them.

    Args:
        body: a Markdown text; its lines keep their numbers.
        offset: the number of its first line in the file.
    """
    names = {found.group(1) for found in _NOTE.finditer(body)}
    rest, dropped = cut_out(_NOTE, body, offset=offset, reason="footnote")
    return _MARK.sub(lambda mark: "" if mark.group(1) in names else mark.group(), rest), dropped


def cut_out(
    pattern: re.Pattern[str], body: str, *, offset: int, reason: str
) -> tuple[str, list[Dropped]]:
    """Cut out of a text what a pattern finds, but for its line breaks; return the rest, and that.

    Args:
        pattern: of what goes.
        body: a text; its lines keep their numbers.
        offset: the number of its first line in the file.
        reason: why it goes.
    """
    dropped: list[Dropped] = []
    pieces: list[str] = []
    at, line = 0, offset
    for found in pattern.finditer(body):
        line += body.count("\n", at, found.start())
        dropped.append(Dropped(text=clean(found.group()), reason=reason, line=line))
        breaks = found.group().count("\n")
        line += breaks
        pieces += (body[at : found.start()], "\n" * breaks)
        at = found.end()
    return "".join((*pieces, body[at:])), dropped


def read_caption(token: Token) -> str:
    """The words in italics that are all a paragraph holds beside an image; empty if it is none."""
    children = token.children or []
    if not children or children[0].type != "image":
        return ""
    words: list[str] = []
    italic = 0
    for child in children[1:]:
        if child.type in ("em_open", "em_close"):
            italic += 1 if child.type == "em_open" else -1
        elif child.type in ("softbreak", "hardbreak") or not child.content.strip():
            words.append(" ")
        elif italic or child.type == "image":
            words.append(child.content if italic else "")
        else:
            return ""
    return clean("".join(words))


def find_captions(tokens: Sequence[Token]) -> frozenset[int]:
    """Indices of the paragraphs that stand right below an image and say what it shows.

    They are set in italics, or name what the image's own description names. Where speech may be
    set in italics, only the description tells.
    """
    inline = [index for index, token in enumerate(tokens) if token.type == "inline"]
    below = [(image, i) for image, i in pairwise(inline) if _is_below(tokens, image, i)]
    italic = {index for index in inline if _is_italic(tokens[index])}
    spoken = len(italic - {index for _, index in below}) > _MOST_NOTES
    found: set[int] = set()
    for image, index in below:
        text = read_words(tokens[index])
        if text.endswith("?") or len(text.split()) > _CAPTION_WORDS:
            continue
        shared = _shared(text, _described(tokens[image]))
        least = _SHARED if index in italic else _SHARED + 1
        if shared >= least or (index in italic and not spoken):
            found.add(index)
    return frozenset(found)


def _is_below(tokens: Sequence[Token], image: int, index: int) -> bool:
    """An image, and the paragraph that follows it."""
    apart = {token.type for token in tokens[image + 1 : index]}
    return _is_image(tokens[image]) and apart == {"paragraph_close", "paragraph_open"}


def read_words(token: Token) -> str:
    """The words of a paragraph, without what is told of an image."""
    pieces = (" " if c.type.endswith("break") else c.content for c in token.children or ()
              if c.type != "image")  # fmt: skip
    return clean("".join(pieces))


def _is_image(token: Token) -> bool:
    """Nothing but images, which may be linked."""
    children = token.children or []
    images = [child for child in children if child.type == "image"]
    return bool(images) and not read_words(token)


def _described(token: Token) -> str:
    return " ".join(child.content for child in token.children or () if child.type == "image")


def _is_italic(token: Token) -> bool:
    """Set in italics from the first word to the last."""
    children = [child for child in token.children or () if child.content or child.nesting]
    depth, plain = 0, False
    for child in children:
        depth += child.nesting if child.type.startswith("em_") else 0
        plain = plain or (not depth and bool(child.content.strip()))
    return bool(children) and not plain and bool(token.content.strip())


def _shared(caption: str, description: str) -> int:
    """How many longer words a caption shares with a description; 0 where they are not half."""
    words = set(_LONG_WORD.findall(_IN_QUOTES.sub("", caption).lower()))
    shared = words & set(_LONG_WORD.findall(description.lower()))
    return len(shared) if len(shared) >= _SHARE * len(words) else 0
