"""Interviews as services that translate the press of other countries print them."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.labels import parse_label

STAMPED = """\
JPRS L/1234

[Interview with Keeper Ilo Brandt by Vera Lind: "The Lamp Is Patient"]

[Text] He receives us on the pier, and counts the gulls while one talks to him.

[Question] Mr Keeper, have you ever let the lamp go out?

[Answer] Once, in the winter of the ice. The oil had frozen in the can, and when I had
thawed it on the stove the ship was already there, and nobody on board had

4

FOR OFFICIAL USE ONLY
APPROVED FOR RELEASE: 2007/02/08: CIA-RDP82-00850R000300110031-2
APPR~VED FOR RELEASE: 2007/02/08: CIA-RDP82-00850R000300110031-2
F'OR OFFICIAI, USE ONLY
noticed anything at all.

[Question) And who was told of it later on?

[Answerl Nobody was told. You are the first who has asked me about that night.

[Question] Do you regret it?

[Answer] I do not. The ship brought oil.

COPYRIGHT: Harbour Courier 1981

CSO: 4719/218
5
FOR OFFICIAL USE ONLY
"""
SENT = """\
The Harbour Files

Search the files

The Harbour Files

On Monday the archive began to publish the letters of a harbour company, all of them.

Released on 2012-10-17 17:00 GMT

Email-ID\t691834
Date\t2011-03-15 13:22:09
From\tdesk@example.org

[Interview with Ilo Brandt, keeper of the lamp, by Vera Lind: "Patience"]

The lamp will not be moved, says the keeper, and he has seen four ministers come and go.

[Lind] Last week the ministry returned your letter unopened. Is that the end of it?

[Brandt] They did open it. They answered the second page only, and they did so by telephone.

[Lind] The harbour master claims [in an earlier talk] that the lamp is too bright.

[Brandt] (laughs) Let him read by it. It is as bright as the law says, and no brighter.

[Lind] And when the fog comes down on the outer pier, as it does in most of the autumns here?

[Brandt] Then I ring the bell as well, and I ring it until somebody on the water rings back.

[Lind] You have rung it for thirty years now, and it has been stolen from you only once.

[Brandt] It was brought back within the week. Nobody in this town could sleep without it.

[Passage omitted: history of the lamp]

If I were asked, I would add a second one.

[Lind] Who would pay?

[Brandt] The ships would. They always have.

Source: The Harbour Courier, Port North, in Slovene 14 Mar 11 p 5

BBC Mon EU1 EuroPol 150311 an/bo
"""


def _build(text: str) -> Interview:
    source = read_bytes(text.encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_stamps_on_the_pages_are_no_speech_and_a_letter_may_close_the_bracket() -> None:
    interview = _build(STAMPED)
    assert [turn.text[:20] for turn in interview.turns] == [
        "Mr Keeper, have you ",
        "Once, in the winter ",
        "And who was told of ",
        "Nobody was told. You",
        "Do you regret it?",
        "I do not. The ship b",
    ]
    assert interview.turns[1].text.endswith("nobody on board had noticed anything at all.")
    assert interview.turns[-1].text.endswith("brought oil.")
    roles = {one.id: one.role for one in interview.speakers}
    assert [roles[turn.speaker_id] for turn in interview.turns] == ["interviewer", "respondent"] * 3


def test_one_stamp_is_left_alone() -> None:
    text = "Keeper: The lid says\n\nFOR OFFICIAL USE ONLY\n\nVisitor: Who reads it?"
    source = read_bytes(text.encode(), name="a.txt")
    assert any(one.text == "FOR OFFICIAL USE ONLY" for one in source.paragraphs)


def test_a_dispatch_within_a_mail_is_known_by_the_names_in_brackets() -> None:
    interview = _build(SENT)
    names = {one.id: (one.name, one.role) for one in interview.speakers}
    told = [(*names[turn.speaker_id], turn.text) for turn in interview.turns]
    assert [(name, role) for name, role, _ in told] == [
        ("Lind", "interviewer"),
        ("Brandt", "respondent"),
    ] * 5
    assert told[7][2].endswith("If I were asked, I would add a second one.")
    assert told[-1][2] == "The ships would. They always have."


@pytest.mark.parametrize("text", ["Email-ID 691834 Date 2011-03-15 13:22:09", "Text", "Excerpts"])
def test_no_label_is_a_day_nor_what_opens_a_translation(text: str) -> None:
    assert parse_label(text) is None
