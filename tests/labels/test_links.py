"""People's links between sentences, beside the judge's."""

from __future__ import annotations

import pytest

from pipeline.labels.files import HUMAN
from pipeline.labels.links import without_circles
from pipeline.records import Decision, Interview, Label, Relation
from pipeline.tables.arguments import argument_rows
from pipeline.tables.lookup import Lookup
from tests.built import build
from tests.labels.test_decisions import by, decided

FIRST, SECOND, THIRD, FOURTH = (f"x.t002.u{number}" for number in range(1, 5))
Found = dict[str, tuple[str, str | None, str]]


def linked(unit_id: str, parent_id: str, *, coder: str = "anna", **answers: object) -> Label:
    """A label that links a sentence of the hand-built interview to another one."""
    to = next(one for one in build().units or () if one.id == parent_id)
    said = {"relation": "support", "parent": to.text, "parent_start": to.start}
    return by(coder, unit_id, **{**said, **answers})


def relations(interview: Interview) -> Found:
    """Kind, parent and source of each relation, by unit."""
    return {one.from_unit: (one.kind, one.to_unit, one.source) for one in interview.relations or ()}


def decision(interview: Interview, unit_id: str) -> Decision:
    return next(one for one in interview.decisions or () if one.unit_id == unit_id)


def bare() -> Interview:
    """The interview without relations of a judge."""
    return build().model_copy(update={"relations": None})


def test_a_link_of_people_replaces_the_judges_and_that_is_kept_aside() -> None:
    after = decided(linked(THIRD, FIRST, relation="attack"))
    assert relations(after)[THIRD] == ("attack", FIRST, "human:anna")
    found = decision(after, THIRD)
    assert found.questions == ("relation",)
    assert found.relation == (build().relations or ())[0]
    after.check_references()


def test_no_link_by_people_takes_the_judges_away() -> None:
    after = decided(by("anna", THIRD, relation="none"))
    assert relations(after)[THIRD] == ("none", None, "human:anna")


def test_where_no_judge_links_there_is_only_what_people_were_asked_about() -> None:
    after = decided(linked(THIRD, SECOND), by("anna", SECOND, relation="none"), interview=bare())
    assert relations(after) == {
        SECOND: ("none", None, "human:anna"), THIRD: ("support", SECOND, "human:anna"),
    }  # fmt: skip
    assert decided(by("anna", THIRD, component="claim"), interview=bare()).relations is None
    (row,) = (row for row in argument_rows(Lookup(after)) if row["unit_id"] == SECOND)
    assert (row["reasons"], row["bare"]) == (1, False)


@pytest.mark.parametrize("kind", [{"relation": "attack"}, {"parent": None, "relation": "none"}])
def test_two_who_differ_in_kind_or_parent_leave_the_judges(kind: dict[str, object]) -> None:
    ben = linked(THIRD, FIRST, coder="ben", **kind)
    after = decided(linked(THIRD, FIRST), ben)
    assert relations(after)[THIRD] == relations(build())[THIRD]
    assert decision(after, THIRD).disputed == ("relation",)
    settled = decided(linked(THIRD, FIRST), ben, linked(THIRD, FOURTH, coder="adjudicated"))
    assert relations(settled)[THIRD] == ("support", FOURTH, "human:adjudicated")


def test_two_who_link_alike_decide_together() -> None:
    after = decided(linked(THIRD, FIRST), linked(THIRD, FIRST, coder="ben", parent_start=None))
    assert relations(after)[THIRD] == ("support", FIRST, "human:anna human:ben")


def test_a_parent_that_is_not_in_the_answer_says_nothing_and_is_told() -> None:
    after = decided(linked(THIRD, FIRST, parent="An earlier wording."))
    assert relations(after) == relations(build())
    found = decision(after, THIRD)
    assert (found.by, found.questions, found.left_out) == ((), (), ("relation",))


def test_a_parent_is_found_by_its_place_among_those_that_read_the_same() -> None:
    text = "Yes. No. Yes. Why not?"
    units = [
        unit.model_copy(update={"start": start, "end": start + len(said), "text": said})
        for unit, (start, said) in zip(
            build().units_by_turn()["x.t002"],
            ((0, "Yes."), (5, "No."), (9, "Yes."), (14, "Why not?")),
            strict=False,
        )
    ]
    turns = [
        one.model_copy(update={"text": text}) if one.id == "x.t002" else one
        for one in build().turns
    ]
    layers = dict.fromkeys(("relations", "entities", "stances", "claims", "attributions"))
    interview = build().model_copy(update={"units": tuple(units), "turns": tuple(turns), **layers})
    last = units[3]
    label = by("anna", FOURTH, relation="support", parent="Yes.").model_copy(
        update={"text": last.text, "start": last.start, "end": last.end}
    )
    placed = label.model_copy(update={"parent_start": 9})
    assert relations(decided(placed, interview=interview)) == {
        FOURTH: ("support", THIRD, "human:anna")
    }
    assert decided(label, interview=interview).relations is None


def test_a_link_of_the_judge_that_closes_a_circle_gives_way() -> None:
    """Anna: the second backs the third; the judge had it the other way round."""
    after = decided(linked(SECOND, THIRD))
    assert relations(after)[SECOND] == ("support", THIRD, "human:anna")
    assert relations(after)[THIRD] == ("none", None, "llm:test")
    assert (after.relations or ())[1].probability is None


def test_of_a_circle_of_people_the_link_that_was_coded_last_is_left_out() -> None:
    times = {
        THIRD: "2026-01-01T10:00:00",
        FIRST: "2026-01-01T12:00:00",
        SECOND: "2026-01-01T11:00:00",
    }
    parents = {THIRD: FIRST, FIRST: SECOND, SECOND: THIRD}
    after = decided(*(linked(unit, parents[unit], coded_at=at) for unit, at in times.items()))
    assert [one.unit_id for one in after.decisions or () if one.left_out] == [FIRST]
    assert relations(after)[THIRD] == ("support", FIRST, "human:anna")


def test_of_links_without_a_time_the_last_of_the_answer_is_left_out() -> None:
    after = decided(linked(THIRD, FIRST), linked(FIRST, SECOND), linked(SECOND, THIRD))
    assert relations(after)[SECOND] == ("support", THIRD, "human:anna")
    assert relations(after)[FIRST] == ("support", SECOND, "human:anna")
    assert relations(after)[THIRD] == ("none", None, "llm:test")
    assert decision(after, THIRD).left_out == ("relation",)
    assert decision(after, THIRD).by == ()


def test_no_link_is_from_or_to_what_people_call_neither() -> None:
    after = decided(by("anna", SECOND, component="none"), linked(FOURTH, SECOND, coder="ben"))
    found = relations(after)
    assert found[SECOND] == ("none", None, "human:anna")
    assert found[THIRD] == ("none", None, "llm:test")
    assert found[FOURTH][0] == "attack"  # the judge's guess, as before
    assert decision(after, FOURTH).left_out == ("relation",)


def test_a_link_of_people_stands_whatever_the_judge_says_of_its_ends() -> None:
    fifth = "x.t002.u5"  # none, by the judge
    assert relations(decided(linked(fifth, FIRST)))[fifth] == ("support", FIRST, f"{HUMAN}anna")


def test_circles_are_found_over_several_links() -> None:
    def link(child: str, parent: str) -> Relation:
        return Relation(
            from_unit=child, to_unit=parent, kind="support", probability=None, source="a"
        )

    links = [link("a", "b"), link("b", "c"), link("c", "a"), link("c", "d"), link("e", "a")]
    assert without_circles(links) == [links[0], links[1], links[3], links[4]]
