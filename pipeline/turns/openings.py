"""The statement that opens a press conference, where nobody's name is printed before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_FIRST = r"^(?:(?:so|well|ok(?:ay)?|yes|all right)[,.]? )?"
_TO_MANY = (
    r"good (?:morning|afternoon|evening|day)|"
    r"(?:dear )?(?:ladies and gentlemen|colleagues|friends|members of the (?:press|media))"
)
_GREETING = re.compile(rf"{_FIRST}(?:{_TO_MANY}|hello|hi\b|thank you|thanks\b|welcome)", re.I)
_ADDRESS = re.compile(rf"{_FIRST}(?:{_TO_MANY})", re.I)
_OFFER = re.compile(
    r"\byour (?:\w+ )?questions?\b|"
    r"\b(?:i|we|let(?:[’']s| us| me)|(?:i|we)[’'](?:m|re|ll))\b.{0,40}"
    r"\b(?:take|answer|open|ready|happy|glad|pleased|look(?:ing)? forward)\b.{0,40}"
    r"\bquestions?\b",
    re.I,
)
_THANKS = re.compile(r"\b(?:thank you|thanks)(?: \w+){0,3}[.!]$", re.I)
# a heading between a statement and the questions to it
_HEADING = re.compile(r"^\W*questions? (?:and|&) answers?\W*$|^\W*q ?(?:&|and) ?a\W*$", re.I)
# "**Travels", a heading within a briefing by a spokesperson
_STARRED = re.compile(r"^\*{2,3} ?[^\W\d_]")
_SPOKES = frozenset(("spokesman", "spokeswoman", "spokesperson"))
_BACK = re.compile(r"\byou(?:[’']ve| have)? just (?:announced|said|told us|mentioned|read)\b", re.I)
# "NAME's regular press conference on ...", a title
_CONFERENCE = re.compile(r"\w[’']s (?:\w+ )?(?:press|news) conference\b", re.I)
# "Remarks by the Minister upon arrival", a title as well
_REMARKS = re.compile(
    r"\b(?:remarks|statement|doorstep)\b.{0,120}\b(?:(?:up)?on arrival|ahead of|before|following|"
    r"after|at the (?:press|doorstep))\b|"
    r"\b(?:press|doorstep|arrival) (?:remarks|statement)\b.{0,40}\b(?:by|of)\b",
    re.I,
)
# an editor's words, not a speaker's
_EDITED = re.compile(r"\btranscript\b|\b(?:gave|held|attended) (?:a|the|her|his)\b", re.I)
# behind its end there may be a note: "[laughter]"
_SENTENCE = re.compile(r"[.?!…][\"'”’)\]]*(?:\s*[(\[][^()\[\]]{1,60}[)\]])?$")
# "I'm NAME", as a host says to listeners
_OWN_NAME = re.compile(r"\bI(?:['’]m| am) (?P<name>[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)+)")
_NEAR = 3
_MOSTLY = 0.5
_PRESS = 3


def add_opening(
    document: Document, marks: Sequence[Mark], segments: Sequence[Segment]
) -> list[Mark]:
    """Where an unlabelled statement opens the talk, let it be that of who says the most below.

    None of a panel says half of it; there the opening may be anybody's. A statement greets, and at
    its end offers to take questions, or a heading says that they follow: an editor's introduction
    does neither. Nor does the press come back to one: "You just announced the visit." Where starred
    headings stand above the first mark, a spokesperson's briefing has begun with the greeting; so
    have remarks that the title calls so, where the press asks next. Who says his name in sentences
    above the first mark, and has it for a label below, has said them.

    Args:
        document: with the statement above its first mark.
        marks: all of the document, in order.
        segments: what they cut it into.
    """
    words: Counter[Key] = Counter()
    for segment in segments:
        words[segment.key] += len(segment.text.split())
    if (host := _find_host(document, marks)) is not None:
        return [host, *marks]
    start = _find_opening(document, marks[0], press=len(words) > _PRESS) if segments else None
    if start is None:
        return list(marks)
    starred = _is_starred(document, start, marks[0].index)
    speaks_for = [key for key in words if starred and not _SPOKES.isdisjoint(key)]
    speaker = max(speaks_for or words, key=lambda key: words[key])
    if not speaks_for and words[speaker] < _MOSTLY * words.total():
        return list(marks)
    label = next(one.labels[0] for one in segments if one.key == speaker)
    return [Mark(start, label, 0, sure=True), *marks]


def _find_host(document: Document, marks: Sequence[Mark]) -> Mark | None:
    """Mark of the opening in which whoever has several labels below says "I'm NAME".

    Nothing stands between it and the first mark, which is another's, but sentences.
    """
    end = marks[0].index if marks else 0
    texts = {i: t for i in document.body if i < end and _SENTENCE.search(t := _text(document, i))}
    counts = Counter(mark.label.core for mark in marks)
    for index in range(_find_run(texts, end) or end, end):
        for said in _OWN_NAME.finditer(texts[index]):
            name = set(said["name"].casefold().split())
            for mark in marks:
                own = bool(mark.label.core) and name.issuperset(mark.label.core)
                if own and counts[mark.label.core] > 1 and mark.label.core != marks[0].label.core:
                    return Mark(index, mark.label, 0, sure=True)
    return None


def _text(document: Document, index: int) -> str:
    return document.paragraphs[index].text


def _find_opening(document: Document, first: Mark, *, press: bool) -> int | None:
    """Index of the greeting above the first mark, if what it opens ends in an offer.

    Thanks will do where the press asks next, and a heading where the greeting is to many. Where
    several ask, and the first of them comes back to what was said, it needs no greeting: it is the
    sentences right above.
    """
    above = [index for index in document.body if index < first.index]
    texts = {i: text for i in above if _SENTENCE.search(text := document.paragraphs[i].text)}
    ending = list(texts.values())[-_NEAR:]
    thanks = first.label.hint == "interviewer" and ending and _THANKS.search(ending[-1])
    offered = thanks or any(map(_OFFER.search, ending))
    headed = first.index > 0 and _HEADING.match(document.paragraphs[first.index - 1].text)
    greeting = _GREETING if offered else _ADDRESS
    if not (offered or headed):
        greeted = next((i for i, text in texts.items() if _ADDRESS.match(text)), None)
        if greeted is not None and _is_starred(document, greeted, first.index):
            return greeted
    if offered or headed:
        return next((i for i, text in texts.items() if greeting.match(text)), None)
    if first.label.hint == "interviewer" and _is_titled(document, texts, first.index):
        return next((i for i in above if _ADDRESS.match(document.paragraphs[i].text)), None)
    if press and (run := _announcements(document, texts, first.index)) is not None:
        return run
    comes_back = press and _BACK.search(document.paragraphs[first.index].text[first.start :])
    return _find_run(texts, first.index) if comes_back else None


def _is_titled(document: Document, texts: Mapping[int, str], end: int) -> bool:
    """The title, or a line above the end that is no sentence, calls what follows remarks."""
    lines = (document.paragraphs[index].text for index in range(end) if index not in texts)
    return any(map(_REMARKS.search, (*document.titles, *lines)))


def _is_starred(document: Document, start: int, end: int) -> bool:
    """Starred headings stand between the two paragraphs."""
    return any(_STARRED.match(document.paragraphs[index].text) for index in range(start, end))


def _announcements(document: Document, texts: Mapping[int, str], end: int) -> int | None:
    """Index of what a ministry's spokesperson announces below the title of a press conference."""
    start = _find_run(texts, end)
    if start is None or any(_EDITED.search(texts[index]) for index in range(start, end)):
        return None
    titles = (document.paragraphs[index].text for index in range(start) if index not in texts)
    return start if any(map(_CONFERENCE.search, titles)) else None


def _find_run(texts: Mapping[int, str], end: int) -> int | None:
    """Index of the first of the sentences that stand right above one another and the end."""
    start = end
    while start - 1 in texts:
        start -= 1
    return start if start < end else None
