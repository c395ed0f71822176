"""The index of a corpus: a row for each transcript, in JSON Lines, CSV or Excel."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.corpus.countries import country_fault
from pipeline.corpus.sheets import (
    JSONL,
    OPTION,
    SUFFIXES,
    Cells,
    Kind,
    Sheet,
    find_sheet,
    new_sheet,
    read_sheet,
    write_sheet,
)
from pipeline.errors import InputError, did_you_mean, legible
from pipeline.ingest.dates import read_date
from pipeline.records import MAX_ID, InterviewId
from pipeline.runs.files import only_one

STEM = "index"
INDEX_NAME = f"{STEM}{JSONL}"
"""The index of a new corpus."""
INDEX_NAMES = tuple(f"{STEM}{suffix}" for suffix in SUFFIXES)
MAX_PATH, MAX_NAME = 1_000, 255
"""Characters of a path, and bytes of a name in it, which file systems hold."""
METADATA = (
    "title", "date", "series", "interviewer", "interviewee", "affiliation", "country", "url",
    "licence", "language",
)  # fmt: skip


class IndexRow(BaseModel):
    """The metadata of one transcript; other keys are columns of the user's own."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: InterviewId
    title: str | None = None
    date: str | None = None
    series: str | None = None
    interviewer: str | None = None
    interviewee: str | None = None
    affiliation: str | None = None
    country: str | None = None
    url: str | None = None
    licence: str | None = None
    language: str | None = None
    path: str = Field(min_length=1, max_length=MAX_PATH, description="from the index's folder")
    format: str | None = None
    sha256: str | None = None
    notes: str | None = None

    @field_validator("path")
    @classmethod
    def _of_a_file(cls, path: str) -> str:
        longest = max(len(one.encode("utf8", "replace")) for one in path.split("/"))
        if "\0" in path or longest > MAX_NAME:
            raise ValueError("no path of a file: a name in it is too long, or has a null byte")
        return path

    @field_validator("date")
    @classmethod
    def _iso(cls, date: str | None) -> str | None:
        return None if date is None else read_date(date)

    def metadata(self) -> dict[str, str]:
        """Return the metadata of the interview, without empty keys."""
        return {
            key: value for key, value in self.model_dump(include=set(METADATA)).items() if value
        }

    def fields(self) -> dict[str, str]:
        """Return the columns of the user's own that are filled, as text."""
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in (self.__pydantic_extra__ or {}).items()
            if value not in (None, "")
        }


KIND = Kind(
    record="index row",
    needed=("id", "path"),
    known=tuple(IndexRow.model_fields),
    dates=("date",),
)


def safe_id(name: str) -> str:
    """Return an id made of a name: letters, digits, - and _ only."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name))
    return "-".join(words)[:MAX_ID].strip("-_") or "interview"


def find_index(corpus: Path) -> Path:
    """Return the index of a folder, in whichever format; index.jsonl where there is none.

    Raises:
        InputError: there are two.
    """
    return find_sheet(corpus, STEM) or corpus / INDEX_NAME


def parse_rows(index: Path) -> Iterator[tuple[int, IndexRow | InputError]]:
    """Yield the rows of an index with their line numbers, a malformed one as its error.

    Raises:
        InputError: the index cannot be read.
    """
    sheet = read_table(index)
    for line in sheet.lines:
        yield line.number, line.fault or _row_of(sheet, line.number, line.cells)


def read_table(index: Path) -> Sheet:
    """Read an index as a table, its rows unchecked; InputError if it cannot be read."""
    if index.exists() and not index.is_file():
        raise InputError(f"{index}: no regular file; expected the index of a corpus; move it away")
    if not index.exists():
        raise InputError(
            f'{index}: there is no corpus here; make one with "westward add", or name the folder '
            f"that has {', '.join(INDEX_NAMES[:-1])} or {INDEX_NAMES[-1]}"
        )
    return read_sheet(index, KIND)


def _row_of(sheet: Sheet, number: int, cells: Cells) -> IndexRow | InputError:
    try:
        return IndexRow.model_validate(dict(cells))
    except UnicodeEncodeError as error:
        return InputError(
            f"{sheet.where(number)}: half of a pair of characters; expected Unicode text; correct "
            f"the row ({error.reason})"
        )
    except ValidationError as error:
        fault = error.errors()[0]
        name, said = ".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, ")
        found = f', found "{fault["input"]}"' if name in cells and name != "date" else ""
        return InputError(
            f"{sheet.where(number, name)}: {said}{found}; correct the cell, then see "
            "`westward check`"
        )


def read_index(index: Path) -> dict[Path, IndexRow]:
    """Read an index: rows by the resolved path of their transcript, in file order.

    Raises:
        InputError: the index cannot be read, a row is malformed, or an id or a path recurs.
    """
    rows: dict[Path, IndexRow] = {}
    ids: dict[str, int] = {}
    lines: dict[Path, int] = {}
    for number, row in parse_rows(index):
        if isinstance(row, InputError):
            raise row
        path = transcript_path(index, row)
        if path in rows or row.id in ids:
            raise InputError(
                f'{index}:{number}: id "{row.id}" or path "{row.path}" is in line '
                f"{ids.get(row.id) or lines[path]} already; expected each once; delete or change "
                "one of the lines"
            )
        rows[path] = row
        ids[row.id] = lines[path] = number
    return rows


def transcript_path(index: Path, row: IndexRow) -> Path:
    """Return the resolved path of a row's transcript."""
    return resolved(index.parent / row.path)


def resolved(path: Path) -> Path:
    """Return a path without links; one whose links go in a circle as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def outside(folder: Path, path: Path) -> str | None:
    """Return why a file is not read as one of a corpus: links or ".." lead out of the folder.

    Null where it is in the folder.
    """
    place = resolved(path)
    is_circle = path.is_symlink() and place == path.absolute()
    if place.is_relative_to(folder.resolve()) and not is_circle:
        return None
    what = "a link" if path.is_symlink() else "a path"
    return (
        f"{legible(path)}: {what} to {legible(place)}, outside of {legible(folder)}; expected a "
        "file of the folder; copy it there, or read it with --follow"
    )


def append_row(index: Path, row: IndexRow) -> None:
    """Append a row to an index in one step; other rows stay as they are."""
    cells = row.model_dump(exclude={"language"} if row.language is None else None)
    sheet = read_table(index) if index.exists() else new_sheet(index, list(cells))
    write_sheet(sheet, added=[cells])


def change_row(corpus: Path, interview_id: str, changes: Mapping[str, str]) -> IndexRow:
    """Change fields of an interview in the index, one's own too; an empty value empties the cell.

    Raises:
        InputError: the id is in no row, a value is malformed, or the index cannot be written.
    """
    index = find_index(corpus)
    read_table(index)  # one that is not there is an error before its folder is locked
    with only_one(index, option=OPTION):
        return _change_row(index, interview_id, changes)


def _change_row(index: Path, interview_id: str, changes: Mapping[str, str]) -> IndexRow:
    sheet = read_table(index)
    lines = {str(one.cells.get("id")).casefold(): one for one in sheet.lines if not one.fault}
    line = lines.get(interview_id.casefold())
    if line is None:
        known = [str(one.cells.get("id")) for one in sheet.lines if not one.fault]
        raise InputError(
            f'{index}: no interview "{interview_id}"{did_you_mean(interview_id, known)}; expected '
            "an id of the index; `westward check` lists them"
        )
    fixed = {"id", "path", "format", "sha256"} & changes.keys()
    if fixed:
        raise InputError(
            f"{min(fixed)}: not to be set, since it says which file is meant; expected another "
            "field; remove the row and add the file again"
        )
    known_names = {name.casefold(): name for name in sheet.columns} | {
        name.casefold(): name for name in KIND.known
    }
    cells: dict[str, Any] = {
        known_names.get(name.casefold(), name): value.strip() or None
        for name, value in changes.items()
    }
    if cells.get("country") and (wrong := country_fault(cells["country"])):
        raise InputError(f"{sheet.where(line.number, 'country')}: {wrong}; nothing was changed")
    row = _row_of(sheet, line.number, {**line.cells, **cells})
    if isinstance(row, InputError):
        raise InputError(f"{row}; nothing was changed")
    if cells.get("date"):
        cells["date"] = row.date
    write_sheet(sheet, changed={line.number: cells})
    return row
