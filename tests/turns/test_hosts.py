"""Who only works the recorder, and who leads a briefing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.turns import build_interview

LONG = (
    "The lighthouse was sold with its keeper, and the keeper was the better bargain. He knew which "
    "ships would pay and which would only wave, and he wrote it all into a book that nobody in the "
    "ministry has opened since. Would you open it? I did, on a wet night, and I found our whole "
    "trade policy in it, in pencil, with the sums done right."
)
SHORT = "The keeper wrote it into a book that nobody in the ministry has opened since that winter."

Reader = Callable[[str], dict[str, str]]


@pytest.fixture
def roles_of(tmp_path: Path) -> Reader:
    """The initials of the roles by name in a text with "LONG" and "SHORT" for answers."""

    def read(text: str) -> dict[str, str]:
        path = tmp_path / "talk.txt"
        text = text.replace("LONG", LONG).replace("SHORT", SHORT)
        path.write_text(text, encoding="utf-8")
        interview = build_interview(
            read_source(path), interview_id="talk", settings=load_settings().segment
        )
        return {speaker.name or speaker.id: speaker.role[0] for speaker in interview.speakers}

    return read


WEBINAR = """\
Events Team: OK, we are recording. We are live.

Anna North: Welcome to the institute. I have Carl West and Dora East with us, and later Emil Stone.
Carl, did the lamp work?

Carl West: LONG

Anna North: Dora, did it?

Dora East: LONG

Anna North: Emil has joined us. Emil, go ahead.

Emil Stone: SHORT And what did the keeper do? SHORT

Dora East: He wrote. SHORT

Anna North: Did he?

Emil Stone: SHORT

Anna North: Rosa Field has her hand up. Rosa, you should be able to unmute.

Rosa Field: Thank you. I work on piers, so is there any prospect of a second lamp?

Carl West: LONG

Rosa Field: Thank you.

Anna North: And we have Hugh Marsh. Hugh, go ahead.

Hugh Marsh: It is more of a comment, really. I kept a lamp myself, and I did not see this coast.

Anna North: Shall I make a question of it? Carl, is he right?

Carl West: SHORT

Anna North: One sentence each. Dora?

Dora East: Light it. SHORT

Anna North: Wonderful. Thank you for joining us, and have a good afternoon.

Events Team: That is us. I am stopping the
"""


def test_who_says_that_the_talk_is_recorded_takes_no_part_in_it(roles_of: Reader) -> None:
    assert roles_of(WEBINAR)["Events Team"] == "o"
    takes_part = WEBINAR.replace("Anna North: One sentence each. Dora?", "Events Team: SHORT")
    assert roles_of(takes_part)["Events Team"] != "o"


BRIEFING = """\
STAFF: All right. We are on the record. With that, Ms. West, over to you.

MS. WEST: LONG

STAFF: Okay. We'll start with the Coast Post. Dora?

Q: Has a decision been made?

MS. WEST: LONG

STAFF: Let's go to the phones. Ruth, are you there?

Q: Yes. Is there any evidence?

MS. WEST: SHORT

STAFF: Gentleman in the back.

Q: How many lamps are lit?

MS. WEST: SHORT

STAFF: We have time for one more. Luke?

Q: What is a backstop?

MS. WEST: LONG

STAFF: That is all the time we have.
"""


def test_staff_that_give_the_floor_lead_a_briefing(roles_of: Reader) -> None:
    assert roles_of(BRIEFING)["STAFF"] == "i"


def test_staff_that_only_end_a_briefing_take_no_part(roles_of: Reader) -> None:
    calls = ("Okay. We'll", "Let's go", "Gentleman", "We have time")
    kept = [part for part in BRIEFING.split("\n\n") if not part.startswith(
        tuple(f"STAFF: {call}" for call in calls))]  # fmt: skip
    assert roles_of("\n\n".join(kept))["STAFF"] == "o"
