"""Claims with their reasons and objections."""

from __future__ import annotations

from pipeline.records import Interview
from pipeline.tables.arguments import argument_rows, relation_rows
from pipeline.tables.lookup import Lookup


def test_a_guess_is_a_row_without_a_relation(interview: Interview) -> None:
    rows = {row["unit_id"]: row for row in relation_rows(Lookup(interview))}
    assert rows["x.t002.u3"]["relation"] == "support"
    assert rows["x.t002.u4"]["relation"] is None
    assert rows["x.t002.u4"]["relation_guess"] == "attack"


def test_claims_have_their_decided_reasons_and_objections(interview: Interview) -> None:
    rows = {row["unit_id"]: row for row in argument_rows(Lookup(interview))}
    assert rows["x.t002.u1"]["objections"] == 0  # what objects to it is a guess
    assert (rows["x.t002.u2"]["reasons"], rows["x.t002.u2"]["reason_ids"]) == (1, "x.t002.u3")
    assert (rows["x.t005.u1"]["objections"], rows["x.t005.u1"]["reasons"]) == (1, 0)
    assert (rows["x.t005.u2"]["argues"], rows["x.t005.u2"]["argues_id"]) == ("attack", "x.t005.u1")


def test_without_relations_there_are_no_rows(interview: Interview) -> None:
    bare = Lookup(interview.model_copy(update={"relations": None}))
    assert [*relation_rows(bare), *argument_rows(bare)] == []
