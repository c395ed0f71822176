"""A broadcast of parts whose labels are initials, one of them without its colon."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview
from pipeline.turns.lost_colons import find_capital_labels, opening_without_colon

BROADCAST = (
    "Hosts: Nora Wick and Dean Holt",
    "NORA WICK: Good evening, and this is the Harbour Hour. I'm Nora Wick.",
    "DEAN HOLT: And I'm Dean Holt. Two lamps tonight, and one of them is out.",
    "NW The long dark. A keeper tells us why he has not lit the northern lamp since the spring.",
    "DH: And the bright side. A town that has a lamp too many.",
    "Part 1: Northern Lamp",
    "Northern Lamp",
    "Guest: Ilo Brandt",
    "NW: Ilo Brandt keeps the northern lamp. We reached him on the stairs.",
    "DH: Mr. Brandt, why is it dark?",
    "ILO BRANDT: The oil is frozen, and so am I. I have written to the ministry about both.",
    "DH: What did the ministry say?",
    "IB: It sent me a form. I have burned it, and it gave a better light than the last one.",
    "NW: Will the lamp be lit by Sunday?",
    "IB: By Sunday or by spring.",
    "NW: Ilo Brandt is the keeper of the northern lamp. He spoke to us from its stairs.",
    "Comments",
    "Your name will be shown beside what you write. Comments are moderated.",
    "More lamps",
)


def test_initials_without_a_colon_are_a_label_where_they_have_one_elsewhere() -> None:
    source = read_bytes("\n\n".join(BROADCAST).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    speakers = interview.speaker_by_id()
    told = [(speakers[turn.speaker_id].name, turn.text) for turn in interview.turns]
    assert told[2][0] == "NORA WICK"
    assert told[2][1].startswith("The long dark.")
    assert told[3][1].endswith("a lamp too many.")
    assert told[-1][1].endswith("He spoke to us from its stairs.")


LABELS = find_capital_labels(["NW: Yes."] * 3 + ["DR. ROE: No."] * 2)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("NW The lamp is out.", "NW "),
        ("NW I lit it.", "NW "),
        ("NW is what they call her.", None),
        ("NW", None),
        ("DR. ROE The lamp is out.", None),
    ],
)
def test_only_a_label_that_often_has_a_colon_may_lose_it(text: str, opening: str | None) -> None:
    assert opening_without_colon(text, LABELS) == opening
