"""Names and offices that the text around a talk gives; people are points of the compass."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.errors import InputError
from pipeline.records import Speaker
from pipeline.turns.interviewees import find_places
from pipeline.turns.names import introduce, name_pattern, name_speakers, roles_by_hand
from pipeline.turns.sidecar import ByHand
from tests.seconds import least_seconds
from tests.turns.talks import TALK, Pair, roles_of, segments_of, source_of

LETTERS = [("Q" if label == "HOST" else "A", text) for label, text in TALK]


def speakers(
    turns: Sequence[Pair] = TALK, *above: str, asks: str = "host", **known: str
) -> list[Speaker]:
    segments = segments_of(turns, first=len(above))
    roles = roles_of(segments, asks)
    answering = [key for key, role in roles.items() if role == "respondent"]
    places, _ = find_places(answering, known, name="k")
    named = name_speakers("k", segments, roles, known, places)
    return list(introduce(named, source_of(turns, above=above), segments, known).values())


@pytest.mark.parametrize(
    ("above", "office"),
    [
        ("We met Ana North, director of a policy institute in Riga.",
         "director of a policy institute in Riga"),
        ("We met Ana North , a former minister who has left.", "former minister"),
        ("Ana North is a historian of borders at a college in Oslo.",
         "historian of borders at a college in Oslo"),
        ("The Defence Secretary, Ana North, came to the studio.", "Defence Secretary"),
        ("Latvian economist Ana North on a pact that nobody reads", "Latvian economist"),
        ("Envoy of a pier, and the ambassador to Latvia, Ana North, came.", "ambassador to Latvia"),
        ("Remarks by Prime Minister Ana North of the Republic of Latvia",
         "Prime Minister of the Republic of Latvia"),
        ("Ana North – Senior Fellow, Institute for Rivers", "Senior Fellow, Institute for Rivers"),
        ("Ana North (Institute director)", "Institute director"),
        ("Ana North, a pilot, a swimmer and a mother, came.", "pilot"),
        ("STATEMENT OF ANA NORTH, DIRECTOR, HARBOUR BOARD", "DIRECTOR, HARBOUR BOARD"),
    ],
)  # fmt: skip
def test_an_office_is_beside_the_name(above: str, office: str) -> None:
    assert speakers(TALK, above)[1].affiliation == office


@pytest.mark.parametrize(
    "above",
    [
        "Ana North, friends and colleagues, came to the studio on a wet evening.",
        "Senator West, Ana North and a clerk have signed the pact.",
        "The editor read what Ana North wrote about the pact.",
        "Ana North was late.",
        "Ana North, and the director of the pier, came.",
        "The president of the Ana North Board",
        "Ana North .................... 12",
    ],
)
def test_no_office_is_made_up(above: str) -> None:
    assert speakers(TALK, above)[1].affiliation is None


def test_hosts_and_the_speakers_themselves_introduce() -> None:
    turns = [("HOST", "With me is Ana North, a former minister of trade. Welcome."), *TALK[1:]]
    assert speakers(turns)[1].affiliation == "former minister of trade"
    turns = [TALK[0], ("Bo South", "Bo South, Harbour Courier. Who pays?"), *TALK[1:]]
    assert speakers(turns)[1].affiliation == "Harbour Courier"


def test_lines_of_a_list_need_no_office() -> None:
    turns = [*TALK, ("Bo South", "So do I.")]
    found = speakers(turns, "Ana North, Harbour Board", "Bo South, Pier Office")
    assert [one.affiliation for one in found] == [None, "Harbour Board", "Pier Office"]


def test_a_label_holds_its_own_office_and_metadata_come_first() -> None:
    turns = [TALK[0], ("President of Latvia Ana North", "Yes."), *TALK[1:]]
    segments = segments_of(turns)
    assert speakers(turns)[1].affiliation == "President of Latvia" or segments[1].labels[0].titles
    assert speakers(TALK, "Ana North is a pilot.", affiliation="Pier")[1].affiliation == "Pier"
    labelled = [TALK[0], ("Ana North, Pilot", "Yes."), *TALK[2:]]
    assert speakers(labelled, "Ana North is a historian.")[1].affiliation == "Pilot"


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (("Interview with Ana North",), "Ana North"),
        (("In conversation with the Board’s Ana North",), "Ana North"),
        (("Bo South sat down with Dr. Ana North, a jurist and author.",), "Ana North"),
        (("ANA NORTH is a teacher at a school in Bern. She swims.",), "Ana North"),
        (("An interview with The Harbour Times",), "A"),
        (("The minister met Ana North, it is said.",), "A"),
        (("Cy East is a pilot.", "Ana North is a jurist."), "A"),
        (("By Bo South, diplomat", "Bo South is a correspondent in Riga."), "A"),
    ],
)
def test_an_unnamed_respondent_is_who_is_said_to_be_interviewed(
    above: tuple[str, ...], name: str
) -> None:
    assert [one.name for one in speakers(LETTERS, *above, asks="q")] == ["Q", name]


def test_speakers_name_themselves() -> None:
    turns = [("I", "Hello, I’m Bo South, a student. Please state your name."),
             ("C", "Ana North. I was born in May."), ("I", "Thank you.")]  # fmt: skip
    assert [one.name for one in speakers(turns, asks="i")] == ["Bo South", "Ana North"]


def test_initials_and_single_words_are_completed() -> None:
    turns = [("BS", "Does it hold?"), ("Ana", "It does.")]
    found = speakers(turns, "Bo South spoke with Ana North about a pact", asks="bs")
    assert [one.name for one in found] == ["Bo South", "Ana North"]
    two = speakers(turns, "Ana North and Ana West spoke about a pact", asks="bs")
    assert [one.name for one in two] == ["BS", "Ana"]


def test_metadata_name_who_is_unnamed() -> None:
    found = speakers(LETTERS, asks="q", interviewee="Ana North", interviewer="Bo South (Courier)")
    assert [one.name for one in found] == ["Bo South", "Ana North"]


def test_a_name_may_hold_any_sign() -> None:
    assert name_pattern("Ana * North (+") is not None


def test_long_texts_are_read_in_time() -> None:
    long = ("Ana North, " * 5_000, "A " * 20_000, "talk with " * 5_000)
    talk = [*TALK, *(("Ana", text) for text in long)]
    assert least_seconds(lambda: speakers(talk, *long), enough=2) < 2


def test_roles_are_set_by_names_and_an_unknown_name_is_refused() -> None:
    segments, source = segments_of(TALK), source_of(TALK)
    hand = ByHand(speakers={"North": "other", "HOST": "respondent"})
    assert set(roles_by_hand(source, segments, hand).values()) == {"other", "respondent"}
    with pytest.raises(InputError, match=r"no speaker West; expected Ana North, HOST"):
        roles_by_hand(source, segments, ByHand(speakers={"West": "other"}))
