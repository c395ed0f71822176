"""A mark at the start of each turn, and nobody named: dashes in print, ``>>`` in captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import speaker
from pipeline.turns.furniture import is_furniture
from pipeline.turns.questions import asks, is_question, is_request

_NAMED = re.compile(r"^\S{1,3}\s*[A-Z][\w .'’-]{1,40}:\s")
_CONTRAST = 0.4
_FEW = 4


@dataclass(frozen=True)
class TurnMarks:
    """Each turn opens with a mark and nobody is named.

    Two people take turns where every other turn asks far more often than the rest; else a turn
    that asks is the interviewer's.
    """

    name: str
    description: str
    pattern: re.Pattern[str]
    share: float
    prior: float = 0.9

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that open with the mark."""
        found: list[tuple[int, int]] = []
        for index, paragraph in enumerate(document.paragraphs):
            mark = self.pattern.match(paragraph.text)
            if mark and not is_furniture(paragraph, titles=document.titles):
                found.append((index, mark.end()))
        if len(found) < 2 or len(found) < self.share * len(document.paragraphs):
            return []
        if document.is_timed and found[0][0] > 0:
            found.insert(0, (0, 0))  # captions start in the middle of what the first one says
        texts = [document.paragraphs[index].text for index, _ in found]
        if sum(bool(_NAMED.match(text)) for text in texts) > 0.3 * len(texts):
            return []
        spoken = [text[start:] for text, (_, start) in zip(texts, found, strict=True)]
        return [
            Mark(index, speaker("Q" if asking else "A"), start, sure=True)
            for (index, start), asking in zip(found, _who_asks(spoken), strict=True)
        ]


def _who_asks(spoken: Sequence[str]) -> list[bool]:
    if not any("?" in text for text in spoken):
        return [number % 2 == 0 for number in range(len(spoken))]  # no punctuation: the host opens
    asking = [is_question(text) or is_request(text) for text in spoken]
    shares = [sum(asking[i::2]) / max(1, len(asking[i::2])) for i in (0, 1)]
    if len(spoken) < _FEW or abs(shares[0] - shares[1]) < _CONTRAST:
        return [one or (asks(text) and len(text) < 200) for one, text in
                zip(asking, spoken, strict=True)]  # fmt: skip
    first = shares[0] > shares[1]
    return [(number % 2 == 0) == first for number in range(len(spoken))]


DASH_DIALOGUE = TurnMarks(
    "dash-dialogue",
    "each turn opens with a dash, nobody is named",
    re.compile(r"^[–—-]\s*(?=[^\s–—-])"),
    share=0.5,
)
CHEVRONS = TurnMarks(
    "chevrons",
    "captions in which >> opens each turn, nobody is named",
    re.compile(r"^(?:>>+|»)\s*(?=\S)"),
    share=0.3,
)
