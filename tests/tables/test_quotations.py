"""Which sentences are clear quotations, and which say the same."""

from __future__ import annotations

import pytest

from pipeline.records import Stance
from pipeline.tables.quotations import Quotation, clearest, clearness, distinct, quotations_of
from tests.built import build, only_meant

STANCE = (build().stances or ())[0]
SENTENCE = "The alliance has kept the peace on this continent."


def changed(**update: object) -> Stance:
    return STANCE.model_copy(update=update)


@pytest.mark.parametrize(
    ("stance", "text"),
    [
        (changed(probability=0.6), SENTENCE),
        (changed(probability=None), SENTENCE),
        (changed(target_text=None), SENTENCE),
        (changed(flags=("irony",)), SENTENCE),
        (STANCE, "NATO kept it."),
        (STANCE, SENTENCE * 6),
    ],
)
def test_a_sentence_is_less_clear(stance: Stance, text: str) -> None:
    assert 0 < clearness(stance, text) < clearness(STANCE, SENTENCE)


def test_what_is_not_decided_is_no_quotation() -> None:
    assert clearness(changed(abstained=True), SENTENCE) == 0
    found = list(quotations_of(build()))
    assert [one.position for one in found].count("abstained") == 1
    assert [one for one in clearest(found, 9) if one.position == "abstained"] == []


def test_of_sentences_that_say_the_same_the_first_is_kept() -> None:
    said = [
        "The sanctions hurt our farmers.",
        "Sanctions hurt the farmers!",
        "NATO keeps the peace.",
    ]
    assert distinct(said, str, 5) == [said[0], said[2]]
    assert distinct(said, str, 1) == said[:1]


def test_a_quotation_has_its_neighbours_in_the_turn() -> None:
    first, second, *_ = quotations_of(build())
    assert (first.before, first.after) == ("", "Brussels broke its word over the pipeline.")
    assert second.before == first.unit.text


def test_the_order_is_the_same_whatever_the_order_of_interviews() -> None:
    found = [one for name in "xyz" for one in quotations_of(only_meant(build(name)))]

    def ids(order: list[Quotation]) -> list[str]:
        return [one.unit.id for one in clearest(order, 4)]

    assert ids(found) == ids(found[::-1])
