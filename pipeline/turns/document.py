"""The input of the segmenter: paragraphs, their proposed labels, and what recurs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.labels import Label
from pipeline.turns.proposals import Proposal, propose, split_inner

Core = tuple[str, ...]
_MAX_KIN = 200  # names with one word, more than a document has: the others are not compared


@dataclass(frozen=True)
class Strength:
    """How well some proposals look like a talk's labels.

    Attributes:
        count: proposals.
        recurring: those whose name recurs, in part or whole, or that state a role.
        names: different names among the recurring ones.
        alternation: share of neighbours among the recurring ones that differ in name.
    """

    count: int = 0
    recurring: int = 0
    names: int = 0
    alternation: float = 0.0


def _measure(count: int, labels: Mapping[int, Label]) -> Strength:
    names = [label.core for label in labels.values()]
    changes = sum(a != b for a, b in pairwise(names))
    return Strength(count, len(names), len(set(names)), changes / max(1, len(names) - 1))


@dataclass(frozen=True)
class Document:
    """Paragraphs in order, split at inner labels, each with the label that may open it."""

    paragraphs: tuple[Paragraph, ...]
    proposals: tuple[Proposal | None, ...]
    people: frozenset[str] = frozenset()

    @cached_property
    def counts(self) -> Counter[Core]:
        """How often each name is proposed, in any style; a repeated paragraph counts once."""
        found = {
            (p.label.core, index if p.start >= len(one.text) else one.text)
            for index, (one, p) in enumerate(zip(self.paragraphs, self.proposals, strict=True))
            if p is not None
        }
        return Counter(core for core, _ in found)

    @cached_property
    def recurs(self) -> tuple[bool, ...]:
        """Which proposals name a role, or a name that is proposed again, in part or whole."""
        return tuple(
            p is not None
            and bool(self.counts[p.label.core] > 1 or p.label.hint or self.is_kin(p.label.core))
            for p in self.proposals
        )

    @cached_property
    def styles(self) -> dict[str, Strength]:
        """Strength of each style that is proposed at all."""
        counts = Counter(p.style for p in self.proposals if p is not None)
        return {style: _measure(n, self._recurring(style)) for style, n in sorted(counts.items())}

    def _recurring(self, *styles: str) -> dict[int, Label]:
        """Labels of some styles whose names recur, by the index of their paragraphs."""
        return {
            index: p.label
            for index, (p, recurs) in enumerate(zip(self.proposals, self.recurs, strict=True))
            if p is not None and recurs and p.style in styles
        }

    @cached_property
    def believed(self) -> frozenset[str]:
        """Styles whose proposals look like labels: most recur, several times, with two names.

        One style may have a single name where another has the others ("Q" and "MR. NORTH:").
        """
        likely = {
            style: strength.recurring
            for style, strength in self.styles.items()
            if 2 * strength.recurring >= strength.count
        }
        most = max(likely.values(), default=0)
        styles = frozenset(style for style, n in likely.items() if n > 1 and 5 * n >= most)
        labels = self._recurring(*styles).values()
        single = len({label.core for label in labels}) < 2
        told = any(label.hint or label.is_sign for label in labels)
        return frozenset() if single and not told else styles

    @cached_property
    def labels(self) -> dict[int, Label]:
        """Recurring labels of the accepted styles, by the index of their paragraphs."""
        return self._recurring(*self.believed)

    @cached_property
    def capitals(self) -> dict[str, bool]:
        """Whether most labels of each accepted style are in capitals."""
        found: dict[str, list[bool]] = defaultdict(list)
        for index, label in self.labels.items():
            if (p := self.proposals[index]) is not None and len(label.name) > 1:
                found[p.style].append(label.name.isupper())
        return {style: 2 * sum(values) > len(values) for style, values in found.items()}

    @cached_property
    def strength(self) -> Strength:
        """Strength of the accepted styles together."""
        return _measure(len(self.labels), self.labels)

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[int, frozenset[str]]]]:
        """The names that have each word, shortest first: their length, and their words."""
        found: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for core in sorted(self.counts, key=lambda core: (len(core), core)):
            for word in dict.fromkeys(core):
                if len(found[word]) < _MAX_KIN:
                    found[word].append((len(core), frozenset(core)))
        return found

    @cached_property
    def _kin(self) -> dict[Core, bool]:
        return {core: self._has_kin(core) for core in self.counts}

    @cached_property
    def _initials(self) -> Counter[str]:
        return Counter("".join(word[0] for word in core) for core in self.counts if len(core) > 1)

    def is_kin(self, core: Core) -> bool:
        """Return whether another proposed name contains this one, is in it, or has its initials."""
        return self._kin[core]

    def _has_kin(self, core: Core) -> bool:
        mine = set(core)
        if len(core) == 1 and self._initials[core[0].replace(".", "")]:
            return True
        if len(core) > 1 and self.counts[("".join(word[0] for word in core),)]:
            return True
        return any(
            length != len(core) and (mine <= other or mine >= other)
            for word in core
            if len(word) > 1
            for length, other in self._by_word[word]
        )

    @cached_property
    def words(self) -> tuple[int, ...]:
        """Words of each paragraph."""
        return tuple(len(paragraph.text.split()) for paragraph in self.paragraphs)

    @cached_property
    def texts(self) -> Counter[str]:
        """How often each paragraph is printed."""
        return Counter(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def directions(self) -> tuple[bool, ...]:
        """Which paragraphs hold nothing but stage directions."""
        return tuple(is_stage_direction(paragraph.text) for paragraph in self.paragraphs)


def view_document(paragraphs: Sequence[Paragraph], *, people: Sequence[str] = ()) -> Document:
    """Return a source's paragraphs as a ``Document``.

    Args:
        paragraphs: as read.
        people: names that the metadata give.
    """
    pieces = tuple(split_inner(paragraphs))
    words = frozenset(word for name in people for word in name.lower().split())
    return Document(pieces, tuple(map(propose, pieces)), words)
