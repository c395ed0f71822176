"""Score transcripts that were added since the last fit, before they are looked at.

``python -m benchmarks.unseen FOLDER`` scores the documents of the folder that have no floor in
``tests/turns/floors.toml`` yet, and adds their mean to ``benchmarks/unseen.toml`` and their floors
to that file. Run it once, with the readers and weights as they are, before either is changed.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from pathlib import Path
from statistics import mean

from benchmarks.documents import DocumentScore, read_rows, score_documents

BATCHES = Path(__file__).with_name("unseen.toml")
FLOORS = Path(__file__).parent.parent / "tests" / "turns" / "floors.toml"


@dataclass(frozen=True)
class Batch:
    """Documents that were scored before they were looked at: how many, and the mean shares."""

    date: date
    documents: int
    role: float
    speaker: float


def read_batches(path: Path = BATCHES) -> list[Batch]:
    """Return the batches that were scored, in order."""
    return [Batch(**one) for one in tomllib.loads(path.read_text(encoding="utf8"))["batch"]]


def new_documents(folder: Path, floors: Path = FLOORS) -> list[str]:
    """Return the ids of a folder's documents that have no floor."""
    known = tomllib.loads(floors.read_text(encoding="utf8"))
    return [row["id"] for row in read_rows(folder / "index.jsonl") if row["id"] not in known]


def add(
    scores: Sequence[DocumentScore],
    today: date,
    *,
    batches: Path = BATCHES,
    floors: Path = FLOORS,
) -> Batch:
    """Add a batch of scores to the record, and their floors; return the batch."""
    batch = Batch(
        today,
        len(scores),
        round(mean(one.role for one in scores), 3),
        round(mean(one.speaker for one in scores), 3),
    )
    with batches.open("a", encoding="utf8") as file:
        file.write(
            f"\n[[batch]]\ndate = {batch.date}\ndocuments = {batch.documents}\n"
            f"role = {batch.role}\nspeaker = {batch.speaker}\n"
        )
    with floors.open("a", encoding="utf8") as file:
        file.write(f"\n# As measured when these were added, on {today}.\n")
        file.writelines(
            f"{one.id} = [{_floor(one.role)}, {_floor(one.speaker)}]\n" for one in scores
        )
    return batch


def _floor(share: float) -> float:
    return min(0.999, floor(share * 1000) / 1000)


def main() -> None:
    """Score what is new in the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with index.jsonl and gold_turns.jsonl")
    options = parser.parse_args()
    if ids := new_documents(options.folder):
        batch = add(list(score_documents(options.folder, only=ids)), date.today())
        print(f"{batch.documents} documents: role {batch.role:.3f}, speaker {batch.speaker:.3f}")
    else:
        print("no document without a floor")


if __name__ == "__main__":
    main()
