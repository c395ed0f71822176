"""Print how often the finder names the annotated target, given that a unit is about the West.

Run ``python -m training measure-target-finder TRAIN_FOLDER --split dev``. No model is asked: every
row whose stance is annotated counts, whatever a model would make of it. Where the annotation names
the target's words, a target is right that overlaps them; where the target is only meant, one whose
actor is the annotated one. ``training.targets.measure`` does the same through all stages.

With the shipped weights, interviews and interviews_west: words overlap in .86 and .88 of train and
.80 and .86 of dev (by the first subject or object that names the bloc: .83, .86; .68, .83), the
actor is right in .83 and .68 of train and .83 and .60 of dev (by the actor named last: .78, .58;
.77, .58).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.records import Record
from training.targets.rows import (
    Case,
    actors_of,
    bare,
    is_named,
    load_reader,
    read_target_cases,
)

FILES = ("interviews.jsonl", "interviews_west.jsonl")
SPLITS = ("train", "dev")


class FoundScore(Record):
    """Counts over rows about the West: with words for the target, and with one only meant."""

    explicit: int = 0
    overlapping: int = 0
    exact: int = 0
    implicit: int = 0
    actor_right: int = 0
    named: int = 0

    def lines(self) -> list[str]:
        """The shares, a line each."""
        rows = (
            ("explicit, words overlap", self.overlapping, self.explicit),
            ("explicit, words exact", self.exact, self.explicit),
            ("implicit, actor right", self.actor_right, self.implicit),
            ("implicit, words found all the same", self.named, self.implicit),
        )
        return [f"{name}: {n}/{of} {n / of if of else 0.0:.3f}" for name, n, of in rows]


def score_found(cases: Iterable[Case]) -> FoundScore:
    """Score what the finder finds in annotated rows."""
    counts = dict.fromkeys(FoundScore.model_fields, 0)
    for case in cases:
        aim = case.finder.find(case.unit)
        words = case.unit.text[slice(*aim.words)] if aim.words else ""
        gold = case.row.get("target")
        if gold:
            counts["explicit"] += 1
            counts["overlapping"] += is_named(words, gold)
            counts["exact"] += bare(words) == bare(gold)
        else:
            counts["implicit"] += 1
            counts["named"] += bool(words)
            meant = actors_of(case.row, case.finder.reader.mentions.table)
            counts["actor_right"] += aim.actor in meant
    return FoundScore(**counts)


def measure_found(folder: Path, *, split: str) -> dict[str, FoundScore]:
    """Return the score of each file."""
    reader = load_reader()
    return {
        name: score_found(read_target_cases([folder / name], split=split, reader=reader))
        for name in FILES
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m training measure-target-finder")
    parser.add_argument("folder", type=Path, help="with interviews.jsonl, interviews_west.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="dev")
    given = parser.parse_args(arguments)
    for name, found in measure_found(given.folder, split=given.split).items():
        sys.stdout.write("\n  ".join([f"{name} ({given.split})", *found.lines()]) + "\n")
