"""The tables of a run as columns.toml declares them, and the codebook, made from the same file."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.tables.net import MIN_INTERVIEWS, MIN_STANCES, MIN_TURNS

Dtype = Literal["string", "Int64", "Float64", "boolean"]
"""pandas' nullable types: an empty cell is ``pandas.NA`` in each of them."""
JOIN = "|"
"""Joins the items of a list in a cell, in all tables."""
OWN = "a column of your own, from the index or the register of the corpus"


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        dtype: of pandas.
        denominator: for a share, the column of the row that it is a share of.
        values: all that may occur; empty where any may.
        is_date: whether it is an ISO 8601 date, which may lack its day and month.
    """

    name: str
    meaning: str
    dtype: Dtype = "string"
    denominator: str | None = None
    values: tuple[str, ...] = ()
    is_date: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row of it is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


COUNTS = {"min_stances": MIN_STANCES, "min_turns": MIN_TURNS, "min_interviews": MIN_INTERVIEWS}


def _declared() -> dict[str, Any]:
    text = files("pipeline.tables").joinpath("columns.toml").read_text(encoding="utf8")
    return tomllib.loads(text)


def _read_tables(section: str) -> tuple[Table, ...]:
    declared = _declared()
    words = {**declared["texts"], **COUNTS}
    return tuple(
        Table(name, table["row"], tuple(_columns(table["columns"], declared["groups"], words)))
        for name, table in declared[section].items()
    )


def _columns(
    entries: Sequence[list[Any]], groups: Mapping[str, Any], words: Mapping[str, object]
) -> Iterator[Column]:
    """Yield the columns of a list, with those of its groups, and with words put in."""
    for name, *rest in entries:
        if name.startswith("@"):
            given = {key: text.format_map(words) for one in rest for key, text in one.items()}
            yield from _columns(groups[name[1:]], groups, {**words, **given})
        else:
            meaning, *more = rest
            facts = {_fact_of(one): one for one in more}
            if denominator := facts.get("denominator"):
                facts["denominator"] = denominator.format_map(words)
            if values := facts.get("values"):
                facts["values"] = tuple(values)
            if "is_date" in facts:
                facts["is_date"] = True
            yield Column(name.format_map(words), meaning.format_map(words), **facts)


def _fact_of(entry: object) -> str:
    """What an entry after a column's meaning states."""
    if isinstance(entry, list):
        return "values"
    if entry == "date":
        return "is_date"
    return "dtype" if entry in get_args(Dtype) else "denominator"


TABLES = _read_tables("run")
(ESTIMATES,) = _read_tables("estimates")
(GROUPS, DIFFERENCES) = _read_tables("compared")
COMPARISON_TABLES = _read_tables("comparison")
(CODEBOOK,) = _read_tables("codebook")


def tables_in(folder: Path) -> tuple[Table, ...]:
    """Return the tables that a run wrote into a folder, in order, with the codebook.

    Those of groups are included unless the run is of an earlier version, those of a comparison of
    blocs if the run made one, and the user's own columns, which are texts, as the files have them.
    """
    more = (GROUPS, DIFFERENCES, *COMPARISON_TABLES)
    found = [one for one in more if (folder / f"{one.name}.csv").is_file()]
    return tuple(_as_there(folder, one) for one in (*TABLES, ESTIMATES, *found, CODEBOOK))


def _as_there(folder: Path, table: Table) -> Table:
    """Return a table with the columns that its file has after those declared."""
    try:
        with (folder / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            there = next(csv.reader(stream), [])
    except (OSError, UnicodeDecodeError):
        return table  # who reads it says so
    own = there[len(table.columns) :] if tuple(there[: len(table.columns)]) == table.header else []
    return replace(table, columns=(*table.columns, *(Column(name, OWN) for name in own)))


def codebook_rows(tables: Sequence[Table] = TABLES) -> Iterator[dict[str, str | None]]:
    """Yield a row for each column of each table, in their order."""
    for table in tables:
        for column in table.columns:
            yield {
                "table": table.name,
                "row": table.row,
                "column": column.name,
                "type": column.dtype,
                "values": JOIN.join(column.values),
                "denominator": column.denominator,
                "meaning": column.meaning,
            }


def codebook_page(tables: Sequence[Table]) -> str:
    """Return the codebook as Markdown: a section a table, a line a column."""
    lines = [
        "# Codebook",
        "",
        "An empty cell is missing: not judged, not known, or not decided; it is never 0, none or "
        f"False. Items of a list are joined by `{JOIN}`.",
    ]
    for text in _declared()["head"].values():
        lines += ["", text.format_map(COUNTS)]
    for table in tables:
        lines += ["", f"## {table.name}.csv", "", f"A row is {table.row}.", ""]
        lines += ["| column | type | values | denominator | meaning |", "|---|---|---|---|---|"]
        for column in table.columns:
            cells = [f"`{column.name}`", column.dtype, ", ".join(column.values)]
            cells += [column.denominator or "", column.meaning.replace(JOIN, rf"\{JOIN}")]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
