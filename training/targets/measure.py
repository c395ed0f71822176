"""Print how often the target of an own stance is the annotated one.

Run ``python -m training measure-targets TRAIN_FOLDER SPLIT [key=value ...]``. All stages read the
rows about the West in their interviews. An explicit target is right if its words overlap the
annotated ones, an implicit one if its actor is the annotated one. With ``--finder`` instead of
settings, measures the finder alone, without a model: every row counts as found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.actors import ActorTable
from pipeline.errors import InputError
from pipeline.records import Record
from training.attribution.rows import Row, read_documents
from training.attribution.stages import AttributionJudge
from training.targets.rows import (
    FILES,
    actors_of,
    bare,
    is_named,
    load_reader,
    read_target_cases,
)
from training.usage import run_module, write_figures

FINDER = "--finder"
_FINDER_SPLITS = ("train", "dev")


class Target(NamedTuple):
    """The words, empty if implicit, and the actor of a found target."""

    words: str
    actor: str | None


class TargetScore(Record):
    """Counts over rows about the West, with explicit and with implicit targets."""

    explicit: int = 0
    explicit_found: int = 0
    exact: int = 0
    overlapping: int = 0
    implicit: int = 0
    implicit_found: int = 0
    actor_right: int = 0
    named: int = 0

    def figures(self) -> dict[str, float]:
        """Return shares of the rows with a found target, and of all."""
        return {
            "explicit, exact, of found": _share(self.exact, self.explicit_found),
            "explicit, overlapping, of found": _share(self.overlapping, self.explicit_found),
            "explicit, overlapping, of all": _share(self.overlapping, self.explicit),
            "implicit, actor right, of found": _share(self.actor_right, self.implicit_found),
            "implicit, actor right, of all": _share(self.actor_right, self.implicit),
            "implicit, words found, of found": _share(self.named, self.implicit_found),
            "right, of found": _share(
                self.overlapping + self.actor_right, self.explicit_found + self.implicit_found
            ),
        }


def score_targets(found: Iterable[tuple[Row, Target | None]], actors: ActorTable) -> TargetScore:
    """Score found targets; a null one is a row without a stance."""
    counts = dict.fromkeys(TargetScore.model_fields, 0)
    for row, target in found:
        gold = row.get("target")
        kind = "explicit" if gold else "implicit"
        counts[kind] += 1
        if target is None:
            continue
        counts[f"{kind}_found"] += 1
        if gold:
            counts["exact"] += bare(target.words) == bare(gold)
            counts["overlapping"] += is_named(target.words, gold)
        else:
            counts["actor_right"] += target.actor in actors_of(row, actors)
            counts["named"] += bool(target.words)
    return TargetScore(**counts)


def measure_finder(folder: Path, *, split: str) -> dict[str, TargetScore]:
    """Return the score of the finder on each file.

    Raises:
        InputError: the split is ``test``, which is for the score of all stages.
    """
    if split not in _FINDER_SPLITS:
        raise InputError(f"split {split}: expected {' or '.join(_FINDER_SPLITS)} with {FINDER}")
    reader = load_reader()

    def find(path: Path) -> Iterator[tuple[Row, Target]]:
        for case in read_target_cases([path], split=split, reader=reader):
            aim = case.finder.find(case.unit)
            words = case.unit.text[slice(*aim.words)] if aim.words else ""
            yield case.row, Target(words, aim.actor)

    return {name: score_targets(find(folder / name), reader.mentions.table) for name in FILES}


def measure_stages(folder: Path, *, split: str, overrides: Sequence[str]) -> dict[str, TargetScore]:
    """Return the score of all stages on each file."""
    judge = AttributionJudge.load(overrides)

    def find(path: Path) -> Iterator[tuple[Row, Target | None]]:
        for document in read_documents([path], splits=(split,)):
            stances = judge.stances.annotate(judge.read(document.interview))["stances"]
            own = {
                stance.unit_id: Target(stance.target_text or "", stance.target_actor)
                for stance in stances
                if stance.voice == "own"
            }
            for row, unit_id in zip(document.rows, document.unit_ids, strict=True):
                if row["west"] != "none":
                    yield row, own.get(unit_id)

    return {name: score_targets(find(folder / name), judge.actors) for name in FILES}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        folder, split, *overrides = words
        if overrides == [FINDER]:
            scores = measure_finder(Path(folder), split=split)
        else:
            scores = measure_stages(Path(folder), split=split, overrides=overrides)
        for name, score in scores.items():
            counts = f"{score.explicit} explicit, {score.implicit} implicit"
            write_figures(f"{name} ({counts})", score.figures())

    expected = f"TRAIN_FOLDER SPLIT [{FINDER} | key=value ...]"
    return run_module(__doc__, arguments, work, expected=expected, least=2)
