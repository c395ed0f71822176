"""Names set in bold (or italic) before the speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.inline import COLON, ENUMERATION, match_label, opening_labels
from pipeline.turns.conventions.period_dash import PERIOD_DASH_LABEL
from pipeline.turns.labels import LEADING_TIME, parse_label, strip_time
from pipeline.turns.speakers import group_labels

_AGAIN = 2
_DASHES = ("–", "—", "-")
# no word in two parts: "NAME-like"
_DASH = re.compile(r"(?:\s[–—-]\s?|[–—-]\s)(?=\S)|[–—-](?=[^\s\da-zß-ÿ])")
_AFTER_NAME = re.compile(
    r"\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\]|(?:\d{1,2}:)?\d{1,2}:\d{2}(?!\d))?\s*[:：–—|-]?\s*"
)


@dataclass(frozen=True)
class SetName:
    """``<b>Name:</b> text``, the colon inside the tag, outside, or missing; or a stop and a dash.

    Between name and colon there may be a parenthesis in another type: "(retranslated)". A set
    word with no colon is a label only if it recurs, since subheadings are set in bold too.
    """

    name: str
    style: Literal["bold", "italic"]
    description: str
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that start with a set name, and with such a name unset."""
        marks = []
        for index, paragraph in enumerate(document.paragraphs):
            if mark := self._mark(index, paragraph):
                marks.append(mark)
        unset = [*_unset(document, marks), *_dashed(document, marks)] if marks else ()
        return sorted([*marks, *unset], key=lambda mark: mark.index)

    def _mark(self, index: int, paragraph: Paragraph) -> Mark | None:
        spans = paragraph.bold if self.style == "bold" else paragraph.italic
        text = paragraph.text
        lead = LEADING_TIME.match(text) or ENUMERATION.match(text)
        first = lead.end() if lead else 0
        if not spans or spans[0][0] > first + 2:
            return None
        set_start, set_end = spans[0]
        found = match_label(PERIOD_DASH_LABEL, text) or match_label(COLON, text)
        if found and set_end >= min(set_start + len(found[0].name), found[1] - 1):
            if paragraph.heading and set_end == len(text) > found[1]:
                return None  # "Appendix D: Interview with ..."
            return Mark(index, found[0], found[1], sure=found[0].cased, apart=True)
        label = parse_label(text[set_start:set_end])
        if label is None or len(label.name.split()) > 6 or text.startswith(",", set_end):
            return None  # "**Name**, office" says who somebody is
        if len(label.name.split()) > 1 and text[set_end:].strip()[:1].islower():
            return None
        between = _AFTER_NAME.match(text, set_end)
        start = between.end() if between else set_end
        _, start_s = strip_time(f"x {text[set_end:start]}")
        if start_s is not None and label.start_s is None:
            label = replace(label, start_s=start_s)
        enclosed = text[set_start:set_end].startswith("((")  # as wikis print it: "((NAME))"
        sure = label.hint is not None or start_s is not None or enclosed
        return Mark(index, label, start, sure=sure)


def _unset(document: Document, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The paragraphs where who is set in type elsewhere, again and again, has an unset label."""
    marked = {mark.index for mark in marks}
    plain = [
        Mark(index, label, start)
        for index, label, start in opening_labels(document, COLON)
        if index not in marked
    ]
    labels = [mark.label for mark in (*marks, *plain)]
    keys = group_labels(labels)
    counts = Counter(key for key, mark in zip(keys, marks, strict=False) if mark.apart)
    for mark, key in zip(plain, keys[len(marks) :], strict=True):
        if counts[key] >= _AGAIN:
            yield mark


def _dashed(document: Document, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The unset paragraphs that open with a name and a dash which are set elsewhere, repeatedly."""
    closed = [
        mark.label
        for mark in marks
        if document.paragraphs[mark.index].text[: mark.start].rstrip().endswith(_DASHES)
    ]
    counts = Counter(label.name for label in closed)
    labels = {label.name: label for label in closed if counts[label.name] >= _AGAIN}
    marked = {mark.index for mark in marks}
    for index, paragraph in enumerate(document.paragraphs):
        name = next((name for name in labels if paragraph.text.startswith(name)), None)
        if name is None or index in marked:
            continue
        if dash := _DASH.match(paragraph.text, len(name)):
            yield Mark(index, labels[name], dash.end())


BOLD_NAME = SetName("bold-name", "bold", "a name in bold before the speech")
ITALIC_NAME = SetName("italic-name", "italic", "a name in italics before the speech")
