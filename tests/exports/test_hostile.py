"""Markup, formulas and control characters stay text in every format."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from pipeline.artefacts import sha256_of
from pipeline.errors import InputError
from pipeline.exports.export import export
from pipeline.exports.formats import FORMATS
from pipeline.exports.notation import CHOICES
from pipeline.exports.text import UNWRITABLE
from pipeline.runs.folder import interviews_of, write_manifest
from tests.exports.conftest import ODD, talk, write_run

FILES = {"xlsx": ".xlsx", "docx": ".docx", "qdpx": ".qdpx"}
BINARY = {"docbin", "parquet", "sqlite", "dta"}


def parts(path: Path) -> dict[str, bytes]:
    """The files of an export, with those in its zip files."""
    found = {}
    for file in [path] if path.is_file() else sorted(path.iterdir()):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found |= {name: archive.read(name) for name in archive.namelist()}
        else:
            found[file.name] = file.read_bytes()
    return found


@pytest.mark.parametrize("name", sorted({one.name for one in FORMATS} - BINARY - {"dna"}))
def test_no_markup_and_no_control_character(name: str, hostile: Path, tmp_path: Path) -> None:
    for file, data in parts(export(hostile, name, out=tmp_path / "out")).items():
        if data[:5] == b"<?xml" or file.endswith((".xml", ".rels", ".xmi", ".qde")):
            root = etree.fromstring(data)
            tags = {etree.QName(one).localname.casefold() for one in root.iter(etree.Element)}
            assert not tags & {"script", "img"}
        elif not file.endswith((".png", ".jpeg")):
            assert not UNWRITABLE.search(data.decode("utf8")), file


def test_no_cell_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    path = export(hostile, "xlsx", out=tmp_path / "a.xlsx")
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_no_cell_of_the_statements_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    text = export(hostile, "dna", out=tmp_path / "a.csv").read_text(encoding="utf8")
    assert "'=cmd" in text
    assert not re.search(r'(^|,)"?[=+@-]', text, re.MULTILINE)


def test_the_lists_offer_the_labels(run: Path, tmp_path: Path) -> None:
    sheet = load_workbook(export(run, "xlsx", out=tmp_path / "a.xlsx"))["units"]
    listed = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert listed == [f'"{",".join(words)}"' for words in CHOICES.values()]


def test_the_configuration_of_label_studio_offers_the_labels(run: Path, tmp_path: Path) -> None:
    path = export(run, "label-studio", out=tmp_path / "out") / "config.xml"
    found = {
        one.get("name"): tuple(choice.get("value") for choice in one)
        for one in etree.parse(path).iter("Choices")
    }
    assert found == CHOICES


@pytest.mark.parametrize("name", ["../mine", "/tmp/mine", "a/b", "..", "", "a\0b", "a\n", "x" * 81])
@pytest.mark.parametrize("form", ["brat", "docx", "xmi", "qdpx", "label-studio", "conll"])
def test_an_id_that_is_a_path_is_refused(form: str, name: str, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", talk(ODD))
    path = run / "annotated.jsonl"
    stated = json.loads(path.read_text(encoding="utf8"))
    path.write_text(json.dumps({**stated, "id": name}) + "\n", encoding="utf8")
    with pytest.raises(InputError, match=r"annotated.jsonl:1: no Interview record: id"):
        export(run, form, out=tmp_path / "out" / "export")
    assert {one.name for one in tmp_path.rglob("*")} == {
        "run",
        "annotated.jsonl",
        "run.json",
        "out",
    }


def test_a_transcript_of_the_run_is_not_replaced(run: Path, tmp_path: Path) -> None:
    """brat has a text an interview, of the same name as its transcript."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for interview in interviews_of(run):
        (corpus / f"{interview.id}.txt").write_text("HOST: Why?", encoding="utf8")
    manifest = json.loads((run / "run.json").read_bytes())
    sums = {sha256_of(path) for path in corpus.iterdir()}
    write_manifest(run, {**manifest, "inputs": [{"sha256": one} for one in sums]})
    with pytest.raises(InputError, match="a transcript of the run"):
        export(run, "brat", out=corpus)
    assert {path.read_text(encoding="utf8") for path in corpus.iterdir()} == {"HOST: Why?"}


def test_nothing_is_exported_into_the_run(run: Path) -> None:
    before = sorted(run.rglob("*"))
    for place in (run, run / "tables", run / "tables" / "units.csv"):
        with pytest.raises(InputError, match="in the run"):
            export(run, "brat", out=place)
    assert sorted(run.rglob("*")) == before
