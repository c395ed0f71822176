"""Those whom a meeting's recorder calls guests."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

MEETING = """Ann Roe 0:04
The floor is open. The lady from the harbour, please.

Olga Vane (Guest) 0:09
Who pays for the piers?

Bob Hale 0:12
The ministry does, and it has paid for them since the flood, as everybody in the harbour knows.

Olga Vane (Guest) 0:20
And who pays for the ships?

Bob Hale 0:24
The ministry, in writing, and it asked for nothing but a receipt for each of the nine of them.
"""
TURNS = MEETING.strip().split("\n\n")


def _role(text: str, name: str) -> str:
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    return next(one.role for one in interview.speakers if one.name == name)


def test_a_guest_of_the_house_may_ask() -> None:
    text = f"Ann Roe started transcription\n\n{MEETING}\nAnn Roe stopped transcription\n"
    assert _role(text, "Olga Vane") == "interviewer"
    assert _role(text, "Bob Hale") == "respondent"


def test_a_guest_of_a_broadcast_answers() -> None:
    assert _role(MEETING, "Olga Vane") == "respondent"


def test_behind_the_tag_of_a_voice_guest_is_an_account() -> None:
    said = [(head.rpartition(" ")[0], words) for head, words in map(str.splitlines, TURNS)]
    captions = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n<v {voice}>{words}</v>\n\n"
        for n, (voice, words) in enumerate(said)
    )
    source = read_bytes(f"WEBVTT\n\n{captions}".encode(), name="a.vtt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    roles = {one.name: one.role for one in interview.speakers}
    assert (roles["Olga Vane"], roles["Bob Hale"]) == ("interviewer", "respondent")
