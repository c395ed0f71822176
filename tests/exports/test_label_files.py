"""Labels from elsewhere, the notation of labels, and the two commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.exports.edits import read_edits, undo_import
from pipeline.exports.export import export
from pipeline.exports.notation import CHOICES, Answers
from pipeline.labels.decisions import decided_interviews
from pipeline.labels.files import append_labels, coder_file, read_human_labels
from pipeline.records import Label
from tests.cli.conftest import Command, westward  # noqa: F401
from tests.exports.conftest import ODD, talk, write_run
from tests.exports.test_round_trip import answers, edit_xlsx, put

TEXT = "Moscow\r\ncalls the 🛡️ of NATO a \x07 threat."


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A run of emoji, combining marks and CRLF."""
    return write_run(tmp_path / "odd", talk((*ODD, ODD[0])))


def read(run: Path, name: str, text: str) -> list[Label]:
    """Write a file of labels and return what it holds."""
    file = run.parent / name
    file.write_bytes(text.encode("utf8"))
    return read_edits(run, file, coder="ben")


def test_every_row_of_a_table_is_a_label(odd: Path) -> None:
    rows = "unit_id,component,west,reported,more\nt.t2.u1,C,+,,x\nt.t2.u2,,,none,\nt.t2.u3,,,,y\n"
    first, second = read(odd, "a.csv", f"\ufeff{rows}")
    assert answers(first) == {"component": "claim", "west": "favor"}
    assert (second.unit_id, answers(second)) == ("t.t2.u2", {"attributed": ()})


def test_rows_of_one_sentence_are_put_together(odd: Path) -> None:
    found = read(odd, "a.csv", "unit_id,component,west\nt.t2.u1,C,\nt.t2.u1,,+\n")
    assert answers(found[-1]) == {"component": "claim", "west": "favor"}


def test_a_table_with_semicolons_finds_sentences_by_their_text(odd: Path) -> None:
    (found,) = read(odd, "a.csv", 'doc;text;west\nt;"The café belongs to 🇪🇺 Europe.";0\n')
    assert (found.unit_id, found.west) == ("t.t2.u2", "neutral")


def test_of_sentences_that_read_the_same_rows_are_taken_in_order(odd: Path) -> None:
    row = f'{{"doc": "t", "text": "{ODD[0]}", "component": "%s"}}\n'
    found = read(odd, "a.jsonl", row % "premise" + row % "none")
    assert [(one.unit_id, one.component) for one in found] == [
        ("t.t2.u1", "premise"), ("t.t2.u4", "none")
    ]  # fmt: skip


def test_a_file_of_labels_is_read(odd: Path) -> None:
    label = Label.model_validate({
        "doc": "t", "text": ODD[2], "west": "neutral", "implicit_target": "the bloc",
        "attributed": [{"holder": "Moscow", "stance": "against"}], "source": "human:x",
    })  # fmt: skip
    (found,) = read(odd, "a.jsonl", label.model_dump_json())
    assert answers(found) == answers(label)
    assert found.source == "human:ben"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("t.t2.u9,claim,,", r"a\.csv:2: no unit t\.t2\.u9"),
        (",claim,,", r'a\.csv:2: no unit "" in ""'),
        ("t.t1.u1,claim,,", "no unit"),
        ("t.t2.u1,maybe,,", 'component is "maybe"'),
        ("t.t2.u1,,NATO,", 'target is "NATO"; expected a value of west beside it'),
        ("t.t2.u1,,,Moscow", 'reported is "Moscow"; expected HOLDER: favor'),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(row: str, message: str, odd: Path) -> None:
    with pytest.raises(InputError, match=message):
        read(odd, "a.csv", f"unit_id,component,target,reported\n{row}\n")


def test_a_column_that_is_there_twice_is_refused(odd: Path) -> None:
    with pytest.raises(InputError, match="column west is there twice"):
        read(odd, "a.csv", "unit_id,west,west\nt.t2.u1,+,-\n")


@pytest.fixture(params=[131_072, 10_000_000])
def process_limit(request: pytest.FixtureRequest) -> Iterator[int]:
    """The longest cell of the process, as it starts and as readers of transcripts leave it."""
    before = csv.field_size_limit(request.param)
    yield request.param
    csv.field_size_limit(before)


def test_a_cell_too_long_is_refused_whatever_was_read_before(odd: Path, process_limit: int) -> None:
    cell = "x" * 140_000
    with pytest.raises(InputError, match="larger than field limit"):
        read(odd, "a.csv", f"unit_id,component,note\nt.t2.u1,none,{cell}\n")
    assert csv.field_size_limit() == process_limit


def test_a_question_is_not_coded(tmp_path: Path) -> None:
    interview = talk(ODD)
    asked = interview.units[0].model_copy(update={"turn_id": "t.t1", "text": "Why?", "end": 4})  # type: ignore[index]
    run = write_run(tmp_path / "run", interview.model_copy(update={"units": (asked,), "claims": (),
                                                                   "stances": (), "entities": (), "relations": ()}))  # fmt: skip
    with pytest.raises(InputError, match="is a question or an interviewer's"):
        read(run, "a.csv", "unit_id,component\nt.t2.u1,claim\n")


CHOSEN = st.fixed_dictionaries({
    name: st.none() | st.sampled_from(words) for name, words in CHOICES.items()
})  # fmt: skip
REPORTS = st.lists(
    st.tuples(
        st.text("aé 🛡️:-", min_size=1).filter(str.strip), st.sampled_from(["favor", "against"])
    )
)


@given(CHOSEN, st.none() | st.sampled_from(TEXT.split()), st.none() | REPORTS)
def test_what_is_written_is_read_again(
    chosen: dict[str, str | None], target: str | None, reports: list[tuple[str, str]] | None
) -> None:
    kind = chosen["kind"] if chosen["component"] == "claim" else None
    named = target if chosen["west"] not in (None, "none") else None
    attributed = None if reports is None else [
        {"holder": " ".join(holder.split()), "stance": stance} for holder, stance in reports
    ]  # fmt: skip
    made = Answers.model_validate(
        {**chosen, "kind": kind, "target": named, "attributed": attributed}
    )
    read_again = Answers.parse(made.fields(), text=TEXT, where="here")
    expected = made
    if named and made.target != read_again.target:  # a part of a word found before it
        expected = made.model_copy(update={"target": read_again.target})
    assert read_again == expected


def test_a_target_over_a_line_break_is_found() -> None:
    stated = Answers.parse({"west": "-", "target": "moscow calls"}, text=TEXT, where="here")
    assert stated.target == "Moscow\r\ncalls"


def test_the_commands_export_and_import(westward: Command, odd: Path) -> None:  # noqa: F811
    done = westward("export", odd, "--to", "xlsx")
    file = odd.parent / "odd.exports" / "odd.xlsx"
    assert done.stdout == f"written to {file}\n"
    assert westward("import", odd, file, "--coder", "anna").stdout == "units changed: 0\n"
    changed = edit_xlsx(file, put("t.t2.u2", component="none"))
    done = westward("import", odd, changed, "--coder", "anna")
    assert done.stdout.startswith(
        "units changed: 1; kept beside the run in odd.labels/anna.jsonl\n"
        "sentences by people: 1 (anna 1)\n"
    )
    assert [one.component for one in read_human_labels(odd)["anna"]] == ["none"]
    assert westward("import", odd, changed, "--coder", "anna").stdout == "units changed: 0\n"


def test_a_file_of_the_page_names_its_coder_and_has_remarks(odd: Path) -> None:
    row = '{"unit_id": "t.t2.u1", "west": "against", "note": "irony", "source": "human:ben"}\n'
    (odd.parent / "page.jsonl").write_text(row, "utf8")
    (label,) = read_edits(odd, odd.parent / "page.jsonl")
    assert (label.source, label.west, label.note) == ("human:ben", "against", "irony")
    assert (label.weight, label.stratum) == (None, None)
    assert str(label.batch).endswith(" page.jsonl")


@pytest.mark.parametrize("source", ["", "llm:some", "human:anna human:ben"])
def test_a_file_that_names_no_person_or_several_needs_one(source: str, odd: Path) -> None:
    rows = "".join(f"t.t2.u{n},none,{who}\n" for n, who in enumerate(source.split() or [""], 1))
    (odd.parent / "a.csv").write_text(f"unit_id,west,source\n{rows}", "utf8")
    with pytest.raises(InputError, match="expected one person; say who with --coder NAME"):
        read_edits(odd, odd.parent / "a.csv")


def test_an_export_that_has_a_correction_already_is_no_label_of_another_person(odd: Path) -> None:
    """Nor is one from before, in which the sentence is as the judge has it."""
    old = export(odd, "xlsx", out=odd.parent / "old.xlsx")
    append_labels(coder_file(odd, "ben"), read(odd, "a.csv", "unit_id,component\nt.t2.u1,none\n"))
    new = export(odd, "xlsx", out=odd.parent / "new.xlsx")
    assert old.read_bytes() != new.read_bytes()
    assert read_edits(odd, old, coder="anna") == read_edits(odd, new, coder="anna") == []


def test_the_last_import_is_taken_back_and_then_the_one_before(odd: Path) -> None:
    for name, side in (("a.csv", "favor"), ("b.csv", "against")):
        labels = read(odd, name, f"unit_id,west\nt.t2.u1,{side}\n")
        append_labels(coder_file(odd, "ben"), labels)
    for name, side in (("b.csv", "against"), ("a.csv", "favor")):
        batch, (label,) = undo_import(odd)
        assert (batch.endswith(name), label.west) == (True, side)
    with pytest.raises(InputError, match="no import to take back"):
        undo_import(odd)
    with pytest.raises(InputError, match='no import of "anna" to take back'):
        undo_import(odd, coder="anna")


def test_import_takes_a_file_or_undo(odd: Path, westward: Command) -> None:  # noqa: F811
    for words in ((), ("a.csv", "--undo")):
        done = westward("import", odd, *words)
        assert (done.returncode, "expected a FILE to import, or --undo" in done.stderr) == (2, True)


def linked(label: Label) -> tuple[str | None, str | None, int | None]:
    """The relation of a label, with its parent's words and place."""
    return label.relation, label.parent, label.parent_start


def test_a_table_links_a_sentence_to_one_that_it_names_by_id_or_words(odd: Path) -> None:
    rows = f't.t2.u2,s,t.t2.u3\nt.t2.u3,attack,"{ODD[1]}"\nt.t2.u1,n,\n'
    third, first, second = read(odd, "a.csv", f"unit_id,relation,parent\n{rows}")
    start = len(f"{ODD[0]}\r\n")
    assert linked(first) == ("support", ODD[2], start + len(f"{ODD[1]}\r\n"))
    assert linked(second) == ("attack", ODD[1], start)
    assert linked(third) == ("none", None, None)


def test_of_parents_that_read_the_same_the_place_finds_one(odd: Path) -> None:
    label = {"doc": "t", "text": ODD[1], "relation": "support", "parent": ODD[0]}
    last = sum(len(f"{one}\r\n") for one in ODD)
    (found,) = read(odd, "a.jsonl", json.dumps({**label, "parent_start": last}))
    assert found.parent_start == last
    with pytest.raises(InputError, match="several read so: a unit_id"):
        read(odd, "b.jsonl", json.dumps(label))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("maybe,t.t2.u2,", 'relation is "maybe"; expected support, attack, none'),
        ("support,,", 'relation is "support"; expected none without a parent'),
        ("support,t.t2.u2,none", 'expected none with none as its component'),
        ("none,t.t2.u2,", 'expected support or attack as its relation'),
        ("support,t.t2.u1,", 'expected another sentence of the answer'),
        ("support,Nobody said so.,", 'expected another sentence of the answer'),
    ],
)  # fmt: skip
def test_a_link_that_cannot_be_used_is_refused(row: str, message: str, odd: Path) -> None:
    with pytest.raises(InputError, match=message):
        read(odd, "a.csv", f"unit_id,relation,parent,component\nt.t2.u1,{row}\n")


def test_an_import_of_other_answers_states_no_relation_of_the_judge(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", talk(ODD))
    (label,) = read(run, "a.csv", "unit_id,component\nt.t2.u2,none\n")
    assert linked(label) == (None, None, None)


def test_an_import_of_a_link_is_taken_back(odd: Path) -> None:
    labels = read(odd, "a.csv", "unit_id,relation,parent\nt.t2.u2,attack,t.t2.u3\n")
    append_labels(coder_file(odd, "ben"), labels)
    assert decided_relations(odd)["t.t2.u2"] == ("attack", "t.t2.u3")
    undo_import(odd)
    assert decided_relations(odd).get("t.t2.u2") != ("attack", "t.t2.u3")


def decided_relations(run: Path) -> dict[str, tuple[str, str | None]]:
    """Kind and parent of the relations of a run with people's labels, by unit."""
    (interview,) = decided_interviews(run)
    return {one.from_unit: (one.kind, one.to_unit) for one in interview.relations or ()}
