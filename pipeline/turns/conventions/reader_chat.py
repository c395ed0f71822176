"""Chats in which readers ask, each below a name, and the answers have no label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import UNNAMED_ANSWER, set_end
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.questions import asks, is_question

_NAME = r"^(?:From )?(?P<name>[^\W\d_][\w.@’'-]{0,24}(?: [\w.’'-]{1,20}){0,4})"
_SPACED = re.compile(rf"{_NAME} : +(?=\S)")
_PLAIN = re.compile(rf"{_NAME}: +(?=\S)")
# "Why so late? – NAME", who answers
_FOR = re.compile(r"\s+[–—-]\s+(?P<name>[^\W\d_a-z][\w.’'-]+(?: [\w.’'-]+){1,3})$")
_LEAST, _NAMES = 5, 4
_ANSWERED, _ASKED, _ASKED_BACK = 0.9, 0.5, 0.2
_AGAIN = 2


@dataclass(frozen=True)
class ReaderChat:
    """``nickname : Why?``, or the same in bold without the space, and the answer below.

    Many ask, and below nearly each question stands an answer, which hardly ever asks. Behind a
    question a dash and a name may say who answers it.
    """

    name: str = "reader-chat"
    description: str = "nickname : question, and the answer below without a label"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the questions and the answers below them, if many ask and are answered."""
        for pattern, bold in ((_SPACED, False), (_PLAIN, True)):
            found = [
                (index, match)
                for index in document.body
                if (match := pattern.match(document.paragraphs[index].text))
                and (not bold or _is_bold(document, index))
            ]
            if _is_chat(document, found):
                return _marks(document, found)
        return []


def _is_bold(document: Document, index: int) -> bool:
    return set_end(document.paragraphs[index], "bold") == len(document.paragraphs[index].text)


def _is_chat(document: Document, found: Sequence[tuple[int, re.Match[str]]]) -> bool:
    names = {match["name"].casefold() for _, match in found}
    if len(found) < _LEAST or len(names) < _NAMES:
        return False
    asked = [document.paragraphs[index].text[match.end() :] for index, match in found]
    below = [document.paragraphs[index].text for index in _answers(document, found).values()]
    return (
        len(below) >= _ANSWERED * len(found)
        and sum(map(asks, asked)) >= _ASKED * len(found)
        and sum(map(is_question, below)) <= _ASKED_BACK * len(below)
    )


def _answers(document: Document, found: Sequence[tuple[int, re.Match[str]]]) -> dict[int, int]:
    """Index of the paragraph right below each question that is no question itself."""
    asked = {index for index, _ in found}
    below = pairwise(document.body)
    return {one: two for one, two in below if one in asked and two not in asked}


def _marks(document: Document, found: Sequence[tuple[int, re.Match[str]]]) -> list[Mark]:
    answers = _answers(document, found)
    told = {index: _FOR.search(document.paragraphs[index].text) for index, _ in found}
    counts = Counter(one["name"] for one in told.values() if one)
    marks = []
    for index, match in found:
        named = told[index]
        named = named if named and counts[named["name"]] >= _AGAIN else None
        end = named.start() if named else None
        asker = _asker(match["name"])
        marks.append(Mark(index, asker, match.end(), sure=True, apart=True, end=end))
        answerer = parse_label(named["name"]) if named else None
        if index in answers:
            marks.append(Mark(answers[index], _answering(answerer), 0, sure=True))
    return marks


def _asker(name: str) -> Label:
    """The label of a reader, who may write under any name."""
    core = tuple(name.lower().split())
    return Label(raw=name, name=name, core=core, titles=frozenset(), hint="interviewer")


def _answering(label: Label | None) -> Label:
    return replace(label, hint="respondent") if label else UNNAMED_ANSWER
