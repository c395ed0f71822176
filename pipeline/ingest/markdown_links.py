"""What of a Markdown page only leads elsewhere: lists of headlines, and numbers of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from pipeline.ingest.content import clean

_NOTE_MARK = re.compile(r"^\W{0,2}(?:\d{1,3}|[*†‡§])\W{0,2}$")
_WAY_BACK = re.compile(r"^[↩↑⏎^][\ufe0e\ufe0f]?$")
_LEADS_IN = re.compile(
    r"^(?:read (?:more|also|next)|also read|see also|related|lire aussi|à lire aussi|"
    r"lesen sie auch|mehr zum thema)\b",
    re.I,
)
_HEADLINE_WORDS = 6
_LEAD_WORDS = 6
_MOST_OF_LINE, _MOST_OF_ITEM = 0.9, 0.5
_MOST_OF_FILE = 0.2


def find_link_lines(tokens: Sequence[Token]) -> frozenset[int]:
    """Indices of the paragraphs and items that are a headline of something else, linked.

    A paragraph that asks stays, since a question may be linked to what it asks about; all stay
    where much of the file is linked, as captions are to their place in a video.
    """
    items = _headline_lists(tokens)
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.type != "inline" or _is_set(tokens, index):
            continue
        text, linked, last = _read(token)
        words, headline = len(text.split()), len(linked.split())
        led = last and _LEADS_IN.match(text) and words - headline <= _LEAD_WORDS
        line = headline >= _MOST_OF_LINE * words and not text.endswith("?")
        if index in items or (headline >= _HEADLINE_WORDS and (led or line)):
            found.add(index)
    size = {i: len(t.content.split()) for i, t in enumerate(tokens) if t.type == "inline"}
    few = sum(size[index] for index in found) <= _MOST_OF_FILE * sum(size.values())
    return frozenset(found if few else ())


def _is_set(tokens: Sequence[Token], index: int) -> bool:
    """A heading, or a cell of a table: it is no line of a page's furniture."""
    return index > 0 and tokens[index - 1].type in ("heading_open", "td_open", "th_open")


def _headline_lists(tokens: Sequence[Token]) -> frozenset[int]:
    """Indices of the items of lists in which each starts with a linked headline."""
    found: set[int] = set()
    items: list[int] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
            if not depth:
                found.update(items if all(_is_item(tokens[at]) for at in items) else ())
                items = []
        elif token.type == "inline" and depth:
            items.append(index)
    return frozenset(found)


def _is_item(token: Token) -> bool:
    text, linked, _ = _read(token)
    opens = text.startswith(linked[:_HEADLINE_WORDS])
    words = len(linked.split())
    return opens and words >= _HEADLINE_WORDS and words >= _MOST_OF_ITEM * len(text.split())


def _read(token: Token) -> tuple[str, str, bool]:
    """The token's text, what of it is linked, and whether the link stands last."""
    text: list[str] = []
    linked: list[str] = []
    inside = last = False
    for child in token.children or ():
        if child.type in ("link_open", "link_close"):
            inside = last = child.type == "link_open"
            last = not inside
            linked.append(" ")
        elif child.type in ("text", "code_inline", "text_special", "softbreak", "hardbreak"):
            piece = child.content or " "
            text.append(piece)
            if inside:
                linked.append(piece)
            elif piece.strip():
                last = False
    return clean("".join(text)), clean("".join(linked)), last


def take_note_marks(tokens: Sequence[Token]) -> frozenset[int]:
    """Take numbers that lead to notes on the same page out of the text.

    Returns:
        Indices of the paragraphs that are notes: below a number that leads back into the text, or
        with an arrow at their end that does.
    """
    notes: set[int] = set()
    back = False
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "hr"):
            back = False
        if token.type != "inline":
            continue
        if (back and token.children) or _ends_in_arrow(token):
            notes.add(index)
        back = False
        if (marks := list(_marks(token))) and token.children:
            back = _leads_back(token, marks[0])
            gone = {at for start in marks for at in range(start, start + 3)}
            token.children = [c for at, c in enumerate(token.children) if at not in gone]
    return frozenset(notes)


def _marks(token: Token) -> Iterator[int]:
    """Where links start that are a number, to a place on the same page."""
    children = token.children or []
    for at, child in enumerate(children[:-2]):
        if child.type == "link_open" and "#" in str(child.attrGet("href")):
            one = children[at + 2].type == "link_close"
            if one and _NOTE_MARK.match(children[at + 1].content):
                yield at


def _ends_in_arrow(token: Token) -> bool:
    children = token.children or []
    if len(children) < 3 or children[-3].type != "link_open":
        return False
    inside = "#" in str(children[-3].attrGet("href"))
    return inside and bool(_WAY_BACK.match(children[-2].content))


def _leads_back(token: Token, start: int) -> bool:
    """The mark is all that stands in the paragraph, and its address says that it goes back."""
    children = token.children or []
    address = str(children[start].attrGet("href"))
    alone = start == 0 and len(children) == 3
    return alone and bool(re.search(r"#.*(?:anchor|ref|back)", address))
