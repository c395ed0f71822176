"""What an interview can become: a line of JSON, tables, spaCy Docs."""

from __future__ import annotations

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc

import westward
from pipeline.runs.jsonl import dump_line
from pipeline.tables.columns import CODEBOOK, TABLES


@pytest.fixture(scope="module")
def docs(interview: westward.Interview) -> list[Doc]:
    return interview.to_docs(spacy.blank("en"))


def test_it_is_the_record_of_the_pipeline(interview: westward.Interview) -> None:
    from pipeline.records import Interview

    line = interview.model_dump_json() + "\n"
    assert line == dump_line(Interview.model_validate_json(line))


def test_it_is_shown_by_its_counts(interview: westward.Interview) -> None:
    assert repr(interview).startswith(
        "Interview(id='text', title='text', date='2024-05-02', turns=2"
    )
    assert "decades" not in repr(interview)


def test_tables_are_those_of_a_run(interview: westward.Interview) -> None:
    frames = interview.tables()
    assert list(frames) == [table.name for table in (*TABLES, CODEBOOK)]
    for table in TABLES:
        assert list(frames[table.name].columns) == list(table.header)


def test_columns_keep_their_types_where_all_cells_are_empty(interview: westward.Interview) -> None:
    bare = interview.model_copy(update={"stances": (), "claims": None})
    for name, frame in interview.tables().items():
        assert frame.dtypes.equals(bare.tables()[name].dtypes)


def test_what_was_not_judged_is_missing_and_not_zero(interview: westward.Interview) -> None:
    row = interview.model_copy(update={"claims": None}).tables()["interviews"].iloc[0]
    assert row.isna()["claims"]
    assert row["entities"] > 0


def test_tables_count_all_interviews_together(interview: westward.Interview) -> None:
    both = [interview, interview.model_copy(update={"id": "again"})]
    assert westward.tables(both)["targets"]["interviews"].tolist() == [2]


def test_a_doc_is_a_turn(interview: westward.Interview, docs: list[Doc]) -> None:
    assert [doc.text for doc in docs] == [turn.text for turn in interview.turns]
    assert [doc.user_data["turn_id"] for doc in docs] == [turn.id for turn in interview.turns]
    assert [doc.user_data["role"] for doc in docs] == ["interviewer", "respondent"]


def test_spans_are_what_was_found(interview: westward.Interview, docs: list[Doc]) -> None:
    spans = docs[1].spans
    assert [span.text for span in spans["units"]] == [
        unit.text for unit in interview.units or () if unit.turn_id == "text.t002"
    ]
    assert {span.label_ for span in spans["claims"]} <= {"claim", "premise"}
    assert [(span.id_, span.label_, span.kb_id_) for span in spans["stances"]] == [
        (
            stance.unit_id,
            f"{'reported ' if stance.voice == 'attributed' else ''}"
            f"{'abstained' if stance.abstained else stance.polarity}",
            stance.target_actor or "",
        )
        for stance in interview.stances or ()
    ]
    assert {"NATO", "Moscow"} <= {span.text for span in spans["entities"]}
    assert docs[1].ents[0].text == "NATO"


@pytest.mark.parametrize("group", ["units", "entities", "claims", "stances"])
def test_displacy_draws_them(group: str, docs: list[Doc]) -> None:
    html = displacy.render(docs[1], style="span", jupyter=False, options={"spans_key": group})
    assert docs[1].spans[group][0].label_ in html
    assert "NATO" in displacy.render(docs[1], style="ent", jupyter=False)
