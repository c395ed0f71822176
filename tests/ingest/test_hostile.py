"""Bad input: a clear error each, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.ingest import FORMATS, read_bytes
from tests.seconds import least_seconds

pytestmark = pytest.mark.slow

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB_XML = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'
BOMB_YAML = "\n".join(
    ["a0: &a0 [ha, ha]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
)
SIZE = 15_000
MANY = [
    "[", "[0:0", "(", "Name: ", "A. ", "A", "1\n", "\n", " ", "-", "---\n", "*", "**a ", "0:00 ",
    "0:00\n", "1:", "a-\n", "Ab: c\n", ">\n", "<", "<p>", "<div>", "<b>", "<table><tr><td>",
    "<a href=x>", "<!--", "{{", "{%", "}}", "[[", "](http", "# a\n", "a: [\n", "a: b\n", "a \t",
    "\t", "\u00c2\u0080", "_", "`a", "- ", "- a\n", "[^a]", "Mr. ", '"a." ', "<div style='float:left'>a ",
]  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _try(data: bytes, name: str) -> None:
    with suppress(InputError):
        read_bytes(data, name=name)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".wiki", ".eml", ".unknown"])
def test_what_repeats_is_read_or_refused_in_linear_time(suffix: str) -> None:
    for piece in MANY:
        data = f"{piece * (SIZE // len(piece))}\nend".encode()
        least = least_seconds(lambda data=data: _try(data, f"a{suffix}"), enough=1.5)
        assert least < 1.5, repr(piece)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<p>word</p>" * 4_000_000), ("a.pdf", b"%PDF-1.7\nnothing"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("a.docx", _zip({"word/document.xml": BOMB_XML.encode()})),
        ("a.odt", _zip({"content.xml": BOMB_XML.encode()})),
        ("a.xlsx", _zip({"xl/workbook.xml": b"<x/>"})), ("a.rtf", b"{\\rtf1" + b"{" * 5000),
        ("a.yaml", BOMB_YAML.encode()), ("a.json", b"[" * 100_000),
        ("a.jsonl", b'{"text": "Why?"}\nnonsense'), ("a.srt", b"just some text\n"),
        ("a.xml", BOMB_XML.encode()),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_their_reason(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match="expected"):
        read_bytes(data, name=name)


SEED = b"---\ntitle: a\n---\n\n**Anna** [(0:12)](x): Why?\n\n<p>Carl: So.<br>Yes.</p>\n\n> 1. {{a}} [[b]]\n"
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40),
        st.one_of(st.binary(max_size=8), st.sampled_from((b"<", b"{", b"\\", b"\x00", b'"', b"9" * 9))),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@settings(max_examples=8, deadline=None, derandomize=True, database=None)
@given(EDITS)
def test_damaged_files_are_read_or_refused(
    suffix: str, edits: list[tuple[float, int, bytes]]
) -> None:
    data = bytearray(SEED)
    for place, cut, piece in edits:
        at = int(place * len(data))
        data[at : at + cut] = piece
    try:
        source = read_bytes(bytes(data), name=f"a{suffix}")
    except InputError:
        return
    for paragraph in source.paragraphs:
        for start, end in (*paragraph.bold, *paragraph.italic):
            assert 0 <= start < end <= len(paragraph.text)
