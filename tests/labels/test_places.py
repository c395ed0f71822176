"""Labels are found again, by place else by words."""

from __future__ import annotations

from pipeline.labels.places import LabelIndex
from pipeline.records import Label
from tests.coding.runs import label, talk


def test_a_label_finds_its_sentence_by_place_else_by_words() -> None:
    interview = talk("a", ["favor", "favor"])
    moved = label(interview, 0, west="favor").model_copy(update={"start": 900, "end": 990})
    bare = Label(doc="a", text="NATO keeps case 1.", west="favor", source="gold")
    elsewhere = bare.model_copy(update={"doc": "b"})
    edited = label(interview, 1, west="favor").model_copy(update={"sha256": "of an earlier text"})
    first, second = interview.judged_units()
    found = LabelIndex([moved, bare, elsewhere, edited]).find(interview)
    assert found == {first.id: [moved], second.id: [bare, edited]}


def test_of_two_labels_of_a_sentence_by_one_coder_the_last_one_counts() -> None:
    """Also where an earlier run numbered its sentences otherwise."""
    interview = talk("a", ["favor", "favor"])
    last = label(interview, 0, west="against")
    before = last.model_copy(update={"west": "favor", "unit_id": "a.t002.u9", "start": 900})
    other = last.model_copy(update={"source": "human:ben"})
    found = LabelIndex([before, other, last]).find(interview)
    assert found == {last.unit_id: [last, other]}
