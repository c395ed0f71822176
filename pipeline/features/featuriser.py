"""Rows to a sparse matrix of features, in training and in prediction alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from scipy import sparse

from pipeline.evaluate.cues import Cues, load_cues
from pipeline.features.blocks import (
    Matrix,
    TermBlock,
    char_ngrams,
    length_terms,
    tokens,
    word_ngrams,
)
from pipeline.reading.mentions import Masking, Place, mask, mention_terms
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, Span
from pipeline.reading.syntax import Token, sentence_terms, target_terms


class BlockSpec(BaseModel):
    """Which terms a block counts, how many at most, and the weight of the block."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    min_rows: int = Field(default=2, ge=1)
    max_terms: int = Field(default=20_000, ge=1)
    weight: float = Field(default=1.0, gt=0)


class Recipe(BaseModel):
    """The masking and blocks of a featuriser, as stored in meta.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    masking: Masking
    blocks: tuple[BlockSpec, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row with its actors, masked words, tokens and cues."""

    row: Row
    places: tuple[Place, ...]
    words: list[str]
    context_words: dict[str, list[str]]
    context_places: dict[str, tuple[Place, ...]]
    syntax: tuple[Token, ...]
    cues: Cues


def read_rows(reader: Reader, rows: Sequence[Row], *, masking: Masking) -> list[Reading]:
    """Return the reading of each row, with actors replaced as ``masking`` says."""
    syntax = reader.syntax.read((row.text for row in rows), names=True)
    return [_read(reader, row, parsed, masking) for row, parsed in zip(rows, syntax, strict=True)]


def _read(reader: Reader, row: Row, parsed: tuple[Token, ...], masking: Masking) -> Reading:
    places = reader.mentions.read(row.text, row.date)
    context = {
        "before": row.context_before,
        "after": row.context_after,
        "question": row.question,
    }
    around = {name: reader.mentions.read(text, row.date) for name, text in context.items()}
    return Reading(
        row=row,
        places=places,
        words=tokens(mask(row.text, places, masking=masking, target=row.target)),
        context_words={
            name: tokens(mask(text, around[name], masking=masking))
            for name, text in context.items()
        },
        context_places=around,
        syntax=parsed,
        cues=load_cues(),
    )


def _place(reading: Reading) -> list[str]:
    row = reading.row
    terms = length_terms(reading.words)
    terms += [mark for mark in ("?", "!", '"', ":", "—") if mark in reading.words]
    terms += [f"first:{not row.context_before}", f"last:{not row.context_after}"]
    terms += [
        f"{name}.question:{'?' in reading.context_words[name]}" for name in ("before", "after")
    ]
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
    """Words around the target, by side and distance class."""
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


def _ngrams(words: Sequence[str], *, high: int) -> list[str]:
    return list(word_ngrams(words, low=1, high=high))


EXTRACTORS: Mapping[str, Callable[[Reading], list[str]]] = {
    "words": lambda reading: _ngrams(reading.words, high=2),
    "opening": lambda reading: [
        " ".join(reading.words[: n + 1]) for n in range(len(reading.words[:4]))
    ],
    "characters": lambda reading: list(char_ngrams(reading.words, low=3, high=5)),
    "before": lambda reading: _ngrams(reading.context_words["before"], high=2),
    "after": lambda reading: _ngrams(reading.context_words["after"], high=2),
    "question": lambda reading: _ngrams(reading.context_words["question"], high=1),
    "syntax": lambda reading: sentence_terms(reading.syntax),
    "place": _place,
    "cues": _cues,
    "actors": _actors,
    "target": _target,
    "window": _window,
    "target_cues": _target_cues,
}


class Featuriser:
    """Turns readings into a matrix ``(n_rows, n_features)``, block beside block."""

    def __init__(self, recipe: Recipe, blocks: Sequence[TermBlock]) -> None:
        self.recipe = recipe
        self.blocks = tuple(blocks)

    @classmethod
    def fit(cls, recipe: Recipe, readings: Sequence[Reading]) -> Featuriser:
        """Learn the vocabulary of each block from training rows."""
        blocks = [
            TermBlock.fit(
                map(EXTRACTORS[spec.name], readings),
                min_rows=spec.min_rows,
                max_terms=spec.max_terms,
                weight=spec.weight,
            )
            for spec in recipe.blocks
        ]
        return cls(recipe, blocks)

    def transform(self, readings: Sequence[Reading]) -> Matrix:
        """Return the features of readings, ``(n_rows, n_features)``."""
        parts = [
            block.transform(map(EXTRACTORS[spec.name], readings))
            for spec, block in zip(self.recipe.blocks, self.blocks, strict=True)
        ]
        return Matrix(sparse.hstack(parts, format="csr"))

    def term_weights(self, block: str, weights: NDArray[Any]) -> dict[str, float]:
        """Return idf times weight of each term of a block, from the weights of all columns."""
        start = 0
        for spec, terms in zip(self.recipe.blocks, self.blocks, strict=True):
            if spec.name == block:
                part = weights[start : start + len(terms.terms)] * terms.idf
                return dict(zip(terms.terms, part.tolist(), strict=True))
            start += len(terms.terms)
        return {}
