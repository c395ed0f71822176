"""Where an asker whom only type tells apart starts: with a greeting, and what leads up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GREETING = re.compile(
    r"(?:^|[,.!?] )welcome\b|\bwelcome (?:back )?to\b|"
    r"\b(?:thank you|thanks)\b[^.?!]{0,40}\bfor (?:joining|being|coming|talking|speaking|taking|"
    r"doing|making|agreeing)\b",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")
_STATED = re.compile(r"[^\W\d_][.!…][\"'”’)\]*_]*$")
_YOU = re.compile(r"\b(?:you|your|yourself)\b", re.I)
# of what is printed, by who edits it
_EDITED = re.compile(
    r"\b(?:interview|conversation|transcript|edited|translat\w+|publish\w+|newsletter|subscri\w+)\b",
    re.I,
)
_NEAR, _LEAD_WORDS = 4, 60


def find_opening(texts: Sequence[str], is_set: Sequence[bool], first: int) -> int:
    """Return the index of the asker's first paragraph, at or above the first that asks.

    "Minister, welcome to the show." is his, and so is what stands right above it in the same type
    and speaks in the first person. A page's head in that type does not.

    Args:
        texts: of all paragraphs.
        is_set: which of them are set as questions are, throughout.
        first: index of the first question.
    """
    near = range(max(0, first - _NEAR), first)
    start = next((i for i in near if is_set[i] and _GREETING.search(texts[i])), first)
    while 0 < start < first and is_set[start - 1] and _speaks_of_itself(texts[start - 1]):
        start -= 1
    return start


def _speaks_of_itself(text: str) -> bool:
    return bool(_STATED.search(text) and _FIRST_PERSON.search(text))


def find_statement(
    texts: Sequence[str], is_set: Sequence[bool], first: int, *, speaks_to: bool = False
) -> int:
    """Return the index of what an asker states, at or above the first set paragraph that asks.

    It stands right above, or is answered in between and speaks to somebody: "You told me that the
    chairs had numbers." Mottos and an editor's words speak to nobody.

    Args:
        texts: of all paragraphs.
        is_set: which of them are set as questions are, throughout.
        first: index of the first question.
        speaks_to: whether what stands right above must speak to somebody, too.
    """
    start = first
    for index in reversed(range(first)):
        if not is_set[index]:
            continue
        text = texts[index]
        if not _STATED.search(text) or _EDITED.search(text) or len(text.split()) > _LEAD_WORDS:
            break
        if (speaks_to or index < start - 1) and not _YOU.search(text):
            break
        start = index
    return start
