"""What is only put into the record of a hearing, prepared statements and letters, or played."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.questions import is_question

_WRITTEN = (
    r"(?:statements?|testimon(?:y|ies)|materials?|information|letters?|articles?|charts?|documents?|"
    r"reports?|responses?|answers?|submissions?|exhibits?|texts?|memorand(?:um|a)|biograph(?:y|ies)|"
    r"questions?|slides?|tables?|maps?|appendi(?:x|ces)|attachments?)"
)
_NOTE = re.compile(
    rf"^(?:[\[(][^\[\]()]{{0,160}}\b{_WRITTEN}\b[^\[\]]{{0,160}}\bfollows?\s*[:.]?\s*[\])][:.]?|"
    rf"the (?:prepared|written|full) {_WRITTEN}\b[^?!:]{{0,120}}\bfollows?:)$",
    re.I,
)
_PLAYED = re.compile(
    r"^[(\[](?:(?:archiv\w+|audio|video|sound|news|radio) )?(?:clip|recording|tape|actuality|"
    r"soundbite)(?: (?:plays|begins|starts|is played))?[.:]?[)\]]$",
    re.I,
)
_STOPPED = re.compile(r"^[(\[](?:end of|end) (?:\w+ )?(?:clip|recording|tape)[.:]?[)\]]$", re.I)
_LOOKS_BACK = re.compile(
    r"^(?:well,? |so,? |and )?(?:that was|you(?:[’']ve)?(?: just)? (?:heard|were hearing)|"
    r"the (?:voice|sound|words) of)\b",
    re.I,
)
_PLAYED_WORDS, _NEAR = 80, 5


def find_inserts(document: Document, marks: Sequence[Mark]) -> frozenset[int]:
    """Indices of what stands below "[The prepared statement of NAME follows:]" up to the next mark.

    Nobody says it: it was handed in, and who speaks next has a label. So with what stands below
    "(Clip)", if "(End of clip)" stands below it, or whoever speaks next says "That was ...".
    """
    starts = sorted(mark.index for mark in marks)
    found: set[int] = set()
    for index, paragraph in enumerate(document.paragraphs):
        if _NOTE.match(paragraph.text) and starts and starts[0] < index < starts[-1]:
            found.update(range(index, starts[bisect_right(starts, index)]))
    return frozenset(found | _find_played(document, marks))


def is_below_clip(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A paragraph stands right below "(Clip)", but for other notes and what is played with it."""
    above = paragraphs[max(0, index - _NEAR) : index]
    return any(_PLAYED.match(paragraph.text) for paragraph in above)


def _find_played(document: Document, marks: Sequence[Mark]) -> set[int]:
    found: set[int] = set()
    texts = [paragraph.text for paragraph in document.paragraphs]
    for mark, following in pairwise(marks):
        between = range(mark.index + 1, following.index)
        start = next((index for index in between if _PLAYED.match(texts[index])), None)
        if start is None or not _says_something(texts[mark.index : start], mark.start):
            continue
        stop = next((i for i in between if i > start and _STOPPED.match(texts[i])), None)
        played = range(start + 1, following.index if stop is None else stop)
        said = [texts[index] for index in played if not is_stage_direction(texts[index])]
        below = [texts[following.index][following.start :], *texts[following.index + 1 :][:1]]
        begins = next((text.strip() for text in below if text.strip()), "")
        looks_back = _LOOKS_BACK.match(begins) and not any(map(is_question, said))
        if (stop or looks_back) and sum(len(text.split()) for text in said) <= _PLAYED_WORDS:
            found.update(played)
    return found


def _says_something(texts: Sequence[str], start: int) -> bool:
    """There is speech above what is played: right below a name it may be that one's own words."""
    said = (texts[0][start:], *texts[1:])
    return any(text.strip() and not is_stage_direction(text.strip()) for text in said)
