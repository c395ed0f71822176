"""The name in a label, and the office or house that stands beside it."""

from __future__ import annotations

import re

from pipeline.turns.vocabulary import PARTS

_DEGREES = frozenset(("jr", "sr", "ii", "iii", "phd", "md"))
# behind an office, "Director of the Harbour Board, moderator ANN NORTH"
_PART_AND_NAME = re.compile(
    r"^(?P<part>[^\W\d_][\w-]{3,11}) "
    r"(?P<name>(?:[^\W\d_a-z][\w.’'-]* ){1,3}[^\W\d_a-z][\w’'-]+)$"
)


def split_affiliation(text: str) -> tuple[str, str | None]:
    """Part "NAME, office" at the comma; "office, moderator NAME" has the name last."""
    head, comma, tail = text.partition(",")
    head, tail = head.strip(), tail.strip()
    if not comma or not tail or tail.lower().rstrip(".") in _DEGREES:
        return text.rstrip(","), None
    if (named := _PART_AND_NAME.match(tail)) and named["part"].lower() in PARTS:
        return named["name"], f"{head}, {named['part']}"
    return head, tail
