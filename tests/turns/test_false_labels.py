"""What opens a paragraph like a label and is none: titles printed again, and captions."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TITLE = "The Long Ebb: Cranes, Lamps and Ferries in the Northern Ports"
ASIDE = (
    "The northern pier has stood empty since the spring, and the ministry says that nobody will be "
    "sent to mend it before the elections are over and the new harbour master has been found."
)
PAGE = (
    "Skip to content",
    TITLE,
    "By the Harbour Desk",
    TITLE,
    "Explain how the ports came to stand empty.",
    f"It began with the ferries. {ASIDE}",
    "What does the ministry want from them?",
    f"Two things, and neither is cheap. {ASIDE}",
    "Assess the work of the harbour council.",
    f"The council met eleven times. {ASIDE}",
    "Still, ask a plain question: would anybody pay for a lamp? Nobody would, and so none burns.",
)
TALK = (
    "Host: Why did the crane fall?",
    f"Minister: It rained for three weeks. {ASIDE}",
    "Host: And who will raise it?",
    "Minister: Whoever can. We have asked two firms.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_title_printed_again_above_the_article_is_no_speaker() -> None:
    interview = build(*PAGE)
    assert interview.convention == "magazine"
    assert [turn.kind for turn in interview.turns] == ["question", "answer"] * 3


def test_who_says_one_thing_twice_is_a_speaker() -> None:
    interview = build(
        *TALK[:2], "Clerk: Please, all rise now.", *TALK[2:], "Clerk: Please, all rise now."
    )
    assert [turn.text for turn in interview.turns].count("Please, all rise now.") == 2


def test_who_asks_one_thing_again_and_again_is_a_speaker() -> None:
    again = "Ann Roe: Who will raise it from the water now"
    assert len(build("A page", again, TALK[1], again, TALK[3]).turns) == 4


def test_a_caption_with_a_name_and_a_credit_is_no_turn() -> None:
    for credit in ("© Ann Roe/The Port", "Photo: Ann Roe", "ANN ROE FOR THE PORT REVIEW"):
        interview = build("A page", f"Minister: ‘It rained for three weeks’ {credit}", *TALK)
        assert len(interview.turns) == 4, credit


def test_a_turn_that_speaks_of_a_picture_is_one() -> None:
    last = "Minister: We have a photo of it. The sign says © on all of it, and nobody knows why."
    assert build(*TALK[:3], last).turns[-1].text.startswith("We have a photo")


def test_a_headline_with_a_name_and_a_quotation_above_a_byline_is_no_turn() -> None:
    head = ("Minister: ‘Nobody raised the crane’", "On ferries and lamps.", "By the Harbour Desk")
    assert len(build("The crane", *head, ASIDE, *TALK).turns) == 4
    assert len(build("The crane", head[0], "Published On 3 May 2025", ASIDE, *TALK).turns) == 4


def test_a_quotation_that_is_a_first_answer_is_a_turn() -> None:
    assert len(build("The crane", "Minister: ‘Nobody raised the crane’", *TALK).turns) == 5
    assert (
        len(build("The crane", "Minister: Nobody raised it.", "By noon we knew.", *TALK).turns) == 5
    )


def test_where_the_video_is_found_is_no_turn_and_what_it_plays_is() -> None:
    assert (
        len(build("The crane", "Video: ref. I-12 · Duration 00:38:12 · Download", *TALK).turns) == 4
    )
    assert len(build("The crane", "Video: The crane has fallen into the basin.", *TALK).turns) == 5


def test_a_title_in_capitals_is_no_label() -> None:
    interview = build("THE LONG EBB: CRANES AND LAMPS IN THE NORTHERN PORTS", *TALK)
    assert [speaker.name for speaker in interview.speakers] == ["Host", "Minister"]


def test_a_note_with_a_colon_within_the_speech_ends_no_label() -> None:
    interview = build(
        "Ann North: Is the ferry late again, and who pays for the lamp on the pier?",
        "Ben East: It is late. Somebody pays for it, and he has been told so twice.",
        "Ann, das habe ich gesagt. Die Lampe brennt. (Answered in German: Own translation) The "
        "lamp is on.",
        "Ann North: So it is on?",
        "Ben East: It has been on since the spring.",
    )
    assert len(interview.turns) == 4


def test_a_name_in_bold_with_an_age_opens_the_lead_of_a_page() -> None:
    page = (
        "<p><b>Ann Roe, 58, is the keeper of the northern crane, and she explains why it fell.</b></p>"
        "<p>Interview Conducted by Bo Lind in the Harbour</p>"
        "<p><b>THE COURIER:</b> Ms. Roe, why did the crane fall?</p>"
        "<p><b>Roe:</b> It rained for three weeks, and nobody had told it about the wind.</p>"
        "<p><b>THE COURIER:</b> Will it be raised again?</p>"
        "<p><b>Roe:</b> It will be, and it will fall again. Cranes do.</p>"
    )
    source = read_bytes(f"<html><body>{page}</body></html>".encode(), name="a.html")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.turns[0].text == "Ms. Roe, why did the crane fall?"
    assert len(interview.turns) == 4
