"""What is only put into the record of a hearing, and what stands below its end."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ORAL = "    Mr. Hale. I submitted a longer statement, and I will not read it to you."
WRITTEN = (
    "    Between the flood and the spring the port took in nine ships, and this statement says "
    "which of them were paid for, and by whom.\n\n"
    "    I recommend that the committee count them again."
)
REST = (
    "    The Chairman. Thank you. Who paid for the ships?",
    "    Mr. Hale. The ministry, in writing.",
    "    The Chairman. Is that all?",
    "    Mr. Hale. There was a tenth.",
)


def build(*paragraphs: str) -> Interview:
    opening = "    The Chairman. The hearing will come to order. Mr. Hale?"
    source = read_bytes("\n\n".join((opening, *paragraphs)).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


@pytest.mark.parametrize(
    "note",
    [
        "    [The prepared statement of Mr. Hale follows:]",
        "    [The information referred to follows:]",
        "    [A letter from the harbour master follows.]",
        "    The prepared statement of Mr. Hale follows:",
    ],
)
def test_nobody_says_what_was_handed_in(note: str) -> None:
    interview = build(ORAL, note, "    Prepared Statement of Mr. Hale", WRITTEN, *REST)
    assert "recommend" not in " ".join(turn.text for turn in interview.turns)
    assert [turn.text.split()[0] for turn in interview.turns][1:4] == ["I", "Thank", "The"]


@pytest.mark.parametrize(
    "note", ["    [A long silence follows.]", "    My answer follows:", "    [Laughter.]"]
)
def test_a_witness_goes_on_below_other_notes(note: str) -> None:
    interview = build(ORAL, note, WRITTEN, *REST)
    assert interview.turns[1].text.endswith("count them again.")


def test_a_witness_goes_on_where_the_statement_stands_elsewhere() -> None:
    note = "    [The prepared statement of Mr. Hale can be found in the appendix, page 31.]"
    interview = build(ORAL, note, WRITTEN, *REST)
    assert interview.turns[1].text.endswith("count them again.")


@pytest.mark.parametrize(
    "end",
    [
        "    [Whereupon, at 11:21 a.m., the hearing was adjourned.]",
        "    (Whereupon, the deposition was concluded at 4 p.m.)",
    ],
)
def test_an_adjournment_ends_a_hearing(end: str) -> None:
    assert build(ORAL, *REST, end, WRITTEN).turns[-1].text == "There was a tenth."


def test_a_recess_ends_nothing() -> None:
    interview = build(ORAL, "    [Whereupon, a short recess was taken.]", WRITTEN, *REST)
    assert interview.turns[1].text.endswith("count them again.")
