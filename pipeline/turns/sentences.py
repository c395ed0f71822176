"""Sentence starts in turns without punctuation, as in automatic captions.

A linear model over the surrounding words: spaCy's parse and ``senter`` hardly find a boundary
there. The words are not altered: each sentence becomes a paragraph of the turn, and the segment
stage splits at paragraphs. ``python -m training boundaries`` fits the model.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from pipeline.turns.segments import Part, Segment

FILE = "boundaries.json"
_EDGE = re.compile(r"^\W+|\W+$")
_LONGEST_WORD = 60

_MARK = re.compile(r"[.?!…;:。？！]")
_MIN_WORDS = 30
_WORDS_A_MARK = 60
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class BoundaryModel:
    """Weights of features, and the probability from which a word starts a sentence."""

    weights: Mapping[str, float]
    bias: float
    threshold: float
    shortest: int
    longest: int

    def starts(self, words: Sequence[str]) -> list[int]:
        """Return the indices of the words that start a sentence, the first aside."""
        plain = [normalise(word) for word in words]
        scores = [0.0, *(self._score(plain, index) for index in range(1, len(plain)))]
        found: list[int] = []
        last = 0
        for index in range(1, len(plain)):
            room = index - last >= self.shortest and len(plain) - index >= self.shortest
            if room and scores[index] >= self.threshold:
                found.append(index)
                last = index
            elif index - last >= self.longest:
                first = last + self.shortest
                best = max(range(first, index + 1), key=lambda i: (scores[i], -i))
                found.append(best)
                last = best
        return found

    def _score(self, words: Sequence[str], index: int) -> float:
        total = self.bias + sum(self.weights.get(f, 0.0) for f in features(words, index))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def normalise(word: str) -> str:
    """A word in lower case without the marks around it."""
    return _EDGE.sub("", word[:_LONGEST_WORD].lower().replace("’", "'"))


def features(words: Sequence[str], index: int) -> list[str]:
    """The features of a place between words, as strings."""

    def at(offset: int) -> str:
        place = index + offset
        return words[place] if 0 <= place < len(words) else ""

    two, one, here, then, after = at(-2), at(-1), at(0), at(1), at(2)
    return [
        f"-2={two}", f"-1={one}", f"0={here}", f"1={then}", f"-2,-1={two} {one}",
        f"-1,0={one} {here}", f"0,1={here} {then}", f"1,2={then} {after}",
        f"0,1,2={here} {then} {after}", f"s-1={one[-3:]}", f"s-2={two[-3:]}",
        f"s-1,0={one[-3:]} {here}",
    ]  # fmt: skip


@lru_cache(maxsize=1)
def load_boundaries() -> BoundaryModel:
    """Load the model that ships."""
    stored = json.loads(files("pipeline.turns").joinpath(FILE).read_text(encoding="utf8"))
    del stored["measured"]
    return BoundaryModel(**stored)


def is_unpunctuated(text: str) -> bool:
    """A long text with hardly any punctuation, as in automatic captions."""
    words = text.count(" ") + 1
    return words >= _MIN_WORDS and len(_MARK.findall(text)) < words / _WORDS_A_MARK


def unpunctuated_share(segments: Sequence[Segment]) -> float:
    """Return the share of the words that are in turns without punctuation."""
    words = [(len(one.text.split()), is_unpunctuated(one.text)) for one in segments]
    return sum(n for n, bare in words if bare) / max(1, sum(n for n, _ in words))


def split_unpunctuated(segment: Segment) -> Segment:
    """Split each part of a turn without punctuation where a sentence probably starts."""
    if not is_unpunctuated(segment.text):
        return segment
    parts = [piece for part in segment.parts for piece in _split(part)]
    return replace(segment, parts=tuple(parts))


def _split(part: Part) -> list[Part]:
    words = list(_WORD.finditer(part.text))
    starts = [0, *load_boundaries().starts([word.group() for word in words])]
    ends = [*starts[1:], len(words)]
    return [
        replace(
            part,
            text=part.text[words[first].start() : words[last - 1].end()],
            start=part.start + words[first].start(),
            glued=part.glued and first == 0,
        )
        for first, last in zip(starts, ends, strict=True)
        if last > first
    ]
