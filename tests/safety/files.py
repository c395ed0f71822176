"""Files that ask for more than they are worth, made by a few lines each."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return stream.getvalue()


def _relations(target: str, kind: str) -> str:
    one = f'<Relationship Id="r1" Type="{_R}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document of a body in WordprocessingML."""
    types = '<Default Extension="xml" ContentType="application/xml"/>'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": _relations("word/document.xml", "officeDocument"),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{name} {_W}>{text}</w:{name}>"
                for name, text in parts.items()
            },
        }
    )


def word_table(rows: list[list[str]]) -> str:
    """A table in WordprocessingML; a cell is a text, or elements."""
    cells = [[cell if cell.startswith("<") else word_text(cell) for cell in row] for row in rows]
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{c}<w:p/></w:tc>" for c in row) + "</w:tr>" for row in cells
    )
    return f"<w:tbl>{made}</w:tbl>"


def word_text(text: str) -> str:
    """A paragraph in WordprocessingML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    """An OpenDocument text of a body."""
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table"))
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}>{text}</office:document-content>",
        }
    )


def odt_table(rows: list[list[str]]) -> str:
    """A table in OpenDocument; a cell is a text, or elements."""
    cells = [[c if c.startswith("<") else f"<text:p>{c}</text:p>" for c in row] for row in rows]
    made = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{c}</table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in cells
    )
    return f"<table:table>{made}</table:table>"


def xlsx(rows: str) -> bytes:
    """A workbook whose sheet says that it has all rows and columns that a sheet may have."""
    space = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_R}"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": _relations("xl/workbook.xml", "officeDocument"),
            "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations("worksheets/sheet1.xml", "worksheet"),
            "xl/worksheets/sheet1.xml": f'<worksheet {space}><dimension ref="A1:XFD1048576"/>'
            f"<sheetData>{rows}</sheetData></worksheet>",
        }
    )


def sparse_xlsx(rows: int = 20_000) -> bytes:
    """A workbook with one word in the last column read of many rows."""
    cell = '<row r="{0}"><c r="GR{0}" t="inlineStr"><is><t>word</t></is></c></row>'
    return xlsx("".join(cell.format(number) for number in range(1, rows + 1)))


def pdf(*objects: bytes) -> bytes:
    """A PDF of objects from the third on: the page, its contents, and what they need."""
    data, places = b"%PDF-1.4\n", []
    root = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    for number, one in enumerate((*root, *objects), start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return data + head + table + end % (len(places) + 1, len(data))


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%b>>"
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]"


def forms_pdf(levels: int = 20) -> bytes:
    """A PDF with a form that draws a form ten times, which draws a form ten times, ..."""
    uses = b"/Resources<</XObject<</F %d 0 R>>>>"
    forms = [_stream(_FORM + uses % (6 + level), b"/F Do " * 10) for level in range(levels)]
    return pdf(_PAGE % (uses % 5), _stream(b"", b"/F Do"), *forms, _stream(_FORM, b""))


def layers_pdf(size: int = 3_000_000_000) -> bytes:
    """A PDF with contents packed twice, small after the first unpacking, huge after the second."""
    packer, piece = zlib.compressobj(9), bytes(10_000_000)
    once = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    return pdf(_PAGE % b"", _stream(filters, zlib.compress(once, 9)))


def deep_mail(depth: int = 1_500) -> bytes:
    """An e-mail with parts in parts."""
    opening = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    closing = "".join(f"--b{n}--\n" for n in reversed(range(depth)))
    text = "Content-Type: text/plain\n\nAnn: Why did it rain?\n"
    return f"From: a@example.org\nMIME-Version: 1.0\n{opening}{text}{closing}".encode()
