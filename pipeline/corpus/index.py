"""The index of a corpus: one JSON object a line, which says what each transcript is."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.errors import InputError
from pipeline.write.jsonl import dump_line, parse_lines
from pipeline.write.place import replace_file

INDEX_NAME = "index.jsonl"
MAX_ID = 80
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
METADATA = (
    "title",
    "date",
    "series",
    "interviewer",
    "interviewee",
    "affiliation",
    "country",
    "url",
    "licence",
    "language",
)


class IndexRow(BaseModel):
    """What the index says of one transcript; keys of other makers are kept, and not used."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str = Field(min_length=1, max_length=MAX_ID, pattern=r"^\w[\w.-]*$")
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
    path: str = Field(min_length=1, description="from the index's folder")
    format: str | None = None
    sha256: str | None = None
    notes: str | None = None

    @field_validator("date")
    @classmethod
    def _iso(cls, date: str | None) -> str | None:
        return None if date is None else require_date(date)

    def metadata(self) -> dict[str, str]:
        """Return what the index knows of the interview, without the keys it leaves empty."""
        return {
            key: value for key, value in self.model_dump(include=set(METADATA)).items() if value
        }


def require_date(date: str) -> str:
    """Return the date as it is, if it is one.

    Raises:
        ValueError: it is no calendar date in ISO 8601: YYYY, YYYY-MM or YYYY-MM-DD.
    """
    try:
        if not _DATE.fullmatch(date):
            raise ValueError
        datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    except ValueError:
        raise ValueError(f'date "{date}": expected YYYY, YYYY-MM or YYYY-MM-DD') from None
    return date


def safe_id(name: str) -> str:
    """Make an id of a file's stem or a user's wish: letters, digits, - and _ only."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name))
    return "-".join(words)[:MAX_ID].strip("-_") or "interview"


def parse_rows(index: Path) -> Iterator[tuple[int, IndexRow | InputError]]:
    """Yield the rows of an index with their line numbers; a bad row as the error it makes.

    Raises:
        InputError: the index cannot be read at all.
    """
    if not index.exists():
        raise InputError(
            f'{index}: there is no corpus here; make one with "westward add", or name the folder '
            "that has index.jsonl"
        )
    return parse_lines(
        index,
        IndexRow.model_validate_json,
        record="index row",
        expected='one JSON object a line, in UTF-8, with at least "id" and "path"; correct it, '
        "then see `westward check`",
    )


def read_index(index: Path) -> dict[Path, IndexRow]:
    """Read an index: rows by the resolved path of their transcript, in file order.

    Raises:
        InputError: the index cannot be read, a row is no index row, or an id or a path is
            used twice.
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
    return (index.parent / row.path).resolve()


def append_row(index: Path, row: IndexRow) -> None:
    """Append a row to an index, which is replaced in one step; other lines stay as they are."""
    old = index.read_bytes() if index.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    line = dump_line(row, exclude={"language"} if row.language is None else None)
    replace_file(index, old + line.encode("utf8"), option="--corpus")
