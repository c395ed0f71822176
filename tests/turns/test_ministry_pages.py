"""How ministries and conferences print who speaks."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.labels import parse_label

ANSWER = "The pier is open, and it will be open tomorrow; we have told the neighbours so twice."


def _build(text: str, name: str) -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def _roles(interview: Interview) -> list[tuple[str | None, str]]:
    known = {one.id: (one.name, one.role) for one in interview.speakers}
    return [known[turn.speaker_id] for turn in interview.turns]


@pytest.mark.parametrize(
    ("raw", "name", "affiliation"),
    [
        ("HE Dr Ann North, Minister of Piers", "Dr Ann North", "Minister of Piers"),
        ("H.E. Mr. Ben East", "Mr. Ben East", None),
        ("Her Excellency Ann North", "Ann North", None),
        ("The Rt Hon Ben East", "Ben East", None),
    ],
)
def test_the_style_of_an_office_is_no_part_of_the_name(
    raw: str, name: str, affiliation: str | None
) -> None:
    label = parse_label(raw)
    assert label is not None
    assert (label.name, label.affiliation) == (name, affiliation)


def test_he_alone_is_no_style() -> None:
    label = parse_label("HE")
    assert label is not None
    assert label.name == "HE"


def test_a_point_and_a_hyphen_part_the_name_from_the_speech() -> None:
    turns = (
        "MINISTER.- Good evening, and sorry for the delay.",
        "QUESTION (Harbour Times).- Is the pier open?",
        f"MINISTER.- {ANSWER}",
        "QUESTION (Coast Radio).- Who pays?",
        f"MINISTER.- The town. {ANSWER}",
    )
    assert [role for _, role in _roles(_build("\n\n".join(turns), "a.txt"))] == [
        "respondent", "interviewer", "respondent", "interviewer", "respondent"
    ]  # fmt: skip


def test_bold_askers_are_answered_in_plain_text_whether_labelled_or_not() -> None:
    page = "".join(
        f"<p>{text}</p>"
        for text in (
            f"<b>Minister of Piers:</b> Good day. {ANSWER}",
            "<strong>Ann North, Harbour Times: Is the pier safe?</strong>",
            f"<b>Minister of Piers:</b> It is. {ANSWER}",
            "<strong>Ben East, Coast Radio: There is the matter of the lamp, as we hear.</strong>",
            f"The lamp is at sea. {ANSWER}",
            f"And we wait for it. {ANSWER}",
            "<strong>Cora West, Gazette: Who pays?</strong>",
            f"The town does. {ANSWER}",
        )
    )
    found = _roles(_build(f"<html><body>{page}</body></html>", "a.html"))
    assert found == [
        ("Minister of Piers", "respondent"), ("Ann North", "interviewer"),
        ("Minister of Piers", "respondent"), ("Ben East", "interviewer"),
        ("Minister of Piers", "respondent"), ("Cora West", "interviewer"),
        ("Minister of Piers", "respondent"),
    ]  # fmt: skip


def test_what_an_asker_states_first_in_italics_is_asked_where_it_speaks_to_somebody() -> None:
    page = "".join(
        f"<p>{text}</p>"
        for text in (
            "<i>Ann North edits the harbour pages of this paper.</i>",
            "Ben East has kept the lamp for thirty years.",
            "<i>You began as a cook. That is not the usual way to a lamp.</i>",
            f"It was the only door that was open. {ANSWER}",
            "<i>What did your father say?</i>",
            f"He was glad. {ANSWER}",
            "<i>Who pays for the oil?</i>",
            f"The town does. {ANSWER}",
            "<i>Is it enough?</i>",
            f"It never is. {ANSWER}",
        )
    )
    interview = _build(f"<html><body>{page}</body></html>", "a.html")
    assert interview.turns[0].text.startswith("You began as a cook.")
    assert [role for _, role in _roles(interview)] == ["interviewer", "respondent"] * 4


def test_whose_house_is_called_asks_though_at_length() -> None:
    long = "There have been comments in the papers of other harbours that the pier is leaning. " * 4
    turns = (
        f"President NORTH: Ladies and gentlemen, we have signed. {ANSWER}",
        f"President EAST: I thank my colleague. {ANSWER}",
        f"President WEST: I thank both. {ANSWER}",
        "MODERATOR: We take a question from each side. The first, Harbour Times.",
        f"Ann South (Harbour Times): {long} What do you expect of the neighbours?",
        f"President NORTH: I expect little. {ANSWER}",
        f"President EAST: I expect more. {ANSWER}",
        "MODERATOR: Coast Radio.",
        "Ben Sand (Coast Radio): Who pays?",
        f"President WEST: All three of us. {ANSWER}",
    )
    roles = dict(_roles(_build("\n\n".join(turns), "a.txt")))
    assert {name for name, role in roles.items() if role == "interviewer"} == {
        "MODERATOR", "Ann South", "Ben Sand"
    }  # fmt: skip


def test_who_gives_the_floor_to_representatives_presides_though_others_ask_later() -> None:
    turns = (
        "The President: The meeting is called to order. I now give the floor to the representative "
        "of Northland.",
        f"Ms. North (Northland): Thank you, Mr. President. {ANSWER}",
        "The President: I thank the representative of Northland. I give the floor to the "
        "representative of Eastland.",
        f"Mr. East (Eastland): We listened with interest. {ANSWER}",
        "The President: I thank the representative of Eastland. The meeting is closed.",
        f"Mr. East: Good afternoon. {ANSWER}",
        "Q: Who pays?",
        f"Mr. East: The council does. {ANSWER}",
        "Q: When?",
        f"Mr. East: In the end. {ANSWER}",
    )
    roles = dict(_roles(_build("\n\n".join(turns), "a.txt")))
    assert {name for name, role in roles.items() if role == "respondent"} == {
        "Ms. North", "Mr. East"
    }  # fmt: skip


def test_below_questions_with_a_dash_a_name_in_capitals_and_a_dash_answers() -> None:
    turns = (
        "Question – How was the ferry?",
        f"H.E. ANN NORTH - {ANSWER}",
        "It came from the islands, of course.",
        "Question- When will it come again?",
        "H.E. ANN NORTH – When it is ready.",
        "QUESTION – And the lamp?",
        "NATO-EU - these are names as well, and I use them daily.",
        "Question – Is it lit?",
        "H.E. ANN NORTH -It is lit.",
        "Question – Thank you, Minister.",
    )
    interview = _build("\n\n".join(turns), "a.txt")
    assert dict(_roles(interview)) == {
        "Question": "interviewer",
        "ANN NORTH": "respondent",
    }
    assert interview.turns[1].text == f"{ANSWER}\n\nIt came from the islands, of course."
    assert "NATO-EU" in interview.turns[4].text
    assert interview.turns[5].text == "It is lit."


def test_what_is_printed_below_the_time_at_which_a_briefing_ended_is_not_said() -> None:
    turns = (
        "QUESTION: Is the lamp lit?",
        f"MS NORTH: {ANSWER}",
        "QUESTION: And the ferry?",
        f"MS NORTH: {ANSWER}",
        "QUESTION: Thank you.",
        "(The briefing was concluded at 3:04 p.m.)",
        "# # #",
        "The Office of Piers manages this site as a portal for news of the harbour.",
        "This message was sent to you by the Office on behalf of the Harbour Board.",
    )
    interview = _build("\n\n".join(turns), "a.txt")
    assert interview.turns[-1].text == "Thank you."


@pytest.mark.parametrize(
    ("raw", "name", "hint"),
    [
        ("Director of the Harbour Club, moderator Ann North", "Ann North", "interviewer"),
        ("Head of the House of Piers, host Ben van East", "Head of the House of Piers", None),
        ("Ann North, Harbour Director", "Ann North", None),
    ],
)
def test_the_part_before_the_name_parts_it_from_the_office(
    raw: str, name: str, hint: str | None
) -> None:
    label = parse_label(raw)
    assert label is not None
    assert (label.name, label.hint) == (name, hint)


def test_a_colon_within_a_title_in_quotes_ends_no_label() -> None:
    assert parse_label("Ann North, March 4, 2031, “Lamps and Oil") is None
    assert parse_label("Ann North, “Lamps and Oil” Project") is not None
    assert parse_label("Ann North, „Hafenblatt“") is not None
