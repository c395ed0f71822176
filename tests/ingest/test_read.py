"""Reading files: formats, encodings, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_bytes, read_source
from pipeline.notices import sentence


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<!doctype html><html><body><p>A sentence.</p></body></html>", "html"),
        (b"# A title\n\n**Ann:** Why?\n\n**Bob:** So.\n", "md"),
        (b"<?xml version='1.0'?><TEI><p>Ann: Why?</p><p>Bob: So.</p></TEI>", "xml"),
        (b"Ann: Why?\n\nBob: So.\n", "txt"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: Why?\n", "vtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nAnn: Why?\n\n2\n00:00:03,000 --> 00:00:04,000\nSo.\n",
         "srt"),
        (b'[{"speaker": "Ann", "text": "Why?"}, {"speaker": "Bob", "text": "So."}]', "json"),
        (b'{"speaker": "Ann", "text": "Why?"}\n{"speaker": "Bob", "text": "So."}\n', "jsonl"),
        (b"speaker\ttext\n" + b"Ann\tWhy is it so dark here?\nBob\tIt fell in one night.\n" * 2, "tsv"),
        (b"{\\rtf1 Ann: Why?\\par Bob: So.}", "rtf"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["-", "a.txt", "a.transcript", "talk at 2 p.m. today"])
def test_content_tells_the_format_of_plain_and_unknown_files(
    data: bytes, form: str, name: str
) -> None:
    assert read_bytes(data, name=name).format == form


def test_what_looks_like_data_and_is_none_is_read_as_text_with_a_warning() -> None:
    assert read_bytes(b"[Ann]\tWhy?\n[Bob]\tSo.\n", name="a.txt").format == "txt"
    source = read_bytes(b'{"a": [1, 2', name="a.unknown")
    assert source.format == "txt"
    assert "read as plain text" in sentence(source.warnings[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_its_encoding_with_a_warning_if_that_is_guessed(encoding: str) -> None:
    text = "Q: Où donc — là-bas?\n\nA: “Là”, said the café.\n"
    source = read_bytes(text.encode(encoding), name="a.txt")
    assert [p.text for p in source.paragraphs] == text.strip().split("\n\n")
    assert any(one.code == "not-utf8" for one in source.warnings) is (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b" \n\t\n", "a.txt", "empty"), (b"%PDF-1.7 x", "a.txt", "PDF"),
        (b"PK\x03\x04rest", "transcript", "zip archive"), (b"text\x00text" * 50, "a.txt", "binary"),
        (b"Ann: Why?", "a.docx", ".docx"), (b"\xff\xfeabc", "a.txt", "utf-16"),
        (b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc", "a.eml", "no text in the e-mail"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(
    data: bytes, name: str, message: str
) -> None:
    with pytest.raises(InputError, match=r"expected") as caught:
        read_bytes(data, name=name)
    assert message in str(caught.value)


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path / "none.txt")
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(InputError, match="50,000,001 bytes; expected at most 50,000,000"):
        read_source(path)
