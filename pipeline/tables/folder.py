"""The tables of a run that is there: with people's labels as they are now, or the judge's alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.labels.decisions import decided_interviews
from pipeline.labels.files import fingerprint
from pipeline.records import Interview
from pipeline.runs.folder import TABLES_NAME, read_manifest
from pipeline.runs.manifest import actors_of
from pipeline.tables.columns import COMPARISON_TABLES, ESTIMATES
from pipeline.tables.rows import Summary, summarise
from pipeline.tables.writer import TableWriter, interview_rows

APPLIED, OWN_COLUMNS = "labels", "columns"
"""The keys of run.json for the labels that its tables, page and figures have, and for the user's
columns that its tables have, by where they are from."""
JUDGES = (ESTIMATES, *COMPARISON_TABLES)
"""Tables that do not depend on which labels apply."""


@contextmanager
def current_tables(run: Path, *, labels: bool = True) -> Iterator[Path]:
    """Yield the folder of a run's tables: its own, or where labels have changed, one made anew.

    Args:
        run: the run's folder; nothing is written to it.
        labels: whether people's labels apply; else the tables are of the judge alone.

    Raises:
        InputError: the run or its labels cannot be read.
    """
    manifest = read_manifest(run)
    if manifest.get(APPLIED, {}).get("sha256") == (fingerprint(run) if labels else None):
        yield run / TABLES_NAME
        return
    with tempfile.TemporaryDirectory(prefix="westward-") as folder:
        made = Path(folder) / TABLES_NAME
        write_tables(run, made, decided_interviews(run, labels=labels), manifest)
        yield made


def write_tables(
    run: Path, folder: Path, interviews: Iterable[Interview], manifest: Mapping[str, Any]
) -> list[Summary]:
    """Write the tables of a run again into a folder; return the counts of each interview.

    Args:
        run: that has those which do not depend on labels: estimates, and comparisons of blocs.
        folder: to write to.
        interviews: as they are to be counted.
        manifest: run.json, with the settings.
    """
    settings, summaries = manifest["settings"], []
    there = [one for one in JUDGES if (run / TABLES_NAME / f"{one.name}.csv").is_file()]
    tables = TableWriter(
        folder,
        duplicates=settings["tables"]["duplicates"],
        inferred=settings["targets"]["inferred"],
        encoding=settings["tables"]["encoding"],
        more=[one for one in there if one is not ESTIMATES],
        actors=actors_of(run, manifest),
        own=manifest.get(OWN_COLUMNS),
    )
    for interview in interviews:
        rows = interview_rows(interview, tables.actors)
        summaries.append(summarise(rows["interviews"][0]))
        tables.append(rows)
    tables.finish()
    for one in there:
        shutil.copyfile(run / TABLES_NAME / f"{one.name}.csv", folder / f"{one.name}.csv")
    return summaries
