"""Evaluate stored models, or a language model, on a file of annotated rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.artefacts import find_model
from pipeline.config import LLM, MODEL_CHOICES, Settings
from pipeline.encoder import is_encoder
from pipeline.errors import ConfigError, InputError
from pipeline.evaluate.annotations import (
    DATASET_ARGUNSC,
    LabelledRow,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.evaluate.questions import (
    ARGUMENT,
    COMPONENT,
    HEADS,
    KIND,
    LEANING,
    POLARITY,
    RELEVANCE,
    ROLE,
    STANCE,
    ask_claims,
    ask_stance,
    ask_targeted,
    unmarked,
)
from pipeline.evaluate.scores import Asked, Evaluation, HoldingBack, score_question
from pipeline.judges.abstention import read_thresholds
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.judge import load_judge
from pipeline.judges.loader import ARGUNSC_HEAD, load_claims_judge, load_stance_judge
from pipeline.reading.reader import Reader, make_reader

ENCODER = MODEL_CHOICES["standard"][0]
TASKS: Mapping[str, tuple[str, ...]] = {
    "components": (COMPONENT, ARGUMENT, ROLE),
    "kind": (KIND,),
    "claims": (COMPONENT, ARGUMENT, ROLE, KIND),
    "west": (STANCE, RELEVANCE, LEANING),
    "stance": (STANCE, RELEVANCE, LEANING),
    "targeted": (POLARITY,),
}
"""What can be measured, and the questions each answers; ``claims`` and ``stance`` are groups."""
CLAIMS, TARGETED = ("components", "kind", "claims"), "targeted"
ALL = "all"
"""Of a split: every row."""
SHOWN = 0.5
"""The precision whose thresholds are shown where the settings ask for none."""


@dataclass(frozen=True)
class Plan:
    """What to measure, of which model, on which rows.

    Attributes:
        file: JSON lines as ``westward train`` reads them.
        split: of the rows.
        models: the folder of models; the usual places if not given.
        by_doc: also score each document.
        answers: a batch file that a language model has answered, in place of its server.
    """

    file: Path
    split: str
    models: Path | None
    settings: Settings
    by_doc: bool = False
    answers: Path | None = None

    def rows(self, task: str) -> list[LabelledRow]:
        """Return the rows of the split that have a label of the task.

        Raises:
            InputError: the file cannot be read, or has no such row; lists the splits found.
        """
        rows = (read_claim_rows if task in CLAIMS else read_stance_rows)([self.file])
        if task not in (*CLAIMS, TARGETED):
            rows = [row for row in rows if "stance" in row.labels]
        chosen = [row for row in rows if self.split in (row.split, ALL)]
        if not chosen:
            there = ", ".join(sorted({row.split for row in rows})) or "none"
            raise InputError(
                f'{self.file.name}: no row has the split "{self.split}"; splits found: {there}'
            )
        return [row for row in chosen if task != TARGETED or row.row.target is not None]

    def score(
        self,
        task: str,
        source: str,
        rows: Sequence[LabelledRow],
        asked: Sequence[Asked],
        *,
        holding_back: Mapping[str, HoldingBack] | None = None,
        n_failed: int = 0,
    ) -> Evaluation:
        """Score the questions of a task that a judge was asked on rows.

        Args:
            source: of the judge.
            holding_back: the judge's thresholds for abstention, by question.
            n_failed: rows that it gave no usable answer for.

        Raises:
            InputError: no row answers a question of the task.
        """
        held, seed = holding_back or {}, self.settings.seed
        questions = tuple(
            score_question(one, seed=seed, holding_back=held.get(one.question), by_doc=self.by_doc)
            for one in asked
            if one.question in TASKS[task]
        )
        if not questions:
            raise InputError(
                f"{self.file}: no row of the split {self.split} answers the question "
                f'"{TASKS[task][0]}"; expected annotated rows, see corpus/gold/labels.jsonl'
            )
        return Evaluation(
            task=task,
            model=source,
            files=(self.file.name,),
            split=self.split,
            n_rows=len(rows),
            n_docs=len({row.doc for row in rows}),
            seed=seed,
            questions=questions,
            n_failed=n_failed,
        )


def evaluate(task: str, plan: Plan) -> Evaluation:
    """Measure one of ``TASKS``, with baselines and with the thresholds for abstention.

    A file of ArgUNSC rows, whose definition of a claim is another, is judged by that definition.
    Of stance, rows without ``west`` are left out.

    Raises:
        InputError: a row is not as expected, none has the split, or none answers the question.
        ArtefactError: the model is missing or altered, or its thresholds are another model's.
        ConfigError: no thresholds are chosen for the precision that the settings ask for.
    """
    stage = plan.settings.claims if task in CLAIMS else plan.settings.stance
    if stage.model == LLM:
        return _evaluate_llm(task, plan)
    folder = find_model(stage.model, models=plan.models)
    rows = plan.rows(task)
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    source, asked = _ask(
        task, stage.model, rows, make_reader(plan.settings), models=plan.models, argunsc=argunsc
    )
    heads = {question: HEADS[question] for question in TASKS[task] if question in HEADS}
    # retrained heads have the one definition of a claim that they were trained on
    if COMPONENT in heads and argunsc and is_encoder(folder):
        heads[COMPONENT] = ARGUNSC_HEAD
    precision = stage.precision or SHOWN
    held = {
        question: HoldingBack(precision, found)
        for question, head in heads.items()
        if (found := read_thresholds(folder, head, precision=precision))
    }
    return plan.score(task, source, rows, asked, holding_back=held)


def _ask(
    task: str,
    name: str,
    rows: Sequence[LabelledRow],
    reader: Reader,
    *,
    models: Path | None = None,
    argunsc: bool = False,
) -> tuple[str, list[Asked]]:
    """Return the source of a model, and the questions that it was asked on rows."""
    if task in CLAIMS:
        claims = load_claims_judge(name, models=models, argunsc=argunsc)
        judged = claims.judge([row.row for row in rows], reader)
        return claims.source, ask_claims(judged, rows, reader)
    stance = load_stance_judge(name, models=models)
    if task == TARGETED:
        return stance.source, ask_targeted(stance, rows, reader)
    return stance.source, ask_stance(stance.judge(unmarked(rows), reader), rows, reader)


def _evaluate_llm(task: str, plan: Plan) -> Evaluation:
    """Measure the language model beside the encoder; rows without an answer are left out."""
    if task == TARGETED:
        raise ConfigError("a language model is not asked about marked targets; use west")
    settings, reader, rows = plan.settings, make_reader(plan.settings), plan.rows(task)
    table = reader.mentions.table
    judge = load_judge(settings.llm, settings.bloc.name, table, answers=plan.answers)
    places = [(row.row.place[0], row.row.date) for row in rows]
    wanted = list(dict.fromkeys(places))
    coded = dict(zip(wanted, judge.code(wanted), strict=True))
    codes = [coded[place][row.row.place[1]] for place, row in zip(places, rows, strict=True)]
    done = [row for row, one in zip(rows, codes, strict=True) if isinstance(one, Codes)]
    if not done:
        raise InputError(f"{plan.file}: {judge.source} gave no usable answer: {codes[0]}")
    judged = [one.judged for one in codes if isinstance(one, Codes)]
    if task in CLAIMS:
        asked = ask_claims([claim for claim, _ in judged], done, reader)
    else:
        asked = ask_stance([stance for _, stance in judged], done, reader)
    _, others = _ask(task, ENCODER, done, reader)
    beside = [_beside(one, others) for one in asked]
    return plan.score(task, judge.source, done, beside, n_failed=len(rows) - len(done))


def _beside(asked: Asked, others: Sequence[Asked]) -> Asked:
    """Return a question with the encoder's answers as a baseline's, where it was asked the same."""
    for other in others:
        if other.question == asked.question and other.gold == asked.gold:
            labels = [other.labels[i] for i in other.probabilities.argmax(axis=1)]
            return replace(asked, answers={**asked.answers, ENCODER: labels})
    return asked
