"""We, us, our."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("We trade with everybody.", "We", ("United States",)),
        ("They asked us for help.", "us", ("United States",)),
        ("We in NATO have a plan.", "We", ("NATO",)),
        ("We Europeans pay too little.", "We", ("Europe",)),
        ("We scholars never agree.", "We", ()),
        ("It is dear, if we look at the price.", "we", ()),
        ("Let us not forget the harvest.", "us", ()),
    ],
)
def test_the_sentence_comes_before_the_country(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    assert resolve(text, country="US")[word] == expected


def test_the_organisation_a_speaker_serves_is_we(resolve: Resolve) -> None:
    assert resolve("We have a plan.", affiliation="NATO", country="NO")["We"] == ("NATO",)


def test_without_a_country_we_is_unresolved_and_counted(resolve: Resolve) -> None:
    assert resolve("We have a plan.")["We"] == ()


@pytest.mark.parametrize(
    "text",
    ["Our two countries are friends.", "Our bilateral trade grows.", "Our partnership grows."],
)
def test_what_two_sides_share_is_of_both(resolve: Resolve, text: str) -> None:
    assert resolve(text, country="US", guest="IN")["Our"] == ("United States", "India")


def test_what_is_done_together_is_done_by_both(resolve: Resolve) -> None:
    found = resolve("Together we will win, and our factories will help.", country="US", guest="IN")
    assert found["we"] == found["our"] == ("United States", "India")


def test_together_with_another_is_not_both(resolve: Resolve) -> None:
    assert resolve("We met with the Indians.", country="US", guest="IN")["We"] == ("United States",)


def test_the_state_is_no_pronoun(resolve: Resolve) -> None:
    assert resolve("The US votes.", country="DE") == {"US": ("United States",)}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Our country is a democracy.", "Our", ("Poland",)),
        ("Our countries are democracies.", "Our", ("Poland", "United States")),
        ("We all know the answer.", "We", ()),
    ],
)
def test_beside_a_guest_we_is_one_side_or_both_or_everybody(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    assert resolve(text, country="PL", guest="US")[word] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Our meeting comes too late.", "Our", ("United Nations",)),
        ("Our meeting must remind us of the others.", "us", ("United Nations",)),
        ("Let us vote on the text.", "us", ("United Nations",)),
        ("Yesterday we adopted a text.", "we", ("United Nations",)),
        ("Yesterday we adopted a text, which we drafted.", "we", ("Brazil",)),
        ("Our farmers and our ministers met.", "our", ("Brazil",)),
        ("We call on all sides to talk.", "We", ("Brazil",)),
        ("The truce matters to all of us.", "us", ("United Nations",)),
        ("None of us wants a war.", "us", ("United Nations",)),
        ("Since we last met, the truce has failed.", "we", ("United Nations",)),
        ("We should return to the plan.", "We", ("United Nations",)),
        ("We must stress that the truce has failed.", "We", ("Brazil",)),
        ("Last week we met with the farmers.", "we", ("Brazil",)),
        ("Our countries deserve better.", "Our", ("United Nations",)),
    ],
)
def test_a_delegate_may_speak_for_the_assembly(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    title = "Debate in the UN Security Council"
    assert resolve(text, name="Brazil", title=title)[word] == expected


def test_only_a_delegate_speaks_for_an_assembly(resolve: Resolve) -> None:
    text, title = "Our session comes too late.", "Debate in the UN Security Council"
    assert resolve(text, name="Adviser", country="BR", title=title)["Our"] == ("Brazil",)
    assert resolve(text, name="Brazil", title="Talk on trade")["Our"] == ("Brazil",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("News conference following talks with the President of Poland", ("Poland",)),
        ("Talks in Warsaw of the leaders of Poland and Finland", ("Poland", "Finland")),
        ("Interview with a newspaper of Poland", ()),
        ("Remarks at a news conference | Poland", ()),
    ],
)
def test_the_title_says_with_whom_there_were_talks(
    resolve: Resolve, title: str, expected: tuple[str, ...]
) -> None:
    found = resolve("We agreed on a date.", country="FR", title=title)
    assert found["We"] == ("France", *expected)


def test_alone_in_print_a_side_speaks_for_itself_where_nothing_is_shared(resolve: Resolve) -> None:
    title = "News conference following talks with the President of Poland"
    assert resolve("We export wine.", country="FR", title=title)["We"] == ("France",)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Poland and Finland are neighbours at sea, so we talk.", "we", ("Poland", "Finland")),
        ("Poland and Finland are neighbours. We share a sea.", "We", ("Poland", "Finland")),
        ("We know that Poland and Finland are neighbours.", "We", ("Poland",)),
        ("Poland and Europe need time, and we need it too.", "we", ("Poland",)),
        ("I met the Finns. Our countries are neighbours.", "Our", ("Poland", "Finland")),
        ("The Finns know what lies between us.", "us", ("Poland", "Finland")),
    ],
)
def test_an_actor_named_beside_the_speakers_side_is_meant_too(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    assert resolve(text, country="PL")[word] == expected


@pytest.mark.parametrize(
    "text",
    [
        'The Americans told us, "We are leaving."',
        "Washington said: “We are leaving.”",
        "“We are leaving,” said the Americans.",
    ],
)
def test_a_quoted_we_is_of_the_one_quoted(resolve: Resolve, text: str) -> None:
    assert resolve(text, country="BR")["We"] == ("United States",)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ('A waiter said, "We are closed."', "We", ()),
        ('I told the Americans, "We stay."', "We", ("Brazil",)),
        ('We call this "stability" in the Americas.', "We", ("Brazil",)),
        ('The French said, "No." But we signed.', "we", ("Brazil",)),
    ],
)
def test_otherwise_quotation_marks_change_nothing(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    assert resolve(text, country="BR")[word] == expected


def test_a_firm_is_no_actor(resolve: Resolve) -> None:
    assert resolve("We fly to Europe.", country="KR", name="CEO of an airline")["We"] == ()
