"""Excel: one sheet with a judged sentence a row, to correct, and one that names the transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exports.notation import CHOICES, FIELDS, Given, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import inert
from pipeline.tables.lookup import Lookup

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

UNITS, TRANSCRIPTS = "units", "transcripts"
WIDTHS = {"interview_id": 14, "unit_id": 14, "speaker": 14, "question": 40, "text": 70,
          **dict.fromkeys(FIELDS, 16), "judged": 30}  # fmt: skip
TRANSCRIPT_WIDTHS = {"interview_id": 24, "title": 60, "sha256": 68}
MAX_CELL, MAX_ROW = 32_000, 1_048_576  # Excel's limits; a cell holds 32,767 UTF-16 units


def write(source: Source, path: Path) -> None:
    """Write a workbook with the judged sentences of all interviews."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    units, transcripts = book.create_sheet(UNITS), book.create_sheet(TRANSCRIPTS)
    _arrange(units, WIDTHS)
    _arrange(transcripts, TRANSCRIPT_WIDTHS)
    rows = {UNITS: 1, TRANSCRIPTS: 1}
    for interview in source.interviews():
        _append(transcripts, (interview.id, interview.title, interview.sha256))
        rows[TRANSCRIPTS] += 1
        for one in sentences(Lookup(interview)):
            ids, said = (interview.id, one.unit.id), (one.label.question, one.unit.text)
            _append(units, (*ids, one.speaker, *said, *one.fields.values(), one.judged))
            rows[UNITS] += 1
    for sheet, widths in ((units, WIDTHS), (transcripts, TRANSCRIPT_WIDTHS)):
        last = get_column_letter(len(widths))
        sheet.auto_filter.ref = f"A1:{last}{rows[sheet.title]}"
    book.save(path)


def _arrange(sheet: WriteOnlyWorksheet, widths: Mapping[str, int]) -> None:
    """Write the header, which stays in sight; set widths, and the lists of labels to choose."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for number, (name, width) in enumerate(widths.items(), start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        if name in CHOICES:
            listed = ",".join(CHOICES[name])
            choices = DataValidation("list", f'"{listed}"', allow_blank=True, showErrorMessage=True)
            choices.add(f"{letter}2:{letter}{MAX_ROW}")
            sheet.data_validations.append(choices)
    _append(sheet, tuple(widths))


def _append(sheet: WriteOnlyWorksheet, texts: Sequence[str]) -> None:
    """Append a row of texts; none of them is a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cells = [WriteOnlyCell(sheet, inert(text)[:MAX_CELL]) for text in texts]
    for cell in cells:
        cell.data_type, cell.quotePrefix = "s", True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append(cells)


def read(path: Path) -> Iterator[Given]:
    """Yield what the rows of a workbook state, one a unit."""
    from openpyxl import load_workbook

    with closing(load_workbook(path, read_only=True)) as book:
        rows = {name: list(book[name].iter_rows(values_only=True)) for name in (UNITS, TRANSCRIPTS)}
    hashes = {row[0]: row[2] for row in rows[TRANSCRIPTS]}
    header, *lines = rows[UNITS]
    for number, line in enumerate(lines, start=2):
        cells = ("" if cell is None else str(cell) for cell in line)
        row = dict(zip(map(str, header), cells, strict=False))
        if any(row.values()):
            yield Given(
                f"{path}: sheet {UNITS}, row {number}",
                {name: row[name] for name in FIELDS},
                row["unit_id"],
                sha256=hashes.get(row["interview_id"]),
                text=None if len(row["text"]) == MAX_CELL else row["text"],
            )
