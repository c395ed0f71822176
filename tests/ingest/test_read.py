"""Reading files: formats, encodings, and what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import FORMATS, read_bytes, read_source
from pipeline.ingest import read as read_module


def test_suffix_tells_the_format() -> None:
    assert {suffix: form.name for suffix, form in FORMATS.items()}[".htm"] == "html"
    assert read_bytes(b"# Title\n\ntext", name="a.md").paragraphs[0].heading == 1
    assert read_bytes(b"# Title\n\ntext", name="a.txt").paragraphs[0].heading == 0


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<!doctype html><html><body><p>A sentence.</p></body></html>", "html"),
        (b"# A title\n\n**Ann:** Why?\n\n**Bob:** So.\n", "md"),
        (b"Ann: Why?\n\nBob: So.\n", "txt"),
    ],
)
def test_content_tells_the_format_where_no_suffix_does(data: bytes, form: str) -> None:
    assert read_bytes(data, name="-").format == form


def test_sha256_is_of_the_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfQ: Why?\r\n\r\nA: So.\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read_source(path).sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_unicode_is_read_without_a_warning(encoding: str) -> None:
    text = "Q: Où donc — là-bas?\n\nA: “Là”, said the café. 😀\n"
    source = read_bytes(text.encode(encoding), name="a.txt")
    assert [p.text for p in source.paragraphs] == text.strip().split("\n\n")
    assert source.warnings == ()


def test_cp1252_is_read_with_a_warning() -> None:
    text = "Q: Où est “la” mer, señor?\n\nA: Là-bas, derrière l’été.\n"
    source = read_bytes(text.encode("cp1252"), name="a.txt")
    assert source.paragraphs[0].text == "Q: Où est “la” mer, señor?"
    assert "not UTF-8" in source.warnings[0]


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Das Gespräch.</p></body></html>"
    assert read_bytes(page.encode("latin-1"), name="a.html").paragraphs[0].text == "Das Gespräch."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    source = read_bytes(f"Q: Why?{end}{end}A: So.{end}".encode(), name="a.txt")
    assert [(p.text, p.line) for p in source.paragraphs] == [("Q: Why?", 1), ("A: So.", 3)]


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b" \n\t\n", "a.txt", "empty"),
        (b"%PDF-1.7 x", "a.txt", "PDF"),
        (b"PK\x03\x04rest", "transcript", "Word document"),
        (b"text\x00text" * 50, "a.txt", "binary"),
        (b"Ann: Why?", "a.docx", ".docx"),
        (b"\xff\xfeabc", "a.txt", "utf-16"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no text"),
        (b"---\ntitle: a: b\n---\ntext\n", "a.md", "a.md:2: the front matter"),
        (b"+++\ndraft = false\ntitle = a b\n+++\ntext\n", "a.md", "a.md:3: the front matter"),
        (b"word " * 60_000, "a.md", "a.md:1: a line of"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    data: bytes, name: str, message: str
) -> None:
    with pytest.raises(InputError, match=r"expected") as caught:
        read_bytes(data, name=name)
    assert message in str(caught.value)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path / "none.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_module, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(InputError, match="11 bytes; expected at most 10"):
        read_source(path)
