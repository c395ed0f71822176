"""A coder at a sample: answers, undo, skip, and going on where one stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.coding.judgements import locate
from pipeline.coding.samples import draw
from pipeline.coding.session import Session
from pipeline.errors import InputError
from pipeline.labels.files import append_labels, coded_in, coder_file, drawn_in, read_labels
from pipeline.records import LabelledReport
from tests.coding.runs import talk, write_run

NEITHER = ["n", "n", ""]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", [talk("a", ["none"] * 8)])


def start(run: Path, n: int = 4) -> Session:
    path = coder_file(run, "anna")
    sample = draw(run, n=n, earlier=drawn_in(path))
    return Session(sample, path=path, coder="anna", bloc="NATO")


def press(session: Session, *keys: str) -> None:
    for key in keys:
        session.answer(key)


def test_answers_become_a_label_at_once(run: Path) -> None:
    session = start(run)
    asked = []
    for key in ("c", "o", "-", "1"):
        asked.append(session.question.name)
        session.answer(key)
    session.answer("t", "Moscow")
    press(session, "+", "1", "0", "")
    assert asked == ["component", "kind", "west", "target"]
    (label,) = read_labels(coder_file(run, "anna"))
    assert (label.component, label.kind, label.west, label.target) == (
        "claim",
        "policy",
        "against",
        "NATO",
    )
    assert label.attributed == (
        LabelledReport(holder="Moscow", stance="favor"), LabelledReport(holder="NATO", stance="neutral"),
    )  # fmt: skip
    assert (label.source, label.stratum, label.weight) == ("human:anna", "all (8 units)", 2.0)
    assert label.text == session.sample[0].unit.text


def test_typed_words_that_the_sentence_lacks_are_an_implicit_target(run: Path) -> None:
    session = start(run)
    press(session, "p", "+")
    session.answer("t", "United States")
    session.answer("")
    (label,) = read_labels(session.path)
    assert (label.target, label.implicit_target) == (None, "United States")


def test_a_key_that_answers_nothing_is_refused_and_changes_nothing(run: Path) -> None:
    session = start(run)
    with pytest.raises(KeyError):
        session.answer("x")
    assert session.question.name == "component"


def test_undo_takes_back_an_answer_then_the_sentence_before(run: Path) -> None:
    session = start(run)
    press(session, *NEITHER, "p")
    session.undo()
    assert session.question.name == "component"
    session.undo()
    assert session.current is session.sample[0]
    assert drawn_in(session.path) == []
    press(session, "p", "n", "")
    assert [one.component for one in drawn_in(session.path)] == ["premise"]


def test_a_skipped_sentence_comes_last(run: Path) -> None:
    session = start(run)
    session.skip()
    press(session, *NEITHER * 3)
    assert session.current is session.sample[0]


def test_one_goes_on_where_one_stopped_and_may_extend(run: Path) -> None:
    press(start(run), *NEITHER * 2)
    session = start(run)
    assert len(session.done) == 2
    press(session, *NEITHER * 2)
    assert session.finished
    assert len(start(run, n=6).queue) == 2


def test_the_machines_answer_is_not_asked_or_shown(tmp_path: Path) -> None:
    """The questions are the same whatever the judge said."""
    asked = set()
    for side in ("favor", "none"):
        run = write_run(tmp_path / side, [talk("a", [side] * 2)])
        session = start(run)
        asked.add((session.question.words, session.current.stratum))
    assert len(asked) == 1


@pytest.mark.parametrize("name", ["", "../anna", "a/b", ".anna"])
def test_a_coder_is_no_path(name: str, run: Path) -> None:
    with pytest.raises(InputError, match="expected letters"):
        coder_file(run, name)


def test_a_sentence_that_was_corrected_is_still_asked_about(run: Path) -> None:
    """Else the sample would be without those that somebody looked at."""
    one = start(run).current
    mine = {"source": "human:anna", "component": "none", "batch": "a.csv"}
    correction = locate(one.lookup, one.unit, source="").model_copy(update=mine)
    append_labels(coder_file(run, "anna"), [correction])
    assert start(run).current.unit == one.unit


def linking(run: Path, n: int = 8) -> Session:
    """A session that asks for relations."""
    path = coder_file(run, "anna")
    sample = draw(run, n=n, earlier=drawn_in(path))
    return Session(sample, path=path, coder="anna", bloc="NATO", relations=True)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A run with one answer of four sentences, and one of a single sentence."""
    return write_run(tmp_path / "run", [talk("a", ["none"] * 4, per_turn=4), talk("b", ["none"])])


def reach(session: Session, text: str) -> None:
    """Skip to a sentence."""
    while session.current.unit.text != text:
        session.skip()


def links(session: Session) -> dict[str, tuple[str | None, str | None]]:
    return {one.text: (one.relation, one.parent) for one in drawn_in(session.path)}


def test_the_parent_and_the_kind_of_a_link_are_asked_last(answer: Path) -> None:
    session = linking(answer)
    reach(session, "NATO keeps case 2.")
    press(session, "p", "n", "")
    assert session.question.name == "parent"
    assert session.context().number == 3
    assert {*session.question.keys} == {"1", "2", "4", "n", ""}
    press(session, "1")
    assert session.question.name == "relation"
    press(session, "a")
    (label,) = drawn_in(session.path)
    assert (label.relation, label.parent, label.parent_start) == (
        "attack", "NATO keeps case 0.", 0
    )  # fmt: skip
    assert label.component == "premise"


def test_a_number_can_be_typed_and_must_be_of_a_sentence_around(answer: Path) -> None:
    session = linking(answer)
    reach(session, "NATO keeps case 2.")
    press(session, "p", "n", "")
    for wrong in ("3", "5", "two"):
        with pytest.raises(KeyError):
            session.answer("t", wrong)
    session.answer("t", "4")
    press(session, "b")
    assert links(session) == {"NATO keeps case 2.": ("support", "NATO keeps case 3.")}


def test_a_sentence_that_is_neither_or_alone_is_not_asked_for_its_parent(answer: Path) -> None:
    session = linking(answer)
    reach(session, "NATO keeps case 1.")
    press(session, *NEITHER)
    alone = next(one for one in session.sample if one.lookup.interview.id == "b")
    while session.current is not alone:
        session.skip()
    press(session, "p", "n", "")
    assert [one.relation for one in drawn_in(session.path)] == ["none", "none"]


def test_undo_takes_back_a_link_step_by_step(answer: Path) -> None:
    session = linking(answer)
    reach(session, "NATO keeps case 2.")
    press(session, "p", "n", "", "1")
    for name in ("parent", "holder", "west"):
        session.undo()
        assert session.question.name == name
    press(session, "n", "", "n")
    assert links(session) == {"NATO keeps case 2.": ("none", None)}
    session.undo()
    assert links(session) == {}


def test_of_what_was_coded_without_relations_these_alone_are_asked(answer: Path) -> None:
    before = start(answer, 5)
    press(before, "c", "o", "-", "1", "", *NEITHER)
    session = linking(answer, 5)
    assert session.current is session.sample[0]
    first, second = drawn_in(session.path)
    assert len(session.done) == 1  # neither claim nor premise
    assert session.question.name == "parent"
    session.undo()
    assert session.question.name == "parent"
    press(session, "")
    last = drawn_in(session.path)[-1]
    assert last.relation == "none"
    assert last.model_copy(update={"relation": None, "coded_at": first.coded_at}) == first
    session.undo()
    assert session.question.name == "parent"
    assert {one.text: one for one in drawn_in(session.path)} == {
        first.text: first, second.text: second
    }  # fmt: skip
    assert start(answer, 5).done == {0, 1}


def test_ten_sentences_around_have_their_numbers_in_the_answer(tmp_path: Path) -> None:
    session = linking(write_run(tmp_path / "run", [talk("a", ["none"] * 30, per_turn=30)]), 30)
    reach(session, "NATO keeps case 14.")
    found = session.context()
    assert (found.number, found.before[0], found.after[-1]) == (
        15, "NATO keeps case 4.", "NATO keeps case 24.",
    )  # fmt: skip
    press(session, "p", "n", "")
    keys = [key for key in session.question.keys if key.isdecimal()]
    assert keys == [str(one) for one in range(5, 26) if one != 15]


def corrected(session: Session, **answers: object) -> None:
    """Correct the current sentence outside of the sample."""
    one = session.current
    mine = {"source": "human:anna", "batch": "a.csv", **answers}
    label = locate(one.lookup, one.unit, source="").model_copy(update=mine)
    append_labels(session.path, [label])


def test_a_correction_stands_when_its_sentence_is_asked_for_its_parent(answer: Path) -> None:
    press(start(answer, 1), "c", "o", "-", "1", "")
    session = linking(answer, 1)
    corrected(session, component="premise")
    session = linking(answer, 1)
    text = session.current.unit.text
    press(session, "n")
    (label,) = (one for one in coded_in(session.path) if one.text == text)
    assert (label.component, label.relation) == ("premise", "none")
    session.undo()
    (label,) = (one for one in coded_in(session.path) if one.text == text)
    assert (label.component, label.relation) == ("premise", None)
    (drawn,) = drawn_in(session.path)
    assert (drawn.component, drawn.relation) == ("claim", None)


def test_an_imported_link_is_not_lost_when_the_sentence_is_coded(answer: Path) -> None:
    session = start(answer)
    corrected(session, relation="none")
    session = start(answer)
    text = session.current.unit.text
    press(session, "p", "n", "")
    (label,) = (one for one in coded_in(session.path) if one.text == text)
    assert (label.component, label.relation) == ("premise", "none")
