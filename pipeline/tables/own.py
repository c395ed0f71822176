"""The columns of a user's own: of the index in interviews.csv, of the register with its persons.

They come last in a table, under the user's names with ``_`` for what is no letter, digit or ``_``.
A name that any table has already gets ``index_`` or ``register_`` in front.

Example:
    >>> own_cells("speakers", {"party": "Left", "role": "whip"})
    {'party': 'Left', 'register_role': 'whip'}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.errors import InputError
from pipeline.records import Interview, Speaker
from pipeline.tables.columns import OWN, TABLES, Column, Table
from pipeline.tables.counts import Row
from pipeline.tables.identity import speaker_name

INDEX, REGISTER = "index", "register"
SOURCES: Mapping[str, str] = {
    "interviews": INDEX, "speakers": REGISTER, "holders": REGISTER, "positions": REGISTER
}  # fmt: skip
"""The tables with columns of the user's own, and where these are from."""
Own = Mapping[str, Sequence[str]]
"""The user's names of columns by where they are from."""
_ODD = re.compile(r"\W+")


def own_cells(table: str, fields: Mapping[str, str]) -> Row:
    """Return the user's fields as cells of a table."""
    return {own_name(table, name): value for name, value in fields.items()}


def own_name(table: str, name: str) -> str:
    """Return the column of a table for a field of the user's."""
    plain = _ODD.sub("_", name).strip("_") or "column"
    if plain.casefold() in _taken():
        return f"{SOURCES[table]}_{plain}"
    return plain


@lru_cache(maxsize=1)
def _taken() -> frozenset[str]:
    """The columns of all tables: a name has one meaning in them, as they are joined by names."""
    return frozenset(name.casefold() for table in TABLES for name in table.header)


def fields_of(interview: Interview, speaker: Speaker) -> dict[str, str]:
    """Return all that is known of a respondent in an interview, by column: what groups are made of.

    The interview's ``interview_id``, ``date``, ``series``, ``language`` and the user's columns of
    the index; the speaker's ``speaker``, ``role``, ``affiliation``, ``country`` and the user's
    columns of the register, which precede those of the index of one name (then ``index_NAME``).
    What is empty is left out.
    """
    found: dict[str, str | None] = {
        "interview_id": interview.id,
        "date": interview.date,
        "series": interview.series,
        "language": interview.language,
        "speaker": speaker_name(speaker),
        "role": speaker.role,
        "affiliation": speaker.affiliation,
        "country": speaker.country,
    }
    found |= {own_name("speakers", name): value for name, value in speaker.fields.items()}
    for name, value in interview.fields.items():
        column = own_name("interviews", name)
        found[f"{INDEX}_{column}" if column in found else column] = value
    return {name: value for name, value in found.items() if value}


def own_of(interviews: Iterable[Interview]) -> Own:
    """Return the user's columns that interviews have."""
    return join_own(
        {
            INDEX: tuple(interview.fields),
            REGISTER: tuple(name for one in interview.speakers for name in one.fields),
        }
        for interview in interviews
    )


def check_own(interview: Interview, own: Own) -> None:
    """Check that a run states the user's columns that an interview of it has.

    Raises:
        InputError: it does not state one of them; another hand wrote the interview or run.json.
    """
    for source, names in own_of([interview]).items():
        if strange := sorted({*names} - {*own.get(source, ())}):
            raise InputError(
                f'{interview.id}: has a column "{strange[0]}" of the {source}, which run.json does '
                "not state; expected a run as `westward run` wrote it; run the transcripts again"
            )


def join_own(several: Iterable[Own]) -> Own:
    """Return the columns of all, each once, in order of appearance."""
    found: dict[str, dict[str, None]] = {INDEX: {}, REGISTER: {}}
    for own in several:
        for source, names in own.items():
            found[source] |= dict.fromkeys(names)
    return {source: tuple(names) for source, names in found.items()}


def with_own(table: Table, own: Own) -> Table:
    """Return a table with the user's columns after its own."""
    source = SOURCES.get(table.name, "")
    names = dict.fromkeys(own_name(table.name, name) for name in own.get(source, ()))
    return replace(table, columns=(*table.columns, *(Column(name, OWN) for name in names)))
