"""The tables over all interviews: facts in, exact rows out."""

from __future__ import annotations

from pipeline.write.counts import Row
from pipeline.write.facts import Fact, Holder
from pipeline.write.lookup import Position
from pipeline.write.total_tables import HOLDERS, POSITIONS, TARGETS
from pipeline.write.totals import holder_rows, position_rows, target_rows

MINISTER = Holder("own", "Minister", "speaker", "the ministry", "XX")
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


def positions(*facts: Fact, seed: int = 1) -> list[Row]:
    return list(position_rows(facts, duplicates="include", seed=seed))


def test_a_position_is_a_holder_by_a_target() -> None:
    (row,) = positions(
        fact(),
        fact(position="against", turn=2),
        fact(position="neutral", interview="b", date="2025-03"),
        fact(position="abstained", interview="b", date="2025-03"),
    )
    assert row == {
        "voice": "own",
        "holder": "Minister",
        "holder_kind": "speaker",
        "affiliation": "the ministry",
        "country": "XX",
        "target": "NATO",
        "target_kind": "actor",
        "interviews": 2,
        "first_date": "2024",
        "last_date": "2025-03",
        "turns": 3,
        "duplicates": "include",
        "n": 4,
        "favor": 1,
        "against": 1,
        "neutral": 1,
        "abstained": 1,
        "share_favor": 0.25,
        "share_against": 0.25,
        "share_neutral": 0.25,
        "share_abstained": 0.25,
        "net": 0.0,
        "net_decided": 0.0,
        "net_low": None,
        "net_high": None,
    }
    assert row.keys() == set(POSITIONS.header)


def test_voices_and_targets_stand_apart_own_voices_first() -> None:
    other = MINISTER._replace(name="Ambassador")
    rows = positions(
        fact(RUSSIA),
        fact(target="EU"),
        fact(),
        fact(),
        fact(other),
    )
    assert [(row["voice"], row["holder"], row["target"], row["n"]) for row in rows] == [
        ("own", "Ambassador", "NATO", 1),
        ("own", "Minister", "NATO", 2),
        ("own", "Minister", "EU", 1),
        ("attributed", "Russia", "NATO", 1),
    ]


def test_speakers_of_one_name_from_two_places_are_two_holders() -> None:
    elsewhere = MINISTER._replace(country="YY")
    assert [row["country"] for row in positions(fact(), fact(elsewhere))] == ["XX", "YY"]


def test_a_position_with_enough_behind_it_has_an_interval() -> None:
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
    rows = list(holder_rows(facts, duplicates="include", seed=1))
    assert [(r["voice"], r["holder"], r["targets"], r["turns"], r["n"]) for r in rows] == [
        ("own", "Minister", 2, 2, 2),
        ("attributed", "Russia", 1, 1, 1),
    ]
    assert all(row.keys() == set(HOLDERS.header) for row in rows)


def test_a_holder_is_shown_as_most_often_spelt() -> None:
    who = Holder("attributed", "the opposition", "words", "", "")
    spelt = [("The opposition", "EU"), ("the opposition", "NATO"), ("the opposition", "NATO")]
    facts = [fact(who, target, spelling=words) for words, target in spelt]
    (holder,) = holder_rows(facts, duplicates="include", seed=1)
    assert (holder["holder"], holder["n"]) == ("the opposition", 3)
    assert [(row["holder"], row["n"]) for row in positions(*facts)] == [
        ("the opposition", 2),
        ("the opposition", 1),
    ]


def test_targets_set_voices_side_by_side() -> None:
    facts = (fact(), fact(RUSSIA, position="against"), fact(RUSSIA, target="EU"))
    rows = list(target_rows(facts, duplicates="include"))
    assert [(r["target"], r["own_favor"], r["attributed_against"]) for r in rows] == [
        ("NATO", 1, 1),
        ("EU", 0, 0),
    ]
    assert all(row.keys() == set(TARGETS.header) for row in rows)
