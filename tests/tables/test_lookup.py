"""Which units are judged and counted, and what a holder is called."""

from __future__ import annotations

import pytest

from pipeline.records import Interview, Speaker
from pipeline.tables.identity import is_personal, speaker_name
from pipeline.tables.lookup import Lookup, position


def test_only_respondents_judged_units_are_counted(interview: Interview) -> None:
    counted = [unit.id for unit in Lookup(interview).coded_units()]
    assert counted == [f"x.t002.u{n}" for n in range(1, 6)] + ["x.t005.u1", "x.t005.u2"]


def test_another_voice_is_judged_but_not_counted(interview: Interview) -> None:
    lookup = Lookup(interview)
    other = lookup.units["x.t003.u1"]
    assert lookup.is_judged(other)
    assert not lookup.is_coded(other)


def test_an_abstention_is_a_position_of_its_own(interview: Interview) -> None:
    assert [position(s) for s in interview.stances or () if s.abstained] == ["abstained"]


def test_the_most_probable_own_stance_is_that_of_the_unit(interview: Interview) -> None:
    first = (interview.stances or ())[0]
    surer = first.model_copy(update={"probability": 0.9, "polarity": "against"})
    lookup = Lookup(interview.model_copy(update={"stances": (first, surer)}))
    assert lookup.own_stance(lookup.units["x.t002.u1"]) == surer


def test_an_entity_belongs_to_the_unit_it_starts_in(interview: Interview) -> None:
    lookup = Lookup(interview)
    units = [lookup.unit_at(entity) for entity in interview.entities or ()]
    assert [unit and unit.id for unit in units] == ["x.t002.u1", "x.t005.u2"]


@pytest.mark.parametrize(
    "label",
    ["A", "J.B.", "R1", "P07", "SPEAKER_01", "Speaker 2", "Respondent", "Analyst",
     "DEPUTY FOREIGN MINISTER", "Former ambassador", "Minister of Defence", "Secretary-General",
     "The Economist", "Research fellow", "Participant 3", "Mr. President", "Unidentified Speaker",
     "Economist, a Baltic bank"],
)  # fmt: skip
def test_a_letter_a_number_or_a_role_is_no_persons_name(label: str) -> None:
    assert not is_personal(label)


@pytest.mark.parametrize(
    "label",
    ["Vladimir Putin", "President Putin", "PUTIN", "Mr. Lavrov", "Ursula von der Leyen",
     "Abdel Fattah el-Sisi", "Lee Hsien Loong", "S. Jaishankar", "Samantha Power", "Xi",
     "Prime Minister Modi", "President of Russia", "Angela Merkel (retranslated)",
     "Joe Biden, president"],
)  # fmt: skip
def test_a_name_is_a_persons_under_any_title(label: str) -> None:
    assert is_personal(label)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Emmanuel Macron", "Emmanuel Macron"), ("Analyst", "Analyst (x.s2)"), (None, "x.s2")],
)
def test_a_speaker_without_a_name_gets_the_id(name: str | None, called: str) -> None:
    assert speaker_name(Speaker(id="x.s2", name=name, role="respondent")) == called


@pytest.mark.parametrize(
    ("holder", "called"),
    [
        ("My father", "My father (x)"), ("they", "they (x)"), ("One of them", "One of them (x)"),
        ("Hershel's critics", "Hershel's critics"), ("China", "China"),
    ],
)  # fmt: skip
def test_a_holder_named_by_a_pronoun_gets_the_interviews_id(
    interview: Interview, holder: str, called: str
) -> None:
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    named = stance.model_copy(update={"holder": holder})
    assert Lookup(interview).holder_name(named) == called
