"""The counts that the terminal shows."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.records import Interview
from pipeline.write.summary import add_up, summarise


def test_counts_are_those_of_the_records(interview: Interview) -> None:
    assert asdict(summarise(interview)) == {
        "interview_id": "x",
        "judged": True,
        "turns": 6,
        "units": 10,
        "judged_units": 7,
        "claims": 4,
        "premises": 2,
        "components_abstained": 0,
        "entities": 1,
        "references": 1,
        "references_unresolved": 1,
        "favor": 2,
        "against": 1,
        "neutral": 1,
        "abstained": 1,
        "attributed": 1,
        "attributed_abstained": 0,
    }


def test_an_interview_in_another_language_is_not_judged(interview: Interview) -> None:
    bare = interview.model_copy(update=dict.fromkeys(("units", "claims", "stances")))
    assert not summarise(bare).judged


def test_what_was_not_decided_is_counted_and_counted_apart(interview: Interview) -> None:
    update = {
        name: tuple(one.model_copy(update={"abstained": True}) for one in layer or ())
        for name, layer in (("claims", interview.claims), ("stances", interview.stances))
    }
    found = summarise(interview.model_copy(update=update))
    assert (found.components_abstained, found.claims, found.premises) == (7, 0, 0)
    assert (found.abstained, found.favor, found.against, found.neutral) == (5, 0, 0, 0)
    assert (found.attributed_abstained, found.attributed) == (1, 0)


def test_counts_of_interviews_add_up(interview: Interview) -> None:
    one = summarise(interview)
    total = add_up([one, one])
    assert (total["units"], total["references_unresolved"]) == (20, 2)
    assert total.keys() == asdict(one).keys() - {"interview_id", "judged"}
