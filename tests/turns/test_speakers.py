"""Labels, and which of them are one speaker."""

from __future__ import annotations

import pytest

from pipeline.turns.labels import Label, parse_label
from pipeline.turns.speakers import display_name, group_labels


def _labels(*texts: str) -> list[Label]:
    labels = [parse_label(text) for text in texts]
    assert all(labels)
    return [label for label in labels if label is not None]


@pytest.mark.parametrize(
    "texts",
    [
        ("President of Norland Olga Vane", "Olga Vane"),
        ("Olga Vane", "Vane"),
        ("Olga Vane", "Olga"),
        ("Olga Vane", "OV"),
        ("Olga Vane", "O.V."),
        ("Olga Vane-Marsh", "OVM", "OVM"),
        ("Olga Vane-Marsh", "OV"),
        ("OLGA VANE", "Ms. Vane"),
        ("SECRETARY OF STATE OLGA VANE", "SEC. VANE"),
        ("Adm. Olga Vane (Ret.)", "Admiral Vane"),
        ("Olga Vane (retranslated)", "Olga Vane"),
        ("Olga Vanerin", "Olga Vanerin", "Olga Vanorin"),
        ("Olga Vane, Norland Radio", "Vane"),
        ("Question", "Q", "Question (retranslated)"),
        ("Question", "Qestion", "QUESTON"),
        ("Professor Vane", "Profesor Vane", "Presidnet Vane"),
        ("The Chair (Ms. Olga Vane (North Bay, Ind.))", "The Chair"),
        ("Olga van der Vane", "van der Vane"),
        ("de Vane, Olga", "de Vane"),
        ("Olga Vane", "O. Vane", "O.Vane"),
        ("Hannah Vane", "Hannah Vane", "Hanah Vane"),
        ("Hannah Vane", "Hannah Vane", "Vane", "Hannnah Vane"),
        ("Carolyn Vane", "Carolyn Vane", "Caroln Vane"),
    ],
)
def test_one_speaker(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Olga Vane", "Peter Vane"),
        ("Olga Vane", "Peter Vane", "Vane"),
        ("Mr. Vane", "Mrs. Vane"),
        ("Q", "A"),
        ("Speaker 1", "Speaker 2"),
        ("Moderator", "Audience member"),
        ("Olga Vane-Marsh", "Otto Vane-Meer", "OVM"),
        ("Olga Vane", "Otto Vane", "O. Vane"),
        ("Olga Vane", "P. Vane"),
        ("Mario Vane", "Maria Vane"),
        ("Daniel Vane", "Daniela Vane"),
        ("Sven Vane", "Steven Vane"),
        ("Christian Vane", "Christina Vane"),
    ],
)
def test_several_speakers(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What do you mean?",
        "the rest",
        "Note",
        "He said",
        "Let me say this",
        "“Quoted” words",
        "Oral evidence",
        "Opening statement of Mr. Vane",
        "Media note",
        "de facto",
        "As told to Olga Vane",
        "With Olga Vane",
        "Dear Olga",
        "Yours",
        "Audiotape",
        "von",
        "le point est simple",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert parse_label(text) is None


def test_a_role_in_lower_case_is_a_doubtful_label() -> None:
    labels = _labels("Former ambassador", "Olga Vane")
    assert [label.cased for label in labels] == [False, True]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Q", "interviewer"), ("Q3", "interviewer"), ("Audience member", "interviewer"),
        ("Unidentified reporter", "interviewer"), ("OLGA VANE, HOST", "interviewer"),
        ("A", "respondent"), ("The witness", "respondent"), ("Narrator", "other"),
        ("Olga Vane (Host)", "interviewer"), ("Olga Vane [Guest]", "respondent"),
        ("Olga Vane (Host) 0:09", "interviewer"), ("Olga Vane (4th) 0:09", None),
        ("Events Desk", "other"), ("The Videographer", "other"), ("News clip", "other"),
        ("Some hon. members", "other"), ("An hon. member", "other"),
        ("Hon. Olga Vane", None), ("Olga Vane (via interpreter)", None),
        ("Olga Vane (interpreter)", None), ("Olga Vane (I)", None), ("Olga Vane", None),
    ],
)  # fmt: skip
def test_what_a_label_says_of_the_role(text: str, hint: str | None) -> None:
    label = parse_label(text)
    assert label is not None
    assert label.hint == hint


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("Olga Vane (01:02)", 62.0), ("[1:00:05] Olga Vane", 3605.0), ("Olga Vane 0:07.5", 7.5)],
)
def test_time_codes_in_labels(text: str, seconds: float) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.name, label.start_s) == ("Olga Vane", seconds)


@pytest.mark.parametrize(
    "text", ["[9:03 AM] Olga Vane", "9:03 p.m. Olga Vane", "Olga Vane (9:03:12 PM)"]
)
def test_a_time_of_day_counts_no_seconds_from_the_start(text: str) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.name, label.start_s) == ("Olga Vane", None)


def test_letters_behind_a_time_that_are_a_name_stay_one() -> None:
    label = parse_label("9:03 Amanda Vane")
    assert label is not None
    assert label.name == "Amanda Vane"


def test_a_misspelt_title_is_no_part_of_the_name() -> None:
    labels = _labels("Professor Vane", "Professor Vane", "Profesor Vane")
    assert display_name(labels) == "Professor Vane"


def test_the_plain_full_name_is_shown() -> None:
    labels = _labels("President of Norland Olga Vane", "Olga Vane", "OV", "OV")
    assert display_name(labels) == "Olga Vane"


@pytest.mark.parametrize(
    "texts",
    [
        ('The Norland Courier (hereinafter "Q")', "Q", "Q"),
        ("Envoy Olga Vane (hereinafter referred to as “A”)", "A"),
        ("Norland Courier (“NC”)", "NC"),
        ("Norland Courier (hereafter: Paper)", "Paper"),
    ],
)
def test_a_label_says_what_it_will_be(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("The Courier (hereinafter “C”)", "The Herald (hereinafter “C”)", "C"),
        ("The Courier (hereinafter “C”)", "D"),
        ("Olga Vane (Norland Radio)", "Radio"),
    ],
)
def test_what_no_one_label_declares_is_another_speaker(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == len(texts)
