"""Print how well attributed stances are found in a split, by file, with intervals.

Run ``python -m training measure-attribution TRAIN_FOLDER SPLIT [key=value ...]``; the settings
choose the model, such as ``stance.model=encoder-standard``. Intervals are of 95 %, by bootstrap
over documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from pipeline.records import Interview, Stance
from training.attribution.rows import read_documents
from training.attribution.score import AttributionScore, score_attributed
from training.attribution.stages import AttributionJudge
from training.usage import run_module, write_figures

FILES = (
    "interviews.jsonl",
    "interviews_west.jsonl",
    "interviews_more.jsonl",
    "interviews_experts.jsonl",
)
GROUPS: Mapping[str, Sequence[str]] = {
    **{name.removesuffix(".jsonl"): (name,) for name in FILES},
    "all": FILES,
}
_DRAWS = 1000


def interval(scores: Sequence[AttributionScore], figure: str) -> tuple[float, float]:
    """Return the 95 % interval of a figure over documents.

    Args:
        scores: of the documents, one each.
        figure: a key of ``AttributionScore.figures``.
    """
    rng = np.random.default_rng(0)
    counts = np.array([list(one.model_dump().values()) for one in scores])
    names = tuple(AttributionScore.model_fields)
    drawn = []
    for _ in range(_DRAWS):
        sums = counts[rng.integers(0, len(counts), len(counts))].sum(axis=0)
        score = AttributionScore(**dict(zip(names, map(int, sums), strict=True)))
        drawn.append(score.figures()[figure])
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def measure(
    folder: Path, *, split: str, judge: AttributionJudge
) -> dict[str, list[AttributionScore]]:
    """Return the scores of the documents of each group of files that has rows of the split.

    Of each group once with all stances listed, once with the decided ones alone.
    """
    by_file: dict[tuple[str, bool], list[AttributionScore]] = {}
    for name in FILES:
        for document in read_documents([folder / name], splits=(split,)):
            found = judge.judge(document.interview)
            for decided in (False, True):
                shown = [one for one in found if not (decided and one.abstained)]
                score = score_attributed([document], partial(_given, shown), actors=judge.actors)
                by_file.setdefault((name, decided), []).append(score)
    groups = {
        f"{group}, decided" if decided else group: [
            score for name in names for score in by_file.get((name, decided), ())
        ]
        for group, names in GROUPS.items()
        for decided in (False, True)
    }
    return {group: scores for group, scores in groups.items() if scores}


def _given(stances: Sequence[Stance], interview: Interview) -> Sequence[Stance]:
    """The stances of an interview that has been judged."""
    return stances


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        judge = AttributionJudge.load(words[2:])
        for group, scores in measure(Path(words[0]), split=words[1], judge=judge).items():
            total = AttributionScore.total(scores)
            low, high = interval(scores, "presence_f1")
            counts = f"{total.gold} of {total.sentences} sentences, {total.predicted} predicted"
            bounds = {"presence_f1 from": low, "to": high}
            write_figures(f"{group} ({counts})", {**total.figures(), **bounds})

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER SPLIT [key=value ...]", least=2
    )
