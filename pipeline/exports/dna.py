"""Discourse Network Analyzer: statements of person, organisation, concept, agreement and date.

DNA 3 imports only databases of its own, so that this is a table for its R package, or to be joined.
Agreement has two values: neutral and undecided stances are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.source import Source
from pipeline.tables.columns import Column, Table
from pipeline.tables.identity import UNNAMED
from pipeline.tables.lookup import Lookup, position
from pipeline.tables.writer import write_rows

AGREEMENT = {"favor": 1, "against": 0}
_TEXTS = ("document", "document_id", "date", "person", "organisation", "concept", "voice",
          "unit_id", "text")  # fmt: skip
STATEMENTS = Table(
    "dna",
    "one statement",
    (*(Column(name, "of the statement") for name in _TEXTS[:6]),
     Column("agreement", "1 in favor, 0 against", "Int64"),
     *(Column(name, "of the statement") for name in _TEXTS[6:])),
)  # fmt: skip


def write(source: Source, path: Path) -> None:
    """Write the statements of all interviews as CSV."""
    rows = (row for interview in source.interviews() for row in _rows(Lookup(interview)))
    with path.open("w", encoding="utf8", newline="") as stream:
        lines = (dict(zip(STATEMENTS.header, row, strict=True)) for row in rows)
        write_rows(stream, STATEMENTS, lines, header=True)


def _rows(lookup: Lookup) -> Iterator[tuple[str | int | None, ...]]:
    interview = lookup.interview
    for unit in lookup.coded_units():
        for stance in (*lookup.own(unit), *lookup.attributed(unit)):
            if (agreement := AGREEMENT.get(position(stance))) is None:
                continue
            holder, own = lookup.holder_name(stance), stance.voice == "own"
            who = (holder, lookup.speaker_of(unit).affiliation) if own else (None, holder)
            concept = stance.target_actor or stance.target_text or UNNAMED
            told = (interview.title, interview.id, interview.date)
            yield (*told, *who, concept, agreement, stance.voice, unit.id, unit.text)
