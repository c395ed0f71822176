"""Each format opened with a library that reads it: the words are where the offsets say."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pandas as pd
import pytest
import spacy
from cassis import load_cas_from_xmi, load_typesystem
from openpyxl import load_workbook
from pyrefiqda import RefiProject
from spacy.tokens import DocBin
from spacy.training.converters import conll_ner_to_docs

from pipeline.errors import InputError
from pipeline.exports.export import export
from pipeline.exports.formats import FORMATS
from pipeline.exports.text import inert
from pipeline.runs.folder import TABLES_NAME
from pipeline.tables.columns import tables_in
from pipeline.tables.frames import read_frame
from tests.built import build
from tests.exports.conftest import HOSTILE, ODD, talk, write_run

NAMES = [one.name for one in FORMATS if one.name != "svg" or shutil.which("dot")]
SENTENCES = {"run": ODD, "hostile": HOSTILE}
BOTH = pytest.mark.parametrize("fixture", SENTENCES)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_is_where_it_is_said_to_be_and_nothing_else(
    name: str, run: Path, tmp_path: Path
) -> None:
    written = export(run, name, out=tmp_path / "new" / "here")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["here"]
    assert all(
        path.stat().st_size for path in ([written] if written.is_file() else written.iterdir())
    )


def test_sheets_can_be_filtered_below_a_header_that_stays(run: Path, tmp_path: Path) -> None:
    book = load_workbook(export(run, "xlsx", out=tmp_path / "a.xlsx"))
    for sheet in book:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.freeze_panes == "A2"
        assert {one.customWidth for one in sheet.column_dimensions.values()} == {True}


@pytest.mark.parametrize(
    "name", ["qdpx", "brat", "label-studio", "conll", "docbin", "dna", "aif", "argdown", "graphml"]
)
def test_the_same_run_gives_the_same_bytes(name: str, run: Path, tmp_path: Path) -> None:
    first, second = (export(run, name, out=tmp_path / one) for one in "ab")
    files = [first] if first.is_file() else sorted(first.iterdir())
    for path in files:
        again = second if first.is_file() else second / path.name
        assert path.read_bytes() == again.read_bytes()


def test_one_interview_is_written_alone(run: Path, tmp_path: Path) -> None:
    written = export(run, "docx", out=tmp_path / "one", interview="x")
    assert [path.name for path in written.iterdir()] == ["x.docx"]
    with pytest.raises(InputError, match=r'no interview "y" in it.*expected one of t, x'):
        export(run, "docx", out=tmp_path / "none", interview="y")


def test_an_unknown_format_and_a_place_in_the_way_are_errors(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--to brad: no such format; did you mean brat"):
        export(run, "brad")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        export(run, "brat", out=tmp_path / "file")


def test_exports_are_beside_the_run(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert export(run, "dna") == run.parent / "odd.exports" / "odd.csv"
    monkeypatch.chdir(run)
    assert export(Path(), "dna") == run.parent / "odd.exports" / "odd.csv"


@BOTH
def test_refi_qda_is_opened_by_a_peer(
    fixture: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = export(request.getfixturevalue(fixture), "qdpx", out=tmp_path / "p.qdpx")
    project = RefiProject.load(path, extract_dir=str(tmp_path / "in"))
    source = project.sources.text_source[0]
    file = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "in")
    text = file.read_bytes().decode("utf8")
    said = [text[one.start_position : one.end_position] for one in source.plain_text_selection]
    assert said == [inert(one) for one in SENTENCES[fixture]]
    book = {one.name: [code.name for code in one.code] for one in project.code_book.codes.code}
    assert book["component"][0] == "claim"
    assert "target: NATO" in book["target"]


@BOTH
def test_elements_of_refi_qda_are_in_the_order_of_its_schema(
    fixture: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """pyrefiqda's classes are made from the schema, and write elements in its order."""
    path = export(request.getfixturevalue(fixture), "qdpx", out=tmp_path / "p.qdpx")
    project = RefiProject.load(path, extract_dir=str(tmp_path / "in"))
    RefiProject.save(project, tmp_path / "again.qdpx")
    ours, theirs = (
        [(one.tag, one.get("guid")) for one in parse_project(file).iter()]
        for file in (path, tmp_path / "again.qdpx")
    )
    assert ours == theirs


def parse_project(path: Path) -> ElementTree.Element:
    """Return the root of a project."""
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read("project.qde"))


def test_what_is_known_of_an_interview_is_in_a_case_of_its_source(
    run: Path, tmp_path: Path
) -> None:
    path = export(run, "qdpx", out=tmp_path / "p.qdpx")
    project = RefiProject.load(path, extract_dir=str(tmp_path / "in"))
    names = {one.guid: one.name for one in project.variables.variable}
    case = project.cases.case[0]
    assert case.name is None
    assert [one.target_guid for one in case.source_ref] == [project.sources.text_source[0].guid]
    assert {names[one.variable_ref.target_guid]: one.text_value or one.integer_value
            for one in case.variable_value} == {
        "title": "A talk", "date": "2024-05-02", "year": 2024, "language": "en",
    }  # fmt: skip


def test_a_reason_is_linked_to_what_it_is_a_reason_for(run: Path, tmp_path: Path) -> None:
    path = export(run, "qdpx", out=tmp_path / "p.qdpx")
    project = RefiProject.load(path, extract_dir=str(tmp_path / "in"))
    units = {one.guid: one.name for source in project.sources.text_source
             for one in source.plain_text_selection}  # fmt: skip
    found = {(units[one.origin_guid], one.name, units[one.target_guid])
             for one in project.links.link}  # fmt: skip
    assert found == {
        ("x.t002.u3", "support", "x.t002.u2"), ("x.t005.u2", "attack", "x.t005.u1"),
        ("t.t2.u2", "support", "t.t2.u1"), ("t.t2.u3", "attack", "t.t2.u2"),
    }  # fmt: skip


def test_a_respondent_is_a_case_of_interviews_or_of_sentences(tmp_path: Path) -> None:
    alone, both = talk(ODD), build("x")
    host, guest, other = both.speakers
    respondents = (host, guest, other.model_copy(update={"role": "respondent", "name": "B. Ray"}))
    run = write_run(tmp_path / "run", alone, both.model_copy(update={"speakers": respondents}))
    path = export(run, "qdpx", out=tmp_path / "p.qdpx")
    project = RefiProject.load(path, extract_dir=str(tmp_path / "in"))
    sources = {one.guid: one.name for one in project.sources.text_source}
    units = {
        one.guid: one.name
        for source in project.sources.text_source
        for one in source.plain_text_selection
    }
    found = {
        case.name: [sources[one.target_guid] for one in case.source_ref]
        + [units[one.target_guid] for one in case.selection_ref]
        for case in project.cases.case
        if case.name
    }
    assert found == {
        "Analyst (t.s2) · An institute": ["t"],
        "Analyst (x.s2) · FR": [
            "x.t002.u1", "x.t002.u2", "x.t002.u3", "x.t002.u4", "x.t005.u1", "x.t005.u2",
        ],
        "B. Ray": [],
    }  # fmt: skip


def test_refi_qda_refers_to_codes_and_users_that_are_there(run: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(run, "qdpx", out=tmp_path / "p.qdpx")) as archive:
        text = archive.read("project.qde").decode("utf8")
    guids = re.findall(r'guid="([^"]+)"', text)
    assert len(guids) == len(set(guids))
    names = re.findall(r'<Code [^>]*name="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:targetGUID|creatingUser)="([^"]+)"', text)) <= set(guids)


@BOTH
def test_brat_has_the_words_at_its_offsets(
    fixture: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = export(request.getfixturevalue(fixture), "brat", out=tmp_path / "brat")
    text = (folder / "t.txt").read_bytes().decode("utf8")
    types = (folder / "annotation.conf").read_text(encoding="utf8").split()
    found = []
    for line in (folder / "t.ann").read_text(encoding="utf8").split("\n")[:-1]:
        number, _, rest = line.partition("\t")
        assert number[0] in "TA#"
        if number[0] == "T":
            label, _, spans = rest.partition("\t")[0].partition(" ")
            pieces = [text[slice(*map(int, span.split()))] for span in spans.split(";")]
            assert " ".join(pieces) == rest.partition("\t")[2]
            assert label in types
            found.append(" ".join(pieces))
    words = [" ".join(inert(one).split()) for one in SENTENCES[fixture]]
    assert [" ".join(one.split()) for one in found] == [*words, "NATO"]


@BOTH
def test_cassis_finds_the_words_at_the_offsets_of_xmi(
    fixture: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = export(request.getfixturevalue(fixture), "xmi", out=tmp_path / "xmi")
    types = load_typesystem(folder / "TypeSystem.xml")
    with (folder / "t.xmi").open("rb") as stream:
        cas = load_cas_from_xmi(stream, typesystem=types)
    units = cas.select("webanno.custom.Unit")
    assert [one.get_covered_text() for one in units] == [inert(one) for one in SENTENCES[fixture]]
    (entity,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert (entity.get_covered_text(), entity.value, entity.identifier) == ("NATO", "ORG", "NATO")


def test_conll_is_read_by_spacy(run: Path, tmp_path: Path) -> None:
    text = export(run, "conll", out=tmp_path / "a.conll").read_text(encoding="utf8")
    (doc, _) = conll_ner_to_docs(text, n_sents=0, no_print=True)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("NATO", "ORG")]
    rows = [line.split(" ") for line in text.splitlines() if line]
    assert {len(row) for row in rows} == {4}
    assert next(row[2] for row in rows if row[0] == "NATO") == "B-claim"


def test_a_line_of_conll_is_a_token_also_in_hostile_text(hostile: Path, tmp_path: Path) -> None:
    lines = export(hostile, "conll", out=tmp_path / "a.conll").read_text("utf8").split("\n")
    assert lines.count("-DOCSTART- -X- O O") == 1
    assert {len(line.split()) for line in lines if line} == {4}


def test_docs_are_read_back(run: Path, tmp_path: Path) -> None:
    path = export(run, "docbin", out=tmp_path / "a.spacy")
    docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("en").vocab))
    assert docs[1].text == "\r\n".join(ODD)
    assert [span.text for span in docs[1].spans["claims"]] == list(ODD)
    assert docs[1].user_data["interview_id"] == "t"


def test_statements_have_a_side(run: Path, tmp_path: Path) -> None:
    frame = pd.read_csv(export(run, "dna", out=tmp_path / "dna.csv"), keep_default_na=False)
    first = frame.iloc[0]
    assert first[["person", "organisation", "concept", "date"]].tolist() == [
        "Analyst (t.s2)", "An institute", "NATO", "2024-05-02"
    ]  # fmt: skip
    assert frame[frame["document_id"] == "x"][["organisation", "agreement"]].values.tolist() == [
        ["", 1], ["", 0], ["Russia", 0], ["", 1]
    ]  # fmt: skip


def _parquet(path: Path, name: str) -> pd.DataFrame:
    return duckdb.read_parquet(str(path / f"{name}.parquet")).df()


def _stata(path: Path, name: str) -> pd.DataFrame:
    return pd.read_stata(path / f"{name}.dta").rename(columns=lambda one: one.removeprefix("_"))


def _sqlite(path: Path, name: str) -> pd.DataFrame:
    with sqlite3.connect(path) as connection:
        return pd.read_sql(f"SELECT * FROM {name}", connection)


@pytest.mark.parametrize(
    ("name", "read"), [("parquet", _parquet), ("dta", _stata), ("sqlite", _sqlite)]
)
def test_tables_hold_what_the_csv_files_hold(
    name: str, read: object, hostile: Path, tmp_path: Path
) -> None:
    run, path = hostile, export(hostile, name, out=tmp_path / name)
    for table in tables_in(run / TABLES_NAME):
        made = read_frame(run / TABLES_NAME / f"{table.name}.csv", table)
        found = read(path, table.name)  # type: ignore[operator]
        assert list(found.columns) == [one[:32] for one in table.header]
        for column in table.columns:
            cells, wanted = found[column.name[:32]], made[column.name].astype(object)
            empty = cells.isna() | (cells == "")
            assert empty.tolist() == wanted.isna().tolist()
            wanted = wanted[~empty].map(
                inert if name == "dta" and column.dtype == "string" else lambda x: x
            )
            assert cells[~empty].tolist() == wanted.tolist()


def test_tables_of_one_interview_are_refused(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tables are of the whole run"):
        export(run, "sqlite", out=tmp_path / "a.sqlite", interview="x")
