"""The tables of a run that is there: with people's labels as they are now, or the judge's alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable
from pipeline.labels.decisions import decided_interviews
from pipeline.labels.files import fingerprint
from pipeline.runs.folder import TABLES_NAME, read_manifest
from pipeline.runs.manifest import actors_of
from pipeline.tables.columns import COMPARISON_TABLES, ESTIMATES
from pipeline.tables.own import check_own
from pipeline.tables.writer import Portion, TableWriter, interview_rows, make_portion

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
        made, own = Path(folder) / TABLES_NAME, manifest.get(OWN_COLUMNS, {})

        def read(actors: ActorTable) -> Iterator[Portion]:
            for interview in decided_interviews(run, labels=labels):
                check_own(interview, own)
                yield make_portion(interview_rows(interview, actors), own)

        write_tables(run, made, read, manifest)
        yield made


def write_tables(
    run: Path,
    folder: Path,
    read: Callable[[ActorTable], Iterable[Portion]],
    manifest: Mapping[str, Any],
) -> TableWriter:
    """Write the tables of a run again into a folder; return what wrote them.

    Args:
        run: that has those which do not depend on labels: estimates, and comparisons of blocs.
        folder: to write to.
        read: yields what the tables have of each interview, with the run's table of actors.
        manifest: run.json, with the settings.
    """
    settings = manifest["settings"]
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
    for portion in read(tables.actors):
        tables.add(portion)
    tables.finish()
    for one in there:
        shutil.copyfile(run / TABLES_NAME / f"{one.name}.csv", folder / f"{one.name}.csv")
    return tables
