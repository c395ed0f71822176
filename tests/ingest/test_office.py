"""Word, OpenDocument, rich text and electronic books: paragraphs, type, tables, what is dropped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from pipeline.errors import InputError
from pipeline.ingest import docx, epub, odt, rtf
from pipeline.ingest.content import Content
from tests.seconds import least_seconds

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("table", "table"),
                        ("style", "style"), ("fo", "xsl-fo-compatible-formatting"))
)  # fmt: skip
ROWS = [("Chair", "Why does it silt up?"), ("Pilot", "It always did, in the winter."),
        ("Chair", "Who pays for it?"), ("Pilot", "Nobody does, as far as I know.")]  # fmt: skip


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _word(body: str, **parts: str) -> bytes:
    kinds = {"styles": "styles", "header1": "header", "comments": "comments"}
    links = "".join(
        f'<Relationship Id="{part}" Type="{_RELATIONS}/{kinds[part]}" Target="{part}.xml"/>'
        for part in parts if part in kinds
    )  # fmt: skip
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{parts.pop("title", "")}' \
           "</dc:title></c>"  # fmt: skip
    return _zip({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels":
        f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": core,
        **{f"word/{name}.xml": f"<w:{name} {_WORD}>{text}</w:{name}>" for name, text in parts.items()},
    })  # fmt: skip


def _text(body: str, styles: str = "") -> bytes:
    return _zip({
        "content.xml": f"<office:document-content {_OPEN}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Piers</dc:title></m>',
    })  # fmt: skip


def _p(text: str, style: str = "") -> str:
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _o(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _set(content: Content) -> list[tuple[str, int, list[str], list[str]]]:
    """Text, heading, bold and italic words of each paragraph."""
    return [
        (p.text, p.heading, [p.text[a:b] for a, b in p.bold], [p.text[a:b] for a, b in p.italic])
        for p in content.paragraphs
    ]


READERS: dict[str, Callable[..., Content]] = {
    "docx": docx.read, "odt": odt.read, "rtf": rtf.read, "epub": epub.read,
}  # fmt: skip
STYLES = """<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>"""
WHEN = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>And when?</w:t></w:r></w:p>"
RUNS = """<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Chair:</w:t></w:r><w:r><w:tab/><w:t>Why </w:t></w:r>
<w:r><w:rPr><w:i/></w:rPr><w:t>now</w:t></w:r><w:r><w:t>?</w:t></w:r></w:p>"""
STYLED = (
    """<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>"""
)
SPANS = """<text:h text:outline-level="2">Piers</text:h><text:p><text:span text:style-name="B">Chair:
</text:span>Why<text:s/><text:span text:style-name="I">now</text:span>?</text:p>
<text:p text:style-name="B">And when?</text:p>"""
BOOK = {
    "META-INF/container.xml": '<c><rootfile full-path="O/a.opf"/></c>',
    "O/a.opf": '<package><title>Piers</title><item id="n" href="nav.xhtml" properties="nav"/>'
    '<item id="a" href="a%201.xhtml"/><itemref idref="n"/><itemref idref="a"/></package>',
    "O/nav.xhtml": "<html><body><p>contents</p></body></html>",
    "O/a 1.xhtml": "<html><body><h2>Piers</h2><p><b>Chair:</b> Why <i>now</i>?</p>"
    "<p><b>And when?</b></p></body></html>",
}
RICH = rb"""{\rtf1\ansi{\info{\title Piers}}\pard Piers\par\par {\b Chair:} Why \i now\i0 ?\par\par
{\b And when?}\par}"""


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("docx", _word(_p("Piers", "H") + RUNS + WHEN, styles=STYLES,
                       title="Piers")),
        ("odt", _text(SPANS, STYLED)),
        ("epub", _zip(BOOK)),
    ],
    ids=["docx", "odt", "epub"],
)  # fmt: skip
def test_headings_and_type_are_kept(form: str, data: bytes) -> None:
    content = READERS[form](data, name="a")
    assert _set(content) == [
        ("Piers", 2, [], []),
        ("Chair: Why now?", 0, ["Chair:"], [] if form == "odt" else ["now"]),
        ("And when?", 0, ["And when?"], []),
    ]
    assert content.metadata == {"title": "Piers"}


def _word_table(rows: list[tuple[str, str]]) -> str:
    cells = ("".join(f"<w:tc>{_p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _open_table(rows: list[tuple[str, str]]) -> str:
    cells = (
        "".join(f"<table:table-cell>{_o(cell)}</table:table-cell>" for cell in row) for row in rows
    )
    rows_of = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{rows_of}</table:table>"


def _rich_table(rows: list[tuple[str, str]]) -> bytes:
    cells = ("\\trowd " + "".join(f"{cell}\\cell " for cell in row) + "\\row " for row in rows)
    return f"{{\\rtf1\\ansi {''.join(cells)}}}".encode()


HEADED = [("Speaker", "Text"), *ROWS]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("docx", _word(_p("Piers") + _word_table(HEADED))),
        ("odt", _text(_o("Piers") + _open_table(HEADED))),
    ],
    ids=["docx", "odt"],
)
def test_a_table_with_a_row_a_turn_gives_the_turns(form: str, data: bytes) -> None:
    turns = READERS[form](data, name="a").turns
    assert [(turn.speaker, turn.text) for turn in turns] == ROWS


def test_what_is_printed_around_a_table_of_turns_is_kept_apart() -> None:
    content = docx.read(_word(_p("Recorded on 3 May 2021.") + _word_table(HEADED)), name="a")
    assert [turn.speaker for turn in content.turns] == [speaker for speaker, _ in ROWS]
    assert [(one.text, one.reason) for one in content.dropped if one.text.startswith("Rec")] == [
        ("Recorded on 3 May 2021.", "outside the table")
    ]


def test_rich_text_is_plain_text_with_a_title_and_tables_with_labels() -> None:
    content = rtf.read(RICH, name="a")
    assert [p.text for p in content.paragraphs] == ["Piers", "Chair: Why now?", "And when?"]
    assert content.metadata == {"title": "Piers"}
    table = rtf.read(_rich_table(ROWS), name="a")
    assert [p.text for p in table.paragraphs] == [f"{who}: {text}" for who, text in ROWS]


def test_a_small_table_in_a_talk_is_text() -> None:
    talk = "".join(_p(f"{who}: {text}") for who, text in ROWS * 3)
    content = docx.read(_word(talk + _word_table(ROWS[:2])), name="a")
    assert not content.turns
    assert [p.text for p in content.paragraphs[-2:]] == list(ROWS[1])


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_nested_tables_are_read_once_and_soon(form: str) -> None:
    word, text = _p("the innermost"), _o("the innermost")
    for level in range(80):
        word = f"<w:tbl><w:tr><w:tc>{word}{_p(f'level {level}')}</w:tc></w:tr></w:tbl>"
        text = (f"<table:table><table:table-row><table:table-cell>{text}{_o(f'level {level}')}"
                "</table:table-cell></table:table-row></table:table>")  # fmt: skip
    data = _word(word) if form == "docx" else _text(text)
    content = READERS[form](data, name="a")
    assert [p.text for p in content.paragraphs] == [
        "the innermost", *(f"level {level}" for level in range(80))
    ]  # fmt: skip
    assert least_seconds(lambda: READERS[form](data, name="a"), enough=5) < 5


def test_what_is_no_speech_is_dropped_with_its_reason() -> None:
    deleted = "<w:p><w:r><w:t>It rained.</w:t></w:r><w:del><w:r><w:delText>No.</w:delText></w:r>" \
              "</w:del></w:p>"  # fmt: skip
    word = docx.read(_word(deleted, header1=_p("The Quay"), comments=_p("Sure?")), name="a")
    note = "<text:note><text:note-body><text:p>See the map.</text:p></text:note-body></text:note>"
    text = odt.read(_text(_o(f"It {note}rained.")), name="a")
    assert _set(word) == _set(text) == [("It rained.", 0, [], [])]
    assert {(d.text, d.reason) for d in (*word.dropped, *text.dropped)} == {
        ("No.", "deleted text"), ("The Quay", "running head or foot"), ("Sure?", "comment"),
        ("See the map.", "footnote"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "make", "message"),
    [
        ("docx", lambda: _zip({"word/document.xml": "x" * 210_000_000}), "unpacks to 210,"),
        ("docx", lambda: _zip({"other.xml": "<x/>"}), "cannot be read"),
        ("docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old or encrypted"),
        ("odt", lambda: b"PK\x03\x04 damaged", "damaged"),
        ("epub", lambda: _zip({"other.xml": "<x/>"}), "META-INF/container.xml cannot be read"),
        ("rtf", lambda: b"plain", "does not start with"),
    ],
)
def test_bad_files_are_refused_with_their_reason(
    form: str, make: Callable[[], bytes], message: str
) -> None:
    data = make()
    with pytest.raises(InputError, match="expected") as caught:
        READERS[form](data, name="a")
    assert message in str(caught.value)
