"""Debates whose lines are tagged with who speaks, and whose tags never close."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Source
from pipeline.turns import build_interview

DEBATE = """\
<CHAPTER ID="003">
3. Question Hour on piers
<SPEAKER ID="1" NAME="President">
The next item is Question Hour. The microphones are off when they are off.
<P>
I shall be strict.
<SPEAKER ID="2" LANGUAGE="FI" AFFILIATION="on behalf of the Coast Group" NAME="Aino Orte">
on behalf of the Coast Group. - (FI) Madam President, the pier fell down in spring, and I saw it.
I have its planks. When will it stand again?
<SPEAKER ID="3" NAME="Bruno Tamm">
Member of the Commission. - Madam President, in the summer, as I have told the honourable Member.
(Laughter)
<SPEAKER ID="4" LANGUAGE="DE" NAME="Carla Unt">
(DE) Madam President, I should like to turn to the lamps. In my town there are none, and nobody
from the Commission has come to count the dark. My question is a simple one: who counts it?
<SPEAKER ID="5" NAME="Bruno Tamm">
Member of the Commission. - We do.
<SPEAKER ID="6" NAME="Carla Unt">
- (DE) You count the lamps. My question concerned the dark.
<SPEAKER ID="7" NAME="President">
Your time is up.
<SPEAKER ID="8" NAME="Dora Elm">
Madam President, is there a ferry in the autumn?
<SPEAKER ID="9" NAME="Bruno Tamm">
There is. It leaves at six, and it waits for nobody, as the honourable Member may remember.
"""


def _read(text: str) -> Source:
    return read_bytes(text.encode(), name="a.txt")


def test_each_tag_opens_a_speech_without_its_office_and_its_language() -> None:
    source = _read(DEBATE)
    assert source.metadata["title"] == "Question Hour on piers"
    said = [(turn.speaker, turn.text.split("\n\n")) for turn in source.turns]
    assert said[0][1][1] == "I shall be strict."
    assert said[1][0] == "Aino Orte"
    assert said[1][1][0].startswith("Madam President, the pier")
    assert said[1][1][0].endswith("planks. When will it stand again?")
    assert said[4] == ("Bruno Tamm", ["We do."])
    assert said[5][1] == ["You count the lamps. My question concerned the dark."]
    assert "(Laughter)" in [piece.text for piece in source.dropped]


def test_in_a_question_hour_all_ask_whoever_replies_to_them() -> None:
    interview = build_interview(_read(DEBATE), interview_id="k", settings=load_settings().segment)
    assert {speaker.name: speaker.role[0] for speaker in interview.speakers} == {
        "President": "i", "Aino Orte": "i", "Bruno Tamm": "r", "Carla Unt": "i", "Dora Elm": "i"
    }  # fmt: skip


def test_a_speech_that_opens_with_a_dash_behind_a_sentence_keeps_it() -> None:
    text = DEBATE.replace("There is. It", "No. - It")
    assert _read(text).turns[-1].text.startswith("No. - It leaves")


def test_a_president_who_answers_those_who_address_him_is_asked() -> None:
    turns = (
        "Ann North: Mr. President, is the pier safe?",
        "The President: It is safe. We have walked on it twice, and it held.",
        "Ben East: Mr. President, who pays for it?",
        "The President: The towns pay for it, and they know that they do.",
        "Ann North: And the lamps?",
        "The President: They are lit, all of them, from six in the evening.",
    )
    interview = build_interview(
        _read("\n\n".join(turns)), interview_id="k", settings=load_settings().segment
    )
    assert [speaker.role[0] for speaker in interview.speakers] == ["i", "r", "i"]
