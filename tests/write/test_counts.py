"""Counts and shares, by hand."""

from __future__ import annotations

import pytest

from pipeline.records import Interview
from pipeline.write.counts import contest, count_codes, count_kinds, share, tally
from pipeline.write.lookup import Lookup, Position
from pipeline.write.rows import unit_rows
from pipeline.write.summary import summarise


def test_a_share_of_nothing_is_empty() -> None:
    assert share(0, 0) is None


def test_the_four_positions_add_up_to_n() -> None:
    row = tally(["favor", "favor", "against", "neutral", "abstained"], prefix="own_")
    assert row["own_n"] == 5
    assert [row[f"own_{side}"] for side in ("favor", "against", "neutral", "abstained")] == [
        2,
        1,
        1,
        1,
    ]
    assert row["own_share_favor"] == 0.4
    assert row["own_net"] == 0.2
    assert row["own_net_decided"] == 0.25


def test_a_stage_that_did_not_run_leaves_empty_cells_not_zeros() -> None:
    assert set(tally(None, prefix="").values()) == {None}
    assert tally([], prefix="")["n"] == 0


@pytest.mark.parametrize(
    ("positions", "contested"),
    [
        ([("a", "favor"), ("b", "against")], 1.0),
        ([("a", "favor"), ("b", "favor")], 0.0),
        ([("a", "favor"), ("a", "favor"), ("a", "favor"), ("b", "against")], 0.5),
        ([("a", "neutral"), ("b", "abstained")], None),
    ],
)
def test_a_target_is_contested_as_far_as_its_sides_are_even(
    positions: list[tuple[str, Position]], contested: float | None
) -> None:
    assert contest(positions, prefix="")["contested"] == contested


def test_holders_lean_to_their_more_frequent_side() -> None:
    row = contest(
        [("a", "favor"), ("a", "favor"), ("a", "against"), ("b", "against"), ("c", "neutral")],
        prefix="",
    )
    assert (row["holders"], row["holders_favor"], row["holders_against"]) == (3, 1, 1)


def test_codes_are_counted_for_respondents_only(interview: Interview) -> None:
    lookup = Lookup(interview)
    row = count_codes(lookup, tuple(lookup.units.values()))
    assert (row["judged_units"], row["claims"], row["premises"]) == (7, 4, 2)
    assert (row["units_about"], row["own_n"], row["attributed"]) == (5, 5, 1)


def test_an_attributed_stance_that_was_not_decided_is_counted_apart(interview: Interview) -> None:
    stances = tuple(one.model_copy(update={"abstained": True}) for one in interview.stances or ())
    undecided = interview.model_copy(update={"stances": stances})
    lookup, summary = Lookup(undecided), summarise(undecided)
    row = count_codes(lookup, tuple(lookup.units.values()))
    (unit,) = (row for row in unit_rows(lookup) if row["unit_id"] == "x.t002.u3")
    for counted in (row, unit, vars(summary)):
        assert (counted["attributed"], counted["attributed_abstained"]) == (0, 1)


def test_a_component_that_was_not_decided_is_counted_apart(interview: Interview) -> None:
    claims = tuple(
        claim.model_copy(update={"abstained": claim.unit_id == "x.t002.u1"})
        for claim in interview.claims or ()
    )
    lookup = Lookup(interview.model_copy(update={"claims": claims}))
    row = count_codes(lookup, tuple(lookup.units.values()))
    assert (row["judged_units"], row["claims"], row["premises"]) == (7, 3, 2)
    assert row["components_abstained"] == 1
    assert count_kinds(lookup.interview, lookup)["claims_value"] == 0


def test_codes_of_a_layer_that_is_not_there_are_empty(interview: Interview) -> None:
    lookup = Lookup(interview.model_copy(update={"claims": None, "stances": None}))
    row = count_codes(lookup, tuple(lookup.units.values()))
    assert {name for name, value in row.items() if value is not None} == {"judged_units"}
