"""Which units are judged, which are counted, and whose holder is what."""

from __future__ import annotations

from pipeline.records import Interview
from pipeline.write.lookup import Lookup, holder_kind, position


def test_only_respondents_judged_units_are_counted(interview: Interview) -> None:
    counted = [unit.id for unit in Lookup(interview).coded_units()]
    assert counted == [f"x.t002.u{n}" for n in range(1, 6)] + ["x.t005.u1", "x.t005.u2"]


def test_another_voice_is_judged_but_not_counted(interview: Interview) -> None:
    lookup = Lookup(interview)
    other = lookup.units["x.t003.u1"]
    assert lookup.is_judged(other)
    assert not lookup.is_coded(other)


def test_own_and_attributed_stances_are_kept_apart(interview: Interview) -> None:
    lookup = Lookup(interview)
    unit = lookup.units["x.t002.u3"]
    assert [stance.holder for stance in lookup.own(unit)] == ["x.s2"]
    assert [stance.holder for stance in lookup.attributed(unit)] == ["Russia"]


def test_an_abstention_is_a_position_of_its_own(interview: Interview) -> None:
    assert [position(s) for s in interview.stances or () if s.abstained] == ["abstained"]


def test_a_holder_is_an_actor_where_an_attribution_resolved_it(interview: Interview) -> None:
    lookup = Lookup(interview)
    (stance,) = lookup.attributed(lookup.units["x.t002.u3"])
    assert holder_kind(stance, actors=lookup.holder_actors) == "actor"
    assert holder_kind(stance, actors=frozenset()) == "words"


def test_the_most_probable_own_stance_stands_for_the_unit(interview: Interview) -> None:
    first = (interview.stances or ())[0]
    surer = first.model_copy(update={"probability": 0.9, "polarity": "against"})
    lookup = Lookup(interview.model_copy(update={"stances": (first, surer)}))
    assert lookup.own_stance(lookup.units["x.t002.u1"]) == surer


def test_an_entity_belongs_to_the_unit_it_starts_in(interview: Interview) -> None:
    lookup = Lookup(interview)
    units = [lookup.unit_at(entity) for entity in interview.entities or ()]
    assert [unit and unit.id for unit in units] == ["x.t002.u1", "x.t005.u2"]
