"""Who puts the questions marked "Q" in a deposition: "BY MS. NAME:" on a line above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import EXAMINER
from pipeline.turns.labels import Label, parse_label

# "Q. (BY MS. NAME) Were you there?"
_BESIDE = re.compile(r"^\(by (?P<name>(?:mr|mrs|ms|dr)\. [^()]{2,40})\)\s*", re.I)
_ASKED = ("q",)


def name_examiners(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Give each "Q" to whom the line above says, or the bracket behind it; else leave it as it is.

    Args:
        document: what the marks stand in.
        marks: of the document, in order.
    """
    lines = {
        index: label
        for index, paragraph in enumerate(document.paragraphs)
        if (found := EXAMINER.match(paragraph.text)) and (label := _label(found["name"]))
    }
    named: list[Mark] = []
    now: Label | None = None
    start = 0
    for mark in marks:
        for index in range(start, mark.index):
            now = lines.get(index, now)
        start = max(start, mark.index)
        if mark.label.core != _ASKED:
            named.append(mark)
            continue
        said = document.paragraphs[mark.index].text[mark.start : mark.end]
        if (beside := _BESIDE.match(said)) and (label := _label(beside["name"])):
            now = label
            mark = replace(mark, start=mark.start + beside.end())
        own = now and replace(now, raw=mark.label.raw, start_s=mark.label.start_s)
        named.append(replace(mark, label=own) if own else mark)
    return named


def _label(name: str) -> Label | None:
    """The label of who asks."""
    label = parse_label(name)
    return replace(label, hint="interviewer") if label is not None else None
