"""Parliaments' own transcripts: a full stop and a dash behind who speaks, and groups in brackets."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    ("Chair. –", "Good afternoon. The Commissioner has the floor."),
    ("Analia Orte, Member of the Commission. –", "The piers are safe. We saw to it in spring."),
    ("Chair. –", "For the first group, the Member from the coast."),
    (
        "Bruno Tamm (GRN). –",
        "My constituents live by the piers, and they have told me for years that no inspector ever "
        "came. I have asked for the reports and was sent a brochure. It is about time that somebody "
        "said so in this room: the piers were forgotten, and the letters that we wrote were not "
        "answered, neither in the spring nor in the autumn, nor in all the years between.",
    ),
    ("Analia Orte, Member of the Commission. –", "They were not forgotten: they were repaired."),
    ("Chair. –", "Then the second group."),
    ("Carla Unt (S&B). –", "Who pays for the repair?"),
    ("Analia Orte, Member of the Commission. –", "The Union pays, as the law has it."),
    ("Chair. –", "The meeting is closed."),
)
ROLES = {
    "Chair": "interviewer",
    "Analia Orte": "respondent",
    "Bruno Tamm": "interviewer",
    "Carla Unt": "interviewer",
}


def build(text: str, name: str) -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def roles_of(interview: Interview) -> dict[str, str]:
    return {speaker.name or "": speaker.role for speaker in interview.speakers}


def test_a_full_stop_and_a_dash_part_a_label_from_the_speech() -> None:
    plain = "\n\n".join(f"{label} {text}" for label, text in TALK)
    interview = build(plain, "a.txt")
    assert [turn.text for turn in interview.turns] == [text for _, text in TALK]
    assert interview.convention == "period-dash"
    assert roles_of(interview) == ROLES


def test_numbers_of_speeches_are_not_spoken_and_names_may_be_bold() -> None:
    blocks = []
    for number, (label, text) in enumerate(TALK, start=1):
        name = label.removesuffix(". –").split(",")[0].split(" (")[0]
        rest = label.removeprefix(name)
        blocks.append(f"<p>1-{number:03}-0000</p><p><b>{name}</b>{rest} {text}</p>")
    interview = build(f"<html><body>{''.join(blocks)}</body></html>", "a.html")
    assert [turn.text for turn in interview.turns] == [text for _, text in TALK]
    assert roles_of(interview) == ROLES


@pytest.mark.parametrize("line", ["PARIS, France. – ", "It was so. – ", "Thank you. Yes. – "])
def test_a_sentence_with_a_dash_behind_it_is_no_label(line: str) -> None:
    said = f"{line}The harbour was shut on Monday."
    text = f"Host: Who shut it?\n\n{said}\n\nGuest: The council did.\n\nHost: Why?\n\nGuest: Ice."
    assert build(text, "a.txt").turns[0].text == f"Who shut it?\n\n{said}"


def test_experts_with_their_houses_in_brackets_answer_the_chair() -> None:
    experts = (
        ("Chair", "Welcome to the panel. What became of the piers?"),
        ("Analia Orte (Harbour Institute)", "They fell."),
        ("Chair", "And what of the boats?"),
        ("Bruno Tamm (Coast College)", "They sank, as all of them had said."),
        ("Chair", "Is there hope?"),
        ("Analia Orte (Harbour Institute)", "Some."),
        ("Chair", "Thank you."),
    )
    interview = build("\n\n".join(f"{label}: {text}" for label, text in experts), "a.txt")
    roles = roles_of(interview)
    assert roles["Analia Orte"] == roles["Bruno Tamm"] == "respondent"


HEARING = """[House Hearing, 99th Congress]

                 THE PIERS AND THE FERRIES OF THE NORTH

                                HEARING

                   COMMITTEE ON FERRIES AND PIERS

                          HOUSE OF THE COAST

                             MAY 16, 2024

        Printed for the use of the Committee on Ferries

                            C O N T E N T S

    The committee met at 10 a.m., in the room above the harbour hall,
Hon. Una North (chairwoman of the committee) presiding.
    Ms. North [presiding]. The committee will come to order. All the
members have five days for their letters on the piers and ferries
of the coast.
    We are here because the northern pier has stood empty since the
spring. Mr. Tamm, do you wish to be heard?
    Mr. Tamm of West Ness. Only to say that my constituents have waited
for the ferry all the spring, and that they will wait no more. I
yield back.
    Ms. North. Our witness keeps the light. You have five minutes.

     STATEMENT OF ANALIA ORTE, KEEPER, OFFICE OF THE LAMPS AND THE
                            LESSER PIERS

    Ms. Orte. Thank you. The lamps are lit, and the piers are safe as
far as I have seen them.
    I have walked all of them twice, and I would be pleased to take
whatever you ask of me today.
    Mr. Tamm of West Ness. How long did you walk?
    Ms. Orte. On the longest of them nearly an hour, or as we say----
    Mr. Tamm of West Ness. Longer than the ferry takes in the summer.
    Ms. Orte. The ferry stops for the birds.
    Mr. Tamm of West Ness. I yield to the chair.
    Ms. North. I thank the witness for her candour, and we stand
adjourned until the ferry comes.
"""


def test_in_a_hearing_who_presides_and_who_yields_time_asks() -> None:
    interview = build(HEARING, "a.txt")
    assert roles_of(interview) == {
        "Ms. North": "interviewer",
        "Mr. Tamm of West Ness": "interviewer",
        "Ms. Orte": "respondent",
    }
    texts = [turn.text for turn in interview.turns]
    assert len(texts) == 10
    assert texts[0].startswith("The committee will come to order.")
    assert [texts[2].split()[-1], texts[5].split()[-1]] == ["minutes.", "say----"]
