"""Labels from elsewhere: a CSV file or JSON Lines, a sentence a row.

The columns are ``unit_id``, or ``doc`` and ``text``, those of labels, ``note`` and ``source``
(human:NAME); other columns are left alone. Files of labels (``corpus/gold/labels.jsonl``) and what
``report.html`` saves can be read.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.exports.notation import FIELDS, IMPLICIT, LINKS, NOTHING, Given
from pipeline.runs.jsonl import load_object, read_lines
from pipeline.tables.writer import unprotect

IDS = ("unit_id", "doc", "sha256", "text")
READ = (*IDS, *FIELDS, *LINKS, "attributed", "implicit_target", "note", "source")
LONGEST_CELL = 131_072
"""Code points; csv's own limit is of the process, and readers of transcripts raise it."""
STATED = (*FIELDS, *LINKS)
EXPECTED = (
    f"unit_id, or doc and text, and one or more of {', '.join(FIELDS)}, relation (with parent); "
    "correct it"
)


def read(path: Path) -> Iterator[Given]:
    """Yield what the rows of a file state.

    Raises:
        InputError: a row has no label, or cannot be read.
    """
    known = set()
    rows = _csv_rows(path) if path.suffix.casefold() == ".csv" else _json_rows(path)
    for number, row in rows:
        if "attributed" in row:
            row["reported"] = _reports(row["attributed"])
        if row.get("implicit_target") and not row.get("target"):
            row["target"] = f"{IMPLICIT} {row['implicit_target']}"
        stated = {name: row.get(name) for name in STATED}
        fields = {name: "" if one is None else str(one) for name, one in stated.items()}
        known |= {*FIELDS, "relation"} & set(row)
        if any(fields.values()):
            ids = {name: row.get(name) or None for name in IDS}
            note, source = row.get("note") or None, row.get("source") or None
            yield Given(f"{path}:{number}", fields, elsewhere=True, note=note, source=source, **ids)
    if not known:
        raise InputError(f"{path}: no column of labels; expected {EXPECTED}")


def _reports(value: Any) -> str:
    """Return reports in the notation of fields; files of labels have them as objects."""
    if not isinstance(value, list):
        return value or ""
    pairs = ((str(one["holder"]).replace(";", ","), one["stance"]) for one in value)
    return "; ".join(f"{holder}: {stance}" for holder, stance in pairs) or NOTHING


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        separator = max(",;\t", key=stream.readline().count)
        stream.seek(0)
        reader = csv.DictReader(stream, delimiter=separator, restkey="more", restval="")
        names = Counter(reader.fieldnames or ())
        if twice := [name for name in READ if names[name] > 1]:
            raise csv.Error(f"column {twice[0]} is there twice")
        for row in reader:
            cells: Mapping[str, str] = {name: row[name] for name in reader.fieldnames or ()}
            if any(len(cell) > LONGEST_CELL for cell in cells.values()):
                raise csv.Error(f"line {reader.line_num}: field larger than field limit")
            yield reader.line_num, {name: unprotect(cell) for name, cell in cells.items()}


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    return read_lines(path, load_object, record="label", expected=EXPECTED)
