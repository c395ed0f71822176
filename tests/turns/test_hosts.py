"""Who hosts a talk, whom a host gives the floor, and who only works the recorder."""

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


ANCHORS = """\
ANN NORTH: Welcome back to the morning desk. The futures are up. Here to talk about the lighthouse
is the former Envoy Carl West. Envoy, good morning to you.

CARL WEST: Good morning, Ann. SHORT Is that so odd?

ANN NORTH: You look relieved. Are you?

CARL WEST: SHORT How long is the night?

BEN SOUTH: You never liked lighthouses. You wrote about it.

CARL WEST: LONG

DORA EAST: So they pay?

CARL WEST: SHORT And who pays for the rest?

BEN SOUTH: And the coast? They cannot all wave.

CARL WEST: LONG

DORA EAST: Or they sell?

CARL WEST: They sell. And is that a win?

ANN NORTH: Envoy West, come again.

CARL WEST: I will.

ANN NORTH: When we return, the price of lamp oil. The morning desk will be right back.
"""


def test_anchors_ask_one_guest_who_answers_with_questions(roles_of: Reader) -> None:
    assert roles_of(ANCHORS) == {
        "ANN NORTH": "i",
        "CARL WEST": "r",
        "BEN SOUTH": "i",
        "DORA EAST": "i",
    }


COLD_OPEN = """\
Carla West: They need not sink it. They only need the rust.

Anna North: From the coast, this is Salt and Lamp, the show about light. I'm Anna North.

Bela South: And I'm Bela South. I have a cold.

Anna North: You sound like a foghorn. Carla, you kept the lamp for ten years. Welcome.

Carla West: Thank you, Anna. I carried oil.

Bela South: Somebody has to. What is out there?

Carla West: LONG

Anna North: The ministry says it is--

Carla West: Paper. SHORT

Bela South: I have to say that I admired the book.

Carla West: LONG

Anna North: We will take a short break.

Bela South: Let's go up a level. The ships wave, and the sums are right.

Carla West: LONG

Anna North: Carla West, thank you so much for coming.

Carla West: A pleasure.

Bela South: Thanks, Carla.

Anna North: Salt and Lamp is produced by the keepers. Until then, fair winds.
"""


def test_two_hosts_who_mostly_remark_ask_the_guest_whose_words_open_the_show(
    roles_of: Reader,
) -> None:
    assert roles_of(COLD_OPEN) == {"Carla West": "r", "Anna North": "i", "Bela South": "i"}


SECOND_GUEST = """\
Anna North: Welcome to the lamp hour. Joining me now are Carl West and Dora East. Carl, what is lit?

Carl West: LONG

Anna North: And who pays?

Carl West: LONG

Anna North: Dora, does he exaggerate?

Dora East: Not by much.

Anna North: Carl, is that fair?

Carl West: LONG

Anna North: You wrote that it was a bargain.

Carl West: LONG

Anna North: Dora?

Dora East: He wrote it twice.

Anna North: Thank you both for coming.
"""


def test_a_second_guest_of_few_words_answers_the_host(roles_of: Reader) -> None:
    assert roles_of(SECOND_GUEST) == {"Anna North": "i", "Carl West": "r", "Dora East": "r"}


CONFERENCE = """\
Minister West: Welcome to the harbour, and thank you all for coming. LONG Let's start with the coast.

Anna North: Who pays for the lamp?

Minister West: LONG

Bela South: And what of the keeper, Minister?

Minister West: LONG We have time for one more.

Cora East: Is the book lost?

Minister West: LONG That's all the time we have.
"""


def test_a_minister_who_welcomes_the_press_and_keeps_the_time_answers(roles_of: Reader) -> None:
    roles = roles_of(CONFERENCE)
    assert roles.pop("Minister West") == "r"
    assert set(roles.values()) == {"i"}


GUEST_WHO_HOSTS = """\
Anna North: You run a radio programme on light. How did it begin?

Carla West: Thank you for having me. I said: Welcome to the lamp show, and nobody turned it off.

Anna North: LONG And so I wonder: was anybody listening?

Carla West: My producer was. We always say, thank you for listening.

Anna North: LONG Who else was?

Carla West: The keeper.
"""


def test_a_guest_who_quotes_what_hosts_say_answers(roles_of: Reader) -> None:
    assert roles_of(GUEST_WHO_HOSTS) == {"Anna North": "i", "Carla West": "r"}


PHONE_IN = """\
Anna North: You're listening to the coast desk. With me is Professor West. Professor, good morning.

Carl West: Good morning, and thank you for having me.

Anna North: What is in the lighthouse?

Carl West: LONG

Anna North: Walk us through the book.

Carl West: LONG

Anna North: The lines are full. Let's go to George, who is calling from the island. Go ahead.

George: Hello. I kept lamps, not that one, another. We were asked every winter what would become of
the oil, and nobody said. I want to know from the professor, has the damage not been done?

Carl West: George, that is the best question this year.

George: It is only January.

Carl West: SHORT

George: But they ask, who decides?

Anna North: George, thank you. Professor, who does decide?

Carl West: LONG

Anna North: Thank you for being with us. Coming up after the news, the price of oil.
"""


def test_who_calls_a_broadcast_asks_though_at_some_length(roles_of: Reader) -> None:
    assert roles_of(PHONE_IN) == {"Anna North": "i", "Carl West": "r", "George": "i"}


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


def test_the_audience_is_given_the_floor_to_ask_and_a_panellist_to_answer(
    roles_of: Reader,
) -> None:
    roles = roles_of(WEBINAR)
    assert roles["Anna North"] == roles["Rosa Field"] == roles["Hugh Marsh"] == "i"
    assert roles["Carl West"] == roles["Dora East"] == roles["Emil Stone"] == "r"


def test_a_comment_that_is_called_one_may_be_long(roles_of: Reader) -> None:
    plain = "I kept a lamp myself, and I did not see this coast."
    long = WEBINAR.replace(plain, f"{plain} {SHORT} {SHORT} {SHORT}")
    handed = long.replace("And we have Hugh Marsh. Hugh, go ahead.", "Hugh, you had your hand up.")
    assert roles_of(handed)["Hugh Marsh"] == "i"
    answers = handed.replace("It is more of a comment, really. ", "")
    assert roles_of(answers)["Hugh Marsh"] == "r"


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


ORAL_HISTORY = """\
Speaker 1: That is running. What was your post in the lighthouse?

Speaker 2: LONG

Speaker 1: Were you surprised?

Speaker 2: LONG

Speaker 3: May I come in there, so that we have it on tape? When you say that they only waved, do
you mean that they would not pay at all, or that they would let you know beforehand, in a letter or
by the pilot, and the bill was then never written?

Speaker 2: LONG

Speaker 1: And then the winter. What did you do?

Speaker 2: LONG

Speaker 3: That is the old argument. But a good many people said later that the sums were a rather
doubtful kind of thing, because the harbour had read the book and said that it would all be sold by
the spring, and the keeper with it. So I suppose what matters is what you knew.

Speaker 2: LONG

Speaker 1: What should we have asked?

Speaker 2: SHORT
"""


def test_a_second_interviewer_who_comes_in_between_answers_asks_at_length(
    roles_of: Reader,
) -> None:
    assert roles_of(ORAL_HISTORY) == {"Speaker 1": "i", "Speaker 2": "r", "Speaker 3": "i"}


def test_who_is_asked_beside_the_main_guest_answers(roles_of: Reader) -> None:
    asked = ORAL_HISTORY.replace("Speaker 3: That is", "Speaker 1: And you?\n\nSpeaker 3: That is")
    assert roles_of(asked)["Speaker 3"] == "r"


ANNOUNCED = """\
Carla West: They need not sink it. They only need the rust.

Bela South: It's the Lamp Podcast. I'm Bela South, the editor, with Anna North and our guests Carla
West of the harbour and Dan East of the coast.

Dan East: Nobody asks me who sank it.

Bela South: Today we are talking about lamps.

Anna North: Carla, LONG What is lit?

Carla West: LONG

Anna North: And what is out, do you think, on the other side of the bay? LONG Dan?

Dan East: LONG

Carla West: I see it otherwise. SHORT

Anna North: Is that so? Tell us why.

Carla West: LONG

Anna North: Thank you both.
"""


def test_who_only_announces_a_talk_asks_and_so_does_who_holds_it(roles_of: Reader) -> None:
    assert roles_of(ANNOUNCED) == {
        "Carla West": "r", "Bela South": "i", "Dan East": "r", "Anna North": "i"
    }  # fmt: skip


def test_a_guest_who_says_who_he_is_answers(roles_of: Reader) -> None:
    guest = "Bela South: It's the lamp. I'm Bela South, and I have carried oil all my life."
    head, tail = ANNOUNCED.split("Bela South: It's")[0], ANNOUNCED.split("Bela South: Today")[1]
    talk = f"{head}{guest}\n\nBela South: Today{tail}"
    assert roles_of(talk)["Bela South"] == "r"


CALL_IN = """\
Piers And Lamps

Download

This is Salt and Lamp. I'm Anna North in Eastport.

The last lamp on the pier went out on Sunday, and its keeper joins us here. Good to have you.

Captain BEN EAST (Keeper of the Lamp): Good to be here, Anna.

NORTH: Captain East, what went wrong with the lamp?

Capt. EAST: LONG

NORTH: Let us hear from Willa, who has been up since four.

WILLA (Caller): Hey, I kept a lamp for nine years. SHORT They were kind to us. SHORT

NORTH: Captain East?

Capt. EAST: LONG

WILLA: I did not know that, and nobody told me.

NORTH: Thank you both.
"""


def test_a_host_who_says_her_name_opens_the_talk_and_who_calls_asks(roles_of: Reader) -> None:
    assert roles_of(CALL_IN) == {"NORTH": "i", "Capt. EAST": "r", "WILLA": "i"}


def test_what_a_host_says_above_the_first_label_is_spoken(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(CALL_IN, encoding="utf-8")
    interview = build_interview(
        read_source(path), interview_id="talk", settings=load_settings().segment
    )
    first, second = interview.turns[0], interview.turns[2]
    assert first.speaker_id == second.speaker_id
    assert first.text.startswith("This is Salt and Lamp.")
    assert first.text.endswith("Good to have you.")


COMPANIONS = """\
Anna North: Welcome to Salt and Lamp, a show about light. You can follow us at sea. I'm Anna North.

Bela South: And I'm Bela South.

Anna North: The ministry put out the lamp in spring.

Bela South: LONG

Anna North: To talk of it we are joined by Carla West. Welcome.

Carla West: Thanks for having me.

Anna North: When did you see the lamp go out?

Carla West: LONG

Bela South: LONG

Carla West: SHORT

Anna North: Thank you so much for joining us.
"""


def test_who_says_his_name_behind_a_hosts_is_the_other_host(roles_of: Reader) -> None:
    assert roles_of(COMPANIONS) == {"Anna North": "i", "Bela South": "i", "Carla West": "r"}
