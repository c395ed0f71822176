"""Shares of claims with a reason, against numbers counted by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.records import Interview
from pipeline.tables.counts import Row
from pipeline.tables.ledger import Ledger
from pipeline.tables.lookup import Lookup
from pipeline.tables.net import measure_mean
from pipeline.tables.reasons import Claimed, claimed_in, reason_rows
from tests.built import build, linked


def rows(*interviews: Interview) -> dict[str, Row]:
    """The rows of reasons.csv by name."""
    claimed = Ledger(Claimed)
    for interview in interviews:
        claimed.extend(claimed_in(Lookup(interview)))
    return {str(row["name"]): row for row in reason_rows(claimed)}


def cells(
    found: Mapping[str, Row], names: Iterable[str], *columns: str
) -> list[tuple[object, ...]]:
    return [tuple(found[name][column] for column in columns) for name in names]


COUNTS = ("claims_asked", "claims_with_reason", "claims_with_objection", "claims_left_out")


def test_claims_of_answers_asked_about_as_a_whole_are_counted() -> None:
    # t002: u1 has no reason, u2 has one; t005: u1 has none and an objection, u2 has none
    found = rows(linked(build()))
    assert cells(found, ["all"], *COUNTS) == [(4, 1, 1, 0)]
    assert cells(found, ["favor", "against", "abstained"], *COUNTS) == [
        (2, 0, 1, 0), (1, 1, 0, 0), (1, 0, 0, 0),
    ]  # fmt: skip
    assert found["all"]["share_with_reason"] == 0.25


def test_an_answer_asked_about_in_part_counts_neither_its_reasons_nor_its_claims() -> None:
    found = rows(build())  # a guess in t002, of which u2 has a decided reason
    assert cells(found, ["all"], *COUNTS) == [(2, 0, 1, 2)]


def test_an_interview_that_nobody_asked_about_is_left_out() -> None:
    other = build("y").model_copy(update={"relations": None})
    assert cells(rows(linked(build()), other), ["all"], *COUNTS) == [(4, 1, 1, 4)]


def test_without_relations_there_are_no_rows() -> None:
    assert rows(build().model_copy(update={"relations": None})) == {}


def test_the_interval_is_that_of_the_other_shares() -> None:
    talks = [linked(build(f"t{i}")) for i in range(12)]
    found = rows(*talks)["all"]
    values, places = [], []
    for talk in talks:
        for unit, backed in (("t002", 0), ("t002", 1), ("t005", 0), ("t005", 0)):
            values.append(float(backed))
            places.append((talk.id, f"{talk.id}.{unit}"))
    measured = measure_mean(values, places)
    assert measured is not None
    assert measured.over == "interviews"
    assert (found["share_low"], found["share_high"]) == (measured.low, measured.high)


def test_where_nobody_was_asked_a_long_interview_is_a_record_a_stance() -> None:
    bare = Lookup(build().model_copy(update={"relations": None}))
    assert {(one.turn_id, one.stance): one.claims for one in claimed_in(bare)} == {
        ("", "favor"): 2, ("", "against"): 1, ("", "abstained"): 1,
    }  # fmt: skip
