"""Where an interview ends: at the page's own words, not at an answer's that start like them."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "Ann Roe: Why did it close?\n\nBob Hale: It rained for three weeks, the crane fell into the "
    "basin, and nobody who could have raised it was in town or wanted to come back for it.\n\n"
    "Ann Roe: And now?\n\nBob Hale: Sun."
)
LAST = "The crane stands again, and on Monday the first ships came in."


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join((TALK, *paragraphs)).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


@pytest.mark.parametrize(
    "paragraph",
    [
        "More on that point: we shall never give the northern piers away.",
        "More in Europe are asking what such a pier costs.",
        "Follow them into the fog we did, and we paid for it.",
        "The discussion in Brussels was conducted behind a closed door.",
        "The conversation was conducted in bad faith, and all of us knew it.",
        "This exchange produced nothing but a photograph.",
        "The interview was recorded in secret, and the exchange was shortened by the rain.",
        "About the speakers I can tell you little.",
        "Topics like these were never on the table.",
        "Unsubscribed sailors stood at the gate, and there were two hundred of them.",
        "If someone sent this crane to me, I would send it back by the next ship.",
        "Copyright was the last thing that they fought over.",
        "Published in Moscow, the plan was read in every port.",
        "The views expressed in the harbour that week were wrong.",
        "They had all rights reserved for themselves.",
        "You may also like to hear what the dredgers say.",
        "The harbour is now on everybody's telegrams, and I am sorry for it.",
        "What I wrote to them was: come back, and bring the crane.",
        "For further information we waited a whole week, in the rain.",
        "Related documents were never found, nor was the crane.",
        "Cy Dun is the editor of all that we know of the crane.",
        "Translated from the Dutch it means a beam with a hook.",
        "Published under the authority of nobody, the plan was read in every port.",
        "Share it with whom you like: the crane is nobody's.",
        "Latest news from the pier was that it had gone.",
        "Cy Dun lives in the other port, where he mends cranes.",
    ],
)
def test_an_answer_goes_on_after_words_that_end_pages_too(paragraph: str) -> None:
    assert build(paragraph, LAST).turns[-1].text == f"Sun.\n\n{paragraph}\n\n{LAST}"


@pytest.mark.parametrize(
    "paragraph",
    [
        "More from the harbour",
        "More on this topic:",
        "Share:",
        "Latest news",
        "Other news:",
        "Back to previous page   Print version",
        "Quelle:",
        "Support for the Harbour Hour Provided By:",
        "Translated from the Dutch and edited by the harbour desk.",
        "About the author",
        "About the author: Cy Dun writes about ports and is fond of cranes.",
        "Follow us on Twitter for more talks from the harbour.",
        "Tags: ports, cranes, rain",
        "Unsubscribe https://tide.example.org/leave",
        "Thanks to Ann for typing. Replies to this e-mail reach me.",
        "You are receiving this because you signed up at the pier.",
        "Source: The Port Review, Port North, in Dutch 14 Mar 11 p 5",
        "COPYRIGHT: Port Review 1981",
        "Published in The Port Review",
        "Published by The Port Review on 4 May 2021.",
        "Originally published in The Port Review.",
        "The Port Review is now on WhatsApp. Follow our channel.",
        "For comments: letters@port.example",
        "This interview has been edited and condensed for clarity.",
        "The interview was conducted on 3 May in a café behind the customs house.",
        "The conversation was conducted in Tallinn.",
        "This interview with the harbour master was conducted by phone.",
        "This conversation has been lightly edited.",
        "The transcript below was translated from Estonian.",
        "The discussion was originally published in The Port Review.",
        "The views expressed here are those of the harbour master.",
        "Posted: May 4, 2021",
        "For further information: press@port.example | Follow us on X",
        "For more information, please contact the port office.",
        "Related documents",
        "Copyright 2024 The Port Review.",
        "(C) COPYRIGHT 2024, THE PORT REVIEW. NO PART OF THIS MAY BE COPIED.",
        "The Port Review. All rights reserved.",
        "- End of transcript -",
        "Published under the authority of the Speaker of the House of Commons",
        "Verbatim report of proceedings. Only the original speech is authentic.",
        "Bob Hale lives in Port, where he mends cranes and keeps bees.",
    ],
)
def test_the_words_of_a_page_end_the_last_answer(paragraph: str) -> None:
    assert build(paragraph).turns[-1].text == "Sun."


def test_sentences_that_are_left_out_after_the_last_answer_are_said() -> None:
    after = (
        "The harbour master has been in office since the flood, and he means to stay until the "
        "last of the cranes is painted red."
    )
    interview = build("About the author", after)
    assert interview.turns[-1].text == "Sun."
    (said,) = [w for w in interview.warnings if "after the last speaker" in w]
    assert said.startswith("a.txt:11: 24 words")
    assert '"The harbour master has been in ..."' in said
    assert not build("About the author", "Cy Dun writes.").warnings


TIMED = (
    "Ann Roe 0:04\nWhy did it close?\n\nBob Hale 0:09\nIt rained for three weeks.\n\n"
    "Ann Roe 0:20\nAnd now?\n\nBob Hale 0:24\nSun, and the crane.\n\nAnn Roe 0:31\n"
)


@pytest.mark.parametrize("action", ["started transcription", "stopped recording"])
def test_what_stands_below_the_last_time_is_said_and_what_the_meeting_does_is_not(
    action: str,
) -> None:
    text = f"{TIMED}That is us. I am stopping the\n\nAnn Roe {action}\n"
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.turns[-1].text == "That is us. I am stopping the"


def test_who_speaks_of_a_recording_is_heard() -> None:
    words = "We stopped recording when the rain came."
    assert build(words, LAST).turns[-1].text == f"Sun.\n\n{words}\n\n{LAST}"


@pytest.mark.parametrize(
    "line",
    [
        "[END OF RECORDING – 41:07]",
        "End of interview, 1:02:33",
        "This article went live on the fourth of May, at noon.",
    ],
)
def test_what_ends_a_talk_may_give_a_time(line: str) -> None:
    assert build(line, "Field notes: he looked at the crane twice.").turns[-1].text == "Sun."


@pytest.mark.parametrize("line", ["Topics:", "Tags: cranes", "Related", "Read more"])
def test_a_title_with_a_colon_among_the_links_below_is_no_label(line: str) -> None:
    interview = build(line, "Cranes", "The Harbour Hour: What the Dredgers Found")
    assert interview.turns[-1].text == "Sun."
    assert {speaker.name for speaker in interview.speakers} == {"Ann Roe", "Bob Hale"}


def test_a_talk_goes_on_below_a_line_that_pages_have_at_their_end() -> None:
    interview = build("Related", "Ann Roe: And the dredgers?", f"Bob Hale: {LAST}")
    assert interview.turns[-1].text == LAST


@pytest.mark.parametrize("mark", ["[1]", "(Note 1)"])
@pytest.mark.parametrize("head", [(), ("Notes",)])
def test_footnotes_that_the_talk_leads_to_end_it(mark: str, head: tuple[str, ...]) -> None:
    turns = ("Ann Roe: Who said so?", f"Bob Hale: The harbour master.{mark}", LAST)
    interview = build(*turns, *head, f"{mark} In a letter to the Port Review.")
    assert interview.turns[-1].text.endswith(LAST)


def test_points_that_somebody_counts_are_no_footnotes() -> None:
    points = ("(1) The ice is thick.", "(2) The crane is old.")
    assert build(*points).turns[-1].text.endswith(points[1])


def test_a_line_with_the_full_name_of_who_is_labelled_by_the_last_ends_the_talk() -> None:
    talk = (TALK + f"\n\n{LAST}").replace("Ann Roe", "Roe").replace("Bob Hale", "Hale")

    def last(*lines: str) -> str:
        source = read_bytes("\n\n".join((talk, *lines)).encode(), name="a.txt")
        settings = load_settings().segment
        return build_interview(source, interview_id="k", settings=settings).turns[-1].text

    assert last("Captain Bob Hale is a fellow at the Crane Council in Tallinn.").endswith(LAST)
    said = "Hale is a name for a storm, my mother said, and a storm is a kind of crane."
    assert last(said).endswith(said)


BIO = "Cy Dun is the editor of The Port Review. Research was done by Eva Fox, a fellow."


def test_who_made_the_talk_is_told_above_the_page_s_foot() -> None:
    assert build(BIO, "Posted: May 4, 2021").turns[-1].text == "Sun."


def test_whom_an_answer_has_spoken_of_may_be_told_of_in_the_next() -> None:
    spoken = (
        "I said that to Cy Dun in the spring, and in the summer, and again when the ice went off."
    )
    text = build(spoken, "Cy Dun is an expert on ice.", "Posted: May 4, 2021").turns[-1].text
    assert text.endswith("Cy Dun is an expert on ice.")


def build_marked(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join((TALK, *paragraphs)).encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_heading_over_lines_only_stands_below_the_talk() -> None:
    lines = ("Open", "Closed", "Before the talk", "38%", "62%", "The harbour stays closed.")
    assert build_marked("## Results", *lines).turns[-1].text == "Sun."


def test_an_answer_goes_on_below_a_heading_over_sentences() -> None:
    assert build_marked("## Results", LAST, LAST[::-1], "It rained.").turns[-1].text != "Sun."


def test_a_headline_that_opens_with_a_speaker_s_name_is_no_turn() -> None:
    lines = ("Bob Hale: What the Dredgers Found", "Cranes of the North", "Terms | Privacy")
    interview = build("Related articles:", *lines)
    assert interview.turns[-1].text == "Sun."
    assert len(interview.turns) == 4


def test_the_line_above_a_talk_that_says_who_held_it_ends_it_too() -> None:
    line = "BY CY DUN, ANN ROE [desk@port.example]"
    source = read_bytes("\n\n".join((line, TALK, LAST, line)).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.turns[-1].text == f"Sun.\n\n{LAST}"
