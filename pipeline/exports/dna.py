"""Discourse Network Analyzer: statements of person, organisation, concept, agreement and date.

DNA 3 imports only databases of its own, so that this is a table for its R package, or to be joined.
Agreement has two values: neutral and undecided stances are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.source import Source
from pipeline.write.lookup import Lookup, position

AGREEMENT = {"favor": 1, "against": 0}
MEANT = "(only meant)"


def write(source: Source, path: Path) -> None:
    """Write the statements of all interviews as CSV."""
    import pandas as pd

    from pipeline.write.tables import write_frame

    rows = [row for interview in source.interviews() for row in _rows(Lookup(interview))]
    names = ("document", "document_id", "date", "person", "organisation", "concept", "agreement",
             "voice", "unit_id", "text")  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(names)).astype("string")
    write_frame(frame.astype({"agreement": "Int64"}), path)


def _rows(lookup: Lookup) -> Iterator[tuple[str | int | None, ...]]:
    interview = lookup.interview
    for unit in lookup.coded_units():
        for stance in (*lookup.own(unit), *lookup.attributed(unit)):
            if (agreement := AGREEMENT.get(position(stance))) is None:
                continue
            holder, own = lookup.holder_name(stance), stance.voice == "own"
            who = (holder, lookup.speaker_of(unit).affiliation) if own else (None, holder)
            concept = stance.target_actor or stance.target_text or MEANT
            told = (interview.title, interview.id, interview.date)
            yield (*told, *who, concept, agreement, stance.voice, unit.id, unit.text)
