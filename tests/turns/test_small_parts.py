"""Who has a small part in a talk: voices on tape, aides who end it, and a paper's short name."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

STAKEOUT = (
    "Minister: Good morning. The harbour closed on Monday, as I told the council.",
    "Q: Minister, why did it close?",
    "Minister: It rained for three weeks, and the crane fell into the basin.",
    "Q: Who raised it?",
    "Minister: The navy did, and nobody thanked them for it.",
    "Press Secretary: There is time for two more, and the lady with the umbrella is first.",
    "Q: Does it freeze?",
    "Minister: It does, and it will freeze again.",
    "Press Secretary: Thank you all.",
)
BROADCAST = (
    "HOST: The harbour is closed, and people on the coast have been talking of little else.",
    "(SOUNDBITE OF ARCHIVED RECORDING)",
    "FISHERMAN: My nets hang dry, and the gulls have gone elsewhere.",
    "HOST: General, welcome. When does the first ship come in?",
    "GENERAL: On Friday, if the tide and the council allow it, and they seldom agree.",
    "HOST: Will they agree on Friday?",
    "GENERAL: The tide will.",
)
WIKI = (
    "**((Harbournews))** Thank you for agreeing to this. How did you come to it?",
    "**((Ann Roe))** By ship. I was a child then, and the crane was new.",
    "**((HN))** And who raised it?",
    "**((AR))** The navy.",
    "**((HN))** Does it stand?",
    "**((AR))** It does, in the ice.",
    "**((HN))** Is that all?",
    "**((AR))** It is.",
)


def build(*paragraphs: str, name: str = "a.txt") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def roles_of(interview: Interview) -> dict[str, str]:
    return {(speaker.name or "").upper(): speaker.role[0] for speaker in interview.speakers}


def test_an_aide_who_calls_the_last_questions_and_thanks_all_does_not_answer() -> None:
    assert roles_of(build(*STAKEOUT))["PRESS SECRETARY"] in "io"
    named = [line.replace("Press Secretary:", "Fisher:") for line in STAKEOUT]
    assert roles_of(build(*named))["FISHER"] == "i"


def test_who_answers_besides_is_no_aide() -> None:
    named = [line.replace("Press Secretary:", "Fisher:") for line in STAKEOUT]
    more = ("Q: And the ice?", "Fisher: The ice is the ministry's, and it took the second crane.")
    assert roles_of(build(*named[:6], *named[6:8], *more, named[8]))["FISHER"] == "r"


def test_who_is_heard_below_a_soundbite_s_note_only_is_on_tape() -> None:
    assert roles_of(build(*BROADCAST)) == {"HOST": "i", "FISHERMAN": "o", "GENERAL": "r"}


def test_who_speaks_behind_music_is_there() -> None:
    music = [line.replace("ARCHIVED RECORDING", 'A SONG, "HARBOUR"') for line in BROADCAST]
    assert roles_of(build(*music))["FISHERMAN"] == "r"


def test_a_paper_s_name_that_opens_the_talk_is_shortened_to_its_letters() -> None:
    interview = build(*WIKI, name="a.md")
    assert len(interview.speakers) == 2
    assert len(interview.turns) == 8


def test_a_country_of_which_another_s_letters_are_is_not_that_one() -> None:
    rounds = ("Ukraine: We ask for ships.", "UK: You have them.") * 3
    assert len(build(*rounds).speakers) == 2


def test_whose_a_pull_quote_is_stands_below_it() -> None:
    quote = ("> I was a child then, and the crane was new.\n>\n> —Ann Roe",)
    interview = build(*WIKI[:4], *quote, *WIKI[4:], name="a.md")
    assert interview.turns[3].text == "The navy."
