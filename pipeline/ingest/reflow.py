"""Lines to paragraphs: is a line break the end of a paragraph, or only the end of a line?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.content import Line
from pipeline.ingest.hyphens import find_words, join_hyphenated
from pipeline.ingest.initials import find_initials

# behind its full stop a sentence may have a direction: "It is. (Laughter)"
_ENDS = re.compile(r"[.?!:;…][\"'”’)\]*_»]*(?:(?<=[.?!…\"”]) [(\[][^()\[\]]{1,40}[)\]])?$")
_BROKEN_OFF = re.compile(r"(?:--|[–—])[\"'”’)\]*_»]*$")
LABEL_START = re.compile(
    r"^[*_\[(\d:\])\s]{0,14}(?:(?<=\[)[^\W\d_a-z][^\]\[]{1,40}\]\s|Q\.?\s|[QA]\s*[:.]|"
    r"(?![a-hj-zß-ÿа-я]|i(?!P(?:ad|hone)))[^\W\d_][\w.'’-]*(?:(?:[ ,]+| [–—] )[\w.'’()/-]+){0,7}"
    r"\s?[*_]{0,2}[:：])"
)
# "Mr. Rowan. text" on an indented line, as in hearings
_PERIOD = re.compile(
    r"^(?:The (?:Chair(?:man|woman)?|Clerk|President|Witness)"
    r"|[A-Z][a-z]{1,12}\.? (?:[A-Z]\. )?[A-Z][\w'’-]+(?: of (?:[A-Z][a-z]+ )?[A-Z][a-z]+)?"
    r"(?: \[presiding\])?)\. "
)
LIST_START = re.compile(r"^(?:[-*•–—]\s|\d{1,3}[.)]\s)")
_OPENER = re.compile(r"^([^\W\d_][^:：\t]{0,40}?)\s?[:：]")
_TABBED = re.compile(r"^\s*([^\W\d_][^\t:：]{0,40}?)\t\s*\S")
_OFTEN = 0.5
_TIME_END = re.compile(r"\d:\d\d[\])]?:?$")
_TITLE_END = re.compile(
    r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Amb|Lt|Col|Capt|Adm|Sgt|Rev|Hon|St)\.$"
)
_LETTERS_END = re.compile(r"(?:^|\s)(?:[A-Z]\.){2,}$")
# a label in capitals that is not at its end: "FULL NAME, Former U.S."
_LABEL_HEAD = re.compile(
    r"^[^\W\d_a-z][^\W\da-z.'’-]+(?: [^\W\d_a-z][^\W\da-z.'’-]*)+, [^:]{1,60}$"
)
_SHORT = 0.75
_MIN_WIDTH = 45
_MAX_WIDTH = 130
_LONG_LINES = 0.5
_HEAD_WORDS, _LISTED = 3, 4


def is_wrapped(blocks: Sequence[Sequence[str]]) -> bool:
    """Tell whether a document is hard-wrapped, judged over all its line breaks.

    In wrapped prose most lines stop in mid-sentence and near one width; where a line is a
    paragraph, nearly all of them stop at the end of a sentence, at widths of all kinds, and most
    of the words stand in lines that no page is wide enough for.
    """
    lengths = [len(text) for block in blocks for text in block]
    if sum(n for n in lengths if n > _MAX_WIDTH) > _LONG_LINES * sum(lengths):
        return False
    breaks = [(a, b) for block in blocks for a, b in pairwise(block)]
    breaks = [(a, b) for a, b in breaks if len(a) >= _MIN_WIDTH // 2]
    if not breaks:
        return False
    longest = sorted(len(a) for a, _ in breaks)[int(0.98 * (len(breaks) - 1))]
    open_ends = sum(not _ENDS.search(a) for a, _ in breaks) / len(breaks)
    return _MIN_WIDTH <= longest <= _MAX_WIDTH and open_ends >= 0.4


def find_openers(lines: Sequence[str]) -> frozenset[str]:
    """What stands before the colon of many lines, again and again: the names of speakers."""
    found = [match.group(1) for line in lines if (match := _OPENER.match(line))]
    counts = Counter(name for name in found if len(name.split()) <= 5)
    often = {name: n for name, n in counts.items() if n > 1}
    if len(often) < 2 or sum(often.values()) < _OFTEN * len(lines):
        return frozenset()
    return frozenset(often)


def mark_tabs(blocks: Sequence[Sequence[Line]]) -> None:
    """Set a colon behind names that only a tab parts from the speech."""
    lines = [(line, "".join(run for run, _, _ in line.runs)) for block in blocks for line in block]
    found = [(line, match.group(1)) for line, raw in lines if (match := _TABBED.match(raw))]
    counts = Counter(name for _, name in found if len(name.split()) <= 5)
    often = {name for name, n in counts.items() if n > 1}
    if len(often) < 2 or sum(counts[name] for name in often) < _OFTEN * len(lines):
        return
    for line, name in found:
        if name in counts:
            line.split_at_tab(":")


def mark_initials(blocks: Sequence[Sequence[Line]]) -> None:
    """Set a colon behind initials of speakers that some lines leave it out of."""
    lines = [line for block in blocks for line in block]
    initials = find_initials([line.plain() for line in lines])
    for line in lines if initials else ():
        word, space, _ = line.plain().partition(" ")
        if space and word in initials:
            line.mark_opening(word, ":")


def reflow(blocks: Sequence[Sequence[Line]], *, wrapped: bool = False) -> list[Line]:
    """Join the lines of each block into paragraphs, as the whole document is set.

    Args:
        blocks: runs of lines between blank lines, or between block elements.
        wrapped: the lines are known to be hard-wrapped.
    """
    mark_tabs(blocks)
    mark_initials(blocks)
    plain = [[line.plain() for line in block] for block in blocks]
    openers = find_openers([text for block in plain for text in block])
    wrapped = wrapped or is_wrapped(plain)
    widths = sorted(len(text) for block in plain for text in block[:-1])
    width = widths[int(0.95 * (len(widths) - 1))] if widths else 0
    words = find_words(text for block in plain for text in block) if wrapped else frozenset()
    paragraphs: list[Line] = []
    for block, texts in zip(blocks, plain, strict=True):
        margin = min(line.indent for line in block)
        listed = _is_headed(texts)
        for index, line in enumerate(block):
            starts = index == 0 or not wrapped or listed
            starts = starts or _starts(texts[index - 1], texts[index], width)
            opener = _OPENER.match(texts[index])
            starts = starts or (opener is not None and opener.group(1) in openers)
            labelled = line.indent > 0 and _PERIOD.match(texts[index]) is not None
            inset = line.indent > margin or labelled
            before = texts[index - 1]
            starts = starts or (inset and ends_line(before))
            starts = starts or (labelled and _BROKEN_OFF.search(before) is not None)
            starts = starts and not (index and _is_open(before, texts[index]))
            starts = starts and not (index and _is_cut(before, texts[index]))
            if starts:
                paragraphs.append(line)
            else:
                join_hyphenated(paragraphs[-1], line, words)
    return paragraphs


def _is_headed(texts: Sequence[str]) -> bool:
    """The lines are a short list below a heading in capitals: "FEATURING", a name, an office."""
    head, *rest = texts
    headed = head.isupper() and len(head.split()) <= _HEAD_WORDS and not _ENDS.search(head)
    return headed and 0 < len(rest) <= _LISTED and not any(map(ends_line, rest))


def ends_line(line: str) -> bool:
    """The line ends as a sentence or a label does."""
    return bool(_ENDS.search(line))


def _is_open(before: str, line: str) -> bool:
    """A bracket that opens the line before closes with this one: "(Fellow," / "Institute)"."""
    opened = before.startswith("(") and ")" not in before
    return opened and line.endswith(")") and "(" not in line


def _is_cut(before: str, line: str) -> bool:
    """A full stop that ends no sentence ends the line: "... NAME: Mr." / "Secretary, ...".

    So captions are broken behind each full stop, within a label as well.
    """
    if _TITLE_END.search(before):
        return True
    return bool(_LETTERS_END.search(before) and _LABEL_HEAD.match(before) and ":" in line)


def _starts(before: str, line: str, width: int) -> bool:
    """Tell whether a line of a wrapped block starts a paragraph of its own."""
    if _TIME_END.search(before) and len(before) < width / 2:
        return True
    ended = ends_line(before) or not before
    if _BROKEN_OFF.search(before) and LABEL_START.match(line):
        return True
    fits = len(before) + 1 + len(line.split(" ", 1)[0]) < _SHORT * width
    if ended and (LABEL_START.match(line) or LIST_START.match(line)):
        return not before.rstrip("*_ ").endswith((":", ";")) or bool(LABEL_START.match(line))
    return ended and fits and not before.rstrip("*_ ").endswith(":")
