"""Questions set apart by their type, answers plain and unlabelled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.greetings import find_opening, find_statement
from pipeline.turns.conventions.house_labels import with_house, with_houses
from pipeline.turns.conventions.inline import COLON, QUESTION_ANSWER, is_q, match_label
from pipeline.turns.conventions.lost_questions import find_lost_questions
from pipeline.turns.furniture import is_furniture
from pipeline.turns.labels import Label
from pipeline.turns.questions import is_question, is_request

_MIN_ASKING, _MIN_ASKING_STATED = 0.5, 0.25
_NEARLY_ALL, _MIN_STATED = 0.9, 6
_AGAIN = 2
_SUBHEAD_WORDS = 6
_MIN_LISTED, _NEAR = 3, 4
# "She pauses.", "Laughs.", "The minister smiles."
_DIRECTION = re.compile(
    r"^\W*(?:(?:s?he|they|both|(?:the )?[^\W\d_]+)(?: \w+ly)? [^\W\d_]{2,}s\b(?!['’])|"
    r"(?:laugh|paus|smil|sigh|silen|applau|after|long|short|he|she|they|both)[^\W\d_]*\b)",
    re.I,
)
_STATED = re.compile(r"[^\W\d_][.!…][\"'”’)\]*_]*$")
_SENTENCE = re.compile(r"[.?!…:;—–-][\"'”’)\]*_]*$")


def speaker(word: str) -> Label:
    """The label of a speaker whom the text does not name."""
    return Label(
        raw=word,
        name=word,
        core=(word.lower(),),
        titles=frozenset(),
        hint="interviewer" if word == "Q" else "respondent",
    )


UNNAMED_QUESTION = speaker("Q")
UNNAMED_ANSWER = speaker("A")


def number_end(text: str) -> int:
    """Where a number before the question ends: "3. What ..."."""
    found = re.match(r"\d{1,3}[a-z]?[.)]\s+", text)
    return found.end() if found else 0


def question_start(text: str) -> int:
    """Where a question begins behind its number, or behind a dash that sets it apart."""
    dash = re.match(r"[–—―]\s*(?=[^\s–—―-])", text)
    return dash.end() if dash else number_end(text)


Style = Literal["bold", "italic", "heading", "quoted", "numbered", "capitals"]


@dataclass(frozen=True)
class SetQuestions:
    """Questions set apart by type or number, or headings; all else answers the last of them.

    Where several styles are given, each of them must ask, and be answered at once.
    """

    name: str
    styles: tuple[Style, ...]
    description: str
    prior: float = 0.95

    def find(self, document: Document) -> list[Mark]:
        """Return the set questions and the first paragraph of each answer, or nothing.

        A set paragraph that does not ask counts as a question too, if most of them ask and it is
        longer than a subheading or ends as a sentence does; what stands before the first that asks
        is front matter.
        """
        set_ends = [self._set_end(paragraph) for paragraph in document.paragraphs]
        asking = [end and _asks(p.text[:end]) for p, end in zip(document.paragraphs, set_ends,
                                                                  strict=True)]  # fmt: skip
        candidates = [i for i, end in enumerate(set_ends) if end]
        first = next((i for i in candidates if asking[i]), None)
        if self._is_common and sum(map(bool, asking)) < _MIN_LISTED:
            return []  # any list may have an item that asks, and any page a heading
        if first is None or sum(map(bool, asking)) < self._least_asking(
            document, [i for i in candidates if i >= first], set_ends
        ):
            return []
        if len(self.styles) > 1 and not self._mixes(document):
            return []
        texts = [paragraph.text for paragraph in document.paragraphs]
        if self.styles in (("bold",), ("italic",)):
            whole = [end == len(text) for end, text in zip(set_ends, texts, strict=True)]
            first = find_opening(texts, whole, first) if self.styles == ("bold",) else first
            first = find_statement(texts, whole, first, speaks_to=True)
            first = _find_labelled(document.paragraphs, whole, first)
        if self.styles == ("quoted",):
            quoted = [bool(end) and i not in document.repeated for i, end in enumerate(set_ends)]
            first = find_statement(texts, quoted, first)
        marks = self._marks(document, set_ends, asking, first=first)
        marks = with_house(document, marks)
        marks = with_houses(document, marks) if self.styles == ("numbered",) else marks
        return unify(_with_lost_questions(document, marks))

    def _least_asking(
        self, document: Document, candidates: Sequence[int], set_ends: Sequence[int]
    ) -> float:
        """How many of the set paragraphs must ask: fewer where nearly all are bold sentences.

        Who interviews a colleague states as often as he asks: "The dredgers were never paid."
        """
        texts = [document.paragraphs[i].text[: set_ends[i]] for i in candidates]
        sentences = sum(bool(_SENTENCE.search(text)) for text in texts)
        stated = self.styles == ("bold",) and sentences >= _NEARLY_ALL * len(texts)
        if stated and len(texts) >= _MIN_STATED:
            return max(_MIN_LISTED, _MIN_ASKING_STATED * len(texts))
        return _MIN_ASKING * sum(len(text.split()) > _SUBHEAD_WORDS for text in texts)

    def _marks(
        self,
        document: Document,
        set_ends: Sequence[int],
        asking: Sequence[int | bool],
        *,
        first: int,
    ) -> list[Mark]:
        marks: list[Mark] = []
        answered = True
        for index in range(first, len(document.paragraphs)):
            paragraph, end = document.paragraphs[index], set_ends[index]
            set_apart = index not in document.capital_headings and self._says_something(
                document, paragraph, end
            )
            if end and (asking[index] or set_apart):
                label, start = own_label(paragraph) or (speaker("Q"), number_end(paragraph.text))
                marks.append(Mark(index, label, start, sure=True, end=end))
                answered = False
                if end < len(paragraph.text):
                    marks.append(Mark(index, speaker("A"), end, sure=True))
                    answered = True
            elif (taped := own_label(paragraph)) and taped[0].hint == "other":
                marks.append(Mark(index, *taped, sure=True))
                answered = False
            elif not answered and not is_furniture(paragraph, titles=document.titles) and not end:
                label, start = own_label(paragraph) or (speaker("A"), 0)
                marks.append(Mark(index, label, start, sure=True))
                answered = True
        return marks

    def _says_something(self, document: Document, paragraph: Paragraph, end: int) -> bool:
        """The set words are too many for a subheading, or a sentence: "That sounds bitter.".

        A short sentence in italics may be a stage direction: "She pauses."
        """
        if len(paragraph.text[:end].split()) > _SUBHEAD_WORDS:
            return True
        stated = _STATED.search(paragraph.text)
        if "italic" in self.styles and _DIRECTION.match(paragraph.text):
            stated = None
        plain = paragraph.model_copy(update={"heading": 0})
        whole = end == len(paragraph.text)
        return whole and bool(stated) and not is_furniture(plain, titles=document.titles)

    @property
    def _is_common(self) -> bool:
        """The style is one that much else is set in."""
        return not {"numbered", "capitals"}.isdisjoint(self.styles)

    def _set_end(self, paragraph: Paragraph) -> int:
        """Where the set part that opens the paragraph ends; 0 if it does not open so."""
        return max(set_end(paragraph, style) for style in self.styles)

    def _mixes(self, document: Document) -> bool:
        """Each style asks again and again; a heading over a set question is a subheading."""
        asked: Counter[Style] = Counter()
        for paragraph, following in pairwise(document.paragraphs):
            for style in self.styles:
                if set_end(paragraph, style) and is_question(paragraph.text):
                    if paragraph.heading and not following.heading and self._set_end(following):
                        return False
                    asked[style] += 1
        return all(asked[style] >= _AGAIN for style in self.styles)


def _find_labelled(paragraphs: Sequence[Paragraph], is_set: Sequence[bool], first: int) -> int:
    """Return the index of the set statement that opens the talk with a label, near the first."""
    return next(
        (
            index
            for index in range(max(0, first - _NEAR), first)
            if is_set[index] and _STATED.search(paragraphs[index].text)
            if len(paragraphs[index].text.split()) > _SUBHEAD_WORDS and own_label(paragraphs[index])
        ),
        first,
    )


def _with_lost_questions(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Add the plain paragraphs that must be questions, and the answers right below them."""
    lost = find_lost_questions(document, marks)
    places = [document.body.index(index) for index in lost]
    asked = [
        Mark(index, speaker("Q"), 0, sure=True, end=len(document.paragraphs[index].text))
        for index in lost
    ]
    answers = [Mark(document.body[place + 1], speaker("A"), 0, sure=True) for place in places]
    return sorted([*marks, *asked, *answers], key=lambda mark: mark.index)


def set_end(paragraph: Paragraph, style: Style) -> int:
    """Where the part of a paragraph that opens it in a style ends; 0 if it does not open so."""
    text = paragraph.text
    if style == "heading":
        return len(text) if paragraph.heading else 0
    if style == "quoted":
        return len(text) if paragraph.quoted else 0
    if style == "numbered":
        return len(text) if number_end(text) and not paragraph.heading else 0
    if style == "capitals":
        return len(text) if text.isupper() and len(text.split()) > 1 else 0
    spans = paragraph.bold if style == "bold" else paragraph.italic
    if paragraph.heading or not spans:
        return 0
    covered = sum(end - start for start, end in spans)
    if spans[0][0] <= 2 and covered >= 0.85 * len(text):
        return len(text)
    if spans[0][0] == 0 and (own := own_label(paragraph)) and is_q(own[0]):
        return len(text)  # "Q." is set so in the first round, the questions themselves later
    start, end = spans[0]
    opens = start <= 2 and len(text[:end].split()) > 3 and is_question(text[:end])
    return end if opens else 0


def unify(marks: Sequence[Mark]) -> list[Mark]:
    """Give all questions one label, and all answers, where only some of them carry one."""
    unified = list(marks)
    for word in ("Q", "A"):
        plain = [i for i, mark in enumerate(unified) if mark.label == speaker(word)]
        asked = [mark.end is not None for mark in marks]
        own = {m.label.core: m.label for m, q in zip(marks, asked, strict=True)
               if q == (word == "Q") and m.label != speaker(word)
               and m.label.hint != "other"}  # fmt: skip
        if len(own) == 1:
            label = replace(next(iter(own.values())), hint=speaker(word).hint)
            for i in plain:
                unified[i] = replace(unified[i], label=label)
    return unified


def _asks(text: str) -> bool:
    return is_question(text) or "?" in text or is_request(text)


def own_label(paragraph: Paragraph) -> tuple[Label, int] | None:
    """A label that stands in the paragraph all the same, as magazines print in the first round.

    "Minister, the old pier: will it stand?" is an address: what is asked goes on in lower case, as
    it does behind a subject, "The pier: will it stand?".
    """
    found = match_label(COLON, paragraph.text) or match_label(QUESTION_ANSWER, paragraph.text)
    short = found and (len(found[0].name.split()) <= 4 or found[0].hint == "other")
    apart = found and (found[0].affiliation or not found[0].hint)
    addressed = found and apart and paragraph.text[found[1] :][:1].islower()
    return found if short and not addressed else None


BOLD_QUESTION = SetQuestions("bold-question", ("bold",), "questions in bold, no labels")
ITALIC_QUESTION = SetQuestions("italic-question", ("italic",), "questions in italics, no labels")
HEADING_QUESTION = SetQuestions("heading-question", ("heading",), "headings that ask")
QUOTED_QUESTION = SetQuestions("quoted-question", ("quoted",), "quotations that ask")
NUMBERED_QUESTION = SetQuestions(
    "numbered-question", ("numbered",), "1. questions with a number, no labels"
)
CAPITALS_QUESTION = SetQuestions(
    "capitals-question", ("capitals",), "QUESTIONS IN CAPITALS, no labels"
)
MIXED_QUESTION = SetQuestions(
    "mixed-question", ("heading", "bold"), "questions as headings and in bold, no labels"
)
