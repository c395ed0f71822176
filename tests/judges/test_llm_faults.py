"""Each fault of a server ends in right codes or a stated reason, after few requests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pipeline.errors import ConfigError, WestwardError
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.reading.rows import Answer
from tests.judges.llm_server import Answer as Response
from tests.judges.llm_server import StubServer, code, right, sentences, slow

pytestmark = pytest.mark.slow

TALK = (
    Answer("Does it hold?", ("NATO broke its word.", "Moscow says that NATO lies.", "Thank you.")),
    None,
)
SHORT = 0.3
JudgeFor = Callable[..., LanguageJudge]


def first_time(fault: Callable[[Mapping[str, Any]], Response]) -> Callable[..., Response]:
    """The fault on the first request, the right answer afterwards."""

    def answer(body: Mapping[str, Any], times: int) -> Response:
        first = not times and len(body["messages"]) == 2
        return fault(body) if first else right(body)

    return answer


def changed(number: str, **values: Any) -> Callable[[Mapping[str, Any]], Response]:
    """The right answer with other values in one sentence."""

    def answer(body: Mapping[str, Any], times: int = 0) -> Response:
        codes = {n: code(text) for n, text in sentences(body).items()}
        return 200, {}, json.dumps({n: {**one, **(values if n == number else {})}
                                    for n, one in codes.items()})  # fmt: skip

    return answer


def without_second(body: Mapping[str, Any], times: int = 0) -> Response:
    codes = {n: code(text) for n, text in sentences(body).items() if n != "2"}
    return 200, {}, json.dumps(codes)


def truncated(body: Mapping[str, Any], times: int = 0) -> Response:
    _, _, content = right(body)
    return 200, {}, content[: content.index('"2"') + 20]


def malformed(body: Mapping[str, Any], times: int = 0) -> Response:
    return 200, {}, "I think that the first sentence is a claim."


def no_json(body: Mapping[str, Any], times: int = 0) -> Response:
    return 200, {}, b"<html>"


def refusing(body: Mapping[str, Any], times: int = 0) -> Response:
    return 422, {}, {"error": {"message": "not this text"}}


def broken(body: Mapping[str, Any], times: int = 0) -> Response:
    return 503, {}, b"busy"


def limited(body: Mapping[str, Any], times: int = 0) -> Response:
    return 429, {"Retry-After": "0.05"}, {"error": {"message": "slow down"}}


@pytest.mark.parametrize(
    "fault",
    [
        malformed, truncated, without_second, no_json, broken, limited, slow,
        changed("1", c="X"), changed("1", w="maybe"), changed("1", t="the Alliance of the West"),
        changed("2", r=[{"h": "Beijing", "m": "", "s": "-"}]), changed("3", k=None, c="C"),
    ],
    ids=[
        "malformed", "truncated", "missing", "no-json", "5xx", "429", "slow", "component",
        "stance", "target", "holder", "kind",
    ],
)  # fmt: skip
def test_a_fault_that_passes_ends_in_the_right_codes(
    stub: StubServer, judge_for: JudgeFor, fault: Callable[..., Response]
) -> None:
    stub.fault = first_time(lambda body: fault(body, 0))
    coded = judge_for(timeout=SHORT if fault is slow else 10.0).code([TALK])[0]
    if fault is no_json:
        assert coded == ["the response is not in the OpenAI form"] * 3
    else:
        assert [one.stance for one in coded if isinstance(one, Codes)] == [
            "against",
            "against",
            "none",
        ]


@pytest.mark.parametrize(
    ("fault", "reason", "failed"),
    [
        (malformed, "is missing", [0, 1, 2]),
        (truncated, "is missing", [1, 2]),
        (without_second, "is missing", [1]),
        (changed("1", c="X"), '"c" is "X"; expected one of C, P, N', [0]),
        (changed("2", t="Nato's"), '"t" is "Nato\'s", which is not in the sentence', [1]),
        (refusing, "the server refused (HTTP 422: not this text)", [0, 1, 2]),
        (broken, "the server refused (HTTP 503: busy), 5 times", [0, 1, 2]),
        (limited, "the server refused (HTTP 429: slow down), 5 times", [0, 1, 2]),
        (slow, "no answer in time, 5 times", [0, 1, 2]),
    ],
)
def test_a_fault_that_stays_fails_its_sentences_alone_and_says_why(
    stub: StubServer, judge_for: JudgeFor, fault: Any, reason: str, failed: list[int]
) -> None:
    stub.fault = fault
    coded = judge_for(timeout=SHORT if fault is slow else 10.0).code([TALK])[0]
    assert len(stub.asked) <= 5
    assert [i for i, one in enumerate(coded) if isinstance(one, str)] == failed
    assert {one for one in coded if isinstance(one, str)} == {reason}


@pytest.mark.parametrize("fault", [malformed, truncated, no_json, broken, changed("1", c="X")])
def test_what_failed_is_asked_again_by_the_next_run_and_nothing_else(
    stub: StubServer, judge_for: JudgeFor, fault: Any
) -> None:
    other = (Answer("And?", ("Grain is dear.",)), None)
    judge_for().code([other])
    stub.fault = fault
    failed = judge_for().code([TALK, other])
    assert any(isinstance(one, str) for one in failed[0])
    stub.fault, asked = right, len(stub.asked)
    again = judge_for().code([TALK, other])
    assert all(isinstance(one, Codes) for one in again[0])
    assert len(stub.asked) == asked + 1
    assert judge_for().code([TALK, other]) == again
    assert len(stub.asked) == asked + 1


def test_the_repair_states_the_faults_and_asks_for_the_faulty_sentences_alone(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    stub.fault = first_time(changed("2", w="maybe"))
    judge_for().code([TALK])
    repair = stub.asked[1]["messages"][3]["content"]
    assert 'sentence 2: "w" is "maybe"; expected one of +, -, 0, n' in repair
    assert list(stub.asked[1]["response_format"]["json_schema"]["schema"]["properties"]) == ["2"]


@pytest.mark.parametrize("named", ["response_format", "logprobs", "temperature", "max_tokens"])
def test_what_a_server_refuses_is_left_out_from_then_on(
    stub: StubServer, judge_for: JudgeFor, named: str
) -> None:
    def picky(body: Mapping[str, Any], times: int) -> Response:
        return (400, {}, {"error": f"unknown field {named}"}) if named in body else right(body)

    stub.fault = picky
    judge = judge_for()
    assert all(isinstance(one, Codes) for one in judge.code([TALK])[0])
    before = len(stub.asked)
    judge.code([(Answer("Again?", TALK[0].units), None)])
    assert len(stub.asked) == before + 1


def test_a_key_that_is_refused_stops_the_run_at_once_and_is_shown_nowhere(
    stub: StubServer, judge_for: JudgeFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUB_KEY", "sk-secret-words")
    stub.fault = lambda body, times: (401, {}, {"error": {"message": "bad key sk-secret-words"}})
    judge = judge_for(key_env="STUB_KEY", parallel=1)
    with pytest.raises(WestwardError, match=r"key is refused \(HTTP 401: bad key \[key\]\)"):
        judge.code([TALK, (Answer("And?", ("It rains.",)), None)])
    assert stub.keys == ["Bearer sk-secret-words"]


def test_a_server_that_is_not_there_is_an_error_that_says_what_to_do(judge_for: JudgeFor) -> None:
    with pytest.raises(WestwardError, match=r"start the server, or set llm\.base_url"):
        judge_for(base_url="http://127.0.0.1:9/v1").code([TALK])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"base_url": "https://api.example.org/v1"}, "add --send-text"),
        ({"base_url": "http://127.0.0.1.example.org/v1"}, "add --send-text"),
        ({"base_url": "http://me:secret@127.0.0.1/v1"}, r"llm\.base_url"),
        ({"base_url": "ftp://127.0.0.1"}, r"llm\.base_url"),
        ({"model": ""}, "no language model is named"),
        ({"key_env": "NOT_THERE_KEY"}, "NOT_THERE_KEY is not set, or holds no key"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    judge_for: JudgeFor, values: dict[str, str], words: str
) -> None:
    with pytest.raises(ConfigError, match=words) as error:
        judge_for(**values)
    assert "secret" not in str(error.value)


def test_a_key_in_place_of_its_name_is_refused_and_not_printed(judge_for: JudgeFor) -> None:
    with pytest.raises(ConfigError, match=r"llm\.key_env") as error:
        judge_for(key_env="sk-secret")
    assert "secret" not in str(error.value)
