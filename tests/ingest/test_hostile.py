"""Bad input: a clear error each, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest import FORMATS, read_bytes
from pipeline.turns import understand
from tests.turns.blocks import WRITERS, parse_blocks
from tests.turns.dialogue import DIALOGUE, bold_md
from tests.turns.exports import EXPORTS

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB_XML = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'
BOMB_YAML = "\n".join(
    ["a0: &a0 [ha, ha]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
)


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _pdf(*, password: str | None = None, picture: bool = False) -> bytes:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    if picture:
        paper.rect(10, 10, 100, 100, style="F")
    else:
        paper.write(6, "Ann: Why did the harbour close?")
    if password:
        paper.set_encryption(owner_password=password, user_password=password)
    return bytes(paper.output())


def _pdf_bomb() -> bytes:
    packed = zlib.compress(b"0 " * 150_000_000, 9)
    return b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\n"


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("a.pdf", lambda: _pdf(password="s"), "encrypted"),
        ("a.pdf", lambda: _pdf(picture=True), "page 1 holds"),
        ("a.pdf", _pdf_bomb, "unpacks to more than"),
        ("a.pdf", lambda: b"%PDF-1.7\nnothing", "damaged"),
        ("a.docx", lambda: _zip({"word/document.xml": b"x" * 210_000_000}), "unpacks to 210,000"),
        ("a.docx", lambda: _zip({"word/document.xml": BOMB_XML.encode()}), "entities of its own"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old or encrypted"),
        ("a.odt", lambda: _zip({"content.xml": BOMB_XML.encode()}), "entities of its own"),
        ("a.odt", lambda: _zip({"other.xml": b"<x/>"}), "its part content.xml cannot be read"),
        ("a.xlsx", lambda: _zip({"xl/workbook.xml": b"<x/>"}), "cannot be read (KeyError"),
        ("a.rtf", lambda: b"{\\rtf1" + b"{" * 5000, "nested more than"),
        ("a.html", lambda: b"<p>word</p>" * 4_000_000, "44,000,000 bytes; expected at most"),
        ("a.yaml", lambda: BOMB_YAML.encode(), "aliases"),
        ("a.yaml", lambda: b"a: [b, c", "a.yaml:2: no YAML"),
        ("a.json", lambda: b"[" * 100_000, "nested too deep"),
        ("a.json", lambda: b'[\n{"a": }', "a.json:2: no JSON"),
        ("a.json", lambda: b'{"a": 1}', "no turns found"),
        ("a.jsonl", lambda: b'{"text": "Why?"}\nnonsense', "a.jsonl:2: no JSON"),
        ("a.csv", lambda: b"1,2\n3,4\n", "no column of running text"),
        ("a.srt", lambda: b"just some text\n", "no cue"),
    ],
)
def test_bad_files_are_refused_with_their_reason(name: str, make, message: str) -> None:
    data = make()
    start = time.monotonic()
    with pytest.raises(InputError, match="expected") as caught:
        read_bytes(data, name=name)
    assert message in str(caught.value)
    assert time.monotonic() - start < 20


def test_a_page_without_text_among_others_is_a_warning_that_names_it() -> None:
    paper = FPDF()
    paper.set_font("Times", size=11)
    paper.add_page()
    paper.write(6, "Ann: Why did the harbour close? Bob: It rained.")
    paper.add_page()
    picture = io.BytesIO(
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
        b":~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND"
        b"\xaeB`\x82"
    )
    paper.image(picture, w=100)
    (warning,) = read_bytes(bytes(paper.output()), name="a.pdf").warnings
    assert "page 2: a picture without text" in warning


def test_a_formula_in_a_cell_stays_text_and_is_a_warning() -> None:
    data = b'speaker,text\nAnn,Why did it close?\nBob,"=HYPERLINK(""http://x.y"")"\n'
    source = read_bytes(data, name="a.csv")
    assert source.turns[1].text == '=HYPERLINK("http://x.y")'
    assert "a.csv:3: the cell holds a formula" in source.warnings[0]


SEEDS = {
    **{s: [write(parse_blocks(bold_md(DIALOGUE)))] for s, write in WRITERS.items()},
    ".md": [bold_md(DIALOGUE).encode()],
}
for _write, _suffix in EXPORTS.values():
    SEEDS.setdefault(_suffix, []).append(_write(DIALOGUE))
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40),
        st.one_of(st.binary(max_size=8), st.sampled_from((b"<", b"{", b"\\", b"\x00", b'"', b"9" * 9))),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.mark.parametrize("suffix", sorted(SEEDS))
def test_damaged_files_are_read_or_refused(suffix: str) -> None:
    assert suffix in FORMATS

    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(st.sampled_from(SEEDS[suffix]), EDITS)
    def try_one(seed: bytes, edits: list[tuple[float, int, bytes]]) -> None:
        data = bytearray(seed)
        for place, cut, piece in edits:
            at = int(place * len(data))
            data[at : at + cut] = piece
        try:
            source = read_bytes(bytes(data), name=f"a{suffix}")
            understand(source, interview_id="x", settings=load_settings().segment)
        except InputError:
            pass

    try_one()
