"""The unlabelled magazine interview: paragraphs that ask, and paragraphs that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.exchange import (
    asks_briefly,
    load_exchange,
    opens_answering,
)
from pipeline.turns.conventions.plain_answers import mend_row
from pipeline.turns.conventions.set_questions import (
    number_end,
    own_label,
    question_start,
    speaker,
    unify,
)
from pipeline.turns.furniture import is_title_case
from pipeline.turns.questions import is_question

_MAX_QUESTION_WORDS, _CURT = 110, 2
_MAX_PREAMBLE_WORDS = 40
_MIN_ASKING = 0.2
_YOU = re.compile(
    r"^(?:(?!If|When|Once|Unless|While|What)[\w’',-]+ ){0,4}[Yy]our?\b"
    r"(?! (?:know|see|have to|need to|can|cannot|could|must|should)\b)"
)
_SAYS_WHY = re.compile(r"[^.?!]{8,}\?\s+I(?: am|[’']m)? (?:ask|wonder)")
_WELCOMES = re.compile(r"\bwelcome (?:back )?to\b|\byou[’']re (?:listening to|watching)\b", re.I)
_SAYS_NAME = re.compile(
    r"\b(?:I[’']m|I am|[Mm]y name is) (?P<name>[^\W\d_a-z][\w’'-]+ [^\W\d_a-z])"
)
_MOST_WELCOME = 6
_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bthank you\b", re.I)


@dataclass(frozen=True)
class Magazine:
    """No labels at all: a short paragraph that asks is a question, what follows answers it.

    The first question ends in a question mark, or is an imperative of at most two sentences
    ("Assess the implications of ..."), or opens the text, asks, says why, and is answered. Those
    behind it may be statements or a word, "Russia?", and a paragraph of an answer may end in a
    question: see ``ExchangeModel``.
    """

    name: str = "magazine"
    description: str = "no labels: paragraphs that ask, and paragraphs that answer"
    prior: float = 0.75

    def find(self, document: Document) -> list[Mark]:
        """Return the questions and the first paragraph of each answer."""
        body = document.prose
        questions = self._find_questions(document, body)
        marks: list[Mark] = []
        previous_asked = False
        for position, index in enumerate(body):
            paragraph = document.paragraphs[index]
            if index in questions:
                if position + 1 == len(body):
                    break
                if not previous_asked:
                    plain = (speaker("Q"), question_start(paragraph.text))
                    label, start = own_label(paragraph) or plain
                    end = len(paragraph.text)
                    marks.append(Mark(index, label, start, sure=True, end=end))
                previous_asked = True
            elif previous_asked:
                label, start = own_label(paragraph) or (speaker("A"), 0)
                marks.append(Mark(index, label, start, sure=True))
                previous_asked = False
        return unify(marks)

    def _find_questions(self, document: Document, body: Sequence[int]) -> frozenset[int]:
        """The paragraphs of the interviewer, from the first that asks on.

        A page on which too few of them ask is no interview.
        """
        asking = [i for i in body if self._asks(document, document.paragraphs[i])]
        asking = [*_opening(document, body, asking), *asking]
        labelled = _labelled_start(document, body, asking)
        start = body.index(asking[labelled or 0]) if asking else len(body)
        talk, asking = body[start:], asking[labelled or 0 :]
        numbered = [i for i in asking if number_end(document.paragraphs[i].text)]
        if len(numbered) > 1:
            return frozenset(numbered)
        texts = [_spoken(document.paragraphs[i]) for i in talk]
        rows = load_exchange().best_row(
            texts,
            may_ask=[self._may_ask(document, document.paragraphs[i]) for i in talk],
            sure=[place == 0 for place in range(len(talk))],
        )
        found = [i for i, asks in zip(talk, mend_row(texts, rows), strict=True) if asks]
        if len(set(found) & set(asking)) < _MIN_ASKING * len(found):
            return frozenset()
        return frozenset(
            (*_welcome(document, body, start), *_with_preambles(document, body, found))
        )

    def _may_ask(self, document: Document, paragraph: Paragraph) -> bool:
        words = len(paragraph.text.split())
        curt = words <= _CURT and is_question(paragraph.text)
        long = document.min_question_words <= words <= _MAX_QUESTION_WORDS
        return not paragraph.heading and (long or curt)

    def _asks(self, document: Document, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if paragraph is document.paragraphs[0] and is_title_case(text):
            return False
        if len(text.split()) <= _CURT or not self._may_ask(document, paragraph):
            return False
        return is_question(text) or asks_briefly(text)


def _spoken(paragraph: Paragraph) -> str:
    found = own_label(paragraph)
    return paragraph.text[found[1] if found else number_end(paragraph.text) :]


def _opening(document: Document, body: Sequence[int], asking: Sequence[int]) -> Sequence[int]:
    """The first paragraph of the text, where one asks and says why, and the next one answers.

    "Can it be rented? I wonder because you live in it.", and below: "It can."
    """
    if len(body) < 2 or not asking or body[0] == asking[0]:
        return ()
    text, below = (document.paragraphs[index].text for index in body[:2])
    brief = len(text.split()) <= _MAX_PREAMBLE_WORDS and not document.paragraphs[body[0]].heading
    return body[:1] if brief and _SAYS_WHY.match(text) and opens_answering(below) else ()


def _welcome(document: Document, body: Sequence[int], start: int) -> Sequence[int]:
    """The paragraphs in which a host says his name and welcomes his listeners, above a question.

    Not where the name opens paragraphs: it is a label there.
    """
    for place in range(max(0, start - _MOST_WELCOME), start):
        text = document.paragraphs[body[place]].text
        said = _SAYS_NAME.search(text)
        if said and _WELCOMES.search(text):
            labelled = any(document.paragraphs[i].text.startswith(said["name"]) for i in body)
            return () if labelled else body[place:start]
    return ()


def _labelled_start(document: Document, body: Sequence[int], asking: Sequence[int]) -> int | None:
    """Place of the question that is labelled as is its answer; what asks above it is front matter.

    Many magazines name the two in the first round and no more.
    """
    following = dict(pairwise(body))
    for place, index in enumerate(asking):
        asked = own_label(document.paragraphs[index])
        answer = following.get(index)
        answered = own_label(document.paragraphs[answer]) if answer is not None else None
        if asked and answered and asked[0].core != answered[0].core:
            return place
    return None


def _with_preambles(document: Document, body: Sequence[int], questions: Sequence[int]) -> list[int]:
    """Add the paragraphs that lead up to a question: short, and addressed to who answers.

    The paragraph right after a question is its answer, whatever it says.
    """
    asked, place = set(questions), {index: position for position, index in enumerate(body)}
    leading = []
    for index in questions:
        at = place[index] - 1
        while at >= 0 and body[at] not in asked and (at == 0 or body[at - 1] not in asked):
            if not _addresses(document.paragraphs[body[at]]):
                break
            leading.append(body[at])
            at -= 1
    return sorted([*questions, *leading])


def _addresses(paragraph: Paragraph) -> bool:
    text = paragraph.text
    short = len(text.split()) <= _MAX_PREAMBLE_WORDS and not paragraph.heading
    return short and bool(_YOU.search(text)) and not _SPEAKER.search(text)
