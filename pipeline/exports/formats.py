"""The formats that a run can be exported to: one table, and one module a format.

A module has ``write(source, path)``, and ``read(path)`` where people's changes can come back. It is
imported when its format is asked for, so that its library is loaded only then.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.exports.notation import Given
    from pipeline.exports.source import Source


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        about: the programs that it is for.
        suffix: of the file written; empty for a folder of files.
        reads: suffix of the files that can come back.
        module: in ``pipeline.exports``, where it is not the name.
    """

    name: str
    about: str
    suffix: str = ""
    reads: str | None = None
    module: str | None = None

    def write(self, source: Source, path: Path) -> None:
        """Write a run to a file, or into a folder."""
        self._module().write(source, path)

    def read(self, path: Path) -> list[Given]:
        """Return what a file states of units."""
        return list(self._module().read(path))

    def _module(self) -> Any:
        return import_module(f"pipeline.exports.{self.module or self.name}")


FORMATS = (
    Format("qdpx", "MAXQDA, ATLAS.ti, NVivo, QualCoder", ".qdpx"),
    Format("docx", "Word, labels as comments", reads=".docx"),
    Format("xlsx", "Excel, one sheet to correct", ".xlsx", ".xlsx"),
    Format("label-studio", "Label Studio", reads=".json", module="label_studio"),
    Format("brat", "brat"),
    Format("xmi", "INCEpTION, UIMA", reads=".xmi"),
    Format("conll", "CoNLL 2003 columns", ".conll"),
    Format("docbin", "spaCy", ".spacy"),
    Format("dna", "Discourse Network Analyzer, statements", ".csv"),
    Format("aif", "AIFdb, OVA: arguments"),
    Format("argdown", "Argdown: arguments"),
    Format("graphml", "Gephi, yEd, igraph: arguments"),
    Format("svg", "arguments as pictures, by Graphviz"),
    Format("parquet", "R, pandas, DuckDB, tables"),
    Format("dta", "Stata, tables"),
    Format("sqlite", "SQLite, tables", ".sqlite"),
)
LABELS = (
    Format("csv", "labels from elsewhere", reads=".csv", module="label_files"),
    Format("jsonl", "labels from elsewhere", reads=".jsonl", module="label_files"),
)
READABLE = {one.reads: one for one in (*FORMATS, *LABELS) if one.reads}
"""Formats that come back, by the suffix of their files."""
