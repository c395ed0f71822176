"""Hostile files: refused or read, within a time and a memory that are known."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.corpus.add import add_transcript
from pipeline.corpus.check import check_corpus
from pipeline.corpus.inputs import find_inputs
from pipeline.errors import InputError
from pipeline.ingest import guard, read_bytes, read_file, read_source
from pipeline.ingest.read import parse
from tests.safety import files
from tests.seconds import least_seconds

pytestmark = pytest.mark.slow

pytest.importorskip("resource", reason="limits of memory, as on Linux")
TALK = b"Ann: Why did it rain?\n\nBen: Because the clouds came, I think.\n"
ROWS = [
    [name, f"The rain of day {n} was not what we had been told, was it?"]
    for n in range(6)
    for name in ("Ann", "Ben")
]


def _nested(table: Callable[[list[list[str]]], str], depth: int, rows: list[list[str]]) -> str:
    made = table(rows)
    for level in range(depth):
        made = table([["Note", f"Outer words of level {level}."], ["Note", made]])
    return made


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("forms.pdf", files.forms_pdf, "draws too much"),
        ("deep.eml", files.deep_mail, "not a readable e-mail"),
        ("sparse.xlsx", files.sparse_xlsx, "no column of running text"),
        ("styles.docx", lambda: files.docx(files.word_text("a"), styles="<w:style/>" * 6_100_000), "unpacks to"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_before_its_time_is_up(
    name: str, make: Callable[[], bytes], message: str
) -> None:
    with pytest.raises(InputError, match=f"{message}.*expected"):
        read_bytes(make(), name=name)


def test_the_memory_of_the_guarded_process_is_limited(root: Path) -> None:
    script = (  # in a process of its own: the most of all children of this one would count
        "import resource\n"
        "from pipeline.errors import InputError\n"
        "from pipeline.ingest import guard, read_bytes\n"
        "from tests.safety import files\n"
        "guard.MAX_MEMORY = 600_000_000\n"
        "try:\n"
        "    read_bytes(files.layers_pdf(300_000_000), name='a.pdf')\n"
        "except InputError as error:\n"
        "    guard.stop()\n"
        "    assert 'expected' in str(error)\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1_200_000_000


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "SECONDS", 0)
    monkeypatch.setattr(guard, "PATIENCE", 0)
    with pytest.raises(InputError, match="takes more than 0 seconds"):
        read_bytes(files.forms_pdf(), name="a.pdf")
    monkeypatch.undo()
    assert read_bytes(files.docx(files.word_text("Ann: Why?")), name="a.docx").paragraphs


def test_without_a_process_the_file_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    guard.stop()
    monkeypatch.setattr(guard.sys, "executable", "/nowhere")
    (only,) = read_bytes(files.docx(files.word_text("Ann: Why?")), name="a.docx").paragraphs
    assert only.text == "Ann: Why?"


def test_the_guarded_process_reads_as_this_one_does() -> None:
    data = files.docx(files.word_table(ROWS))
    assert read_bytes(data, name="a.docx") == parse(data, name="a.docx")


@pytest.mark.parametrize("depth", [1, 2, 3, 80])
@pytest.mark.parametrize(
    ("name", "table", "document"),
    [("a.docx", files.word_table, files.docx), ("a.odt", files.odt_table, files.odt)],
)
def test_the_text_of_an_inner_table_is_read_once(
    depth: int, name: str, table: Callable[[list[list[str]]], str], document: Callable[[str], bytes]
) -> None:
    data = document(_nested(table, depth, ROWS))
    source = read_bytes(data, name=name)
    pieces = (*source.paragraphs, *source.turns, *source.dropped)
    text = " ".join(piece.text for piece in pieces)
    assert [text.count(f"of day {n} was") for n in range(6)] == [2] * 6
    assert [text.count(f"of level {level}.") for level in range(depth)] == [1] * depth
    assert least_seconds(lambda: read_bytes(data, name=name), enough=3) < 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xml", "<x><p {}>Ann: Why?</p></x>"), ("a.html", "<p {}>Ann: Why did it rain?</p>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("attributes", ["many", "long"])
def test_attributes_take_linear_time(name: str, text: str, attributes: str) -> None:
    many = (
        " ".join(f"a{n}='1'" for n in range(14_000))
        if attributes == "many"
        else f"class='{'ab ' * 60_000}'"
    )
    data = text.format(many).encode()
    assert read_bytes(data, name=name).paragraphs
    assert least_seconds(lambda: read_bytes(data, name=name), enough=3) < 3


def test_deep_mail_is_an_error_of_add_and_of_check(tmp_path: Path) -> None:
    path = tmp_path / "deep.eml"
    path.write_bytes(files.deep_mail())
    settings = load_settings().segment
    with pytest.raises(InputError, match="expected"):
        add_transcript(path, corpus=tmp_path / "c", metadata={}, settings=settings)
    (tmp_path / "index.jsonl").write_text('{"id": "deep", "path": "deep.eml"}\n')
    (found,) = check_corpus(tmp_path, settings=settings)
    assert "expected" in found.problems[0]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_pipes_sockets_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "s.txt"))
        for name, what in (("pipe.txt", "a pipe"), ("zero.txt", "a device"), ("s.txt", "a socket")):
            with pytest.raises(InputError, match=f"{what}; expected a file"):
                read_source(tmp_path / name)
    assert len(find_inputs([tmp_path]).transcripts) == 3


def test_a_pipe_as_index_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "index.jsonl")
    (tmp_path / "a.txt").write_bytes(TALK)
    with pytest.raises(InputError, match="no regular file"):
        find_inputs([tmp_path])


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(60_000_000_000)
    with pytest.raises(InputError, match="60,000,000,000 bytes; expected at most"):
        read_file(tmp_path / "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are Unicode")
def test_a_name_that_is_not_utf8_is_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"M\xfcller.txt")
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"M\\xfcller\.txt: the file is empty"):
        read_source(path)
    assert find_inputs([tmp_path]).transcripts[0].where.endswith(r"M\xfcller.txt")
