"""What comes back: nothing where nothing was changed, and one label for one change."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from cassis import load_cas_from_xmi, load_typesystem
from openpyxl import load_workbook

from pipeline.errors import InputError
from pipeline.exports.edits import read_edits
from pipeline.exports.export import export
from pipeline.labels.files import append_labels, coder_file, drawn_in, read_labels
from pipeline.records import Label
from tests.exports.conftest import HOSTILE, ODD, talk, write_run

Change = Callable[[str, dict[str, str]], None]
"""Changes the fields of a unit, by its id."""


def edit_docx(path: Path, change: Change) -> Path:
    """Save a document again, its comments changed in place."""
    document = docx.Document(str(path / "t.docx"))
    for comment in document.comments:
        lines = [line.split(": ", 1) for line in comment.text.split("\n")[:-2]]
        fields = {name.strip(":"): "".join(text) for name, *text in lines}
        change(comment.text.split("[unit ")[1].rstrip("]"), fields)
        for paragraph in comment.paragraphs[: len(lines)]:
            name = paragraph.text.partition(":")[0]
            paragraph.text = f"{name}: {fields[name]}"
    document.save(path / "back.docx")
    return path / "back.docx"


def edit_xlsx(path: Path, change: Change) -> Path:
    """Save a workbook again, its cells changed."""
    book = load_workbook(path)
    header, *rows = book["units"].iter_rows()
    names = [cell.value for cell in header]
    for row in rows:
        fields = {name: str(cell.value or "") for name, cell in zip(names, row, strict=True)}
        change(fields["unit_id"], fields)
        for name, cell in zip(names, row, strict=True):
            cell.value = fields[name]
    book.save(path.with_suffix(".back.xlsx"))
    return path.with_suffix(".back.xlsx")


def edit_label_studio(path: Path, change: Change) -> Path:
    """Return an export of annotations that accept the predictions, but for a change."""
    tasks = json.loads((path / "tasks.json").read_text(encoding="utf8"))
    for task in tasks:
        result = task["predictions"][0]["result"]
        fields = {one["from_name"]: next(iter(one["value"].values()))[0] for one in result}
        change(task["data"]["unit_id"], fields)
        for one in result:
            for values in one["value"].values():
                values[:] = [fields[one["from_name"]]]
        task["annotations"] = [{"result": result, "was_cancelled": False}]
    (path / "export.json").write_text(json.dumps(tasks), encoding="utf8")
    return path / "export.json"


def edit_xmi(path: Path, change: Change) -> Path:
    """Save a CAS again, features of its units changed."""
    types = load_typesystem(path / "TypeSystem.xml")
    with (path / "t.xmi").open("rb") as stream:
        cas = load_cas_from_xmi(stream, typesystem=types)
    for unit in cas.select("webanno.custom.Unit"):
        names = ("component", "kind", "west", "target", "reported")
        fields = {name: unit[name] or "" for name in names}
        change(unit.unit_id, fields)
        for name, text in fields.items():
            unit[name] = text or None
    cas.to_xmi(path / "back.xmi")
    return path / "back.xmi"


EDITS: dict[str, Callable[[Path, Change], Path]] = {
    "docx": edit_docx, "xlsx": edit_xlsx, "label-studio": edit_label_studio, "xmi": edit_xmi,
}  # fmt: skip
FORMATS = pytest.mark.parametrize("name", EDITS)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A run of emoji, combining marks and CRLF."""
    return write_run(tmp_path / "odd", talk(ODD))


def back(run: Path, name: str, change: Change) -> Path:
    """Export a run to a new place, change the file, and return it."""
    place = Path(tempfile.mkdtemp(dir=run.parent)) / "export.xlsx"
    return EDITS[name](export(run, name, out=place), change)


def put(unit_id: str, **changed: str) -> Change:
    """Return a change of one unit's fields."""
    return lambda one, fields: fields.update(changed) if one == unit_id else None


def answers(label: Label) -> dict[str, Any]:
    """What a label answers."""
    names = {"component", "kind", "west", "target", "implicit_target", "attributed"}
    return label.model_dump(include=names, exclude_none=True)


@FORMATS
@pytest.mark.parametrize("sentences", [ODD, HOSTILE], ids=["odd", "hostile"])
def test_no_change_is_no_label(name: str, sentences: tuple[str, ...], tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", talk(sentences, name="<b>=1\x07"))
    assert read_edits(run, back(run, name, lambda *_: None), coder="anna") == []


@FORMATS
@pytest.mark.parametrize(
    ("unit_id", "changed", "label"),
    [
        ("t.t2.u2", {"component": "premise"}, {"component": "premise"}),
        ("t.t2.u2", {"kind": "policy"}, {"component": "claim", "kind": "policy"}),
        ("t.t2.u1", {"west": "against"}, {"west": "against", "target": "NATO"}),
        ("t.t2.u1", {"target": "Mu\u0308nster"}, {"west": "favor", "target": "Mu\u0308nster"}),
        ("t.t2.u1", {"target": "IMPLICIT: the allies"},
         {"west": "favor", "implicit_target": "the allies"}),
        ("t.t2.u3", {"reported": "Moscow 🐻: -; Kyiv: favor"},
         {"attributed": ({"holder": "Moscow 🐻", "stance": "against"},
                         {"holder": "Kyiv", "stance": "favor"})}),
        ("t.t2.u3", {"reported": "none"}, {"attributed": ()}),
    ],
)  # fmt: skip
def test_one_change_is_that_label(
    name: str, unit_id: str, changed: dict[str, str], label: dict[str, Any], odd: Path
) -> None:
    (found,) = read_edits(odd, back(odd, name, put(unit_id, **changed)), coder="anna")
    number = int(unit_id[-1]) - 1
    turn = "\r\n".join(ODD)
    assert answers(found) == label
    assert (found.unit_id, found.text, found.source) == (unit_id, ODD[number], "human:anna")
    assert turn[found.start : found.end] == ODD[number]


@FORMATS
def test_an_answer_that_was_emptied_is_no_change(name: str, odd: Path) -> None:
    change = put("t.t2.u1", component="", kind="", target="")
    assert read_edits(odd, back(odd, name, change), coder="anna") == []


@FORMATS
def test_an_unknown_label_is_refused_with_its_place(name: str, odd: Path) -> None:
    file = back(odd, name, put("t.t2.u1", west="agianst"))
    with pytest.raises(InputError, match=r'west is "agianst".*did you mean against') as error:
        read_edits(odd, file, coder="anna")
    assert str(error.value).startswith(str(file))


@FORMATS
def test_a_target_that_is_not_in_the_sentence_is_refused(name: str, odd: Path) -> None:
    file = back(odd, name, put("t.t2.u1", target="the Pentagon"))
    with pytest.raises(InputError, match=r'target is "the Pentagon"; expected words of the'):
        read_edits(odd, file, coder="anna")


@FORMATS
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sha256": "a" * 64}, "t has sha256 ffffffffffff there"),
        ({"id": "other"}, r"no unit t\.t2\.u1 in"),
        ({}, r"the text of t\.t2\.u1 is"),
    ],
    ids=["transcript", "interview", "text"],
)
def test_a_file_of_another_run_is_refused(
    name: str, changed: dict[str, str], message: str, odd: Path, tmp_path: Path
) -> None:
    other = talk(ODD if changed else ("Other words of NATO.", *ODD[1:])).model_copy(update=changed)
    if "id" in changed:
        other = other.model_validate_json(other.model_dump_json().replace('"t.t2', '"other.t2'))
    file = back(odd, name, lambda *_: None)
    with pytest.raises(InputError, match=message) as error:
        read_edits(write_run(tmp_path / "other", other), file, coder="anna")
    assert "export this one again" in str(error.value)


def test_words_changed_in_a_document_are_refused(odd: Path) -> None:
    path = export(odd, "docx") / "t.docx"
    document = docx.Document(str(path))
    next(
        run for one in document.paragraphs for run in one.runs if "peace" in run.text
    ).text = "War."
    document.save(path)
    with pytest.raises(InputError, match=r'comment by Westward on "War\.": the text of t\.t2\.u1'):
        read_edits(odd, path, coder="anna")


def test_an_answer_to_a_comment_counts_and_a_remark_does_not(odd: Path) -> None:
    path = export(odd, "docx") / "t.docx"
    document = docx.Document(str(path))
    run = next(run for one in document.paragraphs for run in one.runs if "peace" in run.text)
    document.add_comment(run, "West: against", author="Anna")
    document.add_comment(run, "I am not sure of this one.", author="Anna")
    document.save(path)
    (found,) = read_edits(odd, path, coder="anna")
    assert answers(found) == {"west": "against", "target": "NATO"}


def test_a_label_on_no_sentence_is_refused(odd: Path) -> None:
    path = export(odd, "docx") / "t.docx"
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs, "west: against", author="Anna")
    document.save(path)
    with pytest.raises(
        InputError, match=r"comment by Anna .*: states labels, and is on no sentence"
    ):
        read_edits(odd, path, coder="anna")


@FORMATS
def test_a_file_that_may_hold_corrections_is_kept(name: str, odd: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = export(odd, name, out=out)
    file = made if made.is_file() else max(made.iterdir(), key=lambda one: one.stat().st_size)
    file.write_bytes(b"corrected")
    with pytest.raises(InputError, match=rf"{file.name}: exists, and may hold corrections"):
        export(odd, name, out=out)
    assert file.read_bytes() == b"corrected"


def test_a_task_without_annotation_is_no_label(odd: Path) -> None:
    assert read_edits(odd, export(odd, "label-studio") / "tasks.json", coder="anna") == []


def test_a_second_import_adds_what_is_new(odd: Path) -> None:
    for changed, number in (({"component": "premise"}, 1), ({"west": "against"}, 1), ({}, 0)):
        labels = read_edits(odd, back(odd, "xlsx", put("t.t2.u1", **changed)), coder="anna")
        assert len(labels) == number
        append_labels(coder_file(odd, "anna"), labels)
    (label,) = read_labels(coder_file(odd, "anna"))
    assert answers(label) == {"component": "premise", "west": "against", "target": "NATO"}


def test_a_correction_leaves_the_sample_as_it_was_coded(odd: Path) -> None:
    """It is of the sentence it was coded on, whatever else has its unit's id by now."""
    (label,) = read_edits(odd, back(odd, "xlsx", put("t.t2.u1", component="none")), coder="anna")
    drawn = label.model_copy(update={"weight": 1.5, "stratum": "all (3 units)", "batch": None})
    other = drawn.model_copy(update={"unit_id": "t.t2.u3", "text": "Other.", "component": "none"})
    append_labels(coder_file(odd, "anna"), [drawn, other])
    (changed,) = read_edits(odd, back(odd, "xlsx", put("t.t2.u1", west="against")), coder="anna")
    assert (changed.component, changed.west) == ("none", "against")
    assert (changed.weight, changed.stratum) == (None, None)
    append_labels(coder_file(odd, "anna"), [changed])
    assert drawn_in(coder_file(odd, "anna")) == [drawn, other]
    (third,) = read_edits(odd, back(odd, "xlsx", put("t.t2.u3", west="favor")), coder="anna")
    assert (third.component, third.weight) == (None, None)


def test_a_nought_that_a_sheet_holds_as_a_number_is_neutral(odd: Path) -> None:
    file = export(odd, "xlsx")
    book = load_workbook(file)
    header, row, *_ = book["units"].iter_rows()
    row[[cell.value for cell in header].index("west")].value = 0
    book.save(file)
    (label,) = read_edits(odd, file, coder="anna")
    assert label.west == "neutral"


@pytest.mark.parametrize("name", ["../anna", "", "a/b", ".anna"])
def test_a_coder_is_named_as_a_file_can_be(name: str, odd: Path) -> None:
    with pytest.raises(InputError, match="choose another name"):
        read_edits(odd, Path("a.xlsx"), coder=name)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.docx", b"no zip"), ("a.xlsx", b"no zip"), ("a.json", b"{"), ("a.json", b'[{"a": 1}, 2]'),
        ("a.json", b'[{"annotations": [{"result": []}], "data": {}}]'), ("a.xmi", b"<no"),
        ("a.xmi", b"<xmi/>"), ("a.csv", b"\xff\xfe\x00"), ("a.csv", b"name\nx\n"), ("a.jsonl", b"[]"),
        ("a.pdf", b""), ("a.csv", b'unit_id,west\n"' + b"x" * 140_000), ("a.json", b"[" * 10**6),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_an_error(
    file: str, content: bytes, odd: Path, tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(content)
    with pytest.raises(InputError, match=rf"{file}.*; expected "):
        read_edits(odd, tmp_path / file, coder="anna")


def test_a_missing_file_is_an_error(odd: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_edits(odd, Path("nowhere.xlsx"), coder="anna")
