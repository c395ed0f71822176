"""The list of those who take part, at the head of a transcript: names with offices, no speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph

_HEAD = re.compile(
    r"^(?:speakers?|participants?|panel(?:l?ists?)?|guests?|hosts?|featuring|witnesses|attendees|"
    r"in attendance|who.s who)\s*:?$",
    re.I,
)
_RULE = re.compile(r"^[\W_]+$")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]*_]*$")
_FEWEST, _MOST = 2, 12
_ITEM_WORDS = 30


def find_cast(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines below "Speakers" that say who they are, as far as a heading or a rule.

    Where speech follows with nothing between, no line is known to be the last of the list.
    """
    head = next((i for i, one in enumerate(paragraphs) if _HEAD.match(one.text)), None)
    if head is None:
        return frozenset()
    for index in range(head + 1, min(len(paragraphs), head + _MOST + 2)):
        paragraph = paragraphs[index]
        if paragraph.heading or _RULE.match(paragraph.text):
            listed = range(head + 1, index)
            return frozenset(listed if len(listed) >= _FEWEST else ())
        if _SENTENCE_END.search(paragraph.text) or len(paragraph.text.split()) > _ITEM_WORDS:
            break
    return frozenset()
