"""What respondents are grouped by: periods, columns of the tables, columns of one's own."""

from __future__ import annotations

import pytest

from pipeline.tables.fields import groupings, periods
from tests.built import build


@pytest.mark.parametrize(
    ("date", "found"),
    [
        (None, {}),
        ("2024", {"year": "2024"}),
        ("2024-12", {"year": "2024", "quarter": "2024-Q4", "month": "2024-12"}),
        ("2024-03-31", {"year": "2024", "quarter": "2024-Q1", "month": "2024-03"}),
    ],
)
def test_a_date_has_the_periods_that_it_is_exact_enough_for(
    date: str | None, found: dict[str, str]
) -> None:
    assert periods(date) == found


def test_columns_of_one_s_own_are_beside_those_of_the_tables() -> None:
    interview = build().model_copy(update={"fields": {"wave": "2", "title": "other", "party": ""}})
    speaker = interview.speakers[1].model_copy(update={"fields": {"party": "Left"}})
    found = groupings(interview, speaker)
    assert (found["wave"], found["party"], found["title"]) == ("2", "Left", interview.title)
    assert (found["country"], found["speaker"]) == ("FR", "Analyst (x.s2)")
    assert "affiliation" not in found
