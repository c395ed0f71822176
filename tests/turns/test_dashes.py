"""Dashes before turns, before items of a list, before questions alone, and within captions."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

SAID = "The harbour froze in the first week, and nobody had ordered the second icebreaker."


def build(text: str, name: str = "a.txt") -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def turns_of(interview: Interview) -> list[tuple[str, str]]:
    roles = {speaker.id: speaker.role[0] for speaker in interview.speakers}
    return [(roles[turn.speaker_id], turn.text) for turn in interview.turns]


def test_items_of_a_list_are_no_turns_where_longer_dashes_open_them() -> None:
    asked = ["Why did the harbour close?", "Who pays for the ice?", "And the lamps?"]
    answer = f"{SAID}\n\n– the first lamp is lit;\n\n– the second is at sea."
    text = "\n\n".join(f"— {question}\n\n— {answer}\n\n{SAID} {SAID}" for question in asked)
    interview = build(f"The harbour\n\nA long abstract. {SAID}\n\nHarbour, ice\n\n{text}")
    assert interview.convention == "dash-dialogue"
    found = turns_of(interview)
    assert [role for role, _ in found] == ["i", "r"] * 3
    assert all("the second is at sea" in text for role, text in found if role == "r")


def test_a_dash_before_questions_alone_is_no_part_of_them() -> None:
    asked = ("Why did the harbour close?", "Who pays for the ice, then?", "Are the lamps lit?",
             "Do you miss the ferry?")  # fmt: skip
    text = "\n\n".join(f"—{question}\n\n“{SAID} {SAID}”\n\n“{SAID}”" for question in asked)
    found = turns_of(build(text))
    assert [text for role, text in found if role == "i"] == list(asked)


CUES = """1
00:00:01,000 --> 00:00:04,000
Why did you sign a paper
that gave the town nothing?

2
00:00:04,000 --> 00:00:08,000
>> Because the envoy was ill
and it was a very tired

3
00:00:08,000 --> 00:00:11,000
- room.
- That is an admission.

4
00:00:11,000 --> 00:00:14,000
>> It is a description.

5
00:00:14,000 --> 00:00:17,000
>> Who else was in there?

6
00:00:17,000 --> 00:00:20,000
>> Nobody at that table had a ship.

7
00:00:20,000 --> 00:00:22,000
Subtitles: Coast TV / A. North
"""


def test_a_dash_in_captions_goes_on_with_a_sentence_that_the_last_cue_left_open() -> None:
    source = read_bytes(CUES.encode(), name="a.srt")
    texts = [paragraph.text for paragraph in source.paragraphs]
    assert texts[1:3] == [
        ">> Because the envoy was ill and it was a very tired room.",
        "- That is an admission.",
    ]
    assert [piece.text for piece in source.dropped] == ["Subtitles: Coast TV / A. North"]
