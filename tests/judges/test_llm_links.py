"""Links in a language model's answer: the code, its faults, circles, the vote of samples."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pipeline.judges.llm.answer import Codes, read_answer, schema_of, strict_schema
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.judges.llm.links import Link, settle, vote
from pipeline.reading.rows import Answer
from pipeline.records import Component
from tests.judges.llm_server import Answer as Response
from tests.judges.llm_server import StubServer, code, sentences

JudgeFor = Callable[..., LanguageJudge]
NONE, TO_1, TO_2, AGAINST_1 = Link(), Link("support", 1), Link("support", 2), Link("attack", 1)
TEXTS = {1: "NATO moved.", 2: "It rained."}


def answer(**values: Any) -> str:
    return json.dumps({"1": code(TEXTS[1]), "2": {**code(TEXTS[2]), **values}})


@pytest.mark.parametrize(("said", "link"), [("", NONE), ("s1", TO_1), ("a1", AGAINST_1)])
def test_a_code_is_a_kind_with_the_number_of_the_parent(said: str, link: Link) -> None:
    assert read_answer(answer(l=said), TEXTS)[0][2].link == link


@pytest.mark.parametrize(
    "said", ["s2", "s3", "s0", "x1", "1", 1, "s-1", "s1 ", "s\u0661", ["s1"], "s" * 99]
)
def test_what_is_no_link_to_another_sentence_is_a_fault(said: Any) -> None:
    found, faults = read_answer(answer(l=said), TEXTS)
    assert list(found) == [1]
    assert faults[2].startswith('"l" is ')
    assert faults[2].endswith('expected s or a with the number of another numbered sentence, or ""')


def test_an_answer_without_links_keeps_its_other_codes() -> None:
    codes = code(TEXTS[2])
    del codes["l"]
    found, faults = read_answer(json.dumps({"1": codes, "2": codes}), TEXTS)
    assert not faults
    assert [one.link for one in found.values()] == [None, None]
    assert found[1].component == "claim"


def test_a_sentence_that_is_no_argument_is_not_linked_whatever_is_said() -> None:
    assert read_answer(answer(c="N", l="s9"), TEXTS)[0][2].link == NONE


@pytest.mark.parametrize("schema", [schema_of((2,), (1, 2)), strict_schema({2: "B"}, (1, 2))])
def test_a_schema_has_the_links_to_all_sentences_of_the_request(schema: dict[str, Any]) -> None:
    assert list(schema["properties"]) == ["2"]
    assert schema["$defs"]["link"]["enum"] == ["", "s1", "a1", "s2", "a2"]
    for sentence in (schema["properties"]["2"], schema["$defs"].get("sentence", {})):
        assert "$ref" in sentence or not sentence or "l" in sentence["required"]


def settled(links: list[Link | None], components: str = "CCCC") -> list[Link | None]:
    """Links settled; components are C, P or N, and - of a sentence that failed."""
    names: dict[str, Component] = {"C": "claim", "P": "premise", "N": "none"}
    known = {n: names[one] for n, one in enumerate(components, start=1) if one in names}
    found = settle({n: one for n, one in enumerate(links, start=1) if n in known}, known)
    return list(found.values())


def test_a_link_to_or_from_what_is_no_argument_is_dropped() -> None:
    sure = Link("support", 1, 0.8)
    assert settled([NONE, sure], "CC") == [NONE, sure]
    assert settled([NONE, sure], "NC") == settled([NONE, sure], "CN") == [NONE, NONE]


def test_a_sentence_linked_to_one_that_failed_has_no_answer() -> None:
    assert settled([None, TO_1, TO_2], "-CC") == [None, TO_2]


def test_a_circle_is_broken_at_its_last_link() -> None:
    into = Link("support", 3)
    assert settled([TO_2, into, TO_1, into]) == [TO_2, into, NONE, into]
    assert settled([TO_2, AGAINST_1]) == [TO_2, NONE]


def test_a_circle_is_broken_at_its_least_probable_link() -> None:
    weak, sure = Link("support", 2, 0.4), Link("support", 1, 0.6)
    assert settled([weak, sure]) == [NONE, sure]


def test_every_circle_is_broken_and_chains_stay() -> None:
    to_4, to_3 = Link("support", 4), Link("attack", 3)
    assert settled([TO_2, TO_1, to_4, to_3]) == [TO_2, NONE, to_4, NONE]
    assert settled([TO_2, to_3, to_4, NONE]) == [TO_2, to_3, to_4, NONE]


def test_the_parent_of_most_samples_counts_and_its_share_is_the_probability() -> None:
    assert vote([TO_1, TO_2, AGAINST_1, AGAINST_1, NONE]) == Link("attack", 1, 0.6)
    assert vote([NONE, TO_1, NONE]) == Link("none", 0, 0.6667)
    assert vote([TO_2, TO_1]) == Link("support", 2, 0.5)
    assert vote([None, TO_1]) == Link("support", 1, 1.0)
    assert vote([None, None]) is None


def linked(*said: str) -> Callable[[Mapping[str, Any], int], Response]:
    """An answer that links the sentences of a request by these codes, in order."""

    def fault(body: Mapping[str, Any], times: int) -> Response:
        asked = sentences(body)
        given = {n: {**code(text), "l": said[int(n) - 1]} for n, text in asked.items()}
        return 200, {}, json.dumps(given)

    return fault


def links_of(judge: LanguageJudge, *units: str) -> list[Link | str | None]:
    (coded,) = judge.code([(Answer("Why?", units), None)])
    return [one.link if isinstance(one, Codes) else one for one in coded]


def test_parents_are_counted_in_the_whole_answer(stub: StubServer, judge_for: JudgeFor) -> None:
    stub.fault = linked("", "a1")
    found = links_of(judge_for(sentences=2), "One.", "Two.", "Three.", "Four.")
    assert found == [NONE, AGAINST_1, NONE, Link("attack", 3)]


def test_a_link_that_is_a_fault_is_asked_for_again_and_may_reach_any_sentence(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    def repaired(body: Mapping[str, Any], times: int) -> Response:
        return linked("", "s2" if len(body["messages"]) == 2 else "s1")(body, times)

    stub.fault = repaired
    assert links_of(judge_for(), "One.", "Two.") == [NONE, TO_1]
    assert '- sentence 2: "l" is "s2"; expected' in stub.asked[1]["messages"][3]["content"]


def test_samples_vote_for_the_parent(stub: StubServer, judge_for: JudgeFor) -> None:
    stub.fault = lambda body, times: linked("", "" if times == 1 else "s1")(body, times)
    found = links_of(judge_for(samples=3, temperature=0.7), "One.", "Two.")
    assert found == [Link("none", 0, 1.0), Link("support", 1, 0.6667)]
