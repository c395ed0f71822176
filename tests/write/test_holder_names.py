"""Which labels are a person's, and what a speaker is called beside those of other interviews."""

from __future__ import annotations

import pytest

from pipeline.records import Interview, Speaker
from pipeline.write.holder_names import holder_name, is_a_persons, speaker_name
from pipeline.write.lookup import Lookup


@pytest.mark.parametrize(
    "label",
    ["A", "J.B.", "R1", "P07", "SPEAKER_01", "Speaker 2", "Respondent", "Analyst",
     "DEPUTY FOREIGN MINISTER", "Former ambassador", "Minister of Defence", "Secretary-General",
     "The Economist", "Research fellow", "Participant 3", "Mr. President", "Unidentified Speaker",
     "Economist, a Baltic bank"],
)  # fmt: skip
def test_a_letter_a_number_or_a_role_is_nobodys_name(label: str) -> None:
    assert not is_a_persons(label)


@pytest.mark.parametrize(
    "label",
    ["Vladimir Putin", "President Putin", "PUTIN", "Mr. Lavrov", "Ursula von der Leyen",
     "Abdel Fattah el-Sisi", "Lee Hsien Loong", "S. Jaishankar", "Samantha Power", "Xi",
     "Prime Minister Modi", "President of Russia", "Angela Merkel (retranslated)",
     "Joe Biden, president"],
)  # fmt: skip
def test_a_name_is_a_persons_under_any_title(label: str) -> None:
    assert is_a_persons(label)


@pytest.mark.parametrize(
    ("name", "called"),
    [("Emmanuel Macron", "Emmanuel Macron"), ("Analyst", "Analyst (x.s2)"), (None, "x.s2")],
)
def test_who_has_no_name_is_told_apart_by_interview(name: str | None, called: str) -> None:
    assert speaker_name(Speaker(id="x.s2", name=name, role="respondent")) == called


@pytest.mark.parametrize(
    ("holder", "called"),
    [
        ("My father", "My father (x)"),
        ("they", "they (x)"),
        ("One of them", "One of them (x)"),
        ("Hershel's critics", "Hershel's critics"),
        ("China", "China"),
    ],
)
def test_who_is_called_by_a_pronoun_is_told_apart_by_interview(
    interview: Interview, holder: str, called: str
) -> None:
    lookup = Lookup(interview.model_copy(update={"id": "x"}))
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    assert holder_name(lookup, stance.model_copy(update={"holder": holder})) == called
