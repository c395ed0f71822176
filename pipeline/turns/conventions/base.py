"""What a convention is: a way of marking in a text who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Protocol

from pipeline.records import Paragraph
from pipeline.turns.boxes import find_boxes
from pipeline.turns.cast import find_cast
from pipeline.turns.ends import ends_talk, says_over, stands_below
from pipeline.turns.fact_sheet import find_fact_sheet
from pipeline.turns.furniture import PART_HEAD, is_capital_heading, is_furniture
from pipeline.turns.initialled import find_initials
from pipeline.turns.labels import Label
from pipeline.turns.lost_colons import find_capital_labels
from pipeline.turns.name_lines import find_name_lines
from pipeline.turns.prose import find_prose

_COPY_WORDS, _QUOTE_WORDS, _LINE_WORDS, _PART_WORDS = 8, 50, 8, 4
_NEARLY = 0.75
_MARKS = ".,;:!?…”\"’'"
_QUOTES = "“”\"‘’' "
_LONG_DOCUMENT = 300_000
_CAPITALS = 0.2
_ABOVE_FOOT = 0.75
_IN_QUOTES = re.compile(r"^[“\"][^“”\"]+[”\"]$")
_SOURCE = re.compile(r"^[—–-]{1,2} ?[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){0,4}$")
_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z][a-z]+")


@dataclass(frozen=True)
class Mark:
    """A place where somebody starts to speak.

    Args:
        index: of the paragraph.
        label: who speaks.
        start: offset of the first spoken character; the paragraph's length where the label
            stands alone.
        sure: the way it is set leaves no doubt that it is a label; else it must recur or be
            known as a name.
        apart: the label has a colon and is set apart, by its type or by a line of its own.
        end: offset behind the last character of this speech in the paragraph, where another
            speaker follows in the same paragraph.
    """

    index: int
    label: Label
    start: int
    sure: bool = False
    apart: bool = False
    end: int | None = None


def _straight(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs with straight apostrophes, where a page sets both kinds."""
    texts = [paragraph.text for paragraph in paragraphs]
    if not any("’" in text for text in texts) or not any("'" in text for text in texts):
        return paragraphs
    return [one.model_copy(update={"text": one.text.replace("’", "'")}) for one in paragraphs]


def _in_longer(text: str, everything: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Another paragraph, longer by a sentence at least, holds the text."""
    if everything.count(text) < 2:
        return False
    return any(text in p.text and len(p.text) > len(text) + 20 for p in paragraphs)


def _is_nearly_in(text: str, everything: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Another paragraph, longer and no quotation, has all but the text's first or last words."""
    words = text.split()
    least = max(_COPY_WORDS, ceil(_NEARLY * len(words)))
    shared = [" ".join(run).rstrip(_MARKS) for run in (words[:least], words[-least:])]
    return any(
        run in paragraph.text
        for run in shared
        if everything.count(run) > 1
        for paragraph in paragraphs
        if not paragraph.quoted and len(paragraph.text) > len(text) + 20
    )


@dataclass(frozen=True)
class Document:
    """What conventions look at: the paragraphs, and what is known of the whole."""

    paragraphs: Sequence[Paragraph]
    people: tuple[tuple[str, ...], ...] = ()
    titles: frozenset[str] = frozenset()
    min_question_words: int = 3

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Words that stand somewhere in lower case: those are no names."""
        counts: Counter[str] = Counter()
        for paragraph in self.paragraphs:
            counts.update(_LOWER_WORD.findall(paragraph.text))
        return frozenset(counts)

    @cached_property
    def initials(self) -> frozenset[str]:
        """Initials of people named in the text that open paragraphs again and again."""
        return find_initials([paragraph.text for paragraph in self.paragraphs])

    @cached_property
    def capital_labels(self) -> frozenset[str]:
        """Labels in capitals with a colon that open paragraphs again and again."""
        return find_capital_labels([paragraph.text for paragraph in self.paragraphs])

    @cached_property
    def repeated(self) -> frozenset[int]:
        """Paragraphs of some length that are printed twice: copies right below, and pull quotes.

        A pull quote stands inside a longer paragraph word for word; one that is set as a quotation,
        or in quotation marks, may have been trimmed a little. A post quotes a few words of the one
        that it answers.
        """
        lengths = [len(paragraph.text.split()) for paragraph in self.paragraphs]
        paragraphs = _straight(self.paragraphs)
        everything = "\n".join(paragraph.text for paragraph in paragraphs)
        short = len(everything) <= _LONG_DOCUMENT
        found: set[int] = set()
        for index, paragraph in enumerate(paragraphs):
            text = paragraph.text.strip(_QUOTES)
            long = lengths[index] >= _COPY_WORDS
            above = paragraphs[index - 1].text if index else ""
            headed = bool(PART_HEAD.match(above))
            if not long and not headed and not (paragraph.quoted and lengths[index] >= _PART_WORDS):
                continue
            quote = short and lengths[index] <= _QUOTE_WORDS and not paragraph.bold
            again = (long or headed) and above.endswith(text)
            trimmed = paragraph.quoted or bool(_IN_QUOTES.match(paragraph.text))
            pulled = _is_nearly_in if long and trimmed else _in_longer
            if again or (not headed and quote and pulled(text, everything, paragraphs)):
                found.update((index, *self._source(index)))
        return frozenset(found)

    def _source(self, index: int) -> range:
        """The line below a pull quote that says whose it is: "—NAME"."""
        below = range(index + 1, index + 2)
        both = [self.paragraphs[at] for at in (index, *below) if at < len(self.paragraphs)]
        quoted = len(both) > 1 and all(paragraph.quoted for paragraph in both)
        return below if quoted and _SOURCE.match(both[1].text) else range(0)

    @cached_property
    def cast(self) -> frozenset[int]:
        """Paragraphs of a list that says who takes part, or when, where and how."""
        lists = (find_cast, find_name_lines, find_fact_sheet)
        return frozenset[int]().union(*(find(self.paragraphs) for find in lists))

    @cached_property
    def boxes(self) -> frozenset[int]:
        """Paragraphs of boxes that the page sets between the turns."""
        return find_boxes(self.paragraphs)

    @cached_property
    def unspoken(self) -> frozenset[int]:
        """Paragraphs that nobody says, as told by what stands around them or elsewhere."""
        return self.repeated | self.cast | self.boxes

    @cached_property
    def capital_headings(self) -> frozenset[int]:
        """Paragraphs in capitals that are headings; none where much is set in capitals."""
        found = [i for i, p in enumerate(self.paragraphs) if is_capital_heading(p.text)]
        lengths = [(p.text.isupper(), len(p.text.split())) for p in self.paragraphs]
        capital = sum(length for upper, length in lengths if upper)
        much = capital > _CAPITALS * sum(length for _, length in lengths)
        return frozenset(() if much else found)

    @cached_property
    def below(self) -> tuple[int, ...]:
        """Indices of the paragraphs that only stand below a talk."""
        return tuple(i for i, p in enumerate(self.paragraphs) if stands_below(p))

    @cached_property
    def _foot(self) -> int:
        """Index of the paragraph from which most surely all stands below the talk."""
        lengths = [len(paragraph.text.split()) for paragraph in self.paragraphs]
        least = _ABOVE_FOOT * sum(lengths)
        feet = (index for index in self.below if sum(lengths[:index]) >= least)
        return next(feet, len(self.paragraphs))

    @cached_property
    def over(self) -> tuple[int, ...]:
        """Indices of the paragraphs that say that the talk ends."""
        return tuple(i for i, p in enumerate(self.paragraphs) if says_over(p.text))

    @cached_property
    def foot_lines(self) -> tuple[int, ...]:
        """Indices of the short lines that pages have below a talk: "Topics:", "Related"."""
        return tuple(
            i
            for i, p in enumerate(self.paragraphs)
            if len(p.text.split()) <= _LINE_WORDS and ends_talk(p.text)
        )

    @cached_property
    def body(self) -> tuple[int, ...]:
        """Indices of the paragraphs that may be speech."""
        return tuple(
            index
            for index, paragraph in enumerate(self.paragraphs[: self._foot])
            if not is_furniture(paragraph, titles=self.titles) and index not in self.unspoken
        )

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """Indices of the paragraphs that may be speech on a page that has no labels."""
        return find_prose(self.paragraphs, self.body)

    @cached_property
    def is_timed(self) -> bool:
        """All paragraphs have times, as captions do."""
        return bool(self.paragraphs) and all(p.start_s is not None for p in self.paragraphs)

    @cached_property
    def known_names(self) -> frozenset[str]:
        """Words of the names that the metadata give."""
        return frozenset(word for person in self.people for word in person)


class Convention(Protocol):
    """One way of marking speakers."""

    @property
    def name(self) -> str:
        """A readable name, such as ``caps-colon``."""

    @property
    def description(self) -> str:
        """What it looks like, for ``westward formats``."""

    @property
    def prior(self) -> float:
        """How far a document that fits is to be believed, 1 for explicit labels."""

    def find(self, document: Document) -> list[Mark]:
        """Return the places where somebody starts to speak, in order."""
