"""Judgements as labels: what train and evaluate read."""

from __future__ import annotations

from pathlib import Path

from pipeline.coding.judgements import label_of, labels_of_run
from pipeline.evaluate.annotations import read_claim_rows, read_stance_rows
from pipeline.labels.files import append_labels, labels_folder
from pipeline.runs.jsonl import dump_line
from pipeline.tables.lookup import Lookup
from tests.built import build
from tests.coding.runs import SOURCE, label, talk, write_run


def test_a_label_has_the_judges_answers_with_place_and_context() -> None:
    lookup = Lookup(build())
    labels = {unit.id: label_of(lookup, unit, guess=True) for unit in lookup.coded_units()}
    one = labels["x.t002.u3"]
    assert (one.component, one.kind, one.west, one.target) == (
        "premise",
        None,
        "neutral",
        "the sanctions",
    )
    assert [(report.holder, report.stance) for report in one.attributed or ()] == [
        ("Russia", "against")
    ]
    assert one.question == "Why did the summit fail?"
    assert one.context_before == "Brussels broke its word over the pipeline."
    assert one.source == "model:claims@test model:stance@test llm:test"
    assert labels["x.t005.u2"].west == "against"  # the best guess where it abstained
    assert label_of(lookup, lookup.units["x.t005.u2"]).west is None
    assert labels["x.t002.u4"].west == "none"


def test_labels_of_a_run_are_read_for_training(tmp_path: Path) -> None:
    """People's answers that are null are left out of the question, and their sources are kept."""
    interview = talk("a", ["favor", "none"])
    run = write_run(tmp_path / "run", [interview])
    append_labels(labels_folder(run) / "anna.jsonl", [label(interview, 0, west="against")])
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(map(dump_line, labels_of_run(run))), encoding="utf8")
    stances = [(row.source, row.labels["stance"], row.unit_id) for row in read_stance_rows([file])]
    first, second = interview.judged_units()
    assert stances == [
        (SOURCE, "favor", first.id), (SOURCE, "none", second.id), ("human:anna", "against", first.id),
    ]  # fmt: skip
    assert [row.source for row in read_claim_rows([file])] == [SOURCE, SOURCE]
    assert [one.source for one in labels_of_run(run, "human:")] == ["human:anna"]
    assert {one.source for one in labels_of_run(run, "model:")} == {SOURCE}


def test_a_label_has_the_judges_link_with_the_place_of_the_parent() -> None:
    lookup = Lookup(build())
    linked, guess = lookup.units["x.t002.u3"], lookup.units["x.t002.u4"]
    found = label_of(lookup, linked)
    parent = lookup.units["x.t002.u2"]
    assert (found.relation, found.parent, found.parent_start) == (
        "support", parent.text, parent.start,
    )  # fmt: skip
    assert label_of(lookup, guess).relation is None
    assert label_of(lookup, guess, guess=True).relation == "attack"
    assert label_of(lookup, lookup.units["x.t005.u1"]).relation == "none"
    assert label_of(lookup, lookup.units["x.t002.u1"]).relation is None  # not asked about
