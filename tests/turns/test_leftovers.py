"""Every character that is in no turn is accounted for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import GivenTurn
from pipeline.turns.leftovers import (
    AFTER,
    BEFORE,
    LABEL,
    STAGE,
    find_given_leftovers,
    find_leftovers,
)
from tests.turns.talks import TALK, segments_of, source_of


def test_each_piece_has_its_reason() -> None:
    turns = [TALK[0], ("NOTE", "x"), TALK[1]]
    source = source_of(turns, above=["A pact", "A head"], below=["[Applause]", "By the pier"])
    spoken = segments_of(turns, first=2)
    found = find_leftovers(source.paragraphs, [spoken[0], spoken[2]], reasons={0: "title"})
    assert [(one.text, one.reason) for one in found] == [
        ("A pact", "title"), ("A head", BEFORE), ("HOST:", LABEL), ("NOTE: x", "between turns"),
        ("Ana North:", LABEL), ("[Applause]", STAGE), ("By the pier", AFTER),
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1))
def test_spoken_and_left_out_words_are_all_words(texts: list[str]) -> None:
    turns = [("Ana North", text) for text in texts]
    source, segments = source_of(turns, above=["Above"]), segments_of(turns, first=1)
    left = "".join(one.text for one in find_leftovers(source.paragraphs, segments, reasons={}))
    both = sorted("".join((left + "".join(one.text for one in segments)).split()))
    assert both == sorted("".join("".join(one.text for one in source.paragraphs).split()))


def test_paragraphs_of_given_turns_that_nobody_says() -> None:
    turn = GivenTurn(speaker="HOST", text="Does the pact hold?\n\n[Laughter]", line=1)
    found = list(find_given_leftovers([turn], segments_of(TALK[:1])))
    assert [(one.text, one.reason) for one in found] == [("[Laughter]", STAGE)]
