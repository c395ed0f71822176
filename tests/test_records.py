"""Records by the turn they stand in, and units by what they hold."""

from __future__ import annotations

import pytest

from pipeline.records import Unit, index_at
from tests.stages.interviews import interview_of

UNITS = [
    Unit(id=f"u{number}", turn_id="t", start=start, end=end, text="x" * (end - start))
    for number, (start, end) in enumerate([(2, 5), (5, 8), (10, 11)])
]


@pytest.mark.parametrize(
    ("offset", "index"),
    [(0, None), (2, 0), (4, 0), (5, 1), (7, 1), (8, None), (9, None), (10, 2), (11, None)],
)
def test_a_unit_holds_what_begins_in_it(offset: int, index: int | None) -> None:
    assert index_at(UNITS, offset) == index


def test_no_unit_holds_anything_where_there_are_none() -> None:
    assert index_at([], 0) is None


def test_units_are_found_by_turn_in_order() -> None:
    interview = interview_of(
        [("host", "question", ["Who?"]), ("guest", "answer", ["We do.", "They do."])]
    )
    found = {
        turn: [unit.text for unit in units] for turn, units in interview.units_by_turn().items()
    }
    assert found == {"t.t0": ["Who?"], "t.t1": ["We do.", "They do."]}
    bare = interview.model_copy(update={"units": None, "entities": None})
    assert (bare.units_by_turn(), bare.entities_by_turn()) == ({}, {})
