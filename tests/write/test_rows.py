"""The tables that hold one fact a row: a hand-built interview in, its rows and counts out."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from pipeline.records import Attribution, Entity, Evidence, Interview
from pipeline.write import rows
from pipeline.write.counts import Row
from pipeline.write.lookup import Lookup
from tests.write.conftest import build, spans

TEXT = build().turns[1].text
LAYERS = ("units", "claims", "stances", "entities", "attributions")


def attributions(interview: Interview) -> list[Row]:
    return list(rows.attribution_rows(Lookup(interview)))


def codes(interview: Interview) -> Row:
    lookup = Lookup(interview)
    return rows.count_codes(lookup, lookup.units.values())


def summary(interview: Interview) -> rows.Summary:
    return rows.summarise(rows.interview_row(Lookup(interview)))


def undecided(interview: Interview, layer: str, units: str = "") -> Interview:
    """The interview with the judgements of a layer abstained, in the units with such ids."""
    judged = (
        one.model_copy(update={"abstained": units in one.unit_id})
        for one in getattr(interview, layer)
    )
    return interview.model_copy(update={layer: tuple(judged)})


def mention(*actors: str, blocs: tuple[str, ...] = ()) -> Entity:
    return Entity(
        id="x.e3", turn_id="x.t002", start=82, end=88, text="Moscow", label="GPE", actors=actors,
        blocs=blocs, via="metonym",
    )  # fmt: skip


def report(holder: str, cue: str) -> Attribution:
    return Attribution(
        unit_id="x.t002.u3", holder_text=holder, holder_actor="Russia",
        **spans(TEXT, holder=holder, cue=cue, content="siege"), cue=cue,
        source="rule:attribution.test",
    )  # fmt: skip


@pytest.mark.parametrize(("mentions", "kind"), [((), "words"), ((mention("Russia"),), "actor")])
def test_a_holder_that_only_a_mention_resolves_is_an_actor(
    mentions: tuple[Entity, ...], kind: str, interview: Interview
) -> None:
    bare = interview.model_copy(update={"attributions": (), "entities": mentions})
    found = [row["holder_kind"] for row in rows.stance_rows(Lookup(bare))]
    assert found == ["speaker"] * 3 + [kind] + ["speaker"] * 2


def test_a_report_without_a_stance_has_empty_stance_columns(interview: Interview) -> None:
    own = tuple(one for one in interview.stances or () if one.voice == "own")
    (row,) = attributions(interview.model_copy(update={"stances": own}))
    assert (row["holder_text"], row["cue"]) == ("Moscow", "call")
    assert not row.keys() & {"counted_as", "probability", "p_favor", "stance_flags"}


def test_a_stance_without_a_report_has_a_row_without_cue(interview: Interview) -> None:
    evidence = (Evidence(start=82, end=88, text="Moscow"),)
    stances = tuple(
        one.model_copy(update={"evidence": evidence}) for one in interview.stances or ()
    )
    bare = interview.model_copy(update={"stances": stances, "attributions": ()})
    (row,) = attributions(bare)
    assert (row["holder_text"], row["counted_as"]) == ("Moscow", "against")
    assert not row.keys() & {"cue", "content", "content_start", "source"}


def test_every_attributed_stance_is_in_one_row(interview: Interview) -> None:
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    other = stance.model_copy(update={"holder": "China", "unit_id": "x.t002.u1"})
    again = stance.model_copy(update={"target_actor": "NATO", "target_text": "NATO"})
    more = interview.model_copy(update={"stances": (*(interview.stances or ()), again, other)})
    found = [(row["unit_id"], row.get("cue"), row["target_actor"]) for row in attributions(more)]
    assert found == [
        ("x.t002.u1", None, None),
        ("x.t002.u3", "call", None),
        ("x.t002.u3", "call", "NATO"),
    ]


def test_of_two_reports_of_one_holder_the_stance_is_that_of_its_evidence(
    interview: Interview,
) -> None:
    reports = [report("Moscow", "calls"), report("Brussels", "broke")]
    second = reports[1]
    evidence = tuple(
        Evidence(start=start, end=end, text=TEXT[start:end])
        for start, end in (
            (second.holder_start, second.holder_end),
            (second.cue_start, second.cue_end),
        )
    )
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    found = stance.model_copy(update={"evidence": evidence})
    assert rows.match_stances(reports, [found]) == ({1: [found]}, [])


def test_flags_of_report_and_stance_are_joined(interview: Interview) -> None:
    (found,) = interview.attributions or ()
    flags = ("irony", "implied")
    stances = tuple(one.model_copy(update={"flags": flags}) for one in interview.stances or ())
    denied = found.model_copy(update={"flags": ("denied", "question")})
    marked = interview.model_copy(update={"stances": stances, "attributions": (denied,)})
    (row,) = attributions(marked)
    assert (row["flags"], row["stance_flags"]) == ("denied;question", "irony;implied")


@pytest.mark.parametrize(
    ("actors", "blocs"), [(("Russia",), "brics|russia"), (("Russia", "China"), "")]
)
def test_blocs_are_those_of_the_holder_alone(
    actors: tuple[str, ...], blocs: str, interview: Interview
) -> None:
    mentions = (*(interview.entities or ()), mention(*actors, blocs=("brics", "russia")))
    (row,) = attributions(interview.model_copy(update={"entities": mentions}))
    assert row["holder_blocs"] == blocs


def test_reports_of_other_voices_stay_out(interview: Interview) -> None:
    (found,) = interview.attributions or ()
    elsewhere = found.model_copy(update={"unit_id": "x.t003.u1"})
    alone = interview.model_copy(update={"attributions": (elsewhere,), "stances": ()})
    assert attributions(alone) == []


def test_an_interview_without_layers_has_no_codes(interview: Interview) -> None:
    bare = interview.model_copy(update=dict.fromkeys(LAYERS))
    assert (attributions(bare), codes(bare), summary(bare).judged) == ([], {}, False)


def test_codes_of_a_layer_that_is_not_there_are_empty(interview: Interview) -> None:
    found = codes(interview.model_copy(update={"claims": None, "stances": None}))
    assert found == {"judged_units": 7}


def test_an_undecided_attributed_stance_is_counted_apart(interview: Interview) -> None:
    bare = undecided(interview, "stances")
    (unit,) = (row for row in rows.unit_rows(Lookup(bare)) if row["unit_id"] == "x.t002.u3")
    for counted in (codes(bare), unit, vars(summary(bare))):
        assert (counted["attributed"], counted["attributed_abstained"]) == (0, 1)


def test_an_undecided_component_is_counted_apart(interview: Interview) -> None:
    bare = undecided(interview, "claims", "x.t002.u1")
    row = rows.interview_row(Lookup(bare))
    counted = [row[name] for name in ("judged_units", "claims", "premises", "claims_value")]
    assert counted == [7, 3, 2, 0]
    assert row["components_abstained"] == 1


def test_the_summary_has_the_counts_of_the_records(interview: Interview) -> None:
    assert asdict(summary(interview)) == {
        "interview_id": "x", "judged": True, "turns": 6, "units": 10, "judged_units": 7,
        "claims": 4, "premises": 2, "components_abstained": 0, "entities": 1, "references": 1,
        "references_unresolved": 1, "favor": 2, "against": 1, "neutral": 1, "abstained": 1,
        "attributed": 1, "attributed_abstained": 0,
    }  # fmt: skip


def test_the_summary_counts_what_was_not_decided_apart(interview: Interview) -> None:
    found = summary(undecided(undecided(interview, "claims"), "stances"))
    assert (found.components_abstained, found.claims, found.premises) == (7, 0, 0)
    assert (found.abstained, found.favor, found.against, found.neutral) == (5, 0, 0, 0)


def test_counts_of_interviews_add_up(interview: Interview) -> None:
    one = summary(interview)
    total = rows.add_up([one, one])
    assert (total["units"], total["references_unresolved"]) == (20, 2)
    assert total.keys() == asdict(one).keys() - {"interview_id", "judged"}
