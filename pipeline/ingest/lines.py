"""Lines to paragraphs: does a line end also end a paragraph?

The question is answered once for the whole document, by all of its line ends, and then for each
line by how it opens, how the line above it ends, and what recurs in the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from pipeline.ingest.content import Line

BLANK = re.compile(r"\n\s*\n")
"""A blank line, or several, with the line end above."""
# after its full stop a sentence may have a direction: "It is. (Laughter)"
_ENDS = re.compile(r"(?:[.?!:;…]|--| -|[–—])[\"'”’)\]*_»]*(?: [(\[][^()\[\]]{1,40}[)\]])?$")
# "Name:", "[00:01:02] Name:", "Name (1:02):"; "Q.", "A:", "Q   Text"; "MR. NAME."
_OPENER = re.compile(
    r"[*_\[(\d:.,/\])\s-]{0,30}([^\W\d_][^:：\t]{0,50}?)(?: [(\[][\d:.]{4,12}[)\]])?"
    r"[*_]{0,3}\s?[:：](?!\S*\d)|([QA])(?:[.:]| {1,4}(?=[A-Z“\"]))|([A-Z][A-Z.'’ -]{3,40})\.\s"
)
# "NAME<tab>text", "NAME   text"
_COLUMN = re.compile(r"\s*([^\W\d_][\w.'’ -]{0,30}?[\w)])(?:\t\s*| {2,})(?=\S)")
_ITEM = re.compile(r"[•‣▪*–—-]\s|\d{1,2}[.)]\s")
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u00ad\u2010]$")
_BROKEN = re.compile(r"[^\W\d_]\u00ad\s*$")  # within a word; after a dash it says nothing
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
MAX_LABEL_WORDS = 7
_SHORTEST_WRAP, _WIDEST_WRAP = 30, 130  # columns
_SHORT_LINE = 22  # a heading, a label or the end of a paragraph: says nothing of the width
_OPEN_ENDS = 0.4  # share of line ends inside sentences
_LONG_LINES = 0.5  # share of the characters in lines wider than a page
_HYPHENATED = 0.02  # of the lines end in a hyphen where words are broken
_HEADER = 60  # characters, at most
_FULL = 0.75  # of the width: a shorter line that ends a sentence ends the paragraph
_RECURS = 3
_COLUMNS = 0.2  # share of the lines that such labels open


def reflow(blocks: Sequence[Sequence[Line]], *, wrapped: bool = False) -> list[Line]:
    """Return the paragraphs of a document, its wrapped lines joined.

    Args:
        blocks: runs of lines between blank lines, or between block elements.
        wrapped: the lines are rows of a page, whatever they look like.
    """
    blocks = [block for block in blocks if block]
    _mark_columns(list(chain(*blocks)))
    plain = [[line.plain() for line in block] for block in blocks]
    document = _Document(blocks, plain, wrapped=wrapped or is_wrapped(plain))
    paragraphs: list[Line] = []
    for block, texts in zip(blocks, plain, strict=True):
        paragraphs.append(block[0])
        for (above, before), (line, text) in pairwise(zip(block, texts, strict=True)):
            if document.starts(above, before, line, text):
                paragraphs.append(line)
            else:
                _join(paragraphs[-1], before, line, text, document.words)
    return paragraphs


def read_opener(text: str) -> str | None:
    """Return what precedes the colon of a line, or its letter of Q and A, if it opens with one."""
    found = _OPENER.match(text)
    label = found[found.lastindex or 0].strip("*_ ") if found else ""
    return label if label and len(label.split()) <= MAX_LABEL_WORDS else None


def ends_sentence(text: str) -> bool:
    """The text ends as a sentence or a label does, or is broken off."""
    return bool(_ENDS.search(text[-60:]))


def is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Tell whether a document is hard-wrapped, by all its line ends.

    In wrapped prose most lines end inside a sentence, and no line is wider than a page; where a
    line is a paragraph, an item or a verse, most end a sentence or the next one opens as a
    sentence does, or most words are in lines too wide for a page.
    """
    lengths = [len(text) for block in blocks for text in block]
    headers = _find_headers(blocks)
    ends = [pair for block in blocks for pair in pairwise(block) if len(pair[0]) >= _SHORT_LINE]
    ends = [pair for pair in ends if not _is_header(pair[0], headers)]
    wide = sum(n for n in lengths if n > _WIDEST_WRAP) > _LONG_LINES * sum(lengths)
    if wide or not ends:
        return False
    widest = sorted(len(a) for a, _ in ends)[int(0.98 * (len(ends) - 1))]
    open_ends = sum(not ends_sentence(a) and _goes_on(b) for a, b in ends)
    return open_ends >= _OPEN_ENDS * len(ends) and _SHORTEST_WRAP <= widest <= _WIDEST_WRAP


def _goes_on(text: str) -> bool:
    """A line may be inside a sentence: it opens with no capital, unless it has no other letters."""
    return not _ITEM.match(text) and (not text[0].isupper() or text.isupper())


def _mark_columns(lines: Sequence[Line]) -> None:
    """Put a colon after labels that only a tab or a gap separates from the speech."""
    found = [(line, m) for line in lines if line.runs and (m := _COLUMN.match(line.runs[0][0]))]
    counts = Counter(m[1] for _, m in found)
    often = {label for label, n in counts.items() if n >= 2 and len(label) > 1}
    if len(often) < 2 or sum(counts[label] for label in often) < _COLUMNS * len(lines):
        return
    for line, m in found:
        if len(m[1]) > 1:
            text, bold, italic = line.runs[0]
            line.runs[0] = (f"{text[: m.end(1)]}:{text[m.end(1) :]}", bold, italic)


class _Document:
    """What recurs in a document, and where a paragraph of it starts."""

    def __init__(
        self, blocks: Sequence[Sequence[Line]], plain: Sequence[Sequence[str]], *, wrapped: bool
    ) -> None:
        widths = sorted(len(text) for block in plain for text in block[:-1])
        self.wrapped = wrapped
        self.width = widths[int(0.95 * (len(widths) - 1))] if widths else 0
        self.margin, self.indents = _find_indents(blocks, plain) if self.wrapped else (0, set())
        self.openers = _find_openers(plain)
        self.headers = _find_headers(plain)
        self.words = _find_words(list(chain(*plain))) if self.wrapped else frozenset()

    def starts(self, above: Line, before: str, line: Line, text: str) -> bool:
        """Tell whether a line of a block starts a paragraph of its own."""
        if line.quoted != above.quoted or line.heading != above.heading:
            return True
        ended, label = ends_sentence(before), read_opener(text)
        misread = read_opener(text.replace(";", ":", 1))  # by OCR: "Name; Yes."
        if {label, misread} & self.openers or _is_header(before, self.headers):
            return True
        if ended and label and not label[:1].islower():
            return True
        if not self.wrapped or line.indent in self.indents:
            return True
        if not ended or line.bold != above.bold:
            return line.bold != above.bold and (ended or len(before) < _FULL * self.width)
        if _is_header(text, self.headers) or line.indent > max(self.margin, above.indent):
            return True
        return len(before) + 1 + len(text.split(" ", 1)[0]) < _FULL * self.width


def _find_headers(plain: Iterable[Sequence[str]]) -> frozenset[str]:
    """Short lines that recur, apart from figures: names with times, running heads."""
    keys = Counter(_key(text) for text in chain(*plain) if len(text) <= _HEADER)
    return frozenset(key for key, n in keys.items() if n >= _RECURS and key)


def _is_header(text: str, headers: frozenset[str]) -> bool:
    return len(text) <= _HEADER and _key(text) in headers


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _find_words(lines: Sequence[str]) -> frozenset[str]:
    """The words inside lines, in lower case; none, if no line ends in a hyphen.

    "-" is among them where few lines do: words are not broken then, and the hyphens are of
    compounds.
    """
    broken = sum(bool(_HYPHEN.search(text[-40:])) for text in lines)
    words = {word for text in lines if broken for word in _WORD.findall(text.lower())[1:-1]}
    return frozenset(words | {"-"} if 0 < broken < _HYPHENATED * len(lines) else words)


def _find_indents(
    blocks: Sequence[Sequence[Line]], plain: Sequence[Sequence[str]]
) -> tuple[int, set[int]]:
    """The commonest indent, and others that lines after the end of a sentence have again and again.

    This finds both an indented first line and the label of a hanging paragraph.
    """
    indents = [[line.indent for line in block] for block in blocks]
    counts = Counter(chain(*indents))
    margin = counts.most_common(1)[0][0]
    ended: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for columns, texts in zip(indents, plain, strict=True):
        for before, column in zip(texts, columns[1:], strict=False):
            (ended if ends_sentence(before) else others)[column] += 1
    often = {one for one, n in ended.items() if n >= _RECURS and n >= 4 * others[one]}
    return margin, often - {margin}


def _find_openers(plain: Iterable[Sequence[str]]) -> frozenset[str]:
    """Labels that open lines again and again, mostly where a sentence may start."""
    free: Counter[str] = Counter()
    bound: Counter[str] = Counter()
    for texts in plain:
        for index, text in enumerate(texts):
            if (label := read_opener(text)) and not label[:1].islower():
                first = index == 0 or ends_sentence(texts[index - 1])
                (free if first else bound)[label] += 1
    return frozenset(
        label for label, n in free.items() if n + bound[label] >= 2 and n >= bound[label]
    )


def _join(line: Line, before: str, following: Line, text: str, words: frozenset[str]) -> None:
    """Continue a line with the next one; a word broken between them becomes whole.

    Its hyphen stays before a capital, where the compound occurs elsewhere with it, and between
    two words of the document unless the whole word occurs without.
    """
    broken, rest = _HYPHEN.search(before[-40:]), _WORD.match(text)
    if rest and line.runs and _BROKEN.search(line.runs[-1][0]):
        line.glue(following, keep=False)
    elif not broken or not rest:
        line.join(following)
    else:
        first, second = broken[1].lower(), rest[0].lower()
        two = "-" in words or {first, second} <= words
        keep = text[0].isupper() or f"{first}-{second}" in words
        line.glue(following, keep=keep or (two and first + second not in words))
