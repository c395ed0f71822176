"""Labels on a line of their own: headings, or plain lines, with or without a colon or a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.inline import COLON, opening_labels
from pipeline.turns.furniture import is_headline, is_stage_direction
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.prose import is_in_sentences
from pipeline.turns.questions import asks
from pipeline.turns.speakers import Key, group_labels

_MAX_WORDS, _MAX_OFFICE_WORDS = 10, 32
_MANY, _INTRODUCED = 4, 3
_FEW = 0.25
_NEARLY_ALL, _CAPITALS = 0.8, 0.7
_FULL_NAME = re.compile(
    r"^[^\W\d_a-z][\w.’'-]*"
    r"(?: (?:\([^()]{2,12}\)|[^\W\d_a-z][\w.’'-]*|[a-z]{2,3}(?= [^\W\d_a-z]))){1,7}$"
)
# what stands behind a name, if it is no sentence: "EFE", "Harbour News"
_HOUSE = re.compile(r"^[^\W\d_a-z][^.?!;:]{1,100}$")
_BEFORE_SPEECH = 2
_FLOOR = re.compile(r"^(?:Member|Delegate|Attendee)(?: \d{1,2})?:?$")


@dataclass(frozen=True)
class HeadingName:
    """``### Name:`` and the speech below."""

    name: str = "heading-name"
    description: str = "a heading with the name, the speech below"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the headings that may be names; with a colon they are sure."""
        marks = []
        for index, paragraph in enumerate(document.paragraphs):
            if paragraph.heading and (label := parse_label(paragraph.text)):
                apart = paragraph.text.endswith(":") or label.start_s is not None
                sure = label.cased and (apart or label.hint is not None)
                end = len(paragraph.text)
                marks.append(Mark(index, label, end, sure=sure, apart=apart))
        return marks


@dataclass(frozen=True)
class LabelLine:
    """A name alone on its line, the speech below: ``Name`` / ``NAME:`` / ``Name 00:12``."""

    name: str = "label-line"
    description: str = "the name alone on its line, the speech below; with or without a time"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return short paragraphs that may be names and have a paragraph below them."""
        marks = []
        for index, paragraph in enumerate(document.paragraphs[:-1]):
            text = paragraph.text
            if paragraph.heading or re.search(r"[.?!…]$", text):
                continue
            if len(text.split()) > _MAX_WORDS and not _has_office(text):
                continue
            if text.casefold() in document.titles or is_stage_direction(text):
                continue
            if label := _from_floor(document, index) or parse_label(text):
                apart = text.endswith(":") or label.start_s is not None
                sure = label.cased and (apart or label.hint is not None)
                marks.append(Mark(index, label, len(text), sure=sure, apart=apart))
        marks = _with_first_offices(document, _with_offices(document, marks))
        kept = _without_links(document, _without_chapters(marks))
        return sorted([*kept, *_in_line(document, kept)], key=lambda mark: mark.index)


def _from_floor(document: Document, index: int) -> Label | None:
    """Who asks and is no more than "Member", with a sentence below that asks."""
    text, below = (one.text for one in document.paragraphs[index : index + 2])
    label = parse_label(text) if _FLOOR.match(text) and asks(below) else None
    return replace(label, hint="interviewer") if label else None


def _has_office(text: str) -> bool:
    """The line is a full name, a comma and an office: "Dr NAME, Director, House of the North"."""
    name, _, office = text.partition(", ")
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", office) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    full = bool(_FULL_NAME.match(name)) and len(text.split()) <= _MAX_OFFICE_WORDS
    return full and bool(words) and capital >= _CAPITALS * len(words)


def _with_offices(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Be sure of each name with its office, where those that come again have theirs beside them.

    So conferences print who asks from the floor, once each. Between such lines stand sentences.
    Where all of those are set in bold, a bold name may lack its office: no word of it stands in
    lower case elsewhere, as those of a heading do.
    """
    texts = [paragraph.text for paragraph in document.paragraphs]
    counts = Counter(mark.label.core for mark in marks)
    again = [_has_office(texts[mark.index]) for mark in marks if counts[mark.label.core] > 1]
    if len(again) < _MANY or sum(again) < _NEARLY_ALL * len(again):
        return list(marks)
    bold = all(_is_bold(document, m) for m in marks if counts[m.label.core] > 1)
    return [
        replace(mark, sure=True)
        if mark.label.cased
        and (_has_office(texts[mark.index]) or (bold and _is_bold_name(document, mark)))
        and not is_headline(document.paragraphs[mark.index + 1])
        else mark
        for mark in marks
    ]


def _with_first_offices(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Be sure of each name with its office, where those that come again have theirs once, at first.

    A name above the line that gives its office is a byline then.
    """
    texts = [paragraph.text for paragraph in document.paragraphs]
    counts = Counter(mark.label.core for mark in marks)
    again = {core for core, count in counts.items() if count > 1 and len(core) > 1}
    first: dict[tuple[str, ...], list[int]] = {}
    for mark in marks:
        if mark.label.core in again and _has_office(texts[mark.index]):
            first.setdefault(mark.label.core, []).append(mark.index)
    once = {core: places[0] for core, places in first.items() if len(places) == 1}
    if len(once) < _INTRODUCED or len(once) < _NEARLY_ALL * len(again):
        return list(marks)
    return [
        replace(mark, sure=mark.sure or _is_housed(document, mark))
        for mark in marks
        if mark.index >= once.get(mark.label.core, 0)
    ]


def _is_housed(document: Document, mark: Mark) -> bool:
    """A full name and a house or an office, above a sentence."""
    name, _, house = document.paragraphs[mark.index].text.partition(", ")
    full = bool(_FULL_NAME.match(name)) and mark.label.cased
    headed = not is_headline(document.paragraphs[mark.index + 1])
    return full and headed and bool(_HOUSE.match(house))


def _is_bold(document: Document, mark: Mark) -> bool:
    paragraph = document.paragraphs[mark.index]
    return sum(end - start for start, end in paragraph.bold) >= len(paragraph.text)


def _is_bold_name(document: Document, mark: Mark) -> bool:
    """A full name and no more, set in bold."""
    named = document.lower_words.isdisjoint(mark.label.core) and not mark.label.hint
    full = bool(_FULL_NAME.match(document.paragraphs[mark.index].text))
    return named and full and _is_bold(document, mark)


def _in_line(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """The few paragraphs "NAME: text" of names that stand alone on their lines elsewhere.

    So whoever corrects a transcript by hand writes in what a machine did not hear. Where they are
    many, they are the transcript, and the lines a list of who takes part.
    """
    alone = {mark.index for mark in marks}
    opened = [
        Mark(index, label, start, apart=True)
        for index, label, start in opening_labels(document, COLON)
        if index not in alone and start < len(document.paragraphs[index].text)
    ]
    keys = group_labels([mark.label for mark in (*marks, *opened)])
    counts = Counter(keys[: len(marks)])
    found = [mark for key, mark in zip(keys[len(marks) :], opened, strict=True) if counts[key] > 1]
    return found if len(found) <= _FEW * len(marks) else []


def _without_chapters(marks: Sequence[Mark]) -> list[Mark]:
    """Leave out a page's list of chapters: names with times right below each other.

    Where most names have a time, those without one are headings.
    """
    timed = {mark.index for mark in marks if mark.label.start_s is not None}
    listed = {i for i in timed if {i - 1, i + 1} & timed}
    kept = [mark for mark in marks if mark.index not in listed]
    named = timed - listed
    all_timed = len(named) >= _MANY and 2 * len(named) > len(kept)
    return [mark for mark in kept if mark.index in named or not all_timed]


def _without_links(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out names that head no speech: in a menu only more of them stand below.

    A name may have a line with an office below it, before the speech. Where speech is not written
    in sentences, nothing tells it from links.
    """
    if not is_in_sentences([paragraph.text for paragraph in document.paragraphs]):
        return list(marks)
    keys = group_labels([mark.label for mark in marks])
    heads: dict[Key, list[bool]] = {}
    for key, mark in zip(keys, marks, strict=True):
        below = document.paragraphs[mark.index + 1 : mark.index + 1 + _BEFORE_SPEECH]
        heads.setdefault(key, []).append(not all(is_headline(one) for one in below))
    return [
        mark
        for key, mark in zip(keys, marks, strict=True)
        if mark.sure or 2 * sum(heads[key]) >= len(heads[key])
    ]
