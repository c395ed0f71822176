"""Print how well attributed stances are found in a split, by file.

Run ``python -m training measure-attribution TRAIN_FOLDER SPLIT [key=value ...]``; the
settings choose the polarity model, such as ``stance.model=encoder-standard``. On dev, whole talks
of our own are measured too, on which no encoder was fitted, but what weighs reports was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from training.attribution.rows import Document, group_documents, read_documents
from training.attribution.score import AttributionScore, score_attributed
from training.attribution.stages import AttributionJudge
from training.finetune.written import DEV_FOLDER, read_written
from training.usage import run_module, write_figures

GROUPS: Mapping[str, Sequence[str]] = {
    "interviews": ("interviews.jsonl",),
    "interviews_west": ("interviews_west.jsonl",),
    "both": ("interviews.jsonl", "interviews_west.jsonl"),
    "written": ("written.jsonl",),
}


def measure(folder: Path, *, split: str, judge: AttributionJudge) -> dict[str, AttributionScore]:
    """Return the score of each group of files that has rows of the split."""
    scores = {}
    for name, names in GROUPS.items():
        documents = read_documents([folder / one for one in names], splits=(split,))
        if documents:
            scores[name] = score_attributed(documents, judge.judge, actors=judge.actors)
    if split == "dev":
        scores["talks"] = score_attributed(written_talks(), judge.judge, actors=judge.actors)
    return scores


def written_talks() -> list[Document]:
    """Whole talks of our own that no encoder was fitted on, a document each."""
    records = read_written(DEV_FOLDER, split="dev")
    return group_documents((f"talks:{record['doc']}", record) for record in records)


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        judge = AttributionJudge.load(words[2:])
        for group, score in measure(Path(words[0]), split=words[1], judge=judge).items():
            counts = f"{score.gold} of {score.sentences} sentences, {score.predicted} predicted"
            write_figures(f"{group} ({counts})", score.figures())

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER SPLIT [key=value ...]", least=2
    )
