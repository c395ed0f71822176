"""The clearest sentences of a run, and the files that they are written to."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.exports.quotations import Wanted, find_quotations, write_quotations
from tests.built import build, named
from tests.coding.runs import write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run over one interview that was held twice, by two persons."""
    return write_run(tmp_path / "run", [build("x"), named(build("y"), "Ana Lima")])


@pytest.mark.parametrize(
    ("wanted", "units"),
    [
        (Wanted(), ["x.t002.u1", "x.t002.u2", "x.t005.u1", "x.t002.u3"]),
        (Wanted(stance="against"), ["x.t002.u2"]),
        (Wanted(target="nato"), ["x.t002.u1"]),
        (Wanted(speaker="lima", stance="favor"), ["y.t002.u1", "y.t005.u1"]),
        (Wanted(holder="russia"), ["x.t002.u3"]),
        (Wanted(voice="attributed"), ["x.t002.u3"]),
        (Wanted(interview="y", target="union", stance="favor"), ["y.t005.u1"]),
    ],
)
def test_what_is_asked_for_is_found_once(wanted: Wanted, units: list[str], run: Path) -> None:
    found = [one.unit.id for one in find_quotations(run, wanted, n=9)]
    assert sorted(found) == sorted(units)


def test_nothing_found_says_why_and_what_there_is(run: Path) -> None:
    with pytest.raises(InputError) as refused:
        find_quotations(run, Wanted(target="NATO", stance="against"), n=5)
    assert "no decided stance with --target NATO --stance against --voice own" in str(refused.value)
    assert "without --target there is European Union 2" in str(refused.value)
    assert "without --stance there is favor 2" in str(refused.value)


def test_a_file_is_the_same_again_and_holds_no_mark_up(run: Path, tmp_path: Path) -> None:
    found = find_quotations(run, Wanted(), n=5)
    for name in ("a.md", "b.md"):
        write_quotations(tmp_path / name, found, title="own <b> [x](y)")
    text = (tmp_path / "a.md").read_text("utf8")
    assert text == (tmp_path / "b.md").read_text("utf8")
    assert text.startswith("# own \\<b\\> \\[x\\](y)\n")
    assert "> **NATO kept the peace on this continent.** Brussels broke its word" in text
    assert "A talk on the summit. 2023-05. x.t002.u1 (for NATO, .70)" in text


def test_word_has_the_sentence_in_bold_between_its_neighbours(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "quotes.docx"
    write_quotations(path, find_quotations(run, Wanted(stance="against"), n=5), title="against")
    quote = next(one for one in docx.Document(str(path)).paragraphs if one.style.name == "Quote")
    assert [one.text for one in quote.runs if one.bold] == [
        "Brussels broke its word over the pipeline."
    ]
    assert quote.text.startswith("NATO kept the peace on this continent. ")


def test_a_workbook_has_texts_and_no_formula(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "quotes.xlsx"
    write_quotations(path, find_quotations(run, Wanted(), n=9), title="all")
    sheet = openpyxl.load_workbook(path)["quotations"]
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][:3] == ["before", "sentence", "after"]
    formula = next(row[1] for row in rows if str(row[1].value).startswith("=Washington"))
    assert formula.data_type == "s"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_another_suffix_is_refused(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in \.md, \.docx, \.xlsx"):
        write_quotations(tmp_path / "a.pdf", [], title="")
