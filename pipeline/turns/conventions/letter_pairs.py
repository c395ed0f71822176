"""``Q - text`` and ``R - text``: the letters of question and answer in other languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import speaker

# question and réponse, pregunta and respuesta, domanda and risposta, Frage and Antwort,
# вопрос and ответ
_PAIRS = (("Q", "R"), ("P", "R"), ("D", "R"), ("F", "A"), ("В", "О"))
_OPENS = re.compile(r"([A-ZВО])\s?(?:[:–—-]|[.)/]\s?[:–—-]?)\s*(?=[^\s.])")
_OFTEN = 3
_CHANGES, _ASKING = 0.6, 0.5


@dataclass(frozen=True)
class LetterPairs:
    """Two letters that open paragraphs by turns, and most of those with the first one ask."""

    name: str = "letter-pairs"
    description: str = "Q - and R -, P.- and R.-, D. and R., F: and A:"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that open with a letter of the pair that opens the most of them."""
        found = [(index, match) for index in document.body
                 if (match := _OPENS.match(document.paragraphs[index].text))]  # fmt: skip
        best: list[Mark] = []
        for pair in _PAIRS:
            marks = [
                Mark(index, speaker("QA"[pair.index(match[1])]), match.end(), sure=True)
                for index, match in found
                if match[1] in pair
            ]
            if len(marks) > len(best) and _take_turns(document, marks):
                best = marks
        return best


def _take_turns(document: Document, marks: Sequence[Mark]) -> bool:
    """Each letter comes often, mostly after the other, and rather the first of them asks."""
    asked: dict[str, list[bool]] = {"Q": [], "A": []}
    for mark in marks:
        asked[mark.label.name].append("?" in document.paragraphs[mark.index].text)
    if min(map(len, asked.values())) < _OFTEN:
        return False
    changes = sum(one.label != other.label for one, other in pairwise(marks))
    shares = {name: sum(found) / len(found) for name, found in asked.items()}
    asks = shares["Q"] >= _ASKING and shares["Q"] > shares["A"]
    return asks and changes >= _CHANGES * (len(marks) - 1)
