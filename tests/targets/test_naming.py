"""How often a talk names the bloc, and the warning if rarely."""

from __future__ import annotations

import pytest

from pipeline.notices import sentence
from pipeline.records import Entity, Interview, Stance, Via
from pipeline.targets.naming import LEAST_WORDS, naming_rate, rate_of_others, warn_of_naming
from tests.stages.interviews import interview_of

FILLER = "The river rose again and the ferries stayed in port. " * 40


def _talk(words: str, *vias: Via, others: int = 0) -> Interview:
    interview = interview_of((("guest", "statement", (words,)),))
    turn = interview.turns[0]
    entities = tuple(
        Entity(
            id=f"e{number}",
            turn_id=turn.id,
            start=0,
            end=4,
            text=turn.text[:4],
            label="ORG",
            actors=("NATO",),
            blocs=("west-broad",),
            via=via,
        )
        for number, via in enumerate(vias)
    )
    china = {"actors": ("China",), "blocs": ("china",)}
    named = tuple(entities[0].model_copy(update={"id": f"o{n}", **china}) for n in range(others))
    return interview.model_copy(update={"entities": entities + named})


def test_a_short_text_has_no_rate() -> None:
    assert len(["NATO", "met."]) < LEAST_WORDS
    assert naming_rate(_talk("NATO met."), "west-broad") is None


def test_pronouns_are_no_names() -> None:
    talk = _talk(FILLER, "name", "name", "pronoun")
    words = len(FILLER.split())
    assert naming_rate(talk, "west-broad") == pytest.approx(2000 / words)
    assert naming_rate(talk, "brics") == 0.0


def _with_stance(talk: Interview) -> Interview:
    unit = next(iter(talk.judged_units()))
    stance = Stance(
        unit_id=unit.id, holder="t.s1", voice="own", target_text=None, target_actor=None,
        polarity="neutral", probability=0.6, probabilities={"neutral": 0.6}, abstained=False,
        evidence=(), flags=(), source="model:test@1",
    )  # fmt: skip
    return talk.model_copy(update={"stances": (stance,)})


def test_stances_in_a_talk_that_rarely_names_the_bloc_get_a_warning() -> None:
    seldom, often = _talk(FILLER), _talk(FILLER, "name", "name")
    assert warn_of_naming(seldom.model_copy(update={"stances": ()}), "west-broad") is None
    assert warn_of_naming(_with_stance(often), "west-broad") is None
    found = warn_of_naming(_with_stance(seldom), "west-broad")
    assert found is not None
    assert sentence(found) == (
        "names west-broad never; check its own stances (1) by reading before counting them"
    )


LONG = FILLER * 4
"""1,600 words."""


def test_others_are_all_but_the_member_named_most() -> None:
    talk = _talk(LONG, "name", "name", "pronoun", others=3)
    assert rate_of_others(talk, "west-broad") == ("NATO", pytest.approx(3000 / len(LONG.split())))
    assert rate_of_others(talk, "brics") is None
    assert rate_of_others(_talk(FILLER, "name"), "west-broad") is None


@pytest.mark.parametrize(("others", "warned"), [(0, True), (6, True), (8, False)])
def test_a_talk_that_names_one_member_and_hardly_anybody_else_gets_a_warning(
    others: int, warned: bool
) -> None:
    talk = _with_stance(_talk(LONG, *["name"] * 8, others=others))
    found = warn_of_naming(talk, "west-broad")
    assert (found is not None) == warned
    if found is not None:
        assert sentence(found).startswith("names hardly anybody but NATO (")
    assert warn_of_naming(talk.model_copy(update={"stances": ()}), "west-broad") is None
