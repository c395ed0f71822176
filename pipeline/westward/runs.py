"""The folder that ``westward run`` wrote, opened again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .interview import Interview

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run:
    """A run on disk; interviews and tables are read when they are first asked for.

    Attributes:
        folder: of the run.
        manifest: run.json: versions, settings, models, inputs, totals, failures, timings.
    """

    folder: Path
    manifest: dict[str, Any] = field(repr=False)

    @cached_property
    def interviews(self) -> tuple[Interview, ...]:
        """The annotated interviews, in the order of the run.

        Raises:
            WestwardError: annotated.jsonl is missing, or was written by another version.
        """
        from pipeline.runs.folder import ANNOTATED_NAME
        from pipeline.runs.jsonl import read_interviews

        return tuple(map(Interview.of, read_interviews(self.folder / ANNOTATED_NAME)))

    @property
    def settings(self) -> dict[str, Any]:
        """The settings by section: ``run.settings["stance"]["abstain_below"]``."""
        return dict(self.manifest["settings"])

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should check by hand."""
        return tuple(one["text"] for one in self.manifest["warnings"])

    @property
    def failures(self) -> tuple[dict[str, str], ...]:
        """The transcripts that could not be annotated: interview_id, path, kind, reason."""
        return tuple(self.manifest["failures"])

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, as ``westward.tables`` makes them of the interviews.

        With ``estimates``, and with those of a comparison of blocs (``sensitivity``,
        ``sensitivity_units``), where the run made one.

        Raises:
            WestwardError: a table is missing, or was written by another version.
        """
        from pipeline.runs.folder import TABLES_NAME
        from pipeline.tables.columns import tables_in
        from pipeline.tables.frames import read_frame

        folder = self.folder / TABLES_NAME
        return {
            table.name: read_frame(folder / f"{table.name}.csv", table)
            for table in tables_in(folder)
        }


def open_run(folder: str | Path) -> Run:
    """Return the run in a folder, such as ``outputs/corpus``.

    Raises:
        WestwardError: the folder holds no run.
    """
    from pipeline.runs.folder import read_manifest

    return Run(Path(folder), read_manifest(Path(folder)))
