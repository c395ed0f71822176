"""Blocks of set type, and their writing in each document format."""

from __future__ import annotations

import html
import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
from fpdf import FPDF

_SET = re.compile(r"(\*\*.+?\*\*|\*.+?\*)", re.S)
Run = tuple[str, bool, bool]


@dataclass(frozen=True)
class Block:
    """A paragraph: lines of runs (text, bold, italic), and what it is."""

    lines: tuple[tuple[Run, ...], ...]
    heading: int = 0
    quoted: bool = False


def parse_blocks(text: str) -> list[Block]:
    """Read what a rendering in Markdown or plain text wrote."""
    blocks = []
    for raw in text.strip("\n").split("\n\n"):
        lines = raw.split("\n")
        heading = re.match(r"#+ ", lines[0])
        if heading:
            head, *rest = lines
            blocks.append(Block((_runs(head[heading.end() :]),), heading=len(heading.group()) - 1))
            lines = rest
        if lines and any(lines):
            quoted = all(line.startswith("> ") for line in lines)
            kept = [line.removeprefix("> ").rstrip() for line in lines]
            blocks.append(Block(tuple(map(_runs, kept)), quoted=quoted))
    return blocks


def _runs(line: str) -> tuple[Run, ...]:
    return tuple(
        (part.strip("*"), part.startswith("**"), part.startswith("*") and part[1:2] != "*")
        for part in _SET.split(line)
        if part
    )


def write_docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        paragraph = document.add_paragraph(style=f"Heading {block.heading}" if block.heading
                                           else None)  # fmt: skip
        for number, line in enumerate(block.lines):
            for text, bold, italic in line:
                run = paragraph.add_run(text)
                run.bold, run.italic = bold or None, italic or None
            if number + 1 < len(block.lines):
                paragraph.add_run().add_break()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible-formatting:1.0">'
    "<office:automatic-styles>"
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style>'
    "</office:automatic-styles><office:body><office:text>{}</office:text></office:body>"
    "</office:document-content>"
)


def write_odt(blocks: Sequence[Block]) -> bytes:
    parts = []
    for block in blocks:
        tag = f'text:h text:outline-level="{block.heading}"' if block.heading else "text:p"
        lines = [
            "".join(
                f'<text:span text:style-name="{"B" if bold else "I"}">{escape(text)}</text:span>'
                if bold or italic
                else escape(text)
                for text, bold, italic in line
            )
            for line in block.lines
        ]
        parts.append(f"<{tag}>{'<text:line-break/>'.join(lines)}</{tag.split()[0]}>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _ODT.format("".join(parts)))
    return stream.getvalue()


def write_rtf(blocks: Sequence[Block]) -> bytes:
    def encode(text: str) -> str:
        units = text.encode("utf-16-le")
        words = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
        return "".join(
            f"\\{chr(w)}" if chr(w) in "\\{}" else chr(w) if w < 128
            else f"\\u{w if w < 32768 else w - 65536}?"
            for w in words
        )  # fmt: skip

    parts = []
    for block in blocks:
        bold_all = "\\b " if block.heading else ""
        lines = [
            "".join(
                f"{{\\b {encode(text)}}}" if bold else f"{{\\i {encode(text)}}}" if italic
                else encode(text)
                for text, bold, italic in line
            )
            for line in block.lines
        ]  # fmt: skip
        parts.append(f"\\pard {bold_all}{chr(92)}line ".join([""]) + "\\line ".join(lines))
    body = "\\par\\par\n".join(parts)
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\n" + body + "\\par}").encode("ascii")


class _Paper(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, "The Quay Review of World Affairs", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()}", align="C")


def write_pdf(blocks: Sequence[Block]) -> bytes:
    paper = _Paper(format=(150, 150))
    paper.add_page()
    for block in blocks:
        size = 15 if block.heading else 11
        for line in block.lines:
            for text, bold, italic in line:
                style = ("B" if bold or block.heading else "") + ("I" if italic else "")
                paper.set_font("Times", style=style, size=size)
                plain = text.translate({0x2014: "--", 0x2013: "-", 0xA0: " "})
                paper.write(6, plain.encode("latin-1", "replace").decode("latin-1"))
            paper.ln(6)
        paper.ln(4)
    return bytes(paper.output())


def write_txt_wrapped(blocks: Sequence[Block]) -> bytes:
    paragraphs = [
        "\n".join(textwrap.fill("".join(run for run, _, _ in line), 72) for line in block.lines)
        for block in blocks
    ]
    return ("\n\n".join(paragraphs) + "\n").encode()


def write_html(blocks: Sequence[Block]) -> bytes:
    parts = []
    for block in blocks:
        tag = f"h{block.heading}" if block.heading else "blockquote" if block.quoted else "p"
        lines = [
            "".join(
                f"<b>{html.escape(text)}</b>" if bold else f"<em>{html.escape(text)}</em>"
                if italic else html.escape(text)
                for text, bold, italic in line
            )
            for line in block.lines
        ]  # fmt: skip
        parts.append(f"<{tag}>{'<br>'.join(lines)}</{tag}>")
    return f"<!doctype html><html><body><main>{''.join(parts)}</main></body></html>".encode()


WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    ".docx": write_docx,
    ".odt": write_odt,
    ".rtf": write_rtf,
    ".pdf": write_pdf,
    ".txt": write_txt_wrapped,
    ".html": write_html,
}
# a format in which bold, italic, headings and quotations are lost
PLAIN = frozenset((".txt",))
