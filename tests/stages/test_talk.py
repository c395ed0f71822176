"""What a whole talk says of units that do not name the bloc."""

from __future__ import annotations

import pytest

from pipeline.records import Entity, Interview, Via
from pipeline.stages.judgement import StanceJudgement
from pipeline.stages.talk import LEAST_WORDS, OFTEN, discount, exchanges_back, naming_rate
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


@pytest.mark.parametrize("back", [0, 1])
def test_a_name_that_stood_near_casts_no_doubt(back: int) -> None:
    assert discount(READ, OFTEN, back) == READ


def test_the_longer_ago_the_last_name_the_more_doubt() -> None:
    near, later, never = (discount(READ, 20.0, back) for back in (2, 4, None))
    shares = [one.probabilities["none"] for one in (READ, near, later)]
    assert shares == sorted(set(shares))
    assert never == later
    assert later.label == "none"


def test_in_a_short_text_nothing_tells_how_long_ago_it_was() -> None:
    assert discount(READ, None, None) == READ


def test_the_greater_doubt_counts_not_both() -> None:
    assert discount(READ, 0.0, None) == discount(READ, 0.0, 0)


def test_exchanges_are_counted_back_to_the_last_name_before_a_unit() -> None:
    talk = interview_of(
        [
            ("host", "question", ["Is the ice thick?"]),
            ("guest", "answer", ["It is thick.", "NATO met on it.", "They left."]),
            ("host", "question", ["And then?"]),
            ("guest", "answer", ["They left."]),
            ("host", "question", ["Did NATO know?"]),
            ("guest", "answer", ["It did."]),
        ]
    )

    def mention(turn: int, via: Via) -> Entity:
        start = talk.turns[turn].text.index("NATO" if via == "name" else "They")
        return Entity(
            id=f"e{turn}", turn_id=talk.turns[turn].id, start=start, end=start + 4, text="NATO",
            label="ORG", actors=("NATO",), blocs=("west-broad",), via=via,
        )  # fmt: skip

    named = (mention(1, "name"), mention(3, "pronoun"), mention(4, "name"))
    back = exchanges_back(talk.model_copy(update={"entities": named}), "west-broad")
    assert list(back.values()) == [None, None, 0, 1, 0]
