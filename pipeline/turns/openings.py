"""The statement that opens a press conference, where nobody's name is printed before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_GREETING = re.compile(
    r"^(?:(?:so|well|ok(?:ay)?|yes),? )?(?:good (?:morning|afternoon|evening|day)|hello|hi\b|"
    r"(?:dear )?(?:ladies and gentlemen|colleagues|friends|members of the (?:press|media))|"
    r"thank you|thanks\b|welcome)",
    re.I,
)
_OFFER = re.compile(
    r"\byour (?:\w+ )?questions?\b|"
    r"\b(?:i|we|let(?:[’']s| us| me)|(?:i|we)[’'](?:m|re|ll))\b.{0,40}"
    r"\b(?:take|answer|open|ready|happy|glad|pleased|look(?:ing)? forward)\b.{0,40}"
    r"\bquestions?\b",
    re.I,
)
_THANKS = re.compile(r"\b(?:thank you|thanks)(?: \w+){0,3}[.!]$", re.I)
_SENTENCE = re.compile(r"[.?!…][\"'”’)\]]*$")
_NEAR = 3
_MOSTLY = 0.5


def add_opening(
    document: Document, marks: Sequence[Mark], segments: Sequence[Segment]
) -> list[Mark]:
    """Where an unlabelled statement opens the talk, let it be that of who says the most below.

    None of a panel says half of it; there the opening may be anybody's. A statement greets, and at
    its end offers to take questions: an editor's introduction does neither.

    Args:
        document: with the statement above its first mark.
        marks: all of the document, in order.
        segments: what they cut it into.
    """
    start = _find_opening(document, marks[0]) if segments else None
    if start is None:
        return list(marks)
    words: Counter[Key] = Counter()
    for segment in segments:
        words[segment.key] += len(segment.text.split())
    speaker = max(words, key=lambda key: words[key])
    if words[speaker] < _MOSTLY * words.total():
        return list(marks)
    label = next(one.labels[0] for one in segments if one.key == speaker)
    return [Mark(start, label, 0, sure=True), *marks]


def _find_opening(document: Document, first: Mark) -> int | None:
    """Index of the greeting above the first mark, if what it opens ends in an offer.

    Thanks will do where the press asks next.
    """
    above = [index for index in document.body if index < first.index]
    texts = {i: text for i in above if _SENTENCE.search(text := document.paragraphs[i].text)}
    ending = list(texts.values())[-_NEAR:]
    thanks = first.label.hint == "interviewer" and ending and _THANKS.search(ending[-1])
    if not thanks and not any(map(_OFFER.search, ending)):
        return None
    return next((i for i, text in texts.items() if _GREETING.match(text)), None)
