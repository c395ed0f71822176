"""The judgements of a run, evaluated as those of a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.coding.judgements import read_lookups
from pipeline.errors import InputError
from pipeline.evaluate.annotations import COMPONENTS, KINDS, STANCES, LabelledRow
from pipeline.evaluate.models import CLAIMS, TARGETED, Plan
from pipeline.evaluate.questions import ask_claims, ask_stance
from pipeline.evaluate.scores import Evaluation
from pipeline.judges.judgement import ClaimJudgement, StanceJudgement
from pipeline.reading.reader import make_reader
from pipeline.records import Claim, Stance, Unit
from pipeline.tables.lookup import Lookup

Place = tuple[Lookup, Unit]


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
    if task == TARGETED:
        raise InputError(
            "evaluate targeted --run: a run judges its own targets alone; expected components, "
            "kind, claims or west"
        )
    rows, reader = plan.rows(task), make_reader(plan.settings)
    placed = _placed(rows, run)
    if not placed:
        raise InputError(
            f"{plan.file}: no row is a sentence that {run} judges; expected labels of its "
            "interviews, with the same ids and words"
        )
    found, places = [row for row, _ in placed], [place for _, place in placed]
    if task in CLAIMS:
        claims = [lookup.claims[unit.id] for lookup, unit in places]
        source = claims[0].source
        asked = ask_claims([_claim_judgement(one) for one in claims], found, reader)
    else:
        stances = [lookup.own_stance(unit) for lookup, unit in places]
        source = next((one.source for one in stances if one), f"run {run.name}")
        asked = ask_stance([_stance_judgement(one) for one in stances], found, reader)
    return plan.score(task, source, found, asked), len(rows) - len(found)


def _claim_judgement(claim: Claim) -> ClaimJudgement:
    kinds = _shares(claim.kind_probabilities, claim.kind, KINDS) if claim.kind else None
    return ClaimJudgement(_shares(claim.probabilities, claim.component, COMPONENTS), kinds)


def _stance_judgement(stance: Stance | None) -> StanceJudgement:
    given, answer = (stance.probabilities, stance.polarity) if stance else ({}, "none")
    return StanceJudgement(_shares(given, answer, STANCES), None, None)


def _placed(rows: Sequence[LabelledRow], run: Path) -> list[tuple[LabelledRow, Place]]:
    """Return the rows that the run judged, and where they are in it."""
    by_unit: dict[tuple[str, str, str], Place] = {}
    by_text: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for lookup in read_lookups(run):
        doc = lookup.interview.id
        for unit in lookup.coded_units():
            if unit.id in lookup.claims:
                by_unit[doc, unit.id, unit.text] = (lookup, unit)
                by_text[doc, unit.text].append((lookup, unit))
    found: list[tuple[LabelledRow, Place]] = []
    for row in rows:
        same = by_text.get((row.doc, row.row.text), [])
        place = by_unit.get((row.doc, row.unit_id or "", row.row.text))
        if place is not None or len(same) == 1:
            found.append((row, place or same[0]))
    return found


def _shares(given: Mapping[str, float], answer: str, labels: Sequence[str]) -> dict[str, float]:
    """Return a judge's probabilities, or all for its answer where they do not lead to it."""
    if given and max(given, key=lambda label: given[label]) == answer:
        return {label: given.get(label, 0.0) for label in labels}
    return {label: float(label == answer) for label in labels}
