"""Pages saved by copy and paste: no labels, statements that ask, a menu above, links below."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.records import Interview, Paragraph
from pipeline.turns import build_interview
from pipeline.turns.conventions.exchange import load_exchange
from pipeline.turns.prose import find_prose

PAGE = """\
Skip to content
Harbours
Security
Opinion
Log In

The lamp and the ledger

Q. & A.
A keeper of lights on what the alliance owes its coast, and why nobody has asked for the bill.

By Olga Brandt
May 4, 2024

Two boats leave the harbour in the rain.
Photo: Some Agency/Getty Images

For a decade ships of the alliance have kept the strait, and for a decade their owners have argued \
about the bill. I spoke with the keeper of the light in the spring.

Take us back to the first winter. What did the strait look like when the ships came?

It was dark, mostly. We had eleven lamps and nine of them were borrowed, and I remember that the \
admiral asked me which two were ours. I did not know.

There was a feeling that somebody else had counted. Who else would have? We found out in March that \
nobody had, and by then the insurers had counted for us.

But the insurers went on paying for the patrols.

They did. I have seen the letters, and the letters are very polite. What they do not say is for how \
long, and I would not wait to be told.

Coast Brief
A Letter Every Week
Get the news of the week from forty harbours.
Read It Here

You sound almost grateful.

I am a keeper of lights. I know a good wick when I see one, and theirs was trimmed by people who \
had seen a fire.

Let us turn to the allies, and to the two of them who have a coast of their own on the other side.

[Laughs] Must we?

The harbour towns say they were promised a second light.

They were. It was promised in June by a man who had the date wrong, and we have been lighting it in \
our speeches since.

Is that enough for a pilot? Of course not. But ask yourself what you would steer by, if you had my \
two lamps and his one promise, and a tide.

Advertisement

There is also the ledger. We write down each ship, and each ship denies it.

Finally, what would you tell the alliance?

Bring oil. We have had all the speeches that we can burn.

Authors
Olga Brandt
Olga Brandt is a writer on the staff, and the editor of this series of talks with keepers of things.
Harbours
Security
Opinion

You may also like
Who Owns the Strait?
What does a pilot know?
About us
Contact
"""

TURNS = [
    "i Take us back",
    "r It was dark, mostly.",
    "i But the insurers",
    "r They did.",
    "i You sound almost",
    "r I am a keeper",
    "i Let us turn to",
    "r [Laughs] Must we?",
    "i The harbour towns say",
    "r They were.",
    "i Finally, what would",
    "r Bring oil.",
]


def _build(tmp_path: Path, text: str) -> Interview:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf8")
    return build_interview(read_source(path), interview_id="page", settings=load_settings().segment)


def _starts(interview: Interview, expected: list[str]) -> list[str]:
    roles = {speaker.id: speaker.role[0] for speaker in interview.speakers}
    found = [f"{roles[turn.speaker_id]} {turn.text}" for turn in interview.turns]
    return [text[: len(start)] for text, start in zip(found, expected, strict=False)]


def test_statements_that_ask_and_rhetorical_questions(tmp_path: Path) -> None:
    interview = _build(tmp_path, PAGE)
    assert interview.convention == "magazine"
    assert _starts(interview, TURNS) == TURNS
    assert len(interview.turns) == len(TURNS)


@pytest.mark.parametrize(
    "aside",
    [
        "Coast Brief",
        "Get the news",
        "Read It Here",
        "Two boats",
        "is a writer",
        "Who Owns",
        "Log In",
    ],
)
def test_nobody_says_what_stands_around_the_talk(tmp_path: Path, aside: str) -> None:
    assert all(aside not in turn.text for turn in _build(tmp_path, PAGE).turns)


def test_the_first_round_names_the_speakers(tmp_path: Path) -> None:
    page = PAGE.replace("Take us back", "HERALD: Take us back")
    page = page.replace("It was dark, mostly", "The Keeper: It was dark, mostly")
    interview = _build(tmp_path, page)
    assert [speaker.name for speaker in interview.speakers] == ["HERALD", "The Keeper"]
    assert len(interview.turns) == len(TURNS)


def _paragraphs(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(text=text, line=line) for line, text in enumerate(texts, start=1)]


LONG = "The strait was dark, and the lamps were few, and of those that were lit two were ours" * 2


def test_lines_stay_where_speech_is_not_written_in_sentences() -> None:
    texts = ["so what about the lamps", LONG, "right", LONG, "and the bill", LONG]
    assert find_prose(_paragraphs(texts), range(6)) == (0, 1, 2, 3, 4, 5)
    ended = [text + "." if text == LONG else text for text in texts]
    assert find_prose(_paragraphs(ended), range(6)) == (1, 3, 5)


def test_an_answer_above_a_credit_is_no_caption() -> None:
    texts = [
        f"{LONG}.",
        "Was it lit?",
        "It was lit twice.",
        "Photo: Some Agency",
        *[f"{LONG}."] * 2,
    ]
    assert find_prose(_paragraphs(texts), range(6)) == (0, 1, 2, 4, 5)


def test_talk_goes_on_below_what_only_looks_like_the_end() -> None:
    texts = [*[f"{LONG}."] * 3, "Related", "Who Owns the Strait", *[f"{LONG}."] * 3]
    assert find_prose(_paragraphs(texts), range(8)) == (0, 1, 2, 5, 6, 7)


def test_paragraphs_that_may_not_ask_do_not() -> None:
    texts = ["What burned?", "Oil.", "And what else?", "Letters."]
    sure = [True, False, False, False]
    best_row = load_exchange().best_row
    assert best_row(texts, may_ask=[True] * 4, sure=sure) == [True, False, True, False]
    headed = [True, True, False, True]
    assert best_row(texts, may_ask=headed, sure=sure)[2] is False


DASHES = (
    "– The port closed in spring. Is the council alive?",
    "– It depends on what you call alive. They write letters to each other every week.",
    "– Why did no ship come in summer?",
    "– Because nobody had mended the lamps. What is a ship to do in the dark? Whistle?",
    "– All the same, you voted for the plan in June.",
    "– We voted for the paper. To vote for the paper and to like what is written on it are two "
    "things, and everybody in that hall knew it, the minister and his whole staff included.",
    "– And what next?",
    "– Next comes winter.",
)


def _roles(path: Path, *turns: str) -> list[str]:
    path.write_text("\n\n".join(turns), encoding="utf-8")
    interview = build_interview(
        read_source(path), interview_id="d", settings=load_settings().segment
    )
    roles = {speaker.id: speaker.role[0] for speaker in interview.speakers}
    return [roles[turn.speaker_id] for turn in interview.turns]


def test_behind_dashes_an_answer_may_end_in_a_question_and_a_question_state(tmp_path: Path) -> None:
    assert _roles(tmp_path / "d.txt", *DASHES) == ["i", "r"] * 4


def test_behind_dashes_a_second_guest_may_follow_the_first(tmp_path: Path) -> None:
    turns = [*DASHES[:4], f"– I saw it otherwise. {DASHES[5][2:]}", "– Who mends them now?"]
    assert _roles(tmp_path / "d.txt", *turns, *DASHES[5:]) == ["i", "r"] * 4
