"""The tables that hold one fact a row: a hand-built interview in, its rows and counts out."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from pipeline.records import Attribution, Entity, Evidence, Failed, Interview
from pipeline.tables import rows
from pipeline.tables.counts import Row
from pipeline.tables.lookup import Lookup
from tests.built import build, spans

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


def test_a_report_has_a_row_with_and_without_a_stance(interview: Interview) -> None:
    own = tuple(one for one in interview.stances or () if one.voice == "own")
    rows_of = [attributions(interview), attributions(interview.model_copy(update={"stances": own}))]
    assert [(row["holder"], row["cue"], row["stance_ids"]) for (row,) in rows_of] == [
        ("Russia", "call", "x.t002.u3.s2"),
        ("Russia", "call", ""),
    ]


def test_a_stance_without_a_report_names_none(interview: Interview) -> None:
    bare = interview.model_copy(update={"attributions": ()})
    assert attributions(bare) == []
    assert {row["attribution_id"] for row in rows.stance_rows(Lookup(bare))} == {None}


def test_stances_and_reports_name_each_other(interview: Interview) -> None:
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    other = stance.model_copy(update={"holder": "China", "unit_id": "x.t002.u1"})
    again = stance.model_copy(update={"target_actor": "NATO", "target_text": "NATO"})
    more = interview.model_copy(update={"stances": (*(interview.stances or ()), again, other)})
    reported = [row for row in rows.stance_rows(Lookup(more)) if row["voice"] == "attributed"]
    assert [(row["stance_id"], row["attribution_id"]) for row in reported] == [
        ("x.t002.u1.s2", None),
        ("x.t002.u3.s2", "x.t002.u3.a1"),
        ("x.t002.u3.s3", "x.t002.u3.a1"),
    ]
    (row,) = attributions(more)
    assert row["stance_ids"] == "x.t002.u3.s2|x.t002.u3.s3"


def test_of_two_reports_of_one_holder_the_stance_is_that_of_its_evidence(
    interview: Interview,
) -> None:
    first, second = report("Moscow", "calls"), report("Brussels", "broke")
    evidence = tuple(
        Evidence(start=start, end=end, text=TEXT[start:end])
        for start, end in (
            (second.holder_start, second.holder_end),
            (second.cue_start, second.cue_end),
        )
    )
    stance = next(one for one in interview.stances or () if one.voice == "attributed")
    found = stance.model_copy(update={"evidence": evidence})
    both = Lookup(interview.model_copy(update={"attributions": (first, second)}))
    assert both.report_of(both.units["x.t002.u3"], found) == "x.t002.u3.a2"


def test_lists_are_joined_by_one_sign(interview: Interview) -> None:
    (found,) = interview.attributions or ()
    words = (Evidence(start=0, end=4, text="a|b"), Evidence(start=5, end=6, text="c"))
    update = {"flags": ("irony", "implied"), "evidence": words}
    stances = tuple(one.model_copy(update=update) for one in interview.stances or ())
    denied = found.model_copy(update={"flags": ("denied", "question")})
    marked = interview.model_copy(update={"stances": stances, "attributions": (denied,)})
    row = next(rows.stance_rows(Lookup(marked)))
    assert (row["flags"], row["evidence"]) == ("irony|implied", "a/b|c")
    assert attributions(marked)[0]["report_flags"] == "denied|question"


def test_what_is_not_decided_has_no_polarity_and_no_component(interview: Interview) -> None:
    bare = Lookup(undecided(undecided(interview, "claims"), "stances"))
    stance, claim = next(rows.stance_rows(bare)), next(rows.claim_rows(bare))
    assert (stance["polarity"], stance["best_guess"], stance["abstained"]) == (None, "favor", True)
    assert (claim["component"], claim["component_guess"]) == (None, "claim")
    assert (claim["kind"], claim["kind_guess"]) == (None, "value")


def test_a_mention_of_two_actors_has_a_row_for_each(interview: Interview) -> None:
    both = interview.model_copy(update={"entities": (mention("Russia", "China"),)})
    found = list(rows.entity_rows(Lookup(both)))
    assert [(row["entity_id"], row["actor"], row["actor_iso3"]) for row in found] == [
        ("x.e3", "Russia", "RUS"),
        ("x.e3", "China", "CHN"),
    ]
    assert "brics" in str(found[0]["actor_blocs"])


def test_a_unit_that_the_judge_failed_on_is_counted_apart(interview: Interview) -> None:
    lost = Failed(unit_id="x.t002.u4", reason="no answer", source="llm:test")
    gone = tuple(one for one in interview.claims or () if one.unit_id != lost.unit_id)
    lookup = Lookup(interview.model_copy(update={"failed": (lost,), "claims": gone}))
    row = rows.interview_row(lookup)
    counted = [row[name] for name in ("judged_units", "failed_units", "premises", "own_n")]
    assert counted == [6, 1, 1, 5]
    assert row["premises_share"] == pytest.approx(1 / 6, abs=1e-4)
    found = {str(one["unit_id"]): one for one in rows.unit_rows(lookup)}[lost.unit_id]
    assert (found["judged"], found["failed"]) == (False, True)
    read = {str(one["unit_id"]): one for one in rows.reading_rows(lookup)}[lost.unit_id]
    assert (read["own_stance"], read["failed"], read.get("component")) == (None, True, None)


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
    assert found == {"judged_units": 7, "failed_units": 0}


def test_an_undecided_attributed_stance_is_counted_apart(interview: Interview) -> None:
    bare = undecided(interview, "stances")
    for counted in (codes(bare), vars(summary(bare))):
        assert (counted["attributed"], counted["attributed_abstained"]) == (0, 1)
    (read,) = (row for row in rows.reading_rows(Lookup(bare)) if row["unit_id"] == "x.t002.u3")
    assert read["reported"] == "Russia: abstained the sanctions"


def test_an_undecided_component_is_counted_apart(interview: Interview) -> None:
    bare = undecided(interview, "claims", "x.t002.u1")
    row = rows.interview_row(Lookup(bare))
    counted = [row[name] for name in ("judged_units", "claims", "premises", "claims_value")]
    assert counted == [7, 3, 2, 0]
    assert row["components_abstained"] == 1


def test_the_summary_has_the_counts_of_the_records(interview: Interview) -> None:
    assert asdict(summary(interview)) == {
        "interview_id": "x", "judged": True, "turns": 6, "units": 10, "judged_units": 7, "failed_units": 0,
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
