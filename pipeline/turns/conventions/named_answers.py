"""Answers that open with a name in capitals and a dash, below questions "Question – ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import parse_label

_NAMED = re.compile(r"^(?P<label>[^\W\d_][\w.’' -]{3,60}?)\s+[-–—]\s*(?=\S)")
_TWICE, _MOSTLY = 2, 0.6


def find_named_answers(document: Document, asked: Sequence[Mark]) -> list[Mark]:
    """Return the answers, where most questions have one below, of names that come again.

    Args:
        document: of paragraphs.
        asked: the marks of the questions.
    """
    places = {mark.index for mark in asked}
    found: list[Mark] = []
    for index, paragraph in enumerate(document.paragraphs):
        match = _NAMED.match(paragraph.text)
        if match is None or index in places or not match["label"].isupper():
            continue
        label = parse_label(match["label"])
        if label is not None and label.hint is None and len(label.core) > 1:
            found.append(Mark(index, label, match.end(), sure=True))
    counts = Counter(mark.label.core for mark in found)
    found = [mark for mark in found if counts[mark.label.core] >= _TWICE]
    return found if len(found) >= max(_TWICE, _MOSTLY * len(asked)) else []
