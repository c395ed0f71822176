"""The index of a corpus: one JSON object a line for each transcript."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline.actors import ActorTable, load_actors
from pipeline.errors import InputError, near
from pipeline.runs.files import replace_file
from pipeline.runs.jsonl import dump_line, parse_lines

INDEX_NAME = "index.jsonl"
MAX_ID = 80
JOINT = "/"  # between the countries of one respondent
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CODE = re.compile(r"[A-Za-z]{2}")
METADATA = (
    "title", "date", "series", "interviewer", "interviewee", "affiliation", "country", "url",
    "licence", "language",
)  # fmt: skip


class IndexRow(BaseModel):
    """The metadata of one transcript; unknown keys are kept, and not used."""

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
        """Return the metadata of the interview, without empty keys."""
        return {
            key: value for key, value in self.model_dump(include=set(METADATA)).items() if value
        }


def require_date(date: str) -> str:
    """Return a date as it is, or raise ValueError: YYYY, YYYY-MM or YYYY-MM-DD is expected."""
    try:
        if not _DATE.fullmatch(date):
            raise ValueError
        datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    except ValueError:
        raise ValueError(f'date "{date}": expected YYYY, YYYY-MM or YYYY-MM-DD') from None
    return date


def safe_id(name: str) -> str:
    """Return an id made of a name: letters, digits, - and _ only."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name))
    return "-".join(words)[:MAX_ID].strip("-_") or "interview"


def parse_rows(index: Path) -> Iterator[tuple[int, IndexRow | InputError]]:
    """Yield the rows of an index with their line numbers, a malformed one as its error.

    Raises:
        InputError: the index cannot be read.
    """
    if index.exists() and not index.is_file():
        raise InputError(f"{index}: no regular file; expected the index of a corpus; move it away")
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
    return (index.parent / row.path).resolve()


def append_row(index: Path, row: IndexRow) -> None:
    """Append a row to an index in one step; other lines stay as they are."""
    old = index.read_bytes() if index.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    line = dump_line(row, exclude={"language"} if row.language is None else None)
    replace_file(index, old + line.encode("utf8"), option="--corpus")


def country_fault(country: str) -> str | None:
    """Return what is wrong with a country, and the code that is meant; None if it is all codes."""
    table = load_actors(None)
    parts = [part.strip() for part in country.split(JOINT)]
    odd = [part for part in parts if not _is_code(part, table)]
    if not odd:
        return None
    meant = [_suggest(part, table) for part in odd]
    hint = f"; {'; '.join(filter(None, meant))}" if any(meant) else ""
    return (
        f'country "{country}": expected an ISO 3166 code of two letters, such as DE, several '
        f'joined by "{JOINT}"{hint}'
    )


def country_codes(country: str) -> str | None:
    """Return the codes of countries given by name or code; None if one is unknown."""
    table = load_actors(None)
    parts = [part.strip() for part in country.split(JOINT)]
    codes = [part.upper() if _is_code(part, table) else _code_of(part, table) for part in parts]
    return JOINT.join(code for code in codes if code) if all(codes) else None


def _is_code(part: str, table: ActorTable) -> bool:
    """Two letters that are not a name ("UK"); codes of small territories are not in the table."""
    if not _CODE.fullmatch(part):
        return False
    return table.state_of(part) is not None or not table.senses_of(part.upper())


def _code_of(name: str, table: ActorTable) -> str | None:
    bare = re.sub(r"^the\s+", "", name, flags=re.I)
    for spelling in dict.fromkeys((name, bare, bare.title(), bare.upper())):
        for sense in table.senses_of(spelling):
            if sense.actor is not None and sense.actor.iso:
                return sense.actor.iso
    return None


def _suggest(name: str, table: ActorTable) -> str | None:
    if code := _code_of(name, table):
        return f"{name} is {code}"
    names = {actor.name: actor.iso for actor in table.actors.values() if actor.iso}
    close = [f"{names[one]} ({one})" for one in near(name, names)]
    return f"did you mean {' or '.join(close)}?" if close else None
