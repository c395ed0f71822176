"""The tables over all interviews: facts in, exact rows out, and which facts repeat others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.actors import load_actors
from pipeline.config import Inferred
from pipeline.tables.counts import Row
from pipeline.tables.identity import Holder
from pipeline.tables.lookup import Lookup, Position
from pipeline.tables.rows import stance_rows
from pipeline.tables.totals import (
    Fact,
    facts_of,
    holder_rows,
    position_rows,
    target_rows,
    total_rows,
    without_repeats,
)
from tests.built import build

ACTORS = load_actors()
MINISTER = Holder("own", "Minister", "speaker", "the ministry", "NA")
RUSSIA = Holder("attributed", "Russia", "actor", "", "")


def fact(
    who: Holder = MINISTER,
    target: str = "NATO",
    position: Position = "favor",
    *,
    interview: str = "a",
    date: str = "2024",
    turn: int = 1,
    spelling: str | None = None,
) -> Fact:
    on, turn_id = (target, "actor"), f"{interview}.t{turn}"
    return Fact(interview, date, turn_id, who, on, position, spelling or who.name)


def positions(*facts: Fact) -> list[Row]:
    return list(position_rows(facts, duplicates="include", inferred="exclude", actors=ACTORS))


def test_a_position_is_a_holder_by_a_target() -> None:
    (row,) = positions(
        fact(),
        fact(position="against", turn=2),
        fact(position="neutral", interview="b", date="2025-03"),
        fact(position="abstained", interview="b", date="2025-03"),
    )
    assert row == {
        "voice": "own", "holder_id": "speaker:Minister, the ministry, NA", "holder": "Minister",
        "holder_kind": "speaker", "affiliation": "the ministry", "country": "NA",
        "country_iso3": "NAM", "country_wikidata": "Q1030", "target": "NATO",
        "target_kind": "actor", "target_wikidata": "Q7184", "target_iso2": None,
        "target_iso3": None,
        "interviews": 2, "first_date": "2024", "last_date": "2025-03", "turns": 3,
        "duplicates": "include", "n": 4, "favor": 1, "against": 1, "neutral": 1, "abstained": 1,
        "decided": 3, "share_favor": 0.3333, "share_against": 0.3333, "share_neutral": 0.3333,
        "share_abstained": 0.25, "net": 0.0, "inferred": 0, "net_low": None, "net_high": None,
    }  # fmt: skip


def test_voices_and_targets_have_rows_of_their_own_own_voices_first() -> None:
    other = MINISTER._replace(name="Ambassador")
    rows = positions(fact(RUSSIA), fact(target="EU"), fact(), fact(), fact(other))
    assert [(row["voice"], row["holder"], row["target"], row["n"]) for row in rows] == [
        ("own", "Ambassador", "NATO", 1),
        ("own", "Minister", "NATO", 2),
        ("own", "Minister", "EU", 1),
        ("attributed", "Russia", "NATO", 1),
    ]


def test_speakers_of_one_name_from_two_places_are_two_holders() -> None:
    elsewhere = MINISTER._replace(country="YY")
    assert [row["country"] for row in positions(fact(), fact(elsewhere))] == ["NA", "YY"]


def test_a_position_with_enough_stances_has_an_interval() -> None:
    sides: tuple[Position, ...] = ("favor", "against")
    said = [fact(position=side, turn=turn) for turn in range(6) for side in sides]
    said.append(fact(position="favor", turn=7))
    (row,) = positions(*said)
    low, high = row["net_low"], row["net_high"]
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low <= 1 / 13 <= high
    (again,) = (row for row in positions(fact(RUSSIA), *said) if row["voice"] == "own")
    assert (again["net_low"], again["net_high"]) == (low, high)


def test_an_interview_without_a_date_leaves_the_dates_empty() -> None:
    (row,) = positions(fact(date=""))
    assert (row["first_date"], row["last_date"]) == (None, None)


def test_holders_count_all_their_targets() -> None:
    facts = (fact(), fact(target="EU", position="against", turn=2), fact(RUSSIA))
    rows = list(holder_rows(facts, duplicates="include", actors=ACTORS))
    assert [(r["voice"], r["holder"], r["targets"], r["turns"], r["n"]) for r in rows] == [
        ("own", "Minister", 2, 2, 2),
        ("attributed", "Russia", 1, 1, 1),
    ]


def test_a_holder_is_shown_as_most_often_spelt() -> None:
    who = Holder("attributed", "the opposition", "words", "", "")
    spelt = [("The opposition", "EU"), ("the opposition", "NATO"), ("the opposition", "NATO")]
    facts = [fact(who, target, spelling=words) for words, target in spelt]
    (holder,) = holder_rows(facts, duplicates="include", actors=ACTORS)
    assert (holder["holder"], holder["n"]) == ("the opposition", 3)
    assert [(row["holder"], row["n"]) for row in positions(*facts)] == [
        ("the opposition", 2),
        ("the opposition", 1),
    ]


def test_a_target_has_both_voices_in_one_row() -> None:
    facts = (fact(), fact(RUSSIA, position="against"), fact(RUSSIA, target="EU"))
    rows = list(target_rows(facts, duplicates="include", inferred="exclude", actors=ACTORS))
    assert [(r["target"], r["own_favor"], r["attributed_against"]) for r in rows] == [
        ("NATO", 1, 1),
        ("EU", 0, 0),
    ]


MEANT = replace(fact(), inferred=True)


@pytest.mark.parametrize(("inferred", "own_n"), [("exclude", 1), ("include", 2)])
def test_a_target_that_is_only_meant_is_counted_beside_or_with_the_others(
    inferred: Inferred, own_n: int
) -> None:
    facts = [fact(turn=2), MEANT, replace(MEANT, who=RUSSIA)]
    rows = total_rows(facts, duplicates="include", inferred=inferred, actors=ACTORS)
    (target,) = rows["targets"]
    names = ("own_n", "own_inferred", "attributed_n", "attributed_inferred")
    assert [target[name] for name in names] == [own_n, 1, own_n - 1, 1]
    found = [(row["voice"], row["n"], row["inferred"]) for row in rows["positions"]]
    assert found == [("own", own_n, 1), ("attributed", own_n - 1, 1)]
    assert [(row["n"], row["targets"]) for row in rows["holders"]] == [(2, 1), (1, 1)]


def test_what_is_only_meant_takes_no_place_of_a_repeat_that_is_named() -> None:
    facts = [MEANT, fact(turn=2), replace(MEANT, turn_id="a.t3")]
    rows = total_rows(facts, duplicates="document", inferred="exclude", actors=ACTORS)
    assert [(row["n"], row["inferred"]) for row in rows["positions"]] == [(1, 1)]
    assert [row["n"] for row in rows["holders"]] == [1]


FACT = fact(date="2024-05-06")
REPEATS = (
    FACT, fact(date="2024-05-06", turn=2), fact(interview="b", date="2024-05-12"),
    fact(interview="c", date="2024-05-13"), fact(interview="d", date="2024-06-01"),
    fact(interview="e", date="2025-01-01"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("include", "aabcde"), ("document", "abcde"), ("week", "acde"), ("month", "ade"),
        ("year", "ae"), ("acrossrange", "a"),
    ],
)  # fmt: skip
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
        replace(FACT, who=MINISTER._replace(voice="attributed")),
        replace(FACT, who=MINISTER._replace(country="YY")),
    ],
)
def test_another_position_target_voice_or_holder_is_no_repeat(other: Fact) -> None:
    assert without_repeats([FACT, other], "acrossrange") == [FACT, other]


def test_words_are_one_holder_in_any_case_and_actors_by_name() -> None:
    lookup = Lookup(build())
    names = ("The opposition", "the opposition", "Russia")
    found = [lookup.reported_holder(name).id for name in names]
    assert found == ["words:the opposition", "words:the opposition", "actor:Russia"]


def test_facts_are_those_of_the_rows_of_stances() -> None:
    lookup = Lookup(build())
    found, rows = facts_of(lookup), list(stance_rows(lookup))
    analyst = Holder("own", "Analyst (x.s2)", "speaker", "", "FR")
    assert [(fact.who, fact.on, fact.position) for fact in found] == [
        (analyst, ("NATO", "actor"), "favor"),
        (analyst, ("European Union", "actor"), "against"),
        (analyst, ("the sanctions", "words"), "neutral"),
        (Holder("attributed", "Russia", "actor", "", ""), ("the sanctions", "words"), "against"),
        (analyst, ("European Union", "actor"), "favor"),
        (analyst, ("(only meant)", "unnamed"), "abstained"),
    ]
    assert [fact.who.id for fact in found] == [row["holder_id"] for row in rows]
