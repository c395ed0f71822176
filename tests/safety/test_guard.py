"""What others have written is read under limits: one loader of YAML, one guarded process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.corpus import fetch
from pipeline.corpus.inputs import understand_bytes
from pipeline.errors import InputError
from pipeline.exports.edits import read_edits
from pipeline.ingest import guard, read_bytes
from pipeline.ingest.yaml import YAMLLimitError, load_documents
from pipeline.records import Interview
from pipeline.runs.folder import write_manifest
from pipeline.tables import query
from pipeline.tables.columns import TABLES
from pipeline.turns.sidecar import read_sidecar, sidecar_path
from tests.safety import files

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}x]\n" for n in range(1, 9))
TALK = "\n\nAnn: Why did it rain?\n\nBen: Because the clouds came, I think.\n"


def test_aliases_of_aliases_are_refused_before_a_value_is_built() -> None:
    with pytest.raises(YAMLLimitError, match="aliases"):
        load_documents(BOMB)
    with pytest.raises(YAMLLimitError, match="aliases"):  # few of them, and yet much
        load_documents("".join(f"- &a{n} [{'y' * 900}, *a{max(0, n - 1)}, *a{max(0, n - 1)}]\n"
                               for n in range(9)))  # fmt: skip


def test_a_few_aliases_are_read() -> None:
    assert load_documents("a: &a Ann\nb: *a\n") == [{"a": "Ann", "b": "Ann"}]


def test_a_deep_document_is_refused() -> None:
    with pytest.raises(YAMLLimitError, match="nested"):
        load_documents("[" * 300)


def test_front_matter_with_aliases_is_read_line_by_line() -> None:
    source = read_bytes(f"---\ntitle: Rain\n{BOMB}---\n{TALK}".encode(), name="a.md")
    assert source.metadata["title"] == "Rain"
    assert [one.code for one in source.warnings] == ["front-matter"]


def test_turns_are_found_in_the_guarded_process(monkeypatch: pytest.MonkeyPatch) -> None:
    said = files.word_text("Ann: Why?") + files.word_text("Ben: So it is.")
    data, settings = files.docx(said * 6), load_settings()
    asked: list[str] = []
    guarded = guard._Process.do

    def note(self: guard._Process, work: object, *words: object, **options: object) -> object:
        asked.append(work.__name__)  # type: ignore[attr-defined]
        return guarded(self, work, *words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(guard._Process, "do", note)
    found = understand_bytes(
        data, name="a.docx", interview_id="a", metadata={}, settings=settings.segment
    )
    assert asked == ["_understand"]
    assert isinstance(found.interview, Interview)
    assert len(found.interview.turns) == 12


def test_a_reply_longer_than_its_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "REPLY", 20)
    monkeypatch.setattr(guard, "REPLY_A_BYTE", 0)
    with pytest.raises(InputError, match="too much"):
        read_bytes(files.docx(files.word_text("Ann: Why?")), name="a.docx")
    monkeypatch.undo()
    assert read_bytes(files.docx(files.word_text("Ann: Why?")), name="a.docx").paragraphs


def _run(folder: Path) -> Path:
    folder.mkdir()
    (folder / "annotated.jsonl").write_text("")
    write_manifest(folder, {"versions": {"westward": "0"}})
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes, as on Linux")
def test_a_pipe_is_not_imported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(InputError, match="a pipe"):
        read_edits(_run(tmp_path / "run"), tmp_path / "a.csv", coder="A")


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_a_workbook_or_document_that_unpacks_to_too_much_is_not_imported(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(files.archive({"xl/a.xml": " " * 70_000_000}))
    with pytest.raises(InputError, match="unpacks to"):
        read_edits(_run(tmp_path / "run"), tmp_path / name, coder="A")


def test_an_import_declares_no_entities(tmp_path: Path) -> None:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    (tmp_path / "a.xmi").write_text(text)
    with pytest.raises(InputError, match="declares entities"):
        read_edits(_run(tmp_path / "run"), tmp_path / "a.xmi", coder="A")


def test_a_page_of_a_book_that_is_named_again_is_read_once() -> None:
    page = "<html><body><p>Ann: Why?</p><p>Ben: So it is.</p></body></html>"
    about = '<package><manifest><item id="p" href="p.html"/></manifest><spine>{}</spine></package>'
    book = files.archive(
        {
            "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
            "a.opf": about.format('<itemref idref="p"/>' * 20_000),
            "p.html": page,
        }
    )
    assert [one.text for one in read_bytes(book, name="a.epub").paragraphs] == [
        "Ann: Why?",
        "Ben: So it is.",
    ]


def test_deep_decisions_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    sidecar_path(path).write_text(f"keys = {'[' * 5_000}")
    with pytest.raises(InputError, match="cannot be read"):
        read_sidecar(path)


def test_a_redirect_to_no_address_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_ask", lambda *_, **__: "http://[::1/")
    with pytest.raises(InputError, match="no web address"):
        fetch.fetch("https://example.org/")


@pytest.mark.slow
def test_languages_are_told_where_nothing_can_be_unpacked(tmp_path: Path) -> None:
    code = (
        "import tempfile; tempfile.TemporaryFile = None\n"
        "from pipeline.turns.metadata import detect_language\n"
        "print(detect_language('Bonjour, nous ne savons pas ce que vous voulez dire avec cela'))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "fr\n"


def test_a_query_writes_nothing_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "tables_in", lambda _: ())
    _, rows = query._query(tmp_path, "SELECT current_setting('temp_directory')")
    assert rows == [("",)]


def test_a_signal_ends_a_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> None:
        raise RuntimeError("Query interrupted")  # as DuckDB says at a signal

    monkeypatch.setattr(query, "tables_in", lambda _: TABLES[:1])
    monkeypatch.setattr(query, "_load", lambda *_, **__: stop(tmp_path))
    monkeypatch.setattr(query, "shorten", lambda *_, **__: "")
    with pytest.raises(KeyboardInterrupt):
        query._query(tmp_path, "SELECT 1")
