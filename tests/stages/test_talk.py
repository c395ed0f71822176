"""What a whole talk says of units that do not name the bloc."""

from __future__ import annotations

import pytest

from pipeline.records import Entity, Interview, Via
from pipeline.stages.judgement import StanceJudgement
from pipeline.stages.talk import LEAST_WORDS, OFTEN, discount, naming_rate
from tests.stages.interviews import interview_of

FILLER = "The river rose again and the ferries stayed in port. " * 40
READ = StanceJudgement(
    {"favor": 0.1, "against": 0.5, "neutral": 0.1, "none": 0.3}, target=None, actor=None, cues=()
)


def _talk(words: str, *vias: Via) -> Interview:
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
    return interview.model_copy(update={"entities": entities})


def test_a_short_text_has_no_rate() -> None:
    assert naming_rate(_talk("NATO met."), "west-broad") is None


def test_the_rate_counts_mentions_of_the_bloc_but_no_pronouns() -> None:
    words = len(FILLER.split())
    assert words >= LEAST_WORDS
    talk = _talk(FILLER, "name", "name", "pronoun")
    assert naming_rate(talk, "west-broad") == pytest.approx(2000 / words)
    assert naming_rate(talk, "brics") == 0.0


@pytest.mark.parametrize("rate", [None, OFTEN, 20.0])
def test_where_the_bloc_is_named_a_unit_is_judged_as_it_is_read(rate: float | None) -> None:
    assert discount(READ, rate) == READ


def test_where_it_is_never_named_a_unit_is_about_something_else() -> None:
    found = discount(READ, 0.0)
    assert found.label == "none"
    assert sum(found.probabilities.values()) == pytest.approx(1.0, abs=1e-3)
    ratio = found.probabilities["against"] / found.probabilities["favor"]
    assert ratio == pytest.approx(5.0, rel=0.05)
    half = discount(READ, OFTEN / 2)
    assert found.probabilities["none"] > half.probabilities["none"] > READ.probabilities["none"]
