"""People's labels over the judge's answers, question by question."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.labels.decisions import Decisions
from pipeline.records import Claim, Failed, Interview, Label, Stance
from tests.built import build
from tests.coding.runs import talk

FIRST, REPORTING = "x.t002.u1", "x.t002.u3"


def by(coder: str, unit_id: str = FIRST, **answers: object) -> Label:
    """A label of a sentence of the hand-built interview."""
    unit = next(one for one in build().units or () if one.id == unit_id)
    return Label.model_validate({
        "doc": "x", "text": unit.text, "unit_id": unit.id, "turn_id": unit.turn_id,
        "start": unit.start, "end": unit.end, "sha256": build().sha256, "source": f"human:{coder}",
        **answers,
    })  # fmt: skip


def decided(*labels: Label, interview: Interview | None = None) -> Interview:
    return Decisions(labels).apply(interview or build())


def claim(interview: Interview, unit_id: str = FIRST) -> Claim:
    return next(one for one in interview.claims or () if one.unit_id == unit_id)


def stances(interview: Interview, unit_id: str = FIRST) -> list[Stance]:
    return [one for one in interview.stances or () if one.unit_id == unit_id]


def test_a_component_is_the_persons_and_the_stance_stays_the_judges() -> None:
    after = decided(by("anna", component="premise"))
    found = claim(after)
    assert (found.component, found.kind, found.source) == ("premise", None, "human:anna")
    assert (found.probability, found.abstained) == (None, False)
    assert stances(after) == stances(build())
    (decision,) = after.decisions or ()
    assert (decision.by, decision.questions) == (("human:anna",), ("component",))
    assert decision.claim == claim(build())


def test_a_claim_whose_kind_is_left_open_keeps_the_judges_kind() -> None:
    assert claim(decided(by("anna", component="claim"))).kind == "value"
    assert claim(decided(by("anna", REPORTING, component="claim")), REPORTING).kind is None


def test_what_is_not_about_the_bloc_has_no_own_stance_and_the_judges_is_kept_aside() -> None:
    after = decided(by("anna", west="none"))
    assert stances(after) == []
    (decision,) = after.decisions or ()
    assert list(decision.stances) == stances(build())


@pytest.mark.parametrize(
    ("label", "text", "actor"),
    [
        ({}, "NATO", "NATO"),
        ({"target": "this continent"}, "this continent", None),
        ({"implicit_target": "Germany"}, None, "Germany"),
        ({"implicit_target": "our friends"}, None, None),
    ],
    ids=["as judged", "words", "actor", "nobody known"],
)
def test_a_target_is_the_persons_else_the_judges(
    label: dict[str, Any], text: str | None, actor: str | None
) -> None:
    (found,) = stances(decided(by("anna", west="against", **label)))
    assert (found.polarity, found.target_text, found.target_actor) == ("against", text, actor)
    assert found.evidence[0].text in (text, "NATO kept the peace on this continent.")


def test_an_own_stance_where_the_judge_found_none() -> None:
    (found,) = stances(decided(by("anna", "x.t002.u4", west="favor")), "x.t002.u4")
    assert (found.holder, found.target_text, found.source) == ("x.s2", None, "human:anna")


@pytest.mark.parametrize(
    ("attributed", "expected"),
    [
        ([], []),
        ([{"holder": "Moscow", "stance": "favor"}], [("Russia", "favor", "the sanctions")]),
        ([{"holder": "Russia", "stance": "against"}, {"holder": "Kyiv", "stance": "favor"}],
         [("Russia", "against", "the sanctions"), ("Ukraine", "favor", None)]),
    ],
    ids=["removed", "other side", "one more"],
)  # fmt: skip
def test_reported_stances(attributed: list[Any], expected: list[Any]) -> None:
    after = decided(by("anna", REPORTING, attributed=attributed))
    found = [one for one in stances(after, REPORTING) if one.voice == "attributed"]
    assert [(one.holder, one.polarity, one.target_text) for one in found] == expected
    assert {one.source for one in found} <= {"human:anna"}


def test_two_who_agree_decide_together() -> None:
    after = decided(*(by(name, west="against", target="NATO") for name in ("ben", "anna")))
    assert stances(after)[0].source == "human:anna human:ben"


def test_where_two_differ_the_judges_answer_stands_and_it_is_flagged() -> None:
    after = decided(by("anna", component="none", west="against"), by("ben", west="neutral"))
    assert stances(after) == stances(build())
    assert claim(after).component == "none"  # one alone answers it
    (decision,) = after.decisions or ()
    assert decision.disputed == ("west",)


def test_the_adjudicator_settles_it() -> None:
    sides = {"anna": "against", "ben": "neutral", "adjudicated": "neutral"}
    after = decided(*(by(name, west=side) for name, side in sides.items()))
    (found,) = stances(after)
    assert (found.polarity, found.source) == ("neutral", "human:adjudicated")
    assert [one.disputed for one in after.decisions or ()] == [()]


def test_one_actor_in_two_spellings_is_one_target() -> None:
    after = decided(
        by("anna", west="against", target="NATO"),
        by("ben", west="against", implicit_target="the North Atlantic Treaty Organization"),
    )
    assert [one.disputed for one in after.decisions or ()] == [()]


def test_a_judges_label_decides_nothing_and_is_lost() -> None:
    label = by("anna", west="against").model_copy(update={"source": "llm:some"})
    decisions = Decisions([label])
    assert decisions.apply(build()) == build()
    assert decisions.lost() == [label]


def test_a_layer_that_was_not_computed_stays_so() -> None:
    bare = build().model_copy(update={"stances": None})
    assert decided(by("anna", component="none", west="against"), interview=bare).stances is None


def test_a_sentence_that_the_judge_failed_on_counts_where_a_person_answers_it() -> None:
    failing = Failed(unit_id=FIRST, reason="no JSON", source="llm:some")
    broken = build().model_copy(update={"failed": (failing,)})
    assert decided(by("anna", component="none"), interview=broken).failed == (failing,)
    assert decided(by("anna", component="none", west="none"), interview=broken).failed == ()


def test_an_interviewers_sentence_is_not_judged() -> None:
    assert decided(by("anna", "x.t001.u1", component="claim")).decisions == ()


def test_other_interviews_are_untouched() -> None:
    other = talk("b", ["favor"])
    assert decided(by("anna", west="against"), interview=other) is other
