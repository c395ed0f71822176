"""The unlabelled magazine interview: paragraphs that ask, and paragraphs that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import number_end, own_label, speaker, unify
from pipeline.turns.questions import count_sentences, is_question, is_request

_MAX_QUESTION_WORDS = 110
_MAX_REQUEST_WORDS = 60
_MAX_PREAMBLE_WORDS = 40
_LONG = 3
_YOU = re.compile(
    r"^(?:(?!If|When|Once|Unless|While|What)[\w’',-]+ ){0,4}[Yy]our?\b"
    r"(?! (?:know|see|have to|need to|can|cannot|could|must|should)\b)"
)
_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our)\b|\bthank you\b", re.I)


@dataclass(frozen=True)
class Magazine:
    """No labels at all: a short paragraph that asks is a question, what follows answers it.

    A question ends in a question mark, or is an imperative of at most two sentences ("Assess the
    implications of ..."). A paragraph of an answer that ends in a rhetorical question is known by
    its length, and by the next paragraph: a question is answered, not followed by another.
    """

    name: str = "magazine"
    description: str = "no labels: paragraphs that ask, and paragraphs that answer"
    prior: float = 0.75

    def find(self, document: Document) -> list[Mark]:
        """Return the questions and the first paragraph of each answer."""
        body = document.body
        asking = [i for i in body if self._asks(document, document.paragraphs[i])]
        asking = asking[_labelled_start(document, body, asking) :]
        questions = frozenset(
            _with_preambles(document, body, _drop_rhetorical(document, body, asking))
        )
        marks: list[Mark] = []
        previous_asked = False
        for position, index in enumerate(body):
            paragraph = document.paragraphs[index]
            if index in questions:
                if position + 1 == len(body):
                    break
                if not previous_asked:
                    plain = (speaker("Q"), number_end(paragraph.text))
                    label, start = own_label(paragraph) or plain
                    end = len(paragraph.text)
                    marks.append(Mark(index, label, start, sure=True, end=end))
                previous_asked = True
            elif previous_asked:
                label, start = own_label(paragraph) or (speaker("A"), 0)
                marks.append(Mark(index, label, start, sure=True))
                previous_asked = False
        return unify(marks)

    def _asks(self, document: Document, paragraph: Paragraph) -> bool:
        text = paragraph.text
        words = len(text.split())
        if paragraph is document.paragraphs[0] and _is_headline(text):
            return False
        if paragraph.heading or not document.min_question_words <= words <= _MAX_QUESTION_WORDS:
            return False
        if is_question(text):
            return True
        return words <= _MAX_REQUEST_WORDS and count_sentences(text) <= 2 and is_request(text)


def _labelled_start(document: Document, body: Sequence[int], asking: Sequence[int]) -> int:
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
    return 0


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


def _is_headline(text: str) -> bool:
    """Most of the longer words have capitals, as in a headline that asks."""
    longer = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > 0.7 * len(longer)


def _drop_rhetorical(document: Document, body: Sequence[int], asking: list[int]) -> list[int]:
    """Take out the paragraphs of answers that end in a question.

    They are much longer than the document's questions; or they stand next to a question and are
    longer than it. Where questions are numbered, the others are rhetorical.
    """
    texts = {i: document.paragraphs[i].text for i in asking}
    numbered = [i for i in asking if number_end(texts[i])]
    if len(numbered) > 1:
        return numbered
    sentences = {i: count_sentences(texts[i]) for i in asking}
    usual = median(sentences.values()) if sentences else 0
    kept = {i: None for i in asking if sentences[i] <= max(_LONG, 2 * usual)}
    following = dict(pairwise(body))
    before = {after: i for i, after in following.items()}
    return [
        i
        for i in kept
        if all(
            sentences[i] <= sentences[j]
            for j in (following.get(i), before.get(i))
            if j is not None and j in kept
        )
    ]
