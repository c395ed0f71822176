"""From source to interview: ids, links, kinds, metadata, and what is refused."""

from __future__ import annotations

import time

import pytest

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import CONVENTIONS, build_interview

TALK = (
    "Ann Roe: Good morning, and welcome.\n\nBob Hale: Good morning.\n\n"
    "Ann Roe: Why did the harbour close?\n\nBob Hale: It rained.\n\nFor three weeks.\n\n"
    "(Laughter.)\n\nBob Hale: And the crane fell.\n\nAnn Roe: Thank you.\n"
)


def build(text: str, name: str = "a.txt", **metadata: str) -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(
        source, interview_id="k", metadata=metadata, settings=load_settings().segment
    )


def test_ids_are_positional_and_answers_point_to_questions() -> None:
    interview = build(TALK)
    assert [turn.id for turn in interview.turns] == [f"k.t{n:03}" for n in range(1, 6)]
    assert [speaker.id for speaker in interview.speakers] == ["k.s1", "k.s2"]
    assert [turn.answers for turn in interview.turns] == [None, None, None, "k.t003", None]


def test_kinds_tell_questions_answers_and_courtesies() -> None:
    kinds = [turn.kind for turn in build(TALK).turns]
    assert kinds == ["aside", "aside", "question", "answer", "aside"]


def test_neighbouring_turns_of_one_speaker_are_one_and_stage_directions_none() -> None:
    answer = build(TALK).turns[3]
    assert answer.text == "It rained.\n\nFor three weeks.\n\nAnd the crane fell."
    assert answer.source_line == 7


def test_what_is_said_before_any_question_is_a_statement() -> None:
    interview = build("MR. HALE: We closed it.\n\nQ    Why?\n\nMR. HALE: It rained.\n")
    assert [turn.kind for turn in interview.turns] == ["statement", "question", "answer"]


def test_the_index_overrides_the_page() -> None:
    interview = build(TALK, title="A harbour", date="2024-05-06", interviewee="Bob J. Hale",
                      affiliation="Port Office", country="EE")  # fmt: skip
    respondent = interview.speakers[1]
    assert (interview.title, interview.date) == ("A harbour", "2024-05-06")
    assert (respondent.affiliation, respondent.country) == ("Port Office", "EE")


@pytest.mark.parametrize(
    ("found", "fault"),
    [("Spring 2022", "is no date"), ("3/4/2022", "may be day first or month first")],
)
def test_what_is_no_date_is_left_out_and_said(found: str, fault: str) -> None:
    interview = build(f"A title\nDate: {found}\n\n{TALK}")
    assert interview.date is None
    assert [w for w in interview.warnings if f'a.txt: the date "{found}" {fault}' in w]
    dated = build(f"A title\nDate: {found}\n\n{TALK}", date="2022-04")
    assert (dated.date, dated.warnings) == ("2022-04", ())


def test_names_in_the_index_decide_roles() -> None:
    text = "Ann Roe: It rained.\n\nBob Hale: Why is that? Who says so?\n\nAnn Roe: I do.\n"
    interview = build(text, interviewer="Ann Roe (Port Radio)", interviewee="Bob Hale")
    assert [speaker.role for speaker in interview.speakers] == ["interviewer", "respondent"]


def test_generic_labels_take_the_name_from_the_index() -> None:
    interview = build("Q: Why?\n\nA: So.\n", interviewer="Ann Roe", interviewee="Bob Hale")
    assert [speaker.name for speaker in interview.speakers] == ["Ann Roe", "Bob Hale"]


def test_titles_are_not_speech_wherever_they_are_repeated() -> None:
    text = (
        "A harbour, a mayor\n\nA harbour, a mayor\n\nAnn: Why?\n\nBob: It rained.\n\n"
        "A harbour, a mayor\n\nA lot.\n"
    )
    assert build(text).turns[1].text == "It rained.\n\nA lot."


@pytest.mark.parametrize(
    "sentence",
    [
        "Let me say this: we were late.",
        "My answer: no.",
        "The point is simple: it rained.",
        "Remember: the crane fell first.",
        "First: the rain. Second: the crane.",
        "So: nobody came.",
        "12:30: that was the hour.",
    ],
)
def test_words_before_a_colon_in_an_answer_are_no_speaker(sentence: str) -> None:
    text = f"Ann: Why?\n\nBob: It rained.\n\n{sentence}\n\nAnn: Where?\n\nBob: At sea.\n"
    interview = build(text)
    assert [speaker.name for speaker in interview.speakers] == ["Ann", "Bob"]
    assert interview.turns[1].text == f"It rained.\n\n{sentence}"


def test_a_file_without_speech_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"a\.txt:1: no speaker label found.*expected"):
        build("(Laughter.)\n\n* * *\n")


def test_a_turn_longer_than_the_settings_allow_is_refused() -> None:
    settings = load_settings(["segment.max_turn_chars=1000"]).segment
    source = read_bytes(f"Ann: Why?\n\nBob: {'It rained. ' * 100}\n".encode(), name="a.txt")
    with pytest.raises(InputError, match=r"a\.txt:3: a turn of 1,0\d\d characters"):
        build_interview(source, interview_id="k", settings=settings)


def test_each_convention_has_a_name_of_its_own() -> None:
    names = [convention.name for convention in CONVENTIONS]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and " " not in name for name in names)


def test_the_same_bytes_give_the_same_record() -> None:
    assert build(TALK).model_dump_json() == build(TALK).model_dump_json()


def test_a_headline_that_asks_is_no_question() -> None:
    text = (
        "Who Guards the Northern Cables?\n\nA talk with an admiral about depth and money.\n\n"
        "How deep are they?\n\nDeep enough to be forgotten by those who pay.\n\n"
        "Who forgets them?\n\nEverybody with a dry desk, in every capital I know.\n"
    )
    assert build(text).turns[0].text == "How deep are they?"


def test_labels_on_the_answers_too_beat_labels_on_the_questions_alone() -> None:
    text = (
        "RADIO: Is it shut?\n\nVanerin: It is.\n\nRADIO: For good?\n\nVanerin: For bad.\n\n"
        "RADIO: Since when?\n\nVanerin: May.\n"
    )
    interview = build(text)
    assert [speaker.name for speaker in interview.speakers] == ["RADIO", "Vanerin"]


def test_cue_times_of_subtitles_are_not_speech() -> None:
    cue = "00:00:0{0}.000 --> 00:00:0{0}.900\n{1}\n\n"
    text = "WEBVTT\n\n" + cue.format(1, "Ann Roe: Why?") + cue.format(2, "Bob Hale: It rained.")
    assert [turn.text for turn in build(text).turns] == ["Why?", "It rained."]


def test_captions_without_punctuation_ask_where_somebody_answers() -> None:
    cue = "00:00:0{0}.000 --> 00:00:0{0}.900\n{1}\n\n"
    asked = ">> HOST: good evening and welcome is the pact a threat to you"
    answered = ">> MINISTER: we have never said so"
    interview = build("WEBVTT\n\n" + cue.format(1, asked) + cue.format(2, answered), "a.vtt")
    assert [turn.kind for turn in interview.turns] == ["question", "answer"]


def test_a_field_of_brackets_is_read_in_no_time() -> None:
    brackets = "(" * 70_000
    begun = time.monotonic()
    build(TALK, interviewer=f"Ann Roe {brackets}")
    assert time.monotonic() - begun < 5


def test_speech_left_out_before_the_first_speaker_is_warned_of() -> None:
    words = "Nothing here is said by anybody, and yet it goes on for a line or two. " * 5
    interview = build(f"{words}\n\nAnn: Why?\n\nBob: {words}\n\nAnn: When?\n\nBob: {words}\n")
    assert "80 words before the first speaker left out" in interview.warnings[0]


def test_a_transcript_cut_off_before_the_first_question_has_its_speaker() -> None:
    text = (
        "East Room\n\nTHE PRESIDENT: We have met for two hours. It was useful.\n\n"
        "How could it not be useful?\n\nWe spoke of grain, of cables and of the old border.\n\n"
        "And what did we agree on?\n\nOn the cables, and on lunch.\n"
    )
    interview = build(text)
    assert [(s.name, s.role) for s in interview.speakers] == [("THE PRESIDENT", "respondent")]
    assert len(interview.turns) == 1


@pytest.mark.parametrize(
    "word",
    ["Right.", "Mm-hm.", "Go on.", "Sure.", "Yes, yes.", "Okay, I see.", "Uh-huh.", "That’s true."],
)
def test_a_word_that_only_listens_is_no_question(word: str) -> None:
    talk = f"Q: Why did the harbour close?\n\nA: It rained.\n\nQ: {word}\n\nA: The crane fell.\n"
    turns = build(talk).turns
    assert [turn.kind for turn in turns].count("question") == 1
    assert turns[-1].text.endswith("The crane fell.")
    assert turns[-1].answers == turns[0].id


@pytest.mark.parametrize("word", ["Really?", "Right, but why then?", "And the crane.", "Go home."])
def test_a_short_turn_that_says_more_stays_a_question(word: str) -> None:
    talk = f"Q: Why did the harbour close?\n\nA: It rained.\n\nQ: {word}\n\nA: The crane fell.\n"
    turns = build(talk).turns
    assert turns[3].answers == turns[2].id
