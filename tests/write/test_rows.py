"""The tables that hold one fact a row: a hand-built interview in, exact rows out."""

from __future__ import annotations

import pytest

from pipeline.records import Entity, Interview
from pipeline.write import rows
from pipeline.write.counts import Row
from pipeline.write.lookup import Lookup
from tests.write.conftest import build

PLACE = {
    "interview_id": "x",
    "date": "2023-05",
    "unit_id": "x.t002.u1",
    "turn_id": "x.t002",
    "question_id": "x.t001",
    "speaker_id": "x.s2",
    "speaker_name": "Analyst",
    "role": "respondent",
    "text": "NATO kept the peace on this continent.",
}
COUNTS = {
    "judged_units": 7,
    "claims": 4,
    "premises": 2,
    "components_abstained": 0,
    "claims_share": 0.5714,
    "premises_share": 0.2857,
    "units_about": 5,
    "units_about_share": 0.7143,
    "own_n": 5,
    "own_favor": 2,
    "own_against": 1,
    "own_neutral": 1,
    "own_abstained": 1,
    "own_share_favor": 0.4,
    "own_share_against": 0.2,
    "own_share_neutral": 0.2,
    "own_share_abstained": 0.2,
    "own_net": 0.2,
    "own_net_decided": 0.25,
    "attributed": 1,
    "attributed_abstained": 0,
}


def by_unit(found: list[Row], unit: str) -> list[Row]:
    return [row for row in found if row["unit_id"] == f"x.{unit}"]


def test_an_interview_is_a_row(interview: Interview) -> None:
    assert rows.interview_row(Lookup(interview)) == {
        "interview_id": "x",
        "title": "A talk on the summit",
        "date": "2023-05",
        "series": None,
        "url": None,
        "licence": None,
        "language": "en",
        "source_format": "md",
        "sha256": "0" * 64,
        "convention": "labels",
        "convention_confidence": 1.0,
        "warnings": "",
        "speakers": 3,
        "respondents": 1,
        "turns": 6,
        "questions": 2,
        "answers": 2,
        "words": 57,
        "units": 10,
        "claims_fact": 2,
        "claims_value": 1,
        "claims_policy": 1,
        "entities": 1,
        "references": 1,
        "references_resolved": 0,
        **COUNTS,
    }


def test_speakers_have_their_role_and_respondents_their_counts(interview: Interview) -> None:
    host, analyst, other = rows.speaker_rows(Lookup(interview))
    same = {"interview_id": "x", "date": "2023-05", "affiliation": None}
    assert host == {
        **same,
        "speaker_id": "x.s1",
        "speaker_name": "Host",
        "role": "interviewer",
        "country": None,
        "turns": 2,
        "words": 8,
        "units": 2,
        **dict.fromkeys(COUNTS),
    }
    assert analyst == {
        **same,
        "speaker_id": "x.s2",
        "speaker_name": "Analyst",
        "role": "respondent",
        "country": "XX",
        "turns": 3,
        "words": 44,
        "units": 7,
        **COUNTS,
    }
    assert (other["speaker_name"], other["role"], other["claims"]) == (None, "other", None)


def test_a_question_is_a_row_with_what_its_answers_hold(interview: Interview) -> None:
    first, second = rows.question_rows(Lookup(interview))
    assert first == {
        "interview_id": "x",
        "date": "2023-05",
        "question_id": "x.t001",
        "speaker_id": "x.s1",
        "speaker_name": "Host",
        "role": "interviewer",
        "position": 1,
        "text": "Why did the summit fail?",
        "words": 5,
        "answers": 1,
        "answer_words": 30,
        "judged_units": 5,
        "claims": 2,
        "premises": 2,
        "components_abstained": 0,
        "claims_share": 0.4,
        "premises_share": 0.4,
        "units_about": 3,
        "units_about_share": 0.6,
        "own_n": 3,
        "own_favor": 1,
        "own_against": 1,
        "own_neutral": 1,
        "own_abstained": 0,
        "own_share_favor": 0.3333,
        "own_share_against": 0.3333,
        "own_share_neutral": 0.3333,
        "own_share_abstained": 0.0,
        "own_net": 0.0,
        "own_net_decided": 0.0,
        "attributed": 1,
        "attributed_abstained": 0,
    }
    assert (second["position"], second["judged_units"], second["own_abstained"]) == (2, 2, 1)


def test_a_unit_is_a_row_with_codes_and_their_judges(interview: Interview) -> None:
    (row,) = by_unit(list(rows.unit_rows(Lookup(interview))), "t002.u1")
    assert row == {
        **PLACE,
        "turn_kind": "answer",
        "position": 2,
        "start": 0,
        "end": 38,
        "component": "claim",
        "kind": "value",
        "component_probability": 0.8,
        "component_abstained": False,
        "component_source": "model:claims@test",
        "own_stance": "favor",
        "target_text": "NATO",
        "target_actor": "NATO",
        "stance_probability": 0.7,
        "stance_flags": "",
        "stance_source": "model:stance@test",
        "own_n": 1,
        "attributed": 0,
        "attributed_abstained": 0,
        "entities": 1,
    }


def test_a_unit_that_was_not_judged_has_no_codes(interview: Interview) -> None:
    (row,) = by_unit(list(rows.unit_rows(Lookup(interview))), "t001.u1")
    filled = {name for name, value in row.items() if value is not None}
    assert filled == PLACE.keys() - {"question_id"} | {
        "turn_kind",
        "position",
        "start",
        "end",
        "entities",
    }


def test_a_claim_is_a_row_with_the_probability_of_its_kind(interview: Interview) -> None:
    (row,) = by_unit(list(rows.claim_rows(Lookup(interview))), "t002.u1")
    assert row == {
        **PLACE,
        "component": "claim",
        "kind": "value",
        "kind_probability": 0.6,
        "abstained": False,
        "probability": 0.8,
        "p_claim": 0.8,
        "p_premise": 0.1,
        "p_none": 0.1,
        "p_fact": 0.2,
        "p_value": 0.6,
        "p_policy": 0.2,
        "own_stance": "favor",
        "target_actor": "NATO",
        "source": "model:claims@test",
    }


def test_a_premise_has_no_kind_and_none_of_its_probabilities(interview: Interview) -> None:
    (row,) = by_unit(list(rows.claim_rows(Lookup(interview))), "t002.u3")
    names = ("kind", "kind_probability", "p_fact", "p_value", "p_policy")
    assert [row[name] for name in names] == [None] * 5


def test_a_stance_is_a_row_with_every_probability(interview: Interview) -> None:
    (row,) = by_unit(list(rows.stance_rows(Lookup(interview))), "t002.u1")
    assert row == {
        **PLACE,
        "affiliation": None,
        "country": "XX",
        "voice": "own",
        "holder": "x.s2",
        "holder_name": "Analyst (x.s2)",
        "holder_kind": "speaker",
        "target_text": "NATO",
        "target_actor": "NATO",
        "counted_as": "favor",
        "polarity": "favor",
        "abstained": False,
        "probability": 0.7,
        "p_favor": 0.7,
        "p_against": 0.1,
        "p_neutral": 0.1,
        "p_none": 0.1,
        "flags": "",
        "component": "claim",
        "kind": "value",
        "evidence": "word",
        "source": "model:stance@test",
    }


@pytest.mark.parametrize(
    ("unit", "number", "expected"),
    [
        ("t005.u2", 0, ("own", "abstained", 0.1, "question;implied")),
        ("t002.u3", 1, ("attributed", "against", None, "")),
    ],
)
def test_flags_and_what_an_attributed_stance_lacks(
    unit: str, number: int, expected: tuple[object, ...], interview: Interview
) -> None:
    row = by_unit(list(rows.stance_rows(Lookup(interview))), unit)[number]
    assert tuple(row[name] for name in ("voice", "counted_as", "p_none", "flags")) == expected


def test_a_mention_is_a_row_with_the_unit_around_it(interview: Interview) -> None:
    nato, they = rows.entity_rows(Lookup(interview))
    place = {name: value for name, value in PLACE.items() if name not in ("question_id", "text")}
    assert nato == {
        **place,
        "entity_id": "x.e1",
        "start": 0,
        "end": 4,
        "text": "NATO",
        "label": "ORG",
        "actors": "NATO",
        "blocs": "nato|west-broad",
        "via": "name",
        "unit_text": "NATO kept the peace on this continent.",
    }
    assert (they["label"], they["actors"], they["via"]) == (None, "", "pronoun")


def test_a_holder_that_only_a_mention_resolves_is_an_actor() -> None:
    interview = build().model_copy(update={"attributions": ()})
    mention = Entity(
        id="x.e3",
        turn_id="x.t002",
        start=82,
        end=88,
        text="Moscow",
        label="GPE",
        actors=("Russia",),
        blocs=(),
        via="metonym",
    )
    kinds = [
        by_unit(list(rows.stance_rows(Lookup(one))), "t002.u3")[1]["holder_kind"]
        for one in (interview, interview.model_copy(update={"entities": (mention,)}))
    ]
    assert kinds == ["words", "actor"]
