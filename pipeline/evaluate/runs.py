"""The judgements of a run, evaluated as those of a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.coding.judgements import read_lookups
from pipeline.errors import InputError
from pipeline.evaluate.annotations import (
    COMPONENTS,
    KINDS,
    STANCES,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.evaluate.models import TASKS, Plan
from pipeline.evaluate.questions import ask_claims, ask_stance
from pipeline.evaluate.scores import Evaluation, RowT, rows_of_split
from pipeline.judges.judgement import ClaimJudgement, StanceJudgement
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import Row
from pipeline.records import Unit
from pipeline.tables.lookup import Lookup

ALL = "all"
TARGETED = (
    "evaluate targeted --run: a run judges its own targets alone; expected components, kind, "
    "claims or west"
)
Place = tuple[Lookup, Unit]
JudgementT = TypeVar("JudgementT", ClaimJudgement, StanceJudgement)


@dataclass(frozen=True)
class Recorded(Generic[JudgementT]):
    """Judges the rows it was made for, in their order, as the run did."""

    source: str
    judged: list[JudgementT]

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[JudgementT]:
        """Return the judgements of the run."""
        return self.judged


def evaluate_run(task: str, plan: Plan, run: Path) -> tuple[Evaluation, int]:
    """Measure a run against labels; return also how many rows it has no judgement on.

    A row is of the unit that it names, else of the only unit with its text in its interview. What
    the judge abstained on counts as its best guess.

    Args:
        task: components, kind, claims, west or stance.
        plan: the file, and the split of its rows; ``all`` for every row.
        run: its folder.

    Raises:
        InputError: the run or a row cannot be read, or no row has a judgement.
    """
    if task == "targeted":
        raise InputError(TARGETED)
    measure = _claims if task in ("components", "kind", "claims") else _stance
    found, missing = measure(plan, run)
    questions = tuple(score for score in found.questions if score.question in TASKS[task])
    return found.model_copy(update={"task": task, "questions": questions}), missing


def _claims(plan: Plan, run: Path) -> tuple[Evaluation, int]:
    rows, places, missing = _placed(read_claim_rows([plan.file]), plan, run)
    records = [lookup.claims[unit.id] for lookup, unit in places]
    judged = [
        ClaimJudgement(
            _shares(one.probabilities, one.component, COMPONENTS),
            _shares(one.kind_probabilities, one.kind, KINDS) if one.kind else None,
        )
        for one in records
    ]
    source = records[0].source
    asked = ask_claims(Recorded(source, judged), rows, make_reader(plan.settings))
    return plan.score("claims", source, rows, asked), missing


def _stance(plan: Plan, run: Path) -> tuple[Evaluation, int]:
    toward = [row for row in read_stance_rows([plan.file]) if row.toward_bloc]
    rows, places, missing = _placed(toward, plan, run)
    records = [lookup.own_stance(unit) for lookup, unit in places]
    judged = [
        StanceJudgement(
            _shares(one.probabilities if one else {}, one.polarity if one else "none", STANCES),
            None, None,
        )
        for one in records
    ]  # fmt: skip
    source = next((one.source for one in records if one), f"run {run.name}")
    asked = ask_stance(Recorded(source, judged), rows, make_reader(plan.settings))
    return plan.score("stance", source, rows, asked), missing


def _placed(rows: list[RowT], plan: Plan, run: Path) -> tuple[list[RowT], list[Place], int]:
    """Return the rows of the split that the run judged, where they are, and how many it did not."""
    by_unit: dict[tuple[str, str, str], Place] = {}
    by_text: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for lookup in read_lookups(run):
        doc = lookup.interview.id
        for unit in lookup.coded_units():
            if unit.id in lookup.claims:
                by_unit[doc, unit.id, unit.text] = (lookup, unit)
                by_text[doc, unit.text].append((lookup, unit))
    chosen = rows if plan.split == ALL else rows_of_split(rows, plan.split, plan.file.name)
    found: list[tuple[RowT, Place]] = []
    for row in chosen:
        same = by_text.get((row.doc, row.row.text), [])
        place = by_unit.get((row.doc, row.unit_id or "", row.row.text))
        if place is not None or len(same) == 1:
            found.append((row, place or same[0]))
    if not found:
        raise InputError(
            f"{plan.file}: no row is a sentence that {run} judges; expected labels of its "
            "interviews, with the same ids and words"
        )
    return [row for row, _ in found], [place for _, place in found], len(chosen) - len(found)


def _shares(given: Mapping[str, float], answer: str, labels: Sequence[str]) -> dict[str, float]:
    """Return a judge's probabilities, or all for its answer where they do not lead to it."""
    if given and max(given, key=lambda label: given[label]) == answer:
        return {label: given.get(label, 0.0) for label in labels}
    return {label: float(label == answer) for label in labels}
