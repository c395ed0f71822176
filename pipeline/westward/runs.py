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
        labels: whether people's labels count where they answer; else it is the judge alone.
    """

    folder: Path
    manifest: dict[str, Any] = field(repr=False)
    labels: bool = True

    @cached_property
    def interviews(self) -> tuple[Interview, ...]:
        """The annotated interviews, in the order of the run.

        Raises:
            WestwardError: annotated.jsonl is missing, or was written by another version.
        """
        from pipeline.labels.decisions import decided_interviews

        return tuple(map(Interview.of, decided_interviews(self.folder, labels=self.labels)))

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

        With ``estimates``, those of groups (``groups``, ``differences``), and those of a comparison
        of blocs (``sensitivity``, ``sensitivity_units``), where the run made one.

        Raises:
            WestwardError: a table is missing, or was written by another version.
        """
        from pipeline.tables.columns import tables_in
        from pipeline.tables.folder import current_tables
        from pipeline.tables.frames import read_frame

        with current_tables(self.folder, labels=self.labels) as folder:
            return {
                table.name: read_frame(folder / f"{table.name}.csv", table)
                for table in tables_in(folder)
            }


def open_run(folder: str | Path, *, labels: bool = True) -> Run:
    """Return the run in a folder, such as ``outputs/corpus``.

    Args:
        folder: that ``westward run`` wrote.
        labels: let people's labels that are beside it count; else it is the judge alone.

    Raises:
        WestwardError: the folder holds no run.
    """
    from pipeline.runs.folder import read_manifest

    return Run(Path(folder), read_manifest(Path(folder)), labels)
