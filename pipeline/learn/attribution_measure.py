"""Print how well attributed stances are found in a split, by file.

Run ``python -m pipeline.learn.attribution_measure TRAIN_FOLDER SPLIT [key=value ...]``; the
settings choose the polarity model, such as ``stance.model=encoder-standard``. On dev, whole talks
of our own that nothing was fitted on are measured too.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.learn.attribution_judge import AttributionJudge
from pipeline.learn.attribution_rows import Document, group_documents, read_documents
from pipeline.learn.attribution_score import AttributionScore, score_attributed
from pipeline.learn.finetune.written import DEV_FOLDER, read_written

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


if __name__ == "__main__":
    loaded = AttributionJudge.load(sys.argv[3:])
    for group, score in measure(Path(sys.argv[1]), split=sys.argv[2], judge=loaded).items():
        shown = ", ".join(f"{name} {value:.3f}" for name, value in score.figures().items())
        counts = f"{score.gold} of {score.sentences} sentences, {score.predicted} predicted"
        sys.stdout.write(f"{group} ({counts}): {shown}\n")
