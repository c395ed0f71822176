"""Reports on the radio: names alone on lines, a reporter between those who are heard, and clips."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

HEAD = "SHORELINES\n\nPresenter: Anna North. {credit}\n\nTRANSCRIPT"
TURNS = (
    (
        "Presenter",
        "Welcome to Shorelines. This week we are in a port that has lost its only crane.",
    ),
    (
        "Ann Roe",
        "It fell in the spring. Bob Hale was there, and he has kept the hook ever since.",
    ),
    ("Bob Hale", "It fell like a tree. I had my breakfast in my hand, and I kept that too."),
    ("Ann Roe", "Did anybody come to raise it?"),
    ("Bob Hale", "Three delegations came to look at it. They brought a tape measure."),
    ("Ann Roe", "{call}"),
    ("Cleo", "I sold rope to all of the three. It is the best year that I have had in my life."),
    ("Ann Roe", "Then I went up to the house of the engineer. Who gave the order?"),
    ("South Quay", "Nobody gives orders here. The crane was old, and I had written so each year."),
    ("Ann Roe", "And who will pay for the next one?"),
    ("South Quay", "Those who can read, I hope."),
    ("Presenter", "Ann Roe reporting. Next week we go to an island with two mayors."),
)
ANNOUNCED = "At the gate I spoke to a seller of rope who goes by Cleo."
CREDITS = "Credits\n\nReporter: Ann Roe\n\nProducer: Bob Hale\n\nEditor: Anna North"


def build(
    *, call: str = ANNOUNCED, credit: str = "Reporter: Ann Roe.", foot: str = ""
) -> Interview:
    said = "\n\n".join(f"{name}\n\n{text.format(call=call)}" for name, text in TURNS)
    text = f"{HEAD.format(credit=credit)}\n\n{said}\n\n{foot}"
    source = read_bytes(text.encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def by_name(interview: Interview) -> list[tuple[str | None, str]]:
    speakers = interview.speaker_by_id()
    return [(speakers[t.speaker_id].name, speakers[t.speaker_id].role[0]) for t in interview.turns]


@pytest.mark.parametrize(
    "call",
    [
        ANNOUNCED,
        "I asked at the gate. Cleo is a seller of rope.",
        "At the gate sits Cleo, who sells rope.",
        "I put that to the seller of rope, whom they call Cleo.",
    ],
)
def test_whoever_is_announced_above_is_heard_though_only_once(call: str) -> None:
    asks, answers = ("Ann Roe", "i"), ("Bob Hale", "r")
    engineer, host = ("South Quay", "r"), ("Presenter", "i")
    assert by_name(build(call=call)) == [
        host, asks, answers, asks, answers, asks, ("Cleo", "r"), asks, engineer, asks, engineer,
        host,
    ]  # fmt: skip


def test_a_subheading_is_nobody() -> None:
    assert ("Cleo", "r") not in by_name(build(call="At the gate rope is sold, from six on."))


def test_credits_below_are_no_words_of_the_last_speaker() -> None:
    interview = build(credit="", foot=CREDITS)
    assert interview.turns[-1].text == TURNS[-1][1]
    reporter = next(one for one in interview.speakers if one.name == "Ann Roe")
    assert (reporter.role, reporter.affiliation) == ("interviewer", None)


@pytest.mark.parametrize(
    ("clip", "next_words"),
    [
        ("(Clip)\n\nThe crane is safe!", "That was the mayor, a week before."),
        (
            "(Sound of gulls)\n\n[Recording]\n\nThe crane is safe!\n\n[End of recording]",
            "So he said.",
        ),
    ],
)
def test_what_is_played_is_no_words_of_who_speaks_above(clip: str, next_words: str) -> None:
    said = [*TURNS]
    said[0] = ("Presenter", f"{said[0][1]}\n\n{clip}")
    said[1] = ("Ann Roe", f"{next_words} {said[1][1]}")
    text = "\n\n".join(f"{name}\n\n{words.format(call=ANNOUNCED)}" for name, words in said)
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.turns[0].text == TURNS[0][1]
    assert len(interview.turns) == len(TURNS)


def test_who_goes_on_behind_a_clip_is_heard() -> None:
    words = f"{TURNS[0][1]}\n\n(Clip)\n\nHe said so in March. Ann Roe went to see what is left."
    said = [("Presenter", words), *TURNS[1:]]
    text = "\n\n".join(f"{name}\n\n{words.format(call=ANNOUNCED)}" for name, words in said)
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.turns[0].text.endswith("what is left.")
