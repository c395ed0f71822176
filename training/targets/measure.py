"""Print how often the target of an own stance is the annotated one.

Run ``python -m training measure-targets TRAIN_FOLDER SPLIT [key=value ...]``. Rows about the
West are read in their interviews through all stages. Where the annotation names the target's
words, a target is right that overlaps them; where the target is only meant, one whose actor is
the annotated one. Of both the share of all rows and of those given a stance are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.actors import ActorTable
from pipeline.records import Record, Stance
from training.attribution.rows import Document, Row, read_documents
from training.attribution.stages import AttributionJudge
from training.targets.found import FILES
from training.targets.rows import actors_of, bare, is_named
from training.usage import run_module, write_figures


class TargetScore(Record):
    """Counts over rows about the West: with words for the target, and with one only meant."""

    explicit: int = 0
    explicit_found: int = 0
    exact: int = 0
    overlapping: int = 0
    implicit: int = 0
    implicit_found: int = 0
    actor_right: int = 0

    def figures(self) -> dict[str, float]:
        """Shares of what was given a stance, and of all."""
        return {
            "explicit, exact, of found": _share(self.exact, self.explicit_found),
            "explicit, overlapping, of found": _share(self.overlapping, self.explicit_found),
            "explicit, overlapping, of all": _share(self.overlapping, self.explicit),
            "implicit, actor right, of found": _share(self.actor_right, self.implicit_found),
            "implicit, actor right, of all": _share(self.actor_right, self.implicit),
        }


def score_targets(documents: Iterable[Document], judge: AttributionJudge) -> TargetScore:
    """Score the targets of the own stances that the stages find in annotated sentences."""
    counts = dict.fromkeys(TargetScore.model_fields, 0)
    for document in documents:
        interview = judge.read(document.interview)
        own = {
            stance.unit_id: stance
            for stance in judge.stances.annotate(interview)["stances"]
            if stance.voice == "own"
        }
        for row, unit_id in zip(document.rows, document.unit_ids, strict=True):
            if row["west"] != "none":
                _count(row, own.get(unit_id), counts, judge.actors)
    return TargetScore(**counts)


def _count(row: Row, stance: Stance | None, counts: dict[str, int], actors: ActorTable) -> None:
    kind = "explicit" if row.get("target") else "implicit"
    counts[kind] += 1
    counts[f"{kind}_found"] += stance is not None
    if stance is None:
        return
    if kind == "implicit":
        counts["actor_right"] += stance.target_actor in actors_of(row, actors)
        return
    found, gold = stance.target_text or "", str(row["target"])
    counts["exact"] += bare(found) == bare(gold)
    counts["overlapping"] += is_named(found, gold)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def measure(folder: Path, *, split: str, overrides: Sequence[str]) -> dict[str, TargetScore]:
    """Return the score of each file."""
    judge = AttributionJudge.load(overrides)
    return {
        name: score_targets(read_documents([folder / name], splits=(split,)), judge)
        for name in FILES
    }


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        scores = measure(Path(words[0]), split=words[1], overrides=words[2:])
        for name, score in scores.items():
            counts = f"{score.explicit} explicit, {score.implicit} implicit"
            write_figures(f"{name} ({counts})", score.figures())

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER SPLIT [key=value ...]", least=2
    )
