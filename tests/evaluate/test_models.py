"""Evaluation answers for the right model, beside baselines, and renders without colour."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.config import Settings
from pipeline.errors import ArtefactError, InputError
from pipeline.evaluate.models import Plan, evaluate
from pipeline.evaluate.scores import Abstention, DocScore, Evaluation, Kept
from pipeline.evaluate.tables import render
from tests.rows import argunsc_rows, claim_rows, stance_rows


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Evaluation:
    folder = tmp_path_factory.mktemp("models")
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in claim_rows()), encoding="utf8")
    return evaluate("claims", Plan(path, "dev", None, settings))


def rendered(evaluation: Evaluation) -> str:
    stream = io.StringIO()
    Console(file=stream, width=140, no_color=True).print(render(evaluation))
    return stream.getvalue()


def test_baselines_are_scored_with_the_model(evaluation: Evaluation) -> None:
    score = evaluation.question("component")
    assert [baseline.name for baseline in score.baselines] == ["majority", "lexicon"]
    majority = score.baselines[0].macro_f1.value
    assert majority == pytest.approx((2 * 3 / (3 + 5)) / 3, abs=1e-4)
    assert majority < score.macro_f1.value


def test_it_survives_a_round_trip_through_json(evaluation: Evaluation) -> None:
    assert Evaluation.model_validate_json(evaluation.model_dump_json()) == evaluation


def test_it_renders_each_question_without_colour(evaluation: Evaluation) -> None:
    text = rendered(evaluation)
    assert all(f"{score.question}: gold in rows" in text for score in evaluation.questions)
    assert "\x1b" not in text


@pytest.mark.parametrize(("n_docs", "doubted"), [(1, True), (4, True), (5, False)])
def test_an_interval_over_few_documents_is_doubted(
    evaluation: Evaluation, n_docs: int, doubted: bool
) -> None:
    text = rendered(evaluation.model_copy(update={"n_docs": n_docs}))
    plural = "s" * (n_docs != 1)
    assert (f"an interval over {n_docs} document{plural} says little" in text) is doubted


def test_argunsc_rows_are_judged_by_the_head_of_their_definition(
    write_rows: Any, settings: Settings
) -> None:
    claims = settings.claims.model_copy(update={"precision": 0.8})
    sure = settings.model_copy(update={"claims": claims})
    own = evaluate("components", Plan(write_rows(claim_rows()), "dev", None, sure))
    theirs = evaluate("components", Plan(write_rows(argunsc_rows()), "dev", None, sure))
    assert own.questions[0].calibration_error != theirs.questions[0].calibration_error
    thresholds = [one.questions[0].abstention for one in (own, theirs)]
    assert all(thresholds)
    assert thresholds[0] != thresholds[1]


def test_a_split_that_is_not_there_is_an_error(write_rows: Any, settings: Settings) -> None:
    path = write_rows(stance_rows())
    with pytest.raises(InputError, match='no row has the split "test"; splits found: dev, train'):
        evaluate("stance", Plan(path, "test", None, settings))


def test_a_model_that_is_not_there_is_an_error(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    rows = write_rows(stance_rows())
    mine = settings.model_copy(
        update={"stance": settings.stance.model_copy(update={"model": "mine"})}
    )
    with pytest.raises(ArtefactError, match='model "mine" not found; searched'):
        evaluate("stance", Plan(rows, "dev", tmp_path, mine))


@pytest.mark.parametrize(
    ("task", "questions"),
    [
        ("components", ["component", "argument or not", "claim or premise of gold arguments"]),
        ("kind", ["kind of gold claims"]),
        ("west", ["stance", "relevance", "polarity of gold relevant"]),
        ("targeted", ["polarity"]),
    ],
)
def test_a_task_answers_its_questions(
    write_rows: Any, settings: Settings, task: str, questions: list[str]
) -> None:
    path = write_rows(claim_rows() if task in ("components", "kind") else stance_rows())
    found = evaluate(task, Plan(path, "dev", None, settings, by_doc=True))
    assert found.task == task
    assert [score.question for score in found.questions] == questions
    assert [score.doc for score in found.questions[0].by_doc] == ["d4"]


def test_a_task_without_rows_is_an_error(write_rows: Any, settings: Settings) -> None:
    path = write_rows([{**row, "kind": None} for row in claim_rows()])
    with pytest.raises(
        InputError, match=r'no row of the split dev answers .*"kind of gold claims"'
    ):
        evaluate("kind", Plan(path, "dev", None, settings))


def test_it_renders_abstention_and_documents(evaluation: Evaluation, settings: Settings) -> None:
    held = Abstention(
        target=0.7, coverage=0.8, accuracy=0.9,
        labels=(Kept(label="claim", threshold=0.6, predicted=10, kept=8, precision=0.9),),
    )  # fmt: skip
    doc = DocScore(doc="harbour-talk", n_rows=5, macro_f1=0.2, accuracy=0.4, worst="a > b (3)")
    first = evaluation.questions[0].model_copy(update={"abstention": held, "by_doc": (doc,)})
    shown = evaluation.model_copy(update={"questions": (first,)})
    text = rendered(shown)
    assert "thresholds for a precision of .700" in text
    assert "harbour-talk" in text
    assert "a > b (3)" in text
