"""A coder at a sample: answers, undo, skip, and going on where one stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.coding.judgements import locate
from pipeline.coding.samples import draw
from pipeline.coding.session import Session
from pipeline.errors import InputError
from pipeline.labels.files import append_labels, coder_file, drawn_in, read_labels
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
