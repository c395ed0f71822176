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


def test_a_label_of_no_judged_sentence_or_of_several_is_lost() -> None:
    interview = talk("a", ["favor", "favor"])
    found = label(interview, 0, west="favor")
    elsewhere = found.model_copy(update={"doc": "b", "sha256": "of another text"})
    edited = found.model_copy(update={"text": "NATO keeps no case."})
    asked = found.model_copy(update={"text": "And what of case 0?"})
    taken_back = edited.model_copy(update={"west": None})
    index = LabelIndex([found, elsewhere, edited, asked, taken_back])
    index.find(interview)
    assert index.lost() == [elsewhere, edited, asked]


def test_a_label_that_a_later_one_replaces_is_not_lost() -> None:
    interview = talk("a", ["favor"])
    before = label(interview, 0, west="favor").model_copy(update={"unit_id": "a.t9.u9"})
    index = LabelIndex([before, label(interview, 0, west="against")])
    index.find(interview)
    assert index.lost() == []
