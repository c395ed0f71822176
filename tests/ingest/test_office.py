"""Word, OpenDocument, rich text and PDF: paragraphs, type, pages, furniture."""

from __future__ import annotations

import io

import docx
import pytest
from fpdf import FPDF

from pipeline.ingest import read_bytes
from pipeline.records import Paragraph, Source
from tests.turns.blocks import WRITERS, parse_blocks

TEXT = "## A harbour\n\n**Ann Roe:** Why *now*?\n\nBob Hale: So — “là”. 😀"


def _bold(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start:end] for start, end in paragraph.bold]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".rtf"])
def test_type_and_odd_characters_are_kept(suffix: str) -> None:
    source = read_bytes(WRITERS[suffix](parse_blocks(TEXT)), name=f"a{suffix}")
    head, first, second = source.paragraphs
    assert head.heading == (0 if suffix == ".rtf" else 2)
    assert (first.text, _bold(first)) == ("Ann Roe: Why now?", ["Ann Roe:"])
    assert [first.text[a:b] for a, b in first.italic] == ["now"]
    assert second.text == "Bob Hale: So — “là”. 😀"


def _word(document: docx.document.Document) -> Source:
    stream = io.BytesIO()
    document.save(stream)
    return read_bytes(stream.getvalue(), name="a.docx")


def test_a_table_with_a_row_a_turn_gives_the_turns() -> None:
    document = docx.Document()
    document.add_paragraph("An interview")
    table = document.add_table(rows=0, cols=2)
    for who, what in (("Ann", "Why did it close?"), ("Bob", "It rained."), ("Ann", "And then?")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = who, what
    assert [turn.speaker for turn in _word(document).turns] == ["Ann", "Bob", "Ann"]


def test_deleted_words_are_not_read_and_heads_are_accounted_for() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It rained.")
    run = paragraph.add_run(" Never.")._r
    deletion = docx.oxml.parse_xml(
        '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    run.addprevious(deletion)
    deletion.append(run)
    document.sections[0].header.paragraphs[0].text = "The Quay"
    source = _word(document)
    assert [p.text for p in source.paragraphs] == ["It rained."]
    assert [(d.text, d.reason) for d in source.dropped] == [("The Quay", "running head or foot")]


class _Paper(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=11)
        self.cell(0, 8, f"The Quay, volume {self.page_no()}", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 8, str(self.page_no()), align="C")


def _pdf(*paragraphs: str, gap: float = 4, width: float = 0) -> Source:
    paper = _Paper(format=(120, 120))
    paper.add_page()
    paper.set_font("Times", size=11)
    for paragraph in paragraphs:
        paper.multi_cell(width, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
        paper.ln(gap)
    return read_bytes(bytes(paper.output()), name="a.pdf")


LONG = "The harbour was closed in the spring and nobody came to the ceremony of the mayor. " * 5


def test_lines_of_a_page_are_joined_and_paragraphs_kept_apart() -> None:
    texts = [f"Ann: {LONG.strip()}", "Bob: It rained.", f"Ann: {LONG.strip()}"]
    assert [p.text for p in _pdf(*texts).paragraphs] == texts


def test_running_heads_and_page_numbers_go_and_pages_are_counted() -> None:
    texts = [f"Ann: {LONG.strip()}"] * 6
    source = _pdf(*texts)
    assert [p.text for p in source.paragraphs] == texts
    assert source.paragraphs[-1].page == 4
    reasons = {d.text: d.reason for d in source.dropped}
    assert reasons["The Quay, volume 2"] == "running head or foot"
    assert reasons["3"] in ("page number", "running head or foot")


def test_words_broken_at_the_end_of_a_line_become_whole() -> None:
    lines = (
        "Ann: The harbour was closed in the spring, and the inter-",
        "national commission found that the well-",
        "known crane had been a well-known danger to the min-",
        "isters and to their long-",
        "term friends in the basin.",
    )
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    for line in lines:
        paper.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    text = " ".join(p.text for p in read_bytes(bytes(paper.output()), name="a.pdf").paragraphs)
    assert "international" in text
    assert "well-known crane" in text
    assert "ministers" in text
    assert "long-term" in text


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = FPDF()
    paper.add_page()
    paper.set_font("Times", size=11)
    with paper.text_columns(ncols=2, gutter=10) as columns:
        for number in range(12):
            columns.write(f"Ann: Question {number}, why did the harbour close that spring?\n\n")
            columns.write(f"Bob: Answer {number}. {LONG}\n\n")
    texts = [p.text for p in read_bytes(bytes(paper.output()), name="a.pdf").paragraphs]
    order = [text.split(",")[0].split(".")[0] for text in texts]
    assert order == [f"{who} {n}" for n in range(12) for who in ("Ann: Question", "Bob: Answer")]
