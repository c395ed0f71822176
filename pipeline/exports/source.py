"""The run that is exported: its interviews and tables, and where the export goes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError, did_you_mean
from pipeline.exports.formats import FORMATS
from pipeline.records import Interview
from pipeline.runs.files import unwritable
from pipeline.runs.folder import TABLES_NAME, interviews_of, read_manifest
from pipeline.tables.columns import Table, tables_in

if TYPE_CHECKING:
    import pandas as pd

SUFFIX = ".exports"


@dataclass(frozen=True)
class Source:
    """A run, or one interview of it."""

    run: Path
    interview: str | None = None

    @property
    def name(self) -> str:
        """The run's name, or the interview's id."""
        return self.interview or self.run.resolve().name

    def interviews(self) -> Iterator[Interview]:
        """Yield the interviews; raises as ``interviews_of``."""
        return interviews_of(self.run, self.interview)

    def tables(self) -> Iterator[tuple[Table, pd.DataFrame]]:
        """Yield the run's tables with their declarations.

        Raises:
            InputError: a table cannot be read, or only one interview is wanted.
        """
        from pipeline.tables.frames import read_frame

        if self.interview is not None:
            raise InputError(
                f"--interview {self.interview}: tables are of the whole run; leave the option out, "
                "and select the rows of its interview_id"
            )
        folder = self.run / TABLES_NAME
        for table in tables_in(folder):
            yield table, read_frame(folder / f"{table.name}.csv", table)


def export(run: Path, name: str, *, out: Path | None = None, interview: str | None = None) -> Path:
    """Write a run in another format; return the file or folder written.

    Args:
        run: folder of the run.
        name: of the format.
        out: file, or folder for a format of several files; in ``RUN.exports`` beside the run if not
            given. Files of the same names are replaced, except those that can hold corrections.
        interview: id of the only one to write.

    Raises:
        InputError: the format is unknown, the run cannot be read, the place cannot be written to,
            or has a file that can hold corrections.
    """
    names = [one.name for one in FORMATS]
    if name not in names:
        raise InputError(
            f"--to {name}: no such format{did_you_mean(name, names)}; expected one of "
            f"{', '.join(names)}"
        )
    form, source = FORMATS[names.index(name)], Source(run, interview)
    read_manifest(run)
    named = run if run.name.strip(".") else run.resolve()  # "." has no name
    beside = named.with_name(f"{named.name}{SUFFIX}")
    target = out or beside / (f"{source.name}{form.suffix}" if form.suffix else name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".westward.", dir=target.parent) as part:
            written = Path(part) / f"export{form.suffix}"
            if not form.suffix:
                written.mkdir()
            form.write(source, written)
            _move(written, target, keep=form.reads is not None)
    except OSError as error:
        raise unwritable(target, error, option="-o") from error
    return target


def _move(written: Path, target: Path, *, keep: bool) -> None:
    """Rename the file, or the files of the folder, into place; keep others that are there."""
    places = {written: target}
    if written.is_dir():
        target.mkdir(exist_ok=True)
        places = {path: target / path.name for path in written.iterdir()}
    for path, place in places.items():
        if keep and place.exists() and place.read_bytes() != path.read_bytes():
            raise InputError(
                f"{place}: exists, and may hold corrections; expected a new "
                "place; import it, then move it, or choose another -o"
            )
    for path, place in places.items():
        os.replace(path, place)
