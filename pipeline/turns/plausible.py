"""Which of the labels that a convention finds are to be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.turns.announced import add_announced
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.expected import add_expected
from pipeline.turns.speakers import Key, group_labels
from pipeline.turns.vocabulary import TITLES

_DENSE = 0.4
_NEARLY_ALL = 0.8


def plausible_marks(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Keep the marks that are labels: sure ones, recurring names, and names known otherwise.

    "Let me be clear: ..." is no label for its lower-case words. "Look: ..." might be one; but a
    word that also stands in the text in lower case is no name, unless it labels often.
    """
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    sure = {key for key, mark in zip(keys, marks, strict=True) if mark.sure}
    dense = len(marks) > 1 and len(marks) >= _DENSE * len(document.body)
    kept = []
    for key, mark in zip(keys, marks, strict=True):
        known = bool(set(key) & document.known_names)
        if key in sure or known or _is_plausible(document, key, mark, counts[key], dense=dense):
            kept.append(mark)
    return add_announced(document, add_expected(document, kept, marks), marks)


def count_solid(document: Document, marks: Sequence[Mark]) -> int:
    """Marks that are sure, or whose speaker recurs; all, where nearly each paragraph has one."""
    if len(marks) > 1 and len(marks) >= _NEARLY_ALL * len(document.body):
        return len(marks)
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    return sum(mark.sure or counts[key] > 1 for key, mark in zip(keys, marks, strict=True))


def _is_plausible(document: Document, key: Key, mark: Mark, count: int, *, dense: bool) -> bool:
    """Whether a label that nothing else vouches for is to be believed."""
    if not mark.label.cased:
        # a role in lower case, "Former ambassador": its words stand in the text as well
        return (dense and (mark.apart or count > 1)) or count > 2
    if mark.start == len(document.paragraphs[mark.index].text) and not mark.apart and count == 1:
        return False  # a short line that occurs once is any headline
    strange = [word for word in key if word not in document.lower_words]
    if bool(mark.label.titles) or set(key) <= TITLES:
        return bool(strange) or count > 1
    if len(strange) == len(key) and (len(key) > 1 or dense):
        return True
    return count > 1 and (bool(strange) or count > 2)
