"""Stances of others with a model that judges holders: a small stand-in that reads the words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.actors import load_actors
from pipeline.attribution import PairWeights
from pipeline.attribution.stances import ReportedStances
from pipeline.judges.heads import Floats
from pipeline.judges.judgement import HolderJudge, StanceJudgement
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, Span
from pipeline.records import Interview, Stance
from tests.stages.test_attribution import annotate

WEIGHTS = PairWeights(
    data="none", listed=0.4, decided=0.8, pairs={"intercept": -2.0, "reports": 0.5, "holder": 0.5}
)


class Holders:
    """Whoever is said to dance has a favourable stance, whoever to yawn the opposite."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def reports(self, rows: Sequence[Row]) -> Floats:
        told = [0.95 if {"dance", "yawn"} & set(row.text.split()) else 0.001 for row in rows]
        return np.array([told, told])

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

    def __init__(self, holders: HolderJudge) -> None:
        self.holders = holders

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        raise AssertionError("the own voice is not asked for")

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        return np.full((len(rows), 3), 1 / 3)


def stances_of(
    interview: Interview, holders: HolderJudge, *, bloc: str = "west-broad"
) -> tuple[Stance, ...]:
    reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc=bloc)
    return ReportedStances(Judge(holders), reader, weights=WEIGHTS).stances(interview)


@pytest.mark.parametrize(
    ("sentence", "holder", "polarity"),
    [
        ("Georgians dance before NATO.", "Georgia", "favor"),
        ("Iranians yawn at NATO.", "Iran", "against"),
        ("Georgians dance before NATO and Iran.", "Georgia", "favor"),
        ("Students dance before NATO.", "Students", "favor"),
    ],
)
def test_the_model_decides_whose_stance_it_is_and_of_which_side(
    sentence: str, holder: str, polarity: str
) -> None:
    (stance,) = stances_of(annotate(sentence, "The rice harvest was late."), Holders())
    assert (stance.holder, stance.polarity, stance.target_actor) == (holder, polarity, "NATO")
    assert (stance.voice, stance.source) == ("attributed", "model:test@1")


def test_a_unit_below_the_threshold_reports_nothing() -> None:
    class Unsure(Holders):
        def reports(self, rows: Sequence[Row]) -> Floats:
            return np.full((2, len(rows)), 0.03)

    found = annotate("Moscow met NATO.")
    assert stances_of(found, Unsure()) == ()


def test_reported_stances_are_found_toward_the_west_alone() -> None:
    interview = annotate("Georgians dance before NATO and Russia.")
    assert stances_of(interview, Holders(), bloc="russia") == ()


def test_a_pair_that_is_less_sure_is_a_guess_and_one_less_still_is_none() -> None:
    class Unequal(Holders):
        def reports(self, rows: Sequence[Row]) -> Floats:
            return np.full((2, len(rows)), 0.95)

        def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
            surely, maybe, hardly = ([0.01, 0.01, 0.01, 0.97], [0.3, 0.0, 0.0, 0.7], [1, 0, 0, 0])
            return np.array([surely, maybe, *[hardly] * len(holders)][: len(holders)])

    found = stances_of(annotate("Moscow told Beijing that Minsk condemns NATO."), Unequal())
    assert [(s.holder, s.abstained) for s in found] == [("Russia", False), ("China", True)]


def test_those_who_are_coordinated_hold_it_together() -> None:
    class OnlyTheFirst(Holders):
        def reports(self, rows: Sequence[Row]) -> Floats:
            return np.full((2, len(rows)), 0.95)

        def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
            surely, hardly = [0.01, 0.01, 0.01, 0.97], [0.9, 0.04, 0.03, 0.03]
            return np.array([hardly if start else surely for start, _ in holders])

    found = stances_of(annotate("Moscow and Beijing condemn NATO."), OnlyTheFirst())
    assert [s.holder for s in found] == ["Russia", "China"]


def test_phrases_of_one_holder_are_one_record_and_so_are_people_without_a_name() -> None:
    class Everybody(Holders):
        def reports(self, rows: Sequence[Row]) -> Floats:
            return np.full((2, len(rows)), 0.95)

        def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
            return np.array([[0.02, 0.01, 0.02, 0.95] for _ in holders])

    found = stances_of(annotate("Moscow fumes, and Russian officials insist."), Everybody())
    assert found == ()  # about nothing
    found = stances_of(annotate("Moscow fears NATO, and Russian officials insist."), Everybody())
    assert [s.holder for s in found] == ["Russia"]
    found = stances_of(annotate("People fear NATO, and students oppose it."), Everybody())
    assert len(found) == 1


def test_a_person_has_the_full_name_that_the_interview_gives() -> None:
    talk = annotate("I met George Marshall.", "But Marshall yawn at NATO.")
    (stance,) = stances_of(talk, Holders())
    assert stance.holder == "George Marshall"


def test_a_pronoun_of_no_known_actor_is_flagged() -> None:
    (stance,) = stances_of(annotate("It rained on NATO.", "He yawn at NATO."), Holders())
    assert (stance.holder, stance.flags) == ("He", ("pronoun",))


def test_probabilities_sum_to_one_and_evidence_is_the_words_of_the_turn() -> None:
    interview = annotate("It is late. ", "🙂 Iranians yawn at NATO.")
    (stance,) = stances_of(interview, Holders())
    assert sum(stance.probabilities.values()) == pytest.approx(1.0, abs=0.001)
    text = interview.turns[-1].text
    assert [text[one.start : one.end] for one in stance.evidence] == ["Iranians", "yawn", "NATO"]


def test_only_units_that_may_report_are_searched() -> None:
    holders = Holders()
    stances_of(annotate("Georgians cook in the open.", "Iranians met NATO in Vienna."), holders)
    assert holders.asked == []


def test_a_target_may_be_named_before_the_sentence_and_must_be_named() -> None:
    meant = annotate("NATO met in Vilnius.", "Iranians yawn at such a meeting.")
    (stance,) = stances_of(meant, Holders())
    assert (stance.flags, stance.target_text, stance.target_actor) == (("implied",), None, "NATO")
    unnamed = annotate("They met in Vilnius.", "Iranians yawn at such a meeting.")
    assert stances_of(unnamed, Holders()) == ()


def test_a_member_of_the_bloc_holds_a_stance_only_on_others_that_its_turn_names() -> None:
    member = "Poland is a member."
    before = annotate("NATO met in Vilnius.", "Poles yawn at such a meeting.", member)
    (stance,) = stances_of(before, Holders())
    assert (stance.holder, stance.target_actor, stance.flags) == ("Poland", "NATO", ("implied",))
    earlier = annotate("Poles yawn at such a meeting.", member, question="And NATO?")
    assert stances_of(earlier, Holders()) == ()
    (stance,) = stances_of(annotate("Poles yawn at NATO."), Holders())
    assert (stance.holder, stance.target_actor) == ("Poland", "NATO")
