"""Where the talk starts: below a line that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark

_HERE = re.compile(
    r"^\W*(?:(?:(?:read the|full|edited|complete|event|interview|uncorrected|rush) )*transcript\W*|"
    r"(?:the )?p ?r ?o ?c ?e ?e ?d ?i ?n ?g ?s\W*|"
    r"(?:the )?(?:interview|conversation|q ?& ?a)(?: (?:begins|starts)(?: here)?)?\W*|"
    r"(?:this|what follows|the following|below) is (?:an? |the )?(?:\w+ ){0,3}transcript"
    r"(?: (?:from|of) .{1,200}|[.,:].{0,200})?)$",
    re.I,
)
_NEARLY_ALL = 0.8


def below_start(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out the few marks above a line "Transcript" or "Proceedings": "Moderator", "Video".

    They head no speech there. A page's menu has such a line as well: what it leaves out must be
    little.
    """
    for index in reversed(range(len(document.paragraphs))):
        if _HERE.match(document.paragraphs[index].text):
            below = [mark for mark in marks if mark.index > index]
            if len(below) >= _NEARLY_ALL * len(marks):
                return below
    return list(marks)
