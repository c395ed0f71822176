"""Who asks, answers or is only played, where no label says so: by what speakers do and say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.turns import build_interview

LONG = (
    "The harbour was built for grain, and grain is what it waits for. Nobody in the capital has "
    "seen it in winter, when the cranes stand still and the pilots play cards, and so nobody in "
    "the capital believes that it could ever be full again. I have counted the ships for twenty "
    "years, and I would not call it a decline. I would call it a habit of looking elsewhere."
)


Reader = Callable[..., dict[str, str]]


@pytest.fixture
def roles_of(tmp_path: Path) -> Reader:
    """The initials of the roles by name in a text, in which "LONG" stands for a long answer."""

    def read(text: str, *, description: str = "") -> dict[str, str]:
        path = tmp_path / "talk.txt"
        path.write_text(text.replace("LONG", LONG), encoding="utf-8")
        interview = build_interview(
            read_source(path),
            interview_id="talk",
            metadata={"description": description},
            settings=load_settings().segment,
        )
        return {speaker.name or speaker.id: speaker.role[0] for speaker in interview.speakers}

    return read


ROUNDTABLE = """\
EDITOR NORTH: Thank you all for coming. The treaty ended in spring, and nothing has happened since.
Historian, you have the longest memory.

HISTORIAN WEST: LONG

EDITOR NORTH: That is an elegy. Lawyer East will not like it.

LAWYER EAST: LONG Why would a third coast sign what two have torn up? And what would it sign?

EDITOR NORTH: Is it arithmetic, then, Miss Moon?

ADMIRAL MOON: LONG

LAWYER EAST: But do you believe them?

ADMIRAL MOON: LONG

EDITOR NORTH: West is nodding.

HISTORIAN WEST: LONG

LAWYER EAST: LONG Who else is left to be asked?

EDITOR NORTH: With that we must stop. Thank you, all three.
"""


def test_who_opens_closes_and_hands_on_presides_though_a_panellist_asks_more(
    roles_of: Reader,
) -> None:
    assert roles_of(ROUNDTABLE) == {
        "EDITOR NORTH": "i",
        "HISTORIAN WEST": "r",
        "LAWYER EAST": "r",
        "ADMIRAL MOON": "r",
    }


def test_a_minister_who_opens_and_closes_a_conference_of_three_answers(roles_of: Reader) -> None:
    text = """\
MINISTER NORTH: Thank you all for coming. LONG

MINISTER WEST: LONG

MINISTER EAST: LONG

Q: Who pays for the cranes?

MINISTER NORTH: All three of us. West, would you add to this?

MINISTER WEST: LONG

Q: And the pilots?

MINISTER EAST: LONG

Q: Is that all?

MINISTER NORTH: It is. Thank you.
"""
    assert roles_of(text) == {
        "MINISTER NORTH": "r",
        "MINISTER WEST": "r",
        "MINISTER EAST": "r",
        "Q": "i",
    }


PODCAST = """\
NEWS ANCHOR: The ministry has closed the gate this morning, and nobody knows for how long.

HARBOR: That was on Tuesday. Hello, and welcome to The Gatehouse, the podcast about water. I'm Harbor.

FERRY: And I'm Ferry. I have a cold.

HARBOR: With us today is Professor Lake. Lake, welcome.

LAKE: Thank you both.

HARBOR: So what happened at the gate?

LAKE: LONG

FERRY: But why now? It stood open all winter.

LAKE: LONG

HARBOR: A keeper rang us up. Take a listen to what she told us.

KEEPER: I have grain until the autumn, and after that I have sixty people and nothing for them.

HARBOR: Lake, what do you say to her?

LAKE: LONG

FERRY: Could it open again?

LAKE: LONG

HARBOR: Lake, thank you so much.
"""


def test_two_hosts_ask_and_what_they_play_is_neither_asked_nor_answered(roles_of: Reader) -> None:
    assert roles_of(PODCAST) == {
        "NEWS ANCHOR": "o",
        "HARBOR": "i",
        "FERRY": "i",
        "LAKE": "r",
        "KEEPER": "o",
    }


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("I want you to hear a little of what she had to say.", "o"),
        ("Let us play a bit of what the keeper told us.", "o"),
        ("Here is a part of that.", "o"),
        ("I want to hear from the keeper what the pilot said.", "r"),
    ],
)
def test_words_that_announce_a_recording(roles_of: Reader, words: str, role: str) -> None:
    text = PODCAST.replace("Take a listen to what she told us.", words)
    assert roles_of(text)["KEEPER"] == role


def test_an_anchor_who_leads_the_talk_and_a_guest_who_is_asked_are_on_no_tape(
    roles_of: Reader,
) -> None:
    text = """\
ANCHOR: The gate is shut. Let us hear from two who know it. Keeper, is it for long?

KEEPER: LONG

ANCHOR: And what does the pilot say?

PILOT: You are welcome to it. LONG

ANCHOR: Is that fair?

KEEPER: LONG
"""
    assert roles_of(text) == {"ANCHOR": "i", "KEEPER": "r", "PILOT": "r"}


ORAL_HISTORY = """\
MAYOR: LONG

SCHOLAR: Did anybody ask you?

MAYOR: LONG

LIBRARIAN: "Not whether, but when."

MAYOR: LONG

SCHOLAR: Was that allowed?

MAYOR: LONG

LIBRARIAN: In what sense? The ships were there, and everybody had counted them.

MAYOR: LONG

LIBRARIAN: Fair enough.

MAYOR: LONG

SCHOLAR: Who signed it?

MAYOR: LONG
"""


def test_who_puts_remarks_to_the_one_who_answers_all_asks_as_well(roles_of: Reader) -> None:
    assert roles_of(ORAL_HISTORY) == {"MAYOR": "r", "SCHOLAR": "i", "LIBRARIAN": "i"}


def test_a_colleague_who_adds_to_the_answers_does_not_ask(roles_of: Reader) -> None:
    text = ORAL_HISTORY.replace("In what sense? The", "As he says, the")
    assert roles_of(text)["LIBRARIAN"] == "r"


CONFERENCE = """\
PRESIDENT NORTH: LONG

COURIER: Thank you. We begin with the Gazette, please.

GAZETTE: Good evening. LONG Is the gate open?

PRESIDENT NORTH: LONG

COURIER: The Herald, please.

HERALD: Will it stay open?

PRESIDENT NORTH: LONG

REMARK: But that is what gates are for.

PRESIDENT NORTH: Quite right.

QUESTION: And who keeps the key?

PRESIDENT NORTH: LONG

COURIER: It is late, and the Mercury has not said a word yet. Mercury, please.

MERCURY: Is the key lost?

PRESIDENT NORTH: LONG
"""


def test_who_gives_the_floor_and_all_who_get_it_ask(roles_of: Reader) -> None:
    roles = roles_of(CONFERENCE)
    assert roles.pop("PRESIDENT NORTH") == "r"
    assert set(roles.values()) == {"i"}
    assert {"COURIER", "GAZETTE", "REMARK"} <= roles.keys()


def test_a_minister_who_adds_to_an_answer_before_the_next_question_gives_no_floor(
    roles_of: Reader,
) -> None:
    text = """\
PRESIDENT NORTH: LONG

Q: Who keeps the key?

PRESIDENT NORTH: LONG

MINISTER WEST: It is kept at the ministry.

Q: And at night?

PRESIDENT NORTH: LONG

MINISTER WEST: At night it is kept by two people.

Q: Which two?

PRESIDENT NORTH: LONG

MINISTER WEST: One of them is from the coast.

Q: Is that all?

PRESIDENT NORTH: It is.
"""
    assert roles_of(text) == {"PRESIDENT NORTH": "r", "MINISTER WEST": "r", "Q": "i"}


PANEL = """\
KEEPER WEST: LONG

PILOT EAST: LONG Is it not so?

WARDEN NORTH: It may be so.

KEEPER WEST: LONG Who would say it is not?

PILOT EAST: LONG

WARDEN NORTH: I am glad that you say so.

KEEPER WEST: LONG
"""


@pytest.mark.parametrize(
    "head",
    [
        "Presider\n\nWarden North\n\nDirector of the Institute of the Coast\n\n",
        "The gate, one year on\n\nThe evening was moderated by Dr. Warden North, of the Institute.\n\n",
        "MODERATORS\n\nWarden North\n\nTranscript by: The Office\n\n",
    ],
)
def test_whom_the_head_credits_with_asking_asks(roles_of: Reader, head: str) -> None:
    roles = roles_of(head + PANEL)
    assert [roles[name] for name in ("WARDEN NORTH", "KEEPER WEST", "PILOT EAST")] == list("irr")


def test_whom_the_description_credits_with_asking_asks(roles_of: Reader) -> None:
    roles = roles_of(PANEL, description="The meeting was moderated by Institute Head Warden North.")
    assert roles["WARDEN NORTH"] == "i"


@pytest.mark.parametrize(
    "head",
    [
        "Speakers\n\nWarden North\n\nPilot East\n\n",
        "The two met at the summit hosted by Warden North.\n\n",
        "The evening was hosted by the Institute, with Warden North and Pilot East as guests.\n\n",
    ],
)
def test_a_guest_whom_the_head_names_beside_the_host_is_not_credited(
    roles_of: Reader, head: str
) -> None:
    assert roles_of(head + PANEL)["WARDEN NORTH"] != "i"


MINISTERS = """\
ADA NORTH, PRIME MINISTER: LONG

TEODOR WEST, MINISTER FOR FOREIGN AFFAIRS: LONG

PRIME MINISTER: Happy to take questions.

JOURNALIST: Is the gate open?

PRIME MINISTER: LONG

JOURNALIST: Foreign Minister, and the cranes?

FOREIGN MINISTER: LONG

JOURNALIST: Who pays?

PM: All of us.
"""


def test_an_office_alone_is_the_speaker_who_was_introduced_with_it(roles_of: Reader) -> None:
    assert roles_of(MINISTERS) == {"ADA NORTH": "r", "TEODOR WEST": "r", "JOURNALIST": "i"}


@pytest.mark.parametrize(
    "text",
    [
        MINISTERS.replace("NORTH, PRIME", "NORTH, FORMER PRIME"),
        MINISTERS.replace("PM: All", "ADA NORTH: All"),
        MINISTERS.replace("MINISTER FOR FOREIGN AFFAIRS", "PRIME MINISTER"),
    ],
)
def test_an_office_of_another_or_of_two_is_nobody_introduced(roles_of: Reader, text: str) -> None:
    assert "PRIME MINISTER" in roles_of(text)


EXCERPT = """\
HOST NORTH: In the capital the secretary did not mince his words.

(Excerpt from the harbour conference)

SECRETARY WEST: We love our pilots. LONG

(End of excerpt)

HOST NORTH: The harbour master joins me. Is he right?

MASTER SOUTH: He is not. LONG

HOST NORTH: And will the cranes move?

MASTER SOUTH: In May, if anybody pays.
"""


def test_whose_words_an_excerpt_holds_takes_no_part(roles_of: Reader) -> None:
    assert roles_of(EXCERPT)["SECRETARY WEST"] == "o"


def test_who_speaks_again_outside_an_excerpt_takes_part(roles_of: Reader) -> None:
    later = "\nHOST NORTH: Secretary, do they?\n\nSECRETARY WEST: They do.\n"
    assert roles_of(EXCERPT + later)["SECRETARY WEST"] == "r"


@pytest.mark.parametrize("name", ["VT", "VIDEOTAPE", "audio tape", "news package"])
def test_who_is_heard_on_a_tape_only_takes_no_part(roles_of: Reader, name: str) -> None:
    taped = EXCERPT.replace("(Excerpt from the harbour conference)", f"(Begin {name})")
    roles = roles_of(taped.replace("(End of excerpt)", f"(End {name})"))
    assert roles == {"HOST NORTH": "i", "SECRETARY WEST": "o", "MASTER SOUTH": "r"}


def test_whom_the_host_asks_on_a_tape_answers(roles_of: Reader) -> None:
    asked = "(BEGIN VIDEOTAPE)\n\nHOST NORTH: Did he mean it?\n\nSECRETARY WEST"
    taped = EXCERPT.replace("(Excerpt from the harbour conference)\n\nSECRETARY WEST", asked)
    roles = roles_of(taped.replace("(End of excerpt)", "(END VIDEOTAPE)"))
    assert roles["SECRETARY WEST"] == "r"
