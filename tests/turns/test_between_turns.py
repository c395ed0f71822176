"""What a page sets above, between and below the turns, and what only looks like it."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ANSWER = (
    "It rained for three weeks, the crane fell into the basin, and nobody who could have raised it "
    "was in town or wanted to come back for it."
)
REST = "The second one stood until May."
TALK = (
    "Ann Roe: Why did it close?",
    f"Bob Hale: {ANSWER}",
    "Ann Roe: And then? Did the other crane fall as well?",
    "Bob Hale: No.",
)


def build(*paragraphs: str, name: str = "a.txt") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def within(*paragraphs: str) -> str:
    """What is said in an answer that the paragraphs stand in."""
    interview = build(*TALK[:2], *paragraphs, REST, *TALK[2:])
    assert len(interview.turns) == 4
    return interview.turns[1].text


FURNITURE = [
    ("Our writers unpack the week in the port. To subscribe, click here.",),
    ("Share full article",),
    ("Order a copy of this broadcast on disc from the harbour desk.",),
    ("Get Harbour News in your Inbox:",),
    ("¶ How the crane was raised",),
    ("Made possible by the Port Fund and contributions to your station from viewers like you.",),
    ("By signing up, you agree to the terms of the Port Review.",),
    ("This is a lightly edited, machine-assisted transcript and may contain errors.",),
    (
        "Recommended Stories",
        "list of 2 items",
        "list 1 of 2",
        "Who raised the crane?",
        "list 2 of 2",
        "Port of June opens",
        "end of list",
    ),
    ("Foto: Ann Roe / AFP",),
    ("See also - Who Is Ann Roe? Four Things to Know",),
    ("The article you are reading originally appeared in Dutch in issue 21 of the Port Review.",),
    ("Permission requests: To reprint this piece, write to the harbour desk.",),
    ("Get the full experience. Choose your plan",),
    ("Low Tide is free. If you were sent this by a colleague, you can have your own.",),
    ("View this post on the web at https://tide.example.org/p/cranes",),
    ("This episode is brought to you by Crane Mutual. Terms apply.",),
    ("Cy Dun for The Port Review",),
    ("- 12 -",),
    ("Also read: The cranes that nobody raised",),
    ("The Port Review is now on WhatsApp. Follow our channel for cranes.",),
    (
        "Sign up for the Port Review’s daily newsletter A digest of all that fell into the basin in a "
        "week of rain, and of all who could have raised it. Subscribe",
    ),
    ("The crane in the basin, 1987. Photo: Port Office / public domain",),
    ("The crane in the basin (AP Photo/Cy Dun)",),
    ("The crane in the basin at low water. (Photo courtesy of the author)",),
    ("== What the crane cost ==",),
    ("> Sidebar. If you want to know what cranes cost, there is a book.",),
    ("Bob Hale on “The Port Hour” | Full interview 09:41",),
    ("The crane falls. Cy Dun / AFP",),
    ("The Port Review is a reader-supported publication. To receive new posts, subscribe.",),
    ("Sitting suspended for a Division in the House.", "On resuming—"),
    ("Examination of witness", "Witness: Bob Hale."),
    ("**Visit to the Harbour",),
    ("Share   Facebook   X   Email   Print",),
    ("Suggest to a Friend:", "Print"),
    ("The following question was raised after the press conference:",),
    ("Newsletter", "The Port Review", "All the cranes of the week, in your inbox", "Sign up"),
    ("Weekly Newsletter", "All the cranes of the week.", "Get the Newsletter"),
    ("You have read 2 of your 3 free articles this month.", "Already a subscriber? Log in"),
    ("You’ve reached your limit of free articles.", "Enjoying this article? Consider giving."),
    ("▶ Related: The cranes that nobody raised",),
    (
        "YouTube",
        "To show the video here, a connection to it has to be made. You agree.",
        "Load video",
    ),
    ("Y3JhbmUgaW4gYSBiYXNpbg" * 6 + "YmFzaW4=",),
    ("Robert Hale", "was born in 1950 and has raised cranes since he was a boy."),
    ("Cy Dun", "is the editor of the Port Review and has written of cranes."),
    ("Profile", "Bob E. Hale", "▶ Born in the harbour in 1950", "▶ Master of cranes since 1990"),
    ("About Bob Hale", "Bob Hale, born in 1950, has raised cranes since he was a boy."),
]


@pytest.mark.parametrize("paragraphs", FURNITURE)
def test_furniture_between_the_turns_is_left_out(paragraphs: tuple[str, ...]) -> None:
    assert within(*paragraphs) == f"{ANSWER}\n\n{REST}"


@pytest.mark.parametrize(
    "paragraph",
    [
        "I had it from a friend at Reuters/AFP who never lied to me.",
        "It was absurd. Picture: ten men on a pier and not one rope.",
        "We took one photo: of the crane.",
        "Sidebar talk: that was all we had of the harbour.",
        "I had the photo of the author. Photo by the author of the crane, it said, and I laughed.",
        "They aired the full interview at 09:41, when nobody was up.",
        "Cy Dun for Harbour Master, it said on the crane.",
        "Also read the second page, I told him, and he did.",
        "Sign up for the newsletter of the dredgers, I said, and then we shall see who they are and "
        "what they want from us, and he signed up for it and has been a dredger ever since then.",
        "The committee is adjourned, they told us.",
        "Meeting adjourned.",
        "** I said it twice, and I say it again. **",
        "Share it on X or in print, he said.",
        "The following question was raised in the harbour: who pays for the crane?",
        "Newsletter writers came from all over.",
        "YOU WON. BUT THEY GAVE YOU HECK FOR THAT.",
        "He said: order a copy of this broadcast.",
        "You have read all of my free articles, I see, and none of the dear ones.",
        "Recommended by whom? By the crane's own builder.",
        "About Bob Hale the elder I know little.",
        "A newspaper is a reader. Supported publications are another thing.",
    ],
)
def test_speech_that_has_words_of_furniture_stays(paragraph: str) -> None:
    assert within(paragraph) == f"{ANSWER}\n\n{paragraph}\n\n{REST}"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("The Harbour Crane", "was lost to all of us that year."),
        ("Profile", "Nobody had one, not even the crane."),
        ("▶ Related to him I was not.",),
    ],
)
def test_speech_that_looks_like_a_box_stays(paragraphs: tuple[str, ...]) -> None:
    assert within(*paragraphs) == "\n\n".join((ANSWER, *paragraphs, REST))


def test_a_newsletter_without_its_last_line_stays_but_for_what_is_known() -> None:
    box = ("Newsletter", "All the cranes of the week", *[ANSWER] * 3, "Sign up")
    assert "All the cranes of the week" in within(*box)


LONG = [f"{word}, {ANSWER[0].lower()}{ANSWER[1:]}" for word in ("First", "Then", "At last")]
SUBHEADS = ("The winter of the crane", "What the harbour kept")


def subheaded(*heads: str) -> Interview:
    first, second = (("Ann Roe: Why was that?", f"Bob Hale: {text}", head)
                     for text, head in zip(LONG, heads, strict=False))  # fmt: skip
    return build(*TALK[:2], *first, *second, *TALK[2:])


def test_lines_above_labels_that_are_no_sentences_are_subheads() -> None:
    assert [turn.text for turn in subheaded(*SUBHEADS).turns[3:6:2]] == LONG[:2]


def test_titles_above_labels_may_be_long_or_numbered() -> None:
    heads = (
        "(2) The Winter of the Crane",
        "The Loss of the Crane in the Harbour of the North (1988)",
    )
    assert [turn.text for turn in subheaded(*heads).turns[3:6:2]] == LONG[:2]


def test_one_line_above_a_label_is_who_is_cut_off() -> None:
    answers = subheaded("But the winter of the", "I went down to the crane and.").turns[3:6:2]
    assert answers[0].text.endswith("But the winter of the")


def test_a_last_line_that_signs_off_is_said() -> None:
    answers = subheaded("With my best wishes to you", "Thank you both for the winter").turns[3:6:2]
    assert answers[0].text.endswith("With my best wishes to you")


LINKS = [
    ("Recommended", "The Long Read", "The ports that nobody wanted to mend"),
    ("Video from The Port Review", "A town at the end of the quay"),
    ("Read also", "- Where Did the Crane Sleep?", '- "It rained." A Review', "- Who pays?"),
    ("Related Article", "Who Raises What Falls?", "Cy Dun"),
    ("Related Article", "The Basin That Nobody Wanted", "Staff", "Ad Policy"),
]


@pytest.mark.parametrize("links", LINKS)
def test_a_list_of_links_between_sentences_is_left_out(links: tuple[str, ...]) -> None:
    assert within(*LONG, *links) == "\n\n".join((ANSWER, *LONG, REST))


def test_a_list_of_links_ends_at_a_name_that_speaks_again() -> None:
    head = ("Ann Roe", "Why did it close?", "Bob Hale", *LONG, *LINKS[0])
    interview = build(*head, "Ann Roe", "And then?", "Bob Hale", "No.", "Ann Roe", "Never?")
    assert [turn.text for turn in interview.turns[1:3]] == ["\n\n".join(LONG), "And then?"]


def test_a_list_of_links_that_does_not_end_is_none() -> None:
    lines = [f"The crane of the year {year}" for year in range(1980, 1990)]
    assert "The crane of the year 1985" in within(*LONG, "Recommended", *lines)


@pytest.mark.parametrize(
    "said",
    [
        ("Related Article", "Who raises what falls into it?", "Cy Dun does."),
        ("Read also", "- Where did it sleep?", "It slept here.", "- Who says so?"),
    ],
)
def test_what_asks_below_a_line_of_links_is_kept(said: tuple[str, ...]) -> None:
    assert said[1] in within(*LONG, *said)


def test_no_box_reaches_over_a_turn() -> None:
    said = "Ann Roe: What did it say?"
    interview = build(*TALK, "Newsletter", said, "Bob Hale: That it rained.", "Sign up")
    assert "What did it say?" in [turn.text for turn in interview.turns]


def test_a_heading_about_somebody_else_is_no_portrait() -> None:
    said = "Cy Dun, born in 1950, never raised a crane in his life."
    assert said in within("About Cy Dun", said)
    assert said not in within("* * *", "About Cy Dun", said, "* * *")


BOX = ("> #### What is a crane?", "> A beam with a hook, of which the harbour had two.")


def test_a_block_quotation_with_a_heading_of_its_own_is_no_speech() -> None:
    talk = [f"**{name}:**{text}" for name, _, text in (turn.partition(":") for turn in TALK * 2)]
    interview = build(*talk[:2], *BOX, *talk[2:], name="a.md")
    assert interview.turns[1].text == ANSWER
    quoted = build(*talk[:2], "> A beam with a hook, he called it.", *talk[2:], name="a.md")
    assert quoted.turns[1].text.endswith("he called it.")


@pytest.mark.parametrize(
    "line",
    ["Hosts: Ann Roe and Bob Hale", "Guest: Bob Hale", "Speakers: Ann Roe (AR), Bob Hale (BH)"],
)
def test_a_line_of_names_that_speak_below_is_no_turn(line: str) -> None:
    interview = build("The crane", line, "6 May 2024", *TALK)
    assert [turn.text for turn in interview.turns] == [text.partition(": ")[2] for text in TALK]


def test_a_line_of_names_may_give_the_initials_that_speak_below() -> None:
    talk = [text.replace("Ann Roe", "AR").replace("Bob Hale", "BH") for text in TALK]
    interview = build("The crane", "Presenters: Ann Roe (AR), Bob Hale (BH)", *talk)
    assert [turn.text for turn in interview.turns] == [text.partition(": ")[2] for text in TALK]


def test_who_gives_the_floor_by_a_name_alone_speaks() -> None:
    talk = [text.replace("Ann Roe", "Host") for text in TALK]
    interview = build(*talk, "Host: Bob Hale", f"Bob Hale: {REST}")
    assert [turn.text for turn in interview.turns[-2:]] == ["Bob Hale", REST]


def test_a_witness_in_court_may_give_a_name() -> None:
    interview = build(
        "MR. ROE: Would you state your name for the record?", "THE WITNESS: Bob Hale.",
        "MR. ROE: Were you on the pier?", f"THE WITNESS: {ANSWER}",
    )  # fmt: skip
    assert [turn.text for turn in interview.turns[1::2]] == ["Bob Hale.", ANSWER]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("“Nobody who could have raised it was in town or wanted to come back.”", False),
        ("Nobody who could have raised it was in town or wanted to come back.", True),
        ("“Nobody who could have raised it was in the harbour, or in any other.”", True),
    ],
)
def test_a_pull_quote_in_quotation_marks_may_be_trimmed(text: str, spoken: bool) -> None:
    assert (text in within(text)) is spoken


def test_a_pull_quote_may_have_other_apostrophes_than_the_text() -> None:
    answer = (
        "It rained. It's not a crane that fell, it's a whole year, with a port below. It rained."
    )
    pulled = "“It’s not a crane that fell, it’s a whole year, with a port below.”"
    interview = build(*TALK[:2], answer, pulled, *TALK[2:])
    assert interview.turns[1].text.endswith(answer)


def test_a_pull_quote_in_straight_marks_is_no_speech() -> None:
    pulled = "> 'The crane fell into the basin, and nobody who could have raised it'"
    talk = [text.replace("Ann Roe:", "**Ann Roe:**") for text in TALK]
    interview = build(*talk[:2], pulled, *talk[2:], name="a.md")
    assert interview.turns[1].text == ANSWER


OFFICES = (
    "Chair: Ann Roe", "Director, Harbour Institute", "Bob Hale", "Senior Fellow, Crane Council",
)  # fmt: skip
NAMES_ALONE = ("Ann Roe", "Why did it close?", "Bob Hale", ANSWER, "Ann Roe", "And then?",
               "Bob Hale", REST)  # fmt: skip


def test_names_with_offices_above_the_talk_are_no_turns() -> None:
    interview = build(*OFFICES, "6 May 2024", "All views are the speakers' own.", *NAMES_ALONE)
    assert [turn.text for turn in interview.turns] == list(NAMES_ALONE[1::2])


LISTED = (
    "**Ambassador (ret.) Bob Hale**", "Senior Fellow, Crane Council",
    "**Cy Dun**", "Deputy Minister for Cranes",
    "**Ann Roe, Ph.D. (Moderator)**", "Director, Harbour Institute",
)  # fmt: skip


def test_a_list_of_names_and_offices_may_have_other_titles_than_the_labels() -> None:
    turns = (
        f"**Dr. Roe:** {REST}", "**Amb. Hale:** Why did it close?", "**Ms. Cy Dun, Office:** Why?",
        f"**Amb. Hale:** {ANSWER}", "**Dr. Roe:** So it is.", "**Deputy Minister Dun:** No.",
    )  # fmt: skip
    interview = build(*LISTED, "*Not reviewed by the speakers.*", *turns, name="a.md")
    assert [turn.text for turn in interview.turns] == [text.split(":** ")[1] for text in turns]
    roles = {(speaker.name or "").split()[-1]: speaker.role for speaker in interview.speakers}
    assert roles == {"Roe": "interviewer", "Hale": "respondent", "Dun": "respondent"}


def test_names_with_offices_below_the_talk_are_no_turns() -> None:
    lines = [part for turn in TALK * 2 for part in turn.split(": ", 1)]
    notes = ("Ann Roe", "Director, Port Institute", "Bob Hale", "Senior Fellow, Crane Office")
    interview = build(*lines, "Contributors", *notes, "Related Tags", "Cranes")
    assert (len(interview.turns), interview.turns[-1].text) == (8, "No.")
    said = build(*lines, "Ann Roe", "Who was the director of the port then?", "Bob Hale", REST)
    assert (len(said.turns), said.turns[-1].text) == (10, REST)


def test_short_first_turns_are_no_offices() -> None:
    opening = ("Ann Roe", "The Director of the pier is here", "Bob Hale", "Good morning, Director")
    interview = build(*opening, *NAMES_ALONE)
    assert [turn.text for turn in interview.turns[:2]] == [opening[1], opening[3]]


def test_numbered_panels_of_witnesses_are_no_turns() -> None:
    head = (
        "Oral evidence: The cranes", "Witnesses",
        "I: Bob Hale, Fellow, Crane Council; and Cy Dun, Professor of Cranes.",
        "II: Di Eck, former Director, Harbour Institute.", "Examination of witnesses",
        "Witnesses: Bob Hale and Cy Dun.",
    )  # fmt: skip
    assert [turn.text for turn in build(*head, *TALK).turns] == [
        text.partition(": ")[2] for text in TALK
    ]


@pytest.mark.parametrize(
    "line", ["Thu, Oct 16, 2025 9:14AM • 8:01", "Subjects: Cranes; piers", "Spring 2026 | Talks"]
)
def test_dates_and_subjects_above_the_talk_are_no_labels(line: str) -> None:
    interview = build(line, "cranes, piers, rain", *TALK)
    assert interview.turns[0].text == "Why did it close?"


def test_strangers_below_the_end_are_no_speakers() -> None:
    below = ("[ENDS]", "Press Office: (02) 6277 0000", "Categories: Cranes")
    interview = build(*TALK, *TALK, REST, *below)
    assert interview.turns[-1].text == f"No.\n\n{REST}"
    assert len(interview.turns) == 8


def test_another_talk_between_others_below_the_end_is_heard() -> None:
    other = ("Cy Dun: Once more?", f"Di Eck: {REST}", "Cy Dun: Why?", "Di Eck: It rained.")
    interview = build(*TALK, *TALK, *TALK, "[ENDS]", *other)
    assert [turn.text for turn in interview.turns[-2:]] == ["Why?", "It rained."]


def test_a_second_talk_below_the_end_of_the_first_is_heard() -> None:
    interview = build(*TALK, *TALK, REST, "[ENDS]", "Ann Roe: Once more?", f"Bob Hale: {REST}")
    assert [turn.text for turn in interview.turns[-2:]] == ["Once more?", REST]


@pytest.mark.parametrize(
    "comments",
    [
        ("Thanks for reading The Port Review! This post is public, so share it.",),
        ("Discussion about this post",),
        ("Click to share on Twitter (Opens in new window)",),
    ],
)
def test_readers_comments_below_a_talk_are_no_questions(comments: tuple[str, ...]) -> None:
    bold = [f"**{t.partition(': ')[2]}**" if t.startswith("Ann") else t.partition(": ")[2]
            for t in TALK * 3]  # fmt: skip
    notes = ("Cy Dun, Sep 15", "Did the crane say anything?", "Author", "Sadly not!", "Reply")
    interview = build(*bold, *comments, *notes, "Ready for more?", "Yes", name="a.md")
    assert (len(interview.turns), interview.turns[-1].text) == (12, "No.")


@pytest.mark.parametrize(
    "below",
    [
        ("* * *", "*Bob Hale's* Cranes *is out now.*", "Unsigned words below it."),
        ("The German version of this interview appeared in issue 4.",),
        ("Cy Dun (Tallinn, special correspondent)", "Most read"),
        ("Link to the video: https://a.b/c", "Cy Dun", "Press officer"),
        ("## Further Reading on The Port Review", "- [Crane](https://a.b/c)"),
        ("Media contact", "The office, day and night."),
        ("## Key facts", "A crane raises what has fallen.", "It has two chains."),
        ("Translated from Dutch by the harbour desk. The Port Review takes no sides in it.",),
        ("For information media. Not an official record.", "The press service of the port"),
        ("Related News:", "The crane of June (2025-06-17)"),
        ("Bob Hale’s The Crane is out in paperback from Port Press. It has two maps.",),
        ("This conversation was recorded on 14 May, before the rain.",),
        ("Bob HaleTwitterBob Hale writes on cranes for the port.", "Found a mistake? Write to us."),
    ],
)
def test_what_stands_below_the_last_answer_is_left_out(below: tuple[str, ...]) -> None:
    byline = "Interview by Cy Dun (Tallinn, special correspondent)"
    assert build(byline, *TALK, *below, name="a.md").turns[-1].text == "No."


def test_a_bold_heading_in_capitals_is_no_question() -> None:
    bold = [f"**{t.partition(': ')[2]}**" if t.startswith("Ann") else t.partition(": ")[2]
            for t in TALK * 2]  # fmt: skip
    heading = "**THE LONG ROAD TO A CRANE THAT STANDS**"
    said = "**THAT IS A LONG ROAD TO A CRANE.**"
    assert len(build(*bold[:2], heading, REST, *bold[2:], name="a.md").turns) == 8
    assert len(build(*bold[:2], said, REST, *bold[2:], name="a.md").turns) == 10


def test_a_name_in_capitals_is_that_of_who_is_described_below_a_rule() -> None:
    talk = [text.replace("Bob Hale:", "BOB HALE:") for text in TALK * 2]
    below = ("* * *", "Bob Hale is senior editor of The Port Review.")
    assert build(*talk, *below).turns[-1].text == "No."
    assert build(*talk, below[1]).turns[-1].text != "No."


@pytest.mark.parametrize(
    "below",
    [
        ("* * *", "*Down came the crane*", *[f"{ANSWER} So it went, {n}." for n in range(4)]),
        ("* * *", "And *then* it fell, all the same."),
        ("The German version of this crane appeared in May.",),
        ("Thanks for reading it to us.",),
        ("Further reading on cranes would have helped us all.",),
        ("Feedback is what we never got.",),
        ("Cy Dun’s report is published by nobody, and out from under the rain.",),
        ("Norland’s Crane Act is published by Friday, they say.",),
        ("This conversation was recorded in secret, as all of them were.",),
    ],
)
def test_a_last_answer_goes_on(below: tuple[str, ...]) -> None:
    assert build(*TALK, *below, name="a.md").turns[-1].text.endswith(below[-1].replace("*", ""))


FORM = (
    "---",
    "### The Port Brief",
    "All the cranes of the week. Delivered on Fridays.",
    "Enter your email [Sign Up]",
    "---",
)
TEASER = (
    "### Read More",
    "**A Long Winter for Cranes**",
    "Nobody raised it—and nobody will.",
    "Essay",
)


@pytest.mark.parametrize("box", [FORM, TEASER])
def test_a_form_between_rules_and_teasers_up_to_the_next_turn_are_no_speech(
    box: tuple[str, ...],
) -> None:
    bold = [f"**{line.replace(': ', ':** ', 1)}" for line in TALK]
    interview = build(*bold[:2], *box, *bold[2:], *bold, name="a.md")
    assert interview.turns[1].text == ANSWER
    assert len(interview.turns) == 8


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("---", "They told me to sign up with the navy.", "---"),
        ("### Read More", "I tell that to all who ask me, and most of them do."),
    ],
)
def test_what_is_said_between_rules_or_under_a_heading_is_kept(paragraphs: tuple[str, ...]) -> None:
    bold = [f"**{line.replace(': ', ':** ', 1)}" for line in TALK]
    interview = build(*bold[:2], *paragraphs, REST, *bold[2:], *bold, name="a.md")
    assert interview.turns[1].text == f"{ANSWER}\n\n{paragraphs[1]}\n\n{REST}"


def test_a_story_s_dateline_is_no_speaker() -> None:
    interview = build("**RIGA --** Bob Hale ran the port for years. We met him there.", *TALK)
    assert len(interview.turns) == 4
    assert {speaker.name for speaker in interview.speakers} == {"Ann Roe", "Bob Hale"}


def test_a_label_with_a_dash_is_no_dateline() -> None:
    dashed = [
        line.replace("Ann Roe: ", "ROE -- ").replace("Bob Hale: ", "HALE -- ") for line in TALK
    ]
    assert len(build(*dashed).turns) == 4


@pytest.mark.parametrize(
    "line",
    [
        "12/03/2025, 14:45 - Missed voice call",
        "12/03/2025, 18:47 - Your security code with Ann North changed. Tap to learn more.",
        "12/03/2025, 19:46 - Ann North turned on disappearing messages. New messages disappear.",
        "12/03/2025, 14:30 - Ann North: This message was deleted",
        "12/03/2025, 19:22 - Ann North: PIER-01.jpg (file attached)",
        "12/03/2025, 19:23 - Ann North: <Media omitted>",
    ],
)
def test_what_a_messenger_writes_of_itself_is_left_out(line: str) -> None:
    said = (
        "12/03/2025, 14:02 - Ann North: Is the pier open?",
        "12/03/2025, 14:03 - Ben East: It is, and the crane stands on it.",
        "12/03/2025, 14:04 - Ann North: Who moved it?",
        "12/03/2025, 14:09 - Ben East: I missed a voice call from the keeper, so I do not know.",
    )
    interview = build("\n".join([*said[:3], line, said[3]]))
    texts = [text for turn in interview.turns for text in turn.text.split("\n\n")]
    assert texts == [one.split(": ", 1)[1] for one in said]
