"""Names that are given in full once, and by their initials from then on."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.initialled import are_initials, written_in_full
from pipeline.turns.labels import Label, parse_label


def build(*paragraphs: str, name: str = "a.txt", between: str = "\n\n") -> Interview:
    source = read_bytes(between.join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [
        f"{speakers[turn.speaker_id].role[0]} {speakers[turn.speaker_id].name}: "
        f"{' '.join(turn.text.split()[:2])}"
        for turn in interview.turns
    ]


def labels(*names: str) -> list[Label]:
    return [label for name in names if (label := parse_label(name))]


def test_initials_in_brackets_behind_a_name_label_it_from_then_on() -> None:
    interview = build(
        "The Harbour Weekly (THW): Why was the ferry late?",
        "Ľudmila Stone (LS):It was not late, the tide was early, and the tide has a timetable.",
        "THW: Who prints that timetable?",
        "LS: The moon does, and a small office in the north corrects the proofs by hand.",
        "THW: Can the office be asked for a better one?",
        "LS: It can be asked, and it answers on paper in the spring, with a list of the storms.",
    )
    assert told(interview) == [
        "i The Harbour Weekly: Why was",
        "r Ľudmila Stone: It was",
        "i The Harbour Weekly: Who prints",
        "r Ľudmila Stone: The moon",
        "i The Harbour Weekly: Can the",
        "r Ľudmila Stone: It can",
    ]


def test_a_dash_may_have_lost_the_blank_behind_it() -> None:
    interview = build(
        "Greta Moor (GM) – Is the pier older than the town?",
        "Nils Vale Pond (NV) – It is, and the town has never forgiven it for that.",
        "GM – Who paid for the stones?",
        "NV –Mostly the fishermen, who had no use for a pier and liked stones.",
        "GM – And the lamps?",
        "NV – The lamps were a gift from the other side of the strait, where they were not lit.",
    )
    assert {speaker.name for speaker in interview.speakers} == {"Greta Moor", "Nils Vale Pond"}
    assert interview.turns[3].text.startswith("Mostly the")


def test_host_and_guest_may_share_their_initials() -> None:
    interview = build(
        "Sander Tolk – Who keeps the orchard of the parliament, and is anybody paid for it?",
        "Surya Tamm – Two gardeners keep it, of whom one is paid and the other one is elected.",
        "S. T. – Which of them prunes?",
        "Sur. T. – Whoever holds the ladder does not, and the ladder belongs to the opposition.",
        "Kaja Berg – That ladder was lent, on paper, and the paper lies in a drawer of my office.",
        "S. T. – Read it to us, please.",
        "K. B. – It has four lines, one for each season, and the fourth of them is crossed out.",
        "Sur. T – Nobody prunes in winter anyway.",
        "S. T. – Shall we ask for an apple then?",
        "K. B. – Apples are counted by a committee that sits in autumn, when they have been eaten.",
        between="\n",
    )
    assert told(interview)[2:] == [
        "i Sander Tolk: Which of",
        "r Surya Tamm: Whoever holds",
        "r Kaja Berg: That ladder",
        "i Sander Tolk: Read it",
        "r Kaja Berg: It has",
        "r Surya Tamm: Nobody prunes",
        "i Sander Tolk: Shall we",
        "r Kaja Berg: Apples are",
    ]


@pytest.mark.parametrize("short", ["B. H-K", "B.H-K", "B.H.-K", "B. H. K"])
def test_initials_of_a_double_name_are_written_in_many_ways(short: str) -> None:
    names = labels("Berta Hill-Kaas", f"{short}.")
    keys = [label.core for label in names]
    assert written_in_full(names, keys) == {keys[1]: ("berta", "hill-kaas")}


@pytest.mark.parametrize(
    "names",
    [
        ("Anna Bell", "Arno Brink", "A. B."),  # either of them
        ("Uma Stern", "U.S."),  # a country
        ("Drago Rell Kovac", "Dr. K."),  # a title
    ],
)
def test_initials_that_may_be_somebody_elses_are_left_alone(names: tuple[str, ...]) -> None:
    found = labels(*names)
    assert written_in_full(found, [label.core for label in found]) == {}


def test_a_house_in_brackets_is_no_name_of_who_speaks() -> None:
    assert are_initials("NP", "Nils Vale Pond")
    assert not are_initials("TV", "Nils Vale Pond")
    assert not are_initials("PN", "Nils Vale Pond")


def test_initials_may_spell_a_word_that_is_no_label_elsewhere() -> None:
    talk = (
        "ROE: Who counts the lamps of the pier?",
        "TEL: A clerk does, who had never seen the sea before and has never looked up from it.",
        "ROE: Does anybody read what he counts?",
        "TEL: It is read in the capital, by who waits there for a letter about something else.",
        "ROE: And then?",
        "TEL: Then it is filed. The file has a lamp of its own, which nobody has ever counted.",
    )
    named = build("A talk of Tomas Eber Lind with Rosa Orme Eld about the lamps.", *talk)
    assert [speaker.name for speaker in named.speakers] == ["ROE", "TEL"]
    unnamed = build("A talk about the lamps.", *talk)
    assert "TEL" not in [speaker.name for speaker in unnamed.speakers]
