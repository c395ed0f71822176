"""What the tables over all interviews count, and which repeats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.write.facts import Fact, Holder, fact_of, without_repeats
from pipeline.write.lookup import Lookup
from pipeline.write.rows import stance_rows
from tests.write.conftest import build

FACT = Fact(
    interview_id="a",
    date="2024-05-06",
    turn_id="a.t1",
    who=Holder("own", "Minister", "speaker", "", "XX"),
    on=("NATO", "actor"),
    position="favor",
    spelling="Minister",
)
REPEATS = (
    FACT,
    replace(FACT, turn_id="a.t2"),
    replace(FACT, interview_id="b", date="2024-05-12"),
    replace(FACT, interview_id="c", date="2024-05-13"),
    replace(FACT, interview_id="d", date="2024-06-01"),
    replace(FACT, interview_id="e", date="2025-01-01"),
)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("include", "aabcde"),
        ("document", "abcde"),
        ("week", "acde"),
        ("month", "ade"),
        ("year", "ae"),
        ("acrossrange", "a"),
    ],
)
def test_repeats_count_once_in_what_the_rule_names(rule: str, left: str) -> None:
    kept = without_repeats(REPEATS, rule)  # type: ignore[arg-type]
    assert "".join(fact.interview_id for fact in kept) == left


@pytest.mark.parametrize(
    ("rule", "date"), [("week", "2024-05"), ("month", "2024"), ("year", ""), ("week", "")]
)
def test_where_the_date_is_not_exact_enough_a_repeat_counts_once_a_document(
    rule: str, date: str
) -> None:
    facts = [replace(FACT, interview_id=name, date=date) for name in "aab"]
    kept = without_repeats(facts, rule)  # type: ignore[arg-type]
    assert [fact.interview_id for fact in kept] == ["a", "b"]


@pytest.mark.parametrize(
    "other",
    [
        replace(FACT, position="against"),
        replace(FACT, on=("NATO", "words")),
        replace(FACT, who=FACT.who._replace(voice="attributed")),
        replace(FACT, who=FACT.who._replace(country="YY")),
    ],
)
def test_another_position_target_voice_or_holder_is_no_repeat(other: Fact) -> None:
    assert list(without_repeats([FACT, other], "acrossrange")) == [FACT, other]


def test_words_are_one_holder_in_any_case_and_actors_by_name() -> None:
    row = next(stance_rows(Lookup(build()))) | {"voice": "attributed"}
    names = [
        fact_of({**row, "holder_kind": kind, "holder_name": name}).who.name
        for kind, name in (
            ("words", "The opposition"),
            ("words", "the opposition"),
            ("actor", "Russia"),
        )
    ]
    assert names == ["the opposition", "the opposition", "Russia"]


def test_facts_are_those_of_the_rows_of_stances() -> None:
    facts = [fact_of(row) for row in stance_rows(Lookup(build()))]
    analyst = Holder("own", "Analyst (x.s2)", "speaker", "", "XX")
    assert [(fact.who, fact.on, fact.position) for fact in facts] == [
        (analyst, ("NATO", "actor"), "favor"),
        (analyst, ("European Union", "actor"), "against"),
        (analyst, ("the sanctions", "words"), "neutral"),
        (Holder("attributed", "Russia", "actor", "", ""), ("the sanctions", "words"), "against"),
        (analyst, ("European Union", "actor"), "favor"),
        (analyst, ("(only meant)", "unnamed"), "abstained"),
    ]
