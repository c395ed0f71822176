"""Print how well own stances are read in documents: the model's word, and with the talk's.

Run ``python -m training measure-talks TRAIN_FOLDER SPLIT [key=value ...]``; the settings
choose the model, such as ``stance.model=encoder-standard``. The rows of a document are put back
into an interview, so that names before them and resolved pronouns count (``pipeline.stages.talk``).
On dev, whole talks of our own that nothing was fitted on are measured too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from pipeline.evaluate.annotations import STANCES
from pipeline.evaluate.metrics import macro_f1
from pipeline.features.rows import judged_rows
from pipeline.stages.judgement import StanceJudgement
from pipeline.stages.talk import read_talk
from training.attribution.measure import GROUPS, written_talks
from training.attribution.rows import Document, read_documents
from training.attribution.stages import AttributionJudge
from training.usage import run_module, write_figures

Pair = tuple[StanceJudgement, StanceJudgement]


def judge_rows(judge: AttributionJudge, document: Document) -> Iterator[tuple[str, Pair]]:
    """Yield each row's annotated stance, and its judgement without and with the talk's word."""
    interview = judge.read(document.interview)
    stage = judge.stances
    gold = {
        unit_id: str(row["west"])
        for row, unit_id in zip(document.rows, document.unit_ids, strict=True)
    }
    judged = judged_rows(interview)
    talk = read_talk(interview, judge.bloc)
    found = stage.model.judge([row for _, row in judged], stage.reader)
    for (unit, _), read in zip(judged, found, strict=True):
        if unit.id in gold:
            yield gold[unit.id], (read, talk.weigh(unit, read))


def four_way(judge: AttributionJudge, documents: Sequence[Document]) -> tuple[int, float, float]:
    """Rows, and macro-F1 of favor, neutral, against, none, without and with the talk's word."""
    pairs = [pair for document in documents for pair in judge_rows(judge, document)]
    gold = np.array([STANCES.index(label) for label, _ in pairs])
    plain, weighed = (
        macro_f1(gold, found)
        for found in (np.array([STANCES.index(two[n].label) for _, two in pairs]) for n in (0, 1))
    )
    return len(pairs), plain, weighed


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        judge, folder, split = AttributionJudge.load(words[2:]), Path(words[0]), words[1]
        groups = {
            name: read_documents([folder / one for one in names], splits=(split,))
            for name, names in GROUPS.items()
        }
        if split == "dev":
            groups["talks"] = written_talks()
        for name, documents in groups.items():
            if documents:
                rows, plain, weighed = four_way(judge, documents)
                write_figures(f"{name} ({rows} rows)", {"alone": plain, "with the talk": weighed})

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER SPLIT [key=value ...]", least=2
    )
