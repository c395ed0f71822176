"""The one featuriser: rows to a sparse matrix, in training and in prediction alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from scipy import sparse

from pipeline.actors import ActorTable, load_actors
from pipeline.config import Settings
from pipeline.features.blocks import (
    Matrix,
    TermBlock,
    char_ngrams,
    length_terms,
    tokens,
    word_ngrams,
)
from pipeline.features.cues import Cues, load_cues
from pipeline.features.mentions import Masking, MentionReader, Place, mask, mention_terms
from pipeline.features.rows import Row, Span
from pipeline.features.syntax import SyntaxReader, Token, sentence_terms, target_terms
from pipeline.parse import Parser


class BlockSpec(BaseModel):
    """How a block is made: which terms, how many, and their weight beside other blocks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    min_rows: int = Field(default=2, ge=1)
    max_terms: int = Field(default=20_000, ge=1)
    weight: float = Field(default=1.0, gt=0)


class Recipe(BaseModel):
    """What a featuriser computes, as stored in meta.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    masking: Masking
    blocks: tuple[BlockSpec, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as read: its actors, its masked words, its grammar."""

    row: Row
    places: tuple[Place, ...]
    words: list[str]
    before: list[str]
    after: list[str]
    question: list[str]
    context_places: dict[str, tuple[Place, ...]]
    syntax: tuple[Token, ...]
    cues: Cues


class Reader:
    """Reads rows: finds actors, parses, remembers what it parsed.

    Two stages that share a reader pay for one parse.
    """

    def __init__(self, parser: Parser, table: ActorTable, *, bloc: str) -> None:
        self.bloc = bloc
        self.syntax = SyntaxReader(parser)
        self.mentions = MentionReader(table, bloc=bloc)
        self.cues = load_cues()

    def toward(self, bloc: str) -> Reader:
        """Return a reader for another bloc that shares what this one parses."""
        other = copy(self)
        other.bloc = bloc
        other.mentions = MentionReader(self.mentions.table, bloc=bloc)
        return other

    def read(self, rows: Sequence[Row], *, masking: Masking) -> list[Reading]:
        """Read rows, in order."""
        syntax = self.syntax.read(row.text for row in rows)
        return [self._read(row, parsed, masking) for row, parsed in zip(rows, syntax, strict=True)]

    def _read(self, row: Row, parsed: tuple[Token, ...], masking: Masking) -> Reading:
        find = self.mentions.read
        places = find(row.text, row.date)
        around = {
            "before": (row.context_before, find(row.context_before, row.date)),
            "after": (row.context_after, find(row.context_after, row.date)),
            "question": (row.question, find(row.question, row.date)),
        }
        masked = {
            name: tokens(mask(text, found, masking=masking))
            for name, (text, found) in around.items()
        }
        return Reading(
            row=row,
            places=places,
            words=tokens(mask(row.text, places, masking=masking, target=row.target)),
            before=masked["before"],
            after=masked["after"],
            question=masked["question"],
            context_places={name: found for name, (_, found) in around.items()},
            syntax=parsed,
            cues=self.cues,
        )


def _words(reading: Reading) -> list[str]:
    return list(word_ngrams(reading.words, low=1, high=2))


def _trigrams(reading: Reading) -> list[str]:
    return list(word_ngrams(reading.words, low=3, high=3))


def _opening(reading: Reading) -> list[str]:
    first = reading.words[:4]
    return [" ".join(first[: n + 1]) for n in range(len(first))]


def _characters(reading: Reading) -> list[str]:
    return list(char_ngrams(reading.words, low=3, high=5))


def _before(reading: Reading) -> list[str]:
    return list(word_ngrams(reading.before, low=1, high=2))


def _after(reading: Reading) -> list[str]:
    return list(word_ngrams(reading.after, low=1, high=2))


def _question(reading: Reading) -> list[str]:
    return list(word_ngrams(reading.question, low=1, high=1))


def _syntax(reading: Reading) -> list[str]:
    return sentence_terms(reading.syntax)


def _place(reading: Reading) -> list[str]:
    row = reading.row
    terms = length_terms(reading.words)
    terms += [f"{mark}" for mark in ("?", "!", '"', ":", "—") if mark in reading.words]
    terms += [f"first:{not row.context_before}", f"last:{not row.context_after}"]
    terms += [f"before.question:{'?' in reading.before}", f"after.question:{'?' in reading.after}"]
    return terms


def _cues(reading: Reading) -> list[str]:
    terms = []
    for prefix, text in (
        ("", reading.row.text),
        ("b.", reading.row.context_before),
        ("a.", reading.row.context_after),
    ):
        for name, count in reading.cues.counts(text).items():
            terms += [f"{prefix}{name}"] + ([f"{prefix}{name}>1"] if count > 1 else [])
    return terms


def _actors(reading: Reading) -> list[str]:
    terms = mention_terms(reading.places, prefix="text")
    for name, places in reading.context_places.items():
        terms += mention_terms(places, prefix=name)
    for place in reading.places[:6]:
        kind = "in" if place.in_bloc else "out"
        terms += [f"{kind}.{t}" for t in target_terms(reading.syntax, place.span)]
    return terms


def _target(reading: Reading) -> list[str]:
    if reading.row.target is None:
        return ["implied"]
    return ["marked", *target_terms(reading.syntax, reading.row.target)]


def _window(reading: Reading) -> list[str]:
    """Words around the target, told apart by side and distance class."""
    if reading.row.target is None:
        return []
    at = next((i for i, word in enumerate(reading.words) if word == "XXTARGETXX"), None)
    if at is None:
        return []
    terms = []
    for distance in range(1, 8):
        band = "near" if distance <= 3 else "far"
        if at - distance >= 0:
            terms.append(f"{band}<{reading.words[at - distance]}")
        if at + distance < len(reading.words):
            terms.append(f"{band}>{reading.words[at + distance]}")
    return terms


def _target_cues(reading: Reading) -> list[str]:
    """Cues before and after the target, by distance."""
    span: Span | None = reading.row.target
    terms = []
    for name, start, end in reading.cues.find(reading.row.text):
        if span is None:
            terms.append(name)
            continue
        gap = span[0] - end if end <= span[0] else start - span[1]
        side = "<" if end <= span[0] else ">"
        terms.append(f"{name}{side}{'near' if gap < 25 else 'far'}")
    return terms


EXTRACTORS: Mapping[str, Callable[[Reading], list[str]]] = {
    "words": _words,
    "trigrams": _trigrams,
    "opening": _opening,
    "characters": _characters,
    "before": _before,
    "after": _after,
    "question": _question,
    "syntax": _syntax,
    "place": _place,
    "cues": _cues,
    "actors": _actors,
    "target": _target,
    "window": _window,
    "target_cues": _target_cues,
}


def make_reader(settings: Settings) -> Reader:
    """Return the reader of some settings, with the actors that ship."""
    return Reader(Parser(settings.parse.model), load_actors(), bloc=settings.bloc.name)


class Featuriser:
    """Turns readings into ``(n_rows, n_features)``, block beside block."""

    def __init__(self, recipe: Recipe, blocks: Sequence[TermBlock]) -> None:
        self.recipe = recipe
        self.blocks = tuple(blocks)

    @classmethod
    def fit(cls, recipe: Recipe, readings: Sequence[Reading]) -> Featuriser:
        """Learn the vocabulary of each block from training rows."""
        blocks = []
        for spec in recipe.blocks:
            extract = EXTRACTORS[spec.name]
            blocks.append(
                TermBlock.fit(
                    (extract(reading) for reading in readings),
                    min_rows=spec.min_rows,
                    max_terms=spec.max_terms,
                    weight=spec.weight,
                )
            )
        return cls(recipe, blocks)

    def transform(self, readings: Sequence[Reading]) -> Matrix:
        """Return the features of each reading."""
        parts = [
            block.transform(EXTRACTORS[spec.name](reading) for reading in readings)
            for spec, block in zip(self.recipe.blocks, self.blocks, strict=True)
        ]
        return Matrix(sparse.hstack(parts, format="csr"))

    def term_weights(self, block: str, weights: NDArray[Any]) -> dict[str, float]:
        """Return what each term of a block is worth, given a weight for each column."""
        start = 0
        for spec, terms in zip(self.recipe.blocks, self.blocks, strict=True):
            if spec.name == block:
                part = weights[start : start + len(terms.terms)] * terms.idf
                return dict(zip(terms.terms, part.tolist(), strict=True))
            start += len(terms.terms)
        return {}

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(len(block.terms) for block in self.blocks)
