"""The check of an answer, the probabilities of its labels, and the vote of samples."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from pipeline.judges.llm.answer import (
    MOST_CHOICES,
    Codes,
    label_shares,
    read_answer,
    schema_of,
    strict_schema,
    vote,
)
from tests.judges.llm_server import code

TEXT = {1: "Moscow calls NATO a threat."}


def answer(**values: Any) -> str:
    return json.dumps({"1": {**code(TEXT[1]), **values}})


def test_words_are_found_where_only_case_and_blanks_differ() -> None:
    found, _ = read_answer(answer(t="moscow  CALLS"), TEXT)
    assert found[1].target == (0, 12)


def test_words_around_the_object_are_ignored() -> None:
    found, faults = read_answer(f"```json\n{answer()}\n```", TEXT)
    assert found[1].component == "claim"
    assert not faults


def test_a_sentence_that_is_there_twice_is_a_fault() -> None:
    once = json.dumps(code(TEXT[1]))
    assert read_answer(f'{{"1":{once},"1":{once}}}', TEXT)[1] == {1: "is there more than once"}


def test_a_number_that_was_not_asked_for_is_ignored() -> None:
    once = json.dumps(code(TEXT[1]))
    found, faults = read_answer(f'{{"7":{once},"1":{once}}}', TEXT)
    assert list(found) == [1]
    assert not faults


def test_what_is_nested_too_deep_is_a_fault_and_no_crash() -> None:
    assert read_answer('{"1":' + "[" * 100_000, TEXT)[1] == {1: "is missing"}


def test_the_kind_of_what_is_no_claim_is_dropped() -> None:
    assert read_answer(answer(c="P", k="F"), TEXT)[0][1].kind is None


def token(text: str, **alternatives: float) -> dict[str, Any]:
    top = [{"token": one, "logprob": math.log(p)} for one, p in alternatives.items()]
    return {"token": text, "top_logprobs": top}


def test_probabilities_come_from_the_tokens_of_the_labels() -> None:
    tokens = [
        token('{"1":{"c'), token('":"'), token("C", C=0.6, P=0.2, X=0.2), token('","k":"'),
        token("F", F=0.9, V=0.1), token('","w'), token('":"-', **{'":"-': 0.5, '":"+': 0.25}),
        token('","t":"x \\"w\\":\\"n\\" "}}'),
    ]  # fmt: skip
    content = "".join(one["token"] for one in tokens)
    shares = label_shares(content, tokens)["1"]
    assert shares["c"] == {"claim": 0.75, "premise": 0.25, "none": 0.0}
    assert shares["k"] == {"fact": 0.9, "value": 0.1, "policy": 0.0}
    assert shares["w"] == {"favor": 0.3333, "against": 0.6667, "neutral": 0.0, "none": 0.0}


def test_tokens_of_another_text_give_no_probabilities() -> None:
    assert label_shares("{}", [token("{"), token("[]")]) == {}


def test_the_most_frequent_stance_of_samples_counts_and_brings_its_target() -> None:
    given = [Codes("claim", "fact", stance, target, "") for stance, target in
             (("neutral", None), ("against", (0, 6)), ("against", (0, 6)))]  # fmt: skip
    best = vote(given)
    assert (best.stance, best.target) == ("against", (0, 6))
    assert best.shares["w"] == {"favor": 0.0, "against": 0.6667, "neutral": 0.3333, "none": 0.0}


def test_half_a_character_does_not_reach_the_records() -> None:
    given = answer(t="", m="x").replace('"x"', '"\\ud800"')
    assert read_answer(given, TEXT)[0][1].meant == "?"


def test_a_second_answer_can_only_copy_words_of_its_sentence() -> None:
    schema = strict_schema(TEXT)["properties"]["1"]["properties"]
    assert schema["t"]["enum"][:3] == ["", "Moscow", "Moscow calls"]
    holders = schema["r"]["items"]["properties"]["h"]["enum"]
    assert {"Moscow", "NATO", "a threat"} <= set(holders)
    assert all(words in TEXT[1] for words in holders)


def test_a_target_longer_than_its_sentence_is_a_fault_and_no_pattern() -> None:
    fault = read_answer(answer(t="a b" * 2_000_000), TEXT)[1][1]
    assert fault.endswith("which is not in the sentence")
    assert len(fault) < 200


def test_a_sentence_has_a_limit_of_reports_and_of_the_length_of_names() -> None:
    report = {"h": "NATO", "m": "", "s": "-"}
    assert read_answer(answer(r=[report] * 21), TEXT)[1] == {1: '"r" has more than 20 reports'}
    long = read_answer(answer(m="x" * 201), TEXT)[1]
    assert long == {1: '"m" is longer than 200 characters'}


def test_a_name_has_no_sign_that_controls_a_terminal() -> None:
    assert (
        read_answer(answer(m="NA\x1b[2J\u202eTO\nx"), TEXT)[0][1].meant == "NA\ufffd[2J\ufffdTO x"
    )
    assert "\x9b" not in read_answer(answer(t="\x9b2J"), TEXT)[1][1]


@pytest.mark.parametrize("power", [1e300, math.nan, math.inf, 10**400, None, "x", 5])
def test_a_log_probability_that_is_none_gives_no_share(power: Any) -> None:
    tokens = [
        token('{"1":{"c":"'),
        {"token": "C", "top_logprobs": [{"token": "C", "logprob": power}]},
    ]
    assert label_shares('{"1":{"c":"C', tokens) == {}


def test_many_sentences_have_fewer_choices_and_too_many_have_none() -> None:
    long = " ".join(f"w{n}" for n in range(20))
    some = strict_schema(dict.fromkeys(range(1, 11), long))["properties"]
    assert sum(len(one["properties"]["t"]["enum"]) - 1 for one in some.values()) <= MOST_CHOICES
    many = dict.fromkeys(range(1, 41), long)
    assert strict_schema(many) == schema_of(many)
