"""The claims stage judges answers, says so in records, and does not know who speaks."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.judges.judgement import ClaimJudgement
from pipeline.judges.loader import load_claims_judge
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import judged_rows
from pipeline.records import Speaker
from pipeline.stage import apply
from pipeline.stages.claims import Claims
from tests.stages.interviews import interview_of

TURNS = (
    ("host", "question", ("Why did the talks fail?", "Tell us.")),
    ("guest", "answer", ("Thank you very much.", "We must end the sanctions.", "They harm us.")),
    ("host", "aside", ("We take a short break.",)),
    ("guest", "statement", ("The war was a terrible mistake.",)),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return make_reader(load_settings())


@pytest.fixture(scope="module")
def stage(reader: Reader) -> Claims:
    return Claims(load_claims_judge("encoder-small"), reader)


def test_only_units_of_answers_and_statements_are_judged(stage: Claims) -> None:
    claims = stage.annotate(interview_of(TURNS))["claims"]
    assert [claim.unit_id for claim in claims] == ["t.t1.u0", "t.t1.u1", "t.t1.u2", "t.t3.u0"]


def test_context_stays_inside_the_turn() -> None:
    rows = [row for _, row in judged_rows(interview_of(TURNS))]
    assert (rows[0].context_before, rows[0].context_after) == ("", "We must end the sanctions.")
    assert (rows[2].context_before, rows[2].context_after) == ("We must end the sanctions.", "")
    assert rows[3].context_before == ""


def test_the_question_is_the_turn_that_is_answered() -> None:
    rows = [row for _, row in judged_rows(interview_of(TURNS))]
    assert rows[0].question == "Why did the talks fail? Tell us."
    assert rows[3].question == ""


def test_plain_cases(stage: Claims) -> None:
    claims = stage.annotate(interview_of(TURNS))["claims"]
    assert [claim.component for claim in claims[:2]] == ["none", "claim"]
    assert [claim.kind for claim in claims[:2]] == [None, "policy"]


def test_the_probability_is_that_of_the_component_and_all_sum_to_one(stage: Claims) -> None:
    for claim in stage.annotate(interview_of(TURNS))["claims"]:
        assert claim.probability == max(claim.probabilities.values())
        assert claim.probability == claim.probabilities[claim.component]
        assert sum(claim.probabilities.values()) == pytest.approx(1.0, abs=1e-3)


def test_the_source_names_model_and_version(stage: Claims) -> None:
    sources = {claim.source for claim in stage.annotate(interview_of(TURNS))["claims"]}
    assert sources == {"model:encoder-small@1.1.1"}


def test_another_speaker_gets_the_same_labels(stage: Claims) -> None:
    other = Speaker(id="t.s1", role="other", name="B", affiliation="NATO", country="Russia")
    assert stage.annotate(interview_of(TURNS)) == stage.annotate(interview_of(TURNS, guest=other))


def test_an_interview_without_answers_has_an_empty_layer(stage: Claims) -> None:
    assert apply(stage, interview_of(TURNS[:1])).claims == ()


def test_only_a_claim_has_a_kind() -> None:
    kinds = {"fact": 0.1, "value": 0.8, "policy": 0.1}
    components = {"claim": 0.6, "premise": 0.3, "none": 0.1}
    assert ClaimJudgement(components, kinds).kind == "value"
    assert ClaimJudgement({**components, "premise": 0.9}, kinds).kind is None
    assert ClaimJudgement(components, None).kind is None
