"""Annotated rows about the West, with the finder of their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.actors import ActorTable
from pipeline.config import load_settings
from pipeline.reading.reader import Reader, make_reader
from pipeline.records import Unit
from pipeline.stage import apply
from pipeline.stages.entities import Entities
from pipeline.targets.choice import TargetFinder
from pipeline.targets.weights import TargetWeights
from training.attribution.rows import Row, read_documents

FILES = (
    "interviews.jsonl",
    "interviews_west.jsonl",
    "interviews_more.jsonl",
    "interviews_experts.jsonl",
)


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated row about the West, its unit, and the target finder of its interview."""

    row: Row
    unit: Unit
    finder: TargetFinder


def load_reader() -> Reader:
    """Return the reader of the default settings."""
    return make_reader(load_settings())


def read_target_cases(
    paths: Iterable[Path], *, split: str, reader: Reader, weights: TargetWeights | None = None
) -> Iterator[Case]:
    """Yield the rows of a split that have a stance toward the West."""
    entities = Entities(reader.syntax.parser, reader.mentions.table)
    for document in read_documents(paths, splits=(split,)):
        interview = apply(entities, document.interview)
        units = {unit.id: unit for unit in interview.units or ()}
        about = [
            (row, units[unit_id])
            for row, unit_id in zip(document.rows, document.unit_ids, strict=True)
            if row["west"] != "none"
        ]
        reader.syntax.read(unit.text for _, unit in about)
        finder = TargetFinder(interview, reader, weights=weights)
        yield from (Case(row, unit, finder) for row, unit in about)


def is_named(found: str, gold: str) -> bool:
    """Whether the words of a target overlap the annotated ones."""
    return bool(found) and (bare(found) in gold or bare(gold) in found)


def bare(words: str) -> str:
    """Return the words of a target without article and genitive."""
    return words.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")


def actors_of(row: Row, actors: ActorTable) -> set[str]:
    """Return the actors of an annotated implicit target."""
    name = str(row.get("implicit_target") or "")
    found = {actor for m in actors.mentions(name, date=row.get("date")) for actor in m.actors}
    return found | {name}
