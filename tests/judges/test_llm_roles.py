"""Who speaks, asked of a language model: only roles and what follows from them may change."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.judges.llm.judge import Answers
from pipeline.judges.llm.roles import OPENING, TURNS, RoleReview
from pipeline.notices import sentence
from pipeline.records import Interview
from tests.judges.llm_server import StubServer
from tests.stages.interviews import interview_of

pytestmark = pytest.mark.slow

SWAPPED = {"S1": "respondent", "S2": "interviewer"}
TALK = interview_of(
    [
        ("host", "statement", ["The alliance kept the peace for years, and it will keep it."]),
        ("guest", "question", ["And who paid for all of that in the end?"]),
        ("host", "statement", ["We did, and gladly, since the peace was worth the money."]),
    ]
)
DOUBTFUL = TALK.model_copy(update={"convention_confidence": 0.5, "units": None})


@pytest.fixture
def review(stub: StubServer, settings_for: Callable[..., Any]) -> Callable[..., Interview]:
    """Reviews an interview with a server that gives one answer."""

    def make(answer: Any, interview: Interview = DOUBTFUL) -> Interview:
        content = answer if isinstance(answer, str) else json.dumps(answer)
        stub.fault = lambda body, times: (200, {}, {"choices": [{"message": {"content": content}}]})
        return RoleReview(Answers(settings_for())).review(interview)

    return make


def test_roles_kinds_and_links_change_and_no_word(review: Callable[..., Interview]) -> None:
    found = review(SWAPPED)
    assert [one.role for one in found.speakers] == ["respondent", "interviewer"]
    assert [one.kind for one in found.turns] == ["statement", "question", "answer"]
    assert [one.answers for one in found.turns] == [None, None, "t.t1"]
    assert [one.text for one in found.turns] == [one.text for one in DOUBTFUL.turns]
    assert [one.speaker_id for one in found.turns] == [one.speaker_id for one in DOUBTFUL.turns]
    (warning,) = found.warnings
    assert "to be checked: t.s0 is respondent, A guest is interviewer" in sentence(warning)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("the host asks", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ({"S1": "respondent"}, "does not have each speaker once"),
        ({**SWAPPED, "S3": "other"}, "does not have each speaker once"),
        ({**SWAPPED, "S1": "chair"}, "somebody who asks and who answers"),
        ({**SWAPPED, "S1": ["respondent"]}, "somebody who asks and who answers"),
        ({"S1": "other", "S2": "interviewer"}, "somebody who asks and who answers"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing_and_warns(
    review: Callable[..., Interview], answer: Any, why: str
) -> None:
    found = review(answer)
    assert why in sentence(found.warnings[0])
    assert found.model_copy(update={"warnings": ()}) == DOUBTFUL


def test_an_answer_that_does_not_fit_is_not_kept(review: Callable[..., Interview]) -> None:
    review("the host asks")
    assert [one.role for one in review(SWAPPED).speakers] == ["respondent", "interviewer"]


def test_a_transcript_that_is_not_doubtful_is_not_asked_about(
    stub: StubServer, review: Callable[..., Interview]
) -> None:
    assert review(SWAPPED, TALK) == TALK
    assert not stub.asked


def test_it_is_asked_once_and_shown_openings_alone(
    stub: StubServer, review: Callable[..., Interview]
) -> None:
    long = [("host", "statement", ["x" * 999]), ("guest", "question", ["Why?"])] * TURNS
    talk = interview_of(long).model_copy(update={"convention_confidence": 0.5})
    assert review(SWAPPED, talk) == review(SWAPPED, talk)
    (body,) = stub.asked
    shown = body["messages"][1]["content"].splitlines()
    assert len(shown) == 2 + TURNS
    assert max(map(len, shown)) == len("S1 says: ") + OPENING
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["S1", "S2"]
