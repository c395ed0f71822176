"""attributions.csv: a hand-built interview in, exact rows out."""

from __future__ import annotations

import pytest

from pipeline.records import Attribution, Entity, Evidence, Interview
from pipeline.write.attributions import attribution_rows, match_stances
from pipeline.write.fact_tables import ATTRIBUTIONS
from pipeline.write.lookup import Lookup
from tests.write.conftest import build, spans

TEXT = build().turns[1].text
REPORT = {
    "interview_id": "x",
    "date": "2023-05",
    "title": "A talk on the summit",
    "unit_id": "x.t002.u3",
    "turn_id": "x.t002",
    "question_id": "x.t001",
    "speaker_id": "x.s2",
    "speaker_name": "Analyst",
    "role": "respondent",
    "text": "Moscow calls the sanctions a siege.",
    "holder_text": "Moscow",
    "holder_actor": "Russia",
    "holder_blocs": "",
    "cue": "call",
    "content": "the sanctions a siege",
    "flags": "",
    "holder_start": 82,
    "holder_end": 88,
    "cue_start": 89,
    "cue_end": 94,
    "content_start": 95,
    "content_end": 116,
    "source": "rule:attribution.test",
}
STANCE = {
    "target_text": "the sanctions",
    "target_actor": None,
    "counted_as": "against",
    "polarity": "against",
    "abstained": False,
    "probability": 0.7,
    "p_favor": 0.15,
    "p_against": 0.7,
    "p_neutral": 0.15,
    "stance_flags": "",
    "stance_source": "model:stance@test",
}


def rows(interview: Interview) -> list[dict[str, object]]:
    return [dict(row) for row in attribution_rows(Lookup(interview))]


def with_stances(voice: str = "attributed", **update: object) -> Interview:
    """The interview with its attributed stance changed, or without it."""
    interview = build()
    stances = [
        one.model_copy(update=update) if one.voice == voice else one
        for one in interview.stances or ()
    ]
    return interview.model_copy(update={"stances": tuple(stances)})


def report(holder: str, cue: str, actor: str | None = "Russia") -> Attribution:
    return Attribution(
        unit_id="x.t002.u3",
        holder_text=holder,
        holder_actor=actor,
        **spans(TEXT, holder=holder, cue=cue, content="siege"),
        cue=cue,
        source="rule:attribution.test",
    )


def test_a_report_stands_with_the_stance_read_in_it(interview: Interview) -> None:
    assert rows(interview) == [{**REPORT, **STANCE}]
    assert rows(interview)[0].keys() == set(ATTRIBUTIONS.header)


def test_a_report_without_a_stance_has_empty_stance_columns(interview: Interview) -> None:
    own = tuple(one for one in interview.stances or () if one.voice == "own")
    bare = interview.model_copy(update={"stances": own})
    assert rows(bare) == [{**REPORT, **dict.fromkeys(STANCE)}]


def test_a_stance_without_a_report_has_a_row_without_cue() -> None:
    evidence = (Evidence(start=82, end=88, text="Moscow"),)
    (row,) = rows(with_stances(evidence=evidence).model_copy(update={"attributions": ()}))
    assert (row["holder_text"], row["cue"], row["content"], row["content_start"]) == (
        "Moscow",
        None,
        None,
        None,
    )
    assert (row["counted_as"], row["source"]) == ("against", None)


def test_every_attributed_stance_stands_in_one_row(interview: Interview) -> None:
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    other = stance.model_copy(update={"holder": "China", "unit_id": "x.t002.u1"})
    again = stance.model_copy(update={"target_actor": "NATO", "target_text": "NATO"})
    more = interview.model_copy(update={"stances": (*(interview.stances or ()), again, other)})
    found = rows(more)
    assert [(row["unit_id"], row["cue"], row["target_actor"]) for row in found] == [
        ("x.t002.u1", None, None),
        ("x.t002.u3", "call", None),
        ("x.t002.u3", "call", "NATO"),
    ]


def test_of_two_reports_of_one_holder_the_stance_is_that_of_its_evidence(
    interview: Interview,
) -> None:
    reports = [report("Moscow", "calls"), report("Brussels", "broke")]
    evidence = tuple(
        Evidence(start=start, end=end, text=TEXT[start:end])
        for start, end in (
            (reports[1].holder_start, reports[1].holder_end),
            (reports[1].cue_start, reports[1].cue_end),
        )
    )
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    told = stance.model_copy(update={"evidence": evidence})
    assert match_stances(reports, [told]) == ({1: [told]}, [])


def test_flags_of_report_and_stance_are_joined(interview: Interview) -> None:
    marked = with_stances(flags=("irony", "implied"))
    (told,) = interview.attributions or ()
    denied = told.model_copy(update={"flags": ("denied", "question")})
    (row,) = rows(marked.model_copy(update={"attributions": (denied,)}))
    assert (row["flags"], row["stance_flags"]) == ("denied;question", "irony;implied")


@pytest.mark.parametrize(
    ("actors", "blocs"), [(("Russia",), "brics|russia"), (("Russia", "China"), "")]
)
def test_blocs_are_those_of_the_holder_alone(
    actors: tuple[str, ...], blocs: str, interview: Interview
) -> None:
    mention = Entity(
        id="x.e3",
        turn_id="x.t002",
        start=82,
        end=88,
        text="Moscow",
        label="GPE",
        actors=actors,
        blocs=("brics", "russia"),
        via="metonym",
    )
    named = interview.model_copy(update={"entities": (*(interview.entities or ()), mention)})
    assert rows(named)[0]["holder_blocs"] == blocs


def test_reports_of_other_voices_stay_out(interview: Interview) -> None:
    (told,) = interview.attributions or ()
    elsewhere = told.model_copy(update={"unit_id": "x.t003.u1"})
    alone = interview.model_copy(update={"attributions": (elsewhere,), "stances": ()})
    assert rows(alone) == []


def test_an_interview_without_the_layer_has_no_rows(interview: Interview) -> None:
    bare = dict.fromkeys(("units", "claims", "stances", "entities", "attributions"))
    assert rows(interview.model_copy(update=bare)) == []
