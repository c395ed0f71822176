"""Stances of others with a model that judges holders: a small stand-in that reads the words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.actors import load_actors
from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row, Span
from pipeline.parse import Parser
from pipeline.records import Interview, Stance
from pipeline.reporting import Hearing, load_weights
from pipeline.stages.judgement import HolderJudge, StanceJudgement
from pipeline.stages.reported import ReportedStances
from tests.stages.test_attribution import annotate

pytestmark = pytest.mark.skipif(
    load_weights().heard is None, reason="the weights for judged holders are not fitted"
)


class Holders:
    """Whoever is said to dance has a favourable stance, whoever to yawn the opposite."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def reports(self, rows: Sequence[Row]) -> Floats:
        return np.array(
            [0.95 if {"dance", "yawn"} & set(row.text.split()) else 0.001 for row in rows]
        )

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        found = []
        for row, (start, end) in zip(rows, holders, strict=True):
            self.asked.append(row.text[start:end])
            verb = row.text[end:].split()[:1]
            if verb == ["dance"]:
                found.append([0.02, 0.95, 0.02, 0.01])
            elif verb == ["yawn"]:
                found.append([0.02, 0.01, 0.02, 0.95])
            else:
                found.append([0.97, 0.01, 0.01, 0.01])
        return np.array(found)


class Judge:
    source = "model:test@1"

    def __init__(self, holders: HolderJudge | None) -> None:
        self.holders = holders

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        raise AssertionError("the own voice is not asked for")

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        return np.full((len(rows), 3), 1 / 3)


def stances_of(interview: Interview, holders: HolderJudge | None) -> tuple[Stance, ...]:
    reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")
    return ReportedStances(Judge(holders), reader).stances(interview)


def test_a_holder_without_a_cue_is_found_by_the_model() -> None:
    interview = annotate("Georgians dance before Europe and NATO.", "The rice harvest was late.")
    found = stances_of(interview, Holders())
    assert [(s.holder, s.polarity, s.voice) for s in found] == [("Georgia", "favor", "attributed")]
    assert stances_of(interview, None) == ()


def test_those_who_say_it_together_are_heard_together() -> None:
    class OnlyTheFirst(Holders):
        def reports(self, rows: Sequence[Row]) -> Floats:
            return np.full(len(rows), 0.95)

        def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
            surely, hardly = [0.01, 0.01, 0.01, 0.97], [0.6, 0.01, 0.01, 0.38]
            return np.array([hardly if start else surely for start, _ in holders])

    interview = annotate("Moscow and Beijing condemn NATO.")
    found = stances_of(interview, OnlyTheFirst())
    assert [s.holder for s in found] == ["Russia", "China"]
    assert len({s.probability for s in found}) == 1


def test_the_model_decides_the_side() -> None:
    (stance,) = stances_of(annotate("Iranians yawn at NATO."), Holders())
    assert (stance.polarity, stance.target_actor) == ("against", "NATO")


def test_a_pronoun_that_means_no_actor_says_whom_it_takes_up() -> None:
    (stance,) = stances_of(annotate("My father met NATO. ", "He yawn at NATO."), Holders())
    assert (stance.holder, stance.evidence[0].text) == ("My father", "He")
    assert stance.flags == ("pronoun",)
    (stance,) = stances_of(annotate("It rained on NATO.", "He yawn at NATO."), Holders())
    assert (stance.holder, stance.flags) == ("He", ("pronoun",))


def test_who_is_only_named_beside_the_holder_has_no_stance() -> None:
    (stance,) = stances_of(annotate("Georgians dance before NATO and Iran."), Holders())
    assert stance.holder == "Georgia"


def test_a_place_is_not_asked_about_but_where_it_acts() -> None:
    holders = Holders()
    (stance,) = stances_of(annotate("Georgians dance before NATO in the Aegean."), holders)
    assert stance.holder == "Georgia"
    assert not any("Aegean" in words for words in holders.asked)
    found = annotate("The Sahel turned its back on Paris.").attributions or ()
    assert [one.holder_text for one in found] == ["The Sahel"]


def test_only_units_that_may_report_are_searched() -> None:
    holders = Holders()
    stances_of(annotate("Georgians cook in the open.", "Iranians met NATO in Vienna."), holders)
    assert holders.asked == []


def test_no_phrase_is_asked_twice() -> None:
    holders = Holders()
    stances_of(annotate("Moscow says that Georgians dance before NATO."), holders)
    assert len(holders.asked) == len(set(holders.asked))


def test_the_rules_weigh_as_they_did_where_no_model_hears() -> None:
    assert Hearing(reports=0.5, stance={"none": 1.0}).reports == 0.5
    (stance,) = stances_of(annotate("Beijing condemns NATO."), None)
    assert stance.polarity == "against"


def test_a_target_may_stand_before_the_sentence_and_must_stand_somewhere() -> None:
    meant = annotate("NATO met in Vilnius.", "Iranians yawn at such a meeting.")
    (stance,) = stances_of(meant, Holders())
    assert (stance.flags, stance.target_text) == (("implied",), None)
    assert stances_of(annotate("They met in Vilnius.", "Iranians yawn at such a meeting."),
                      Holders()) == ()  # fmt: skip
