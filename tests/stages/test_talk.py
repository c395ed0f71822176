"""What a whole talk says of units that do not name the bloc."""

from __future__ import annotations

from typing import Literal

import pytest

from pipeline.records import Entity, Interview, Stance, Unit, Via
from pipeline.stages.judgement import StanceJudgement as Judged
from pipeline.stages.talk import LEAST_WORDS, OFTEN, Talk, read_talk, warn_of_seldom_named
from tests.stages.interviews import interview_of

FILLER = "The river rose again and the ferries stayed in port. " * 40
READ = Judged(
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


def _weigh(rate: float | None, back: int | None = 0, **shown: Literal["named", "meant"]) -> Judged:
    talk = Talk(rate, shown, {"u1": back})
    return talk.weigh(Unit(id="u1", turn_id="t1", start=0, end=5, text="Words"), READ)


def test_a_short_text_has_no_rate() -> None:
    assert read_talk(_talk("NATO met."), "west-broad").rate is None


def test_the_rate_counts_mentions_of_the_bloc_but_no_pronouns() -> None:
    words = len(FILLER.split())
    assert words >= LEAST_WORDS
    talk = _talk(FILLER, "name", "name", "pronoun")
    assert read_talk(talk, "west-broad").rate == pytest.approx(2000 / words)
    assert read_talk(talk, "brics").rate == 0.0


@pytest.mark.parametrize("rate", [None, OFTEN, 20.0])
def test_where_the_bloc_is_named_a_unit_is_judged_as_it_is_read(rate: float | None) -> None:
    assert _weigh(rate) == READ
    assert _weigh(0.0, None, u1="named") == READ


def test_where_it_is_never_named_a_unit_is_about_something_else() -> None:
    found = _weigh(0.0)
    assert found.label == "none"
    assert sum(found.probabilities.values()) == pytest.approx(1.0, abs=1e-3)
    ratio = found.probabilities["against"] / found.probabilities["favor"]
    assert ratio == pytest.approx(5.0, rel=0.05)
    half = _weigh(OFTEN / 2)
    assert found.probabilities["none"] > half.probabilities["none"] > READ.probabilities["none"]


def test_a_pronoun_that_means_the_bloc_makes_a_unit_likelier_to_be_about_it() -> None:
    found = _weigh(0.0, None, u1="meant")
    assert found.probabilities["none"] < READ.probabilities["none"] - 0.1
    assert sum(found.probabilities.values()) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("back", [0, 1])
def test_a_name_that_stood_near_casts_no_doubt(back: int) -> None:
    assert _weigh(OFTEN, back) == READ


def test_the_longer_ago_the_last_name_the_more_doubt() -> None:
    read = [READ, *(_weigh(20.0, back) for back in (2, 4, None))]
    shares = [one.probabilities["none"] for one in read]
    assert shares == sorted(set(shares))
    assert [one.label for one in read] == ["against", "against", "none", "none"]


def test_in_a_short_text_nothing_tells_how_long_ago_it_was() -> None:
    assert _weigh(None, None) == READ


def test_the_greater_doubt_counts_not_both() -> None:
    assert _weigh(0.0, 2) == _weigh(0.0, 0)
    assert _weigh(0.0, None) == _weigh(20.0, None)


def test_a_unit_shows_the_bloc_by_name_or_by_a_pronoun_and_names_are_counted_back() -> None:
    turns = [
        ("host", "question", ["Is the ice thick?"]),
        ("guest", "answer", ["It is thick.", "NATO met on it.", "They left."]),
        ("host", "question", ["And then?"]),
        ("guest", "answer", ["They left."]),
        ("host", "question", ["Did NATO know?"]),
        ("guest", "answer", ["It did."]),
    ]
    interview = interview_of(turns)

    def mention(turn: int, via: Via) -> Entity:
        start = interview.turns[turn].text.index("NATO" if via == "name" else "They")
        return Entity(
            id=f"e{turn}", turn_id=interview.turns[turn].id, start=start, end=start + 4,
            text="NATO", label="ORG", actors=("NATO",), blocs=("west-broad",), via=via,
        )  # fmt: skip

    named = (mention(1, "name"), mention(3, "pronoun"), mention(4, "name"))
    talk = read_talk(interview.model_copy(update={"entities": named}), "west-broad")
    assert list(talk.back.values()) == [None, None, 0, 1, 0]
    units = [unit.id for unit in interview.judged_units()]
    assert talk.shown == {units[1]: "named", units[3]: "meant"}


def _with_stance(talk: Interview) -> Interview:
    unit = next(iter(talk.judged_units()))
    stance = Stance(
        unit_id=unit.id, holder="t.s1", voice="own", target_text=None, target_actor=None,
        polarity="neutral", probability=0.6, probabilities={"neutral": 0.6}, abstained=False,
        evidence=(), flags=(), source="model:test@1",
    )  # fmt: skip
    return talk.model_copy(update={"stances": (stance,)})


def test_a_talk_that_hardly_names_the_bloc_is_warned_of_where_it_has_stances() -> None:
    seldom, often = _talk(FILLER), _talk(FILLER, "name", "name")
    assert warn_of_seldom_named(seldom.model_copy(update={"stances": ()}), "west-broad") is None
    assert warn_of_seldom_named(_with_stance(often), "west-broad") is None
    assert warn_of_seldom_named(_with_stance(seldom), "west-broad") == (
        "names west-broad nowhere; read its own stances (1), and count nothing on them"
    )
