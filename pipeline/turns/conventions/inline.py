"""Labels that stand before the speech in its paragraph: ``Name: text`` and its relatives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.named_answers import find_named_answers
from pipeline.turns.labels import LEADING_TIME, Label, parse_label, strip_time
from pipeline.turns.lost_colons import opening_without_colon
from pipeline.turns.vocabulary import QUESTION_WORDS, TITLES

COLON = re.compile(
    r"^(?P<label>[^:：]{1,120}?(?:\[?\(?\d{1,2}(?::\d{2}){1,2}(?: ?[AaPp][Mm])?\)?\]?\s*"
    r"(?:[\[(][^\[\]():：]{1,60}[\])])?)?)\s?[:：](?!\d{2})\s*"
)
# not "Q. & A." nor "Q and A", the name of a series
_Q = re.compile(r"^(?P<label>Q)(?:\.|\s*[-–—])?\s+(?=[^\s&])(?!(?:and|und|et) A\b)")
_A = re.compile(r"^(?P<label>A)(?:\.|\s*[-–—])?\s+(?=\S)")
QUESTION_ANSWER = re.compile(
    r"^(?P<label>(?:Q|A|Question|Answer|QUESTION|ANSWER)\s*\d{0,3})\s*"
    r"(?:\([^()]{1,40}\)\s*)?(?:[:–—-]|(?<!\s)[.)])\s*(?=[^\s&]|$)"
)
_LOWER = re.compile(r"^([a-zß-ÿа-я][\w.'’-]{0,20}(?: [\w.'’-]{1,20}){0,2})\s?[:：]\s*(?=\S)")
ENUMERATION = re.compile(r"^(?:\d{1,3}[.)]\s+(?=Q)|Q\d{1,3}[.:]?\s+(?=[A-Z][^:]{1,60}:))")
_INITIALS = re.compile(r"([A-Z]{2,4}):\s+(?=\S)")
_ENDED = re.compile(r"[.?!…:][\"'”’)\]]*$")
_MAX_TITLE_WORDS = 16
_MAX_NAME = 40
_PAIRS, _MOSTLY = 3, 0.5


def opening_labels(
    document: Document, pattern: re.Pattern[str]
) -> Iterator[tuple[int, Label, int]]:
    """Yield index, label and start of speech of the body paragraphs that open with a label.

    A heading is none of them, nor a title with a colon that opens the document.
    """
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.heading or (index == 0 and _is_title(document)):
            continue
        if found := match_label(pattern, paragraph.text):
            yield index, *found
        elif pattern is COLON and (label := _initials_of(document, paragraph.text)):
            yield index, label, len(label.raw)
        elif pattern is COLON and (found := _without_colon(document, paragraph.text)):
            yield index, *found


def _initials_of(document: Document, text: str) -> Label | None:
    """The label "TEL: ", which would be none if somebody named in the text had no such initials."""
    found = _INITIALS.match(text)
    if found is None or found[1] not in document.initials:
        return None
    return Label(raw=found[0], name=found[1], core=(found[1].lower(),), titles=frozenset())


def _without_colon(document: Document, text: str) -> tuple[Label, int] | None:
    """The label "TEL ", which has its colon everywhere else, and where the speech starts."""
    opening = opening_without_colon(text, document.capital_labels)
    label = parse_label(opening) if opening else None
    return (label, len(opening)) if opening and label else None


def _is_title(document: Document) -> bool:
    first = document.paragraphs[0].text
    short = len(first.split()) <= _MAX_TITLE_WORDS and len(document.paragraphs) > 3
    return short and not document.is_timed and not _ENDED.search(first)


def match_label(pattern: re.Pattern[str], text: str) -> tuple[Label, int] | None:
    """Match a label at the start of a text; return it and where the speech starts."""
    offset, start_s = 0, None
    if lead := LEADING_TIME.match(text):
        _, start_s = strip_time(text)
        offset = lead.end()
    elif lead := ENUMERATION.match(text):
        offset = lead.end()
    found = pattern.match(text[offset:])
    label = parse_label(found.group("label")) if found else None
    if found is None or label is None:
        return None
    if start_s is not None and label.start_s is None:
        label = Label(**{**label.__dict__, "start_s": start_s})
    return label, offset + found.end()


def is_caps(label: Label) -> bool:
    """The name is set in capitals, "Mc" and lower-case particles aside."""
    letters = [c for c in label.name if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def is_q(label: Label) -> bool:
    """The label is Q, Question and the like."""
    return len(label.core) >= 1 and label.core[0] in QUESTION_WORDS and len(label.core) <= 2


@dataclass(frozen=True)
class NameColon:
    """``Name: text``, the name in any case; also ``Q:`` and time codes around the name."""

    name: str = "name-colon"
    description: str = "Name: text; initials, titles, translators' notes, time codes, Q: and A:"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that start with something like a name and a colon."""
        marks = []
        for index, label, start in opening_labels(document, COLON):
            sure = label.hint is not None or label.start_s is not None
            marks.append(Mark(index, label, start, sure=sure and label.cased))
        return marks


@dataclass(frozen=True)
class LowerColon:
    """``name: text`` with names in lower case, which only their recurring makes labels."""

    name: str = "lower-case-colon"
    description: str = "name: text, all in lower case"
    prior: float = 0.96

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that open so, if few names open most of them."""
        found = [
            (index, match)
            for index, paragraph in enumerate(document.paragraphs)
            if (match := _LOWER.match(paragraph.text))
        ]
        counts = Counter(match.group(1).lower() for _, match in found)
        kept = [(i, m) for i, m in found if counts[m.group(1).lower()] > 1]
        if len({m.group(1) for _, m in kept}) < 2 or len(kept) < 0.4 * len(document.body):
            return []
        return [Mark(i, _lower_label(m.group(1)), m.end(), sure=True) for i, m in kept]


def _lower_label(name: str) -> Label:
    known = parse_label(name.title())
    hint = known.hint if known else None
    return Label(raw=name, name=name, core=tuple(name.lower().split()), titles=frozenset(),
                 hint=hint)  # fmt: skip


@dataclass(frozen=True)
class CapsColon:
    """``PRESIDENT NAME: text``."""

    name: str = "caps-colon"
    description: str = "PRESIDENT NAME: text"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that start with capitals and a colon, if there are any.

        Among them those with a role or a title, "Interviewer:", "Ambassador Name:", and names in
        capitals that stand alone on lines below the first.
        """
        marks, asked = [], []
        for index, label, start in opening_labels(document, COLON):
            caps = is_caps(label)
            if document.paragraphs[index].text[start:].isupper():
                continue  # a title with a colon
            if is_q(label):
                asked.append(Mark(index, label, start, sure=True))
            elif caps or label.hint or _is_titled(label):
                marks.append(Mark(index, label, start, sure=caps or label.hint is not None))
        if len({mark.label.core for mark in marks if is_caps(mark.label)}) > 1:
            marks = sorted([*marks, *asked], key=lambda mark: mark.index)  # from the floor
        first = next((mark.index for mark in marks if is_caps(mark.label)), None)
        if first is None:
            return []
        marked = {mark.index for mark in marks}
        alone = (mark for mark in _names_alone(document, after=first) if mark.index not in marked)
        return sorted([*marks, *alone], key=lambda mark: mark.index)


def _names_alone(document: Document, *, after: int) -> list[Mark]:
    """Lines that hold nothing but a name in capitals, which recurs and is written out elsewhere."""
    found = []
    for index in range(after + 1, len(document.paragraphs) - 1):
        text = document.paragraphs[index].text
        label = parse_label(text) if text.isupper() and len(text) <= _MAX_NAME else None
        if label is not None and not label.hint and not _ENDED.search(text):
            found.append(Mark(index, label, len(text), sure=True))
    counts = Counter(mark.label.core for mark in found)
    everything = " ".join(paragraph.text for paragraph in document.paragraphs)
    return [
        mark
        for mark in found
        if counts[mark.label.core] > 1
        and all(word.capitalize() in everything for word in mark.label.core)
    ]


def _is_titled(label: Label) -> bool:
    """The label is a title and a name, "Ambassador Name", and no more."""
    opens = label.name.split()[0].lower().rstrip(".")
    return (
        opens != "the"
        and opens in TITLES
        and not set(label.core) <= TITLES
        and label.affiliation is None
    )


@dataclass(frozen=True)
class QWithoutColon:
    """``Q   text``, with no colon, beside ``NAME: text`` or ``A   text``: official transcripts.

    ``A`` is taken for a label only where it has a full stop, or where no capitals-and-colon labels
    are, or most ``Q`` have one right below, since "A ..." also starts sentences; and without a full
    stop only where a ``Q`` is to be answered.
    """

    name: str = "q-without-colon"
    description: str = "Q text, with no colon, beside NAME: text or A text"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the marks, or none where no paragraph starts with a bare ``Q``."""
        names = CapsColon().find(document)
        marks = [*names, *_written_out(document)]
        named = {mark.index for mark in marks}
        asked = False
        opened = [paragraph.text[:2] for paragraph in document.paragraphs]
        paired = _are_paired(opened)
        pointed = min(opened.count("Q."), opened.count("A.")) > 1
        for index, paragraph in enumerate(document.paragraphs):
            if index in named:
                asked = asked and paired  # "MR. NAME: Objection.", and then the answer
            elif found := match_label(_Q, paragraph.text):
                marks.append(Mark(index, found[0], found[1], sure=True))
                asked = True
            elif (found := match_label(_A, paragraph.text)) is not None and (
                (pointed and opened[index] == "A.") or (asked and (paired or len(names) < 2))
            ):
                marks.append(Mark(index, found[0], found[1], sure=True))
                asked = False
        if not any(mark.label.core == ("q",) for mark in marks):
            return []
        return sorted(marks, key=lambda mark: mark.index)


def _are_paired(opened: Sequence[str]) -> bool:
    """Whether most paragraphs that open with "Q " have one below that opens with "A "."""
    below = [two for one, two in pairwise(opened) if one == "Q "]
    return below.count("A ") >= max(_PAIRS, _MOSTLY * len(below))


def _written_out(document: Document) -> Iterator[Mark]:
    """The paragraphs that start with "QUESTION:", as some do beside a bare ``Q``."""
    for index, label, start in opening_labels(document, COLON):
        if is_caps(label) and is_q(label) and len(label.core[0]) > 1:
            yield Mark(index, label, start, sure=True)


@dataclass(frozen=True)
class QuestionAnswer:
    """``Q: text`` and ``A: text``, or written out, numbered, with a full stop or a dash."""

    name: str = "question-answer"
    description: str = "Q: and A:, Question: and Answer:, numbered or not"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that start so, answers inside them, and named ones below."""
        marks = []
        for index, paragraph in enumerate(document.paragraphs):
            if found := match_label(QUESTION_ANSWER, paragraph.text):
                marks.extend(_split_answer(index, paragraph, *found))
        if marks and all(is_q(mark.label) for mark in marks):
            marks.extend(find_named_answers(document, marks))
        return sorted(marks, key=lambda mark: mark.index)


def _split_answer(index: int, paragraph: Paragraph, label: Label, start: int) -> list[Mark]:
    """Split ``Q: ...? A: ...`` where both stand in one paragraph."""
    if is_q(label):
        found = re.search(r"(?<=[?.!”\"])\s+((?:A|Answer|ANSWER)\s*:)\s*(?=\S)", paragraph.text)
        answer = parse_label(found.group(1)) if found else None
        if found and answer and found.start() > start:
            return [
                Mark(index, label, start, sure=True, end=found.start()),
                Mark(index, answer, found.end(), sure=True),
            ]
    return [Mark(index, label, start, sure=True)]
