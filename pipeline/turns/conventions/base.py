"""What a convention is: a way of marking in a text who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pipeline.records import Paragraph
from pipeline.turns.furniture import is_furniture
from pipeline.turns.labels import Label

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
    def body(self) -> tuple[int, ...]:
        """Indices of the paragraphs that may be speech."""
        return tuple(
            index
            for index, paragraph in enumerate(self.paragraphs)
            if not is_furniture(paragraph, titles=self.titles)
        )

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
