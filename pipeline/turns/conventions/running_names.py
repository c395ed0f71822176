"""``Name Name Text``: names that run into the speech, with nothing between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import parse_label

_NAME = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*[^\W_,;:?!…]\.? ){2,5}(?=\S)")
_LOWER = re.compile(r"[“\"‘'(\[]*[^\W\d_A-ZÀ-Þ]")
_OFTEN, _FEWEST, _MOST = 3, 2, 4
_SHARE, _CHANGES, _NEARLY, _FEW = 0.5, 0.8, 0.8, 0.2


@dataclass(frozen=True)
class RunningName:
    """The same few names open most of the paragraphs, and a sentence starts behind each of them.

    In prose a name that opens a paragraph is what a sentence is of: "Admiral Name said ...".
    """

    name: str = "running-name"
    description: str = "Name Name Text, with nothing between"
    prior: float = 0.88

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that open so, if two to four names take turns in them."""
        texts = {index: document.paragraphs[index].text for index in document.body}
        names = _find_names(list(texts.values()))
        if not _FEWEST <= len(names) <= _MOST:
            return []
        marks, spoken = [], []
        for index, text in texts.items():
            name = next((one for one in names if text.startswith(one)), None)
            label = parse_label(name) if name else None
            if name and label and label.cased and not _goes_on(name, text):
                marks.append(Mark(index, label, len(name), sure=True))
                spoken.append(name)
        changes = sum(one != other for one, other in pairwise(spoken))
        often = len(marks) >= _SHARE * len([i for i in texts if marks and i >= marks[0].index])
        return marks if often and changes >= _CHANGES * (len(marks) - 1) else []


def _find_names(texts: Sequence[str]) -> list[str]:
    """The words that open paragraphs again and again, each with the blank behind it.

    As many words as open nearly as many paragraphs as the first two of them do.
    """
    openings = [found.group().split() if (found := _NAME.match(text)) else [] for text in texts]
    counts: Counter[tuple[str, ...]] = Counter(
        tuple(words[:length]) for words in openings for length in range(2, len(words) + 1)
    )
    names = []
    for pair in [words for words, count in counts.items() if len(words) == 2 and count >= _OFTEN]:
        same = [one for one in counts if one[:2] == pair and counts[one] >= _NEARLY * counts[pair]]
        longest = max(same, key=len)
        names.append(" ".join(longest) + " ")
    return [name for name in names if _open_sentences(name, texts)]


def _open_sentences(name: str, texts: Sequence[str]) -> bool:
    """A sentence starts behind the name, but in a few of the paragraphs that it opens."""
    opened = [text for text in texts if text.startswith(name)]
    return sum(_goes_on(name, text) for text in opened) <= _FEW * len(opened)


def _goes_on(name: str, text: str) -> bool:
    """The sentence that the name opens goes on in lower case."""
    return bool(_LOWER.match(text, len(name)))
