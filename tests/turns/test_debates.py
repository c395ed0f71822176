"""Debates and dialogues in a hall: sides, voices from the floor, offices given once."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.labels import parse_label

DEBATE = (
    "T: 555.555.0142",
    "Harbour Debates",
    "For the Motion: Ilo Brandt, Vera Lind",
    "Against the Motion: Ruben Salt",
    "Moderator: Nora Wick",
    "AUDIENCE RESULTS",
    "Before the debate: After the debate:",
    "29% FOR 41% FOR",
    "Nora Wick:",
    "We come to the second round, and our motion is that the harbour should buy its own tide.",
    "Ilo Brandt:",
    "I have bought one before, and it came in twice a day as the seller had promised me.",
    "Ruben Salt:",
    "Nobody can own what leaves every six hours. I have told Ilo so since we were at school.",
    "Vera Lind:",
    "He has, and every six hours it comes back to us, which is more than my cousins do.",
    "{opening}",
    "Male Speaker:",
    "I keep a shop on the pier. Who pays for the tide when it is late?",
    "Nora Wick:",
    "That is a good question. Vera Lind.",
    "Vera Lind:",
    "The one who ordered it pays, and he pays in herring, as the law has it since the ice.",
    "Ruben Salt:",
    "That law was never read out in the hall, and I have sat in it for thirty years now.",
)
FLOOR = (
    "Nora Wick:",
    "I want to go to audience questions now. Please stand up. You, sir, down in front.",
)
DIALOGUE = """\
Orla Finn
and
Ruben Salt
May 14, 2026
On May 11 the keeper visited the Harbour Institute, and spoke with a historian of lamps there.
Orla Finn, Research Fellow, Harbour Institute
Good afternoon to all of you. The keeper is with us today, and he has brought his own oil.
Nora Wick, Vice President, Harbour Institute
Thank you, Orla. Keeper, when did you last let the lamp go out of your own free will?
Ilo Brandt, Former Keeper of the Northern Lamp
I never did. It went out once of its own will, and I have not spoken to it since then.
Nora Wick
And what does a historian of lamps say to that?
Vera Lind, Director of Lamp Studies, Northern University
He is right to be angry. There are letters about that night, and they are all very short.
Ilo Brandt
I wrote them. It was cold.
Nora Wick
Let us take a question or two from those in the hall.
Marta Roe-Hansen, HRN
Thank you. I am from the Harbour Radio. Does the keeper read in bed by the light of the lamp?
Ilo Brandt
I do, and the ships have never complained about the books.
He Tian, Northern Courier
I have a question for the historian. Who has the letters now?
Vera Lind
The museum has them, under glass, in the dark.
Nora Wick
I think we have to close here. I thank you both for it.
"""


def _build(text: str) -> Interview:
    source = read_bytes(text.encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def _roles(interview: Interview) -> dict[str, str]:
    return {str(one.name): one.role for one in interview.speakers}


def _debate(*opening: str) -> Interview:
    return _build("\n\n".join(DEBATE).format(opening="\n\n".join(opening)))


def test_a_voice_from_the_floor_asks_once_the_host_has_opened_it() -> None:
    interview = _debate(*FLOOR)
    assert _roles(interview)["Male Speaker"] == "interviewer"
    assert set(_roles(interview)) == {
        "Nora Wick", "Ilo Brandt", "Ruben Salt", "Vera Lind", "Male Speaker"
    }  # fmt: skip


def test_a_voice_that_nobody_has_called_is_no_asker() -> None:
    interview = _debate("Nora Wick:", "Somebody on the stairs is shouting. What is it, please?")
    assert _roles(interview)["Male Speaker"] == "other"


def test_sides_results_and_a_telephone_are_no_turns() -> None:
    assert _debate(*FLOOR).turns[0].text.startswith("We come to the second round")


def test_who_asks_once_is_known_where_offices_are_given_at_first() -> None:
    interview = _build(DIALOGUE)
    speakers = interview.speaker_by_id()
    named = [speakers[turn.speaker_id].name for turn in interview.turns]
    assert named[0] == "Orla Finn"
    assert interview.turns[0].text.startswith("Good afternoon")
    assert named[-5:] == [
        "Marta Roe-Hansen", "Ilo Brandt", "He Tian", "Vera Lind", "Nora Wick"
    ]  # fmt: skip


@pytest.mark.parametrize("raw", ["He Tian", "So Min", "YOU SHAN"])
def test_a_family_name_may_be_a_word_of_english(raw: str) -> None:
    label = parse_label(raw)
    assert label is not None
    assert label.name == raw


@pytest.mark.parametrize("raw", ["He said", "So then", "AUDIENCE RESULTS"])
def test_other_words_with_it_are_no_label(raw: str) -> None:
    assert parse_label(raw) is None
