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
_IN_CAPTIONS = re.compile(r"^(?:>>+|»|[–—-])\s*(?=[^\s–—-])")
_HOSTS = re.compile(
    r"\b(?:welcome (?:back )?to|(?:my|our) guests?|for (?:coming|joining|being here)|"
    r"joining (?:me|us)|after (?:the|this) break|"
    r"(?:let me|i want to|i have to|i'd like to|can i) ask)\b",
    re.I,
)
# "NAME, welcome.", after which a guest may thank the host for coming
_WELCOMED = re.compile(r"\bwelcome\b[^.?!]{0,30}[.!]\W*$", re.I)
_GUESTS = re.compile(
    r"\b(?:for (?:having|inviting) (?:me|us)|"
    r"(?:good|great|nice|pleasure) to be (?:here|with you))\b",
    re.I,
)
_OPENS_ASKING = re.compile(
    r"^(?:(?:and|but|so|well|ok|okay|now|right) )*"
    r"(?:what|how|why|who|where|when|which|(?:do|did|does|are|is|was|can|could|would|will) \w+)\b",
    re.I,
)
_TURNS_TO = re.compile(
    r"^\W*(?:(?:and|but|so|well|ok|okay|now|(?:all )?right|alright),? )*(?:"
    r"let(?:[’']s| us) (?:go|turn|move|switch|shift|talk|come)(?: \w+)? (?:to|on|about)|"
    r"let me (?:turn|move|switch|go)(?: \w+)? to|let me bring (?:in|up|you)|"
    r"(?:um,? |uh,? )?(?:one )?(?:last|final) (?:one|question|thing)\b)",
    re.I,
)
# who chairs a talk gives somebody in the hall the floor; he asks next, whatever he says
_GIVES_FLOOR = re.compile(
    r"\bthe (?:lady|gentleman) (?:in|at|on|with|over|up|down|there|here)\b|"
    r"\bfrom the (?:floor|audience)\b|"
    r"\b(?:open|turn|go)\b.{0,40}\bto the (?:floor|audience)\b",
    re.I,
)
_OPINES = re.compile(r"\bi (?:think|guess|believe|suppose|mean|don[’']t (?:know|think))\b", re.I)
# what it costs that one speaks twice in a row; captions mark a turn where only a line is new
_AGAIN, _IN_CAPTIONS_AGAIN = 1.5, 0.75
_CALLED = 2.0
_BRIEF, _END, _CALL = 40, 60, 120
_STORY = 2.0


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
        """Return the paragraphs that open with the mark, in captions with a dash or ``>>``."""
        pattern = _IN_CAPTIONS if document.is_timed else self.pattern
        found: list[tuple[int, int]] = []
        for index, paragraph in enumerate(document.paragraphs):
            mark = pattern.match(paragraph.text)
            if mark and not is_furniture(paragraph, titles=document.titles):
                found.append((index, mark.end()))
        if not document.is_timed:
            found = _of_one_kind(document, found)
        own = sum(bool(self.pattern.match(document.paragraphs[i].text)) for i, _ in found)
        if len(found) < 2 or 2 * own < len(found):
            return []
        if len(found) < self.share * (found[-1][0] - found[0][0] + 1):
            return []
        if document.is_timed and found[0][0] > 0:
            found.insert(0, (0, 0))  # captions start in the middle of what the first one says
        texts = [document.paragraphs[index].text for index, _ in found]
        if sum(bool(_NAMED.match(text)) for text in texts) > 0.3 * len(texts):
            return []
        spoken = [text[start:] for text, (_, start) in zip(texts, found, strict=True)]
        marks = [text[:start].strip() for text, (_, start) in zip(texts, found, strict=True)]
        asking_turns = _who_asks(
            spoken,
            again=_IN_CAPTIONS_AGAIN if document.is_timed else _AGAIN,
            stories=[">>" in marks and mark == ">>>" for mark in marks],
        )
        return [
            Mark(index, speaker("Q" if asking else "A"), start, sure=True)
            for (index, start), asking in zip(found, asking_turns, strict=True)
        ]


def _of_one_kind(document: Document, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that open with the commonest mark: items of a list have dashes of another length."""
    kinds = [document.paragraphs[index].text[0] for index, _ in found]
    common = max(kinds, key=kinds.count, default="")
    return [one for one, kind in zip(found, kinds, strict=True) if kind == common]


def _who_asks(spoken: Sequence[str], *, again: float, stories: Sequence[bool]) -> list[bool]:
    """Which turns are an interviewer's: the likeliest row, in which the two mostly take turns.

    Two guests may follow each other, or a guest ask back: the best path weighs what each turn
    says against the change that a new turn mostly brings (Viterbi 1967). What opens a new story,
    ``>>>`` beside ``>>``, is the host's.
    """
    bare = not any("?" in text for text in spoken)
    best = {True: 0.0, False: 0.0}
    paths: dict[bool, list[bool]] = {True: [], False: []}
    for last, text, opens in zip(("", *spoken), spoken, stories, strict=False):
        asking = _asking(text, bare=bare, welcomed=bool(_WELCOMED.search(last[-_END:])))
        asking += _CALLED * _gives_floor(last)
        asking += _STORY * opens
        before, told = best, paths
        best, paths = {}, {}
        for now in (True, False):
            then = max((not now, now), key=lambda one: before[one] - (one == now) * again)
            best[now] = before[then] - (then == now) * again + (asking if now else -asking)
            paths[now] = [*told[then], now]
    return paths[best[True] >= best[False]]


def _asking(text: str, *, bare: bool, welcomed: bool) -> float:
    """How far a turn speaks for an interviewer; below zero, for who answers or is welcomed."""
    words = len(text.split())
    opens = bare and _OPENS_ASKING.match(text) and not _OPINES.search(text)
    if is_question(text) or is_request(text) or opens:
        value = 1.0
    elif asks(text) and words <= _BRIEF:
        value = 0.5
    else:
        value = -0.5 if words > _BRIEF else -0.1
    hosts = (_HOSTS.search(text) and not welcomed) or _TURNS_TO.match(text)
    leads = hosts or _gives_floor(text)
    return value + bool(leads) - bool(_GUESTS.search(text))


def _gives_floor(text: str) -> bool:
    """Says briefly, and last, who may ask: "Yes, the lady in the second row."."""
    brief = len(text.split()) <= _BRIEF and not is_question(text)
    return brief and bool(_GIVES_FLOOR.search(text[-_CALL:]))


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
