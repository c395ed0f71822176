"""The run that is exported: its interviews and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.labels.decisions import decided_interviews
from pipeline.records import Interview
from pipeline.tables.columns import Table, tables_in
from pipeline.tables.folder import current_tables

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Source:
    """A run, or one interview of it; with people's labels, or of the judge alone."""

    run: Path
    interview: str | None = None
    labels: bool = True

    @property
    def name(self) -> str:
        """The run's name, or the interview's id."""
        return self.interview or self.run.resolve().name

    def interviews(self) -> Iterator[Interview]:
        """Yield the interviews; raises as ``decided_interviews``."""
        return decided_interviews(self.run, self.interview, labels=self.labels)

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
        with current_tables(self.run, labels=self.labels) as folder:
            for table in tables_in(folder):
                yield table, read_frame(folder / f"{table.name}.csv", table)
