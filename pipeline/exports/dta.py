"""Stata: a file a table of the run, with the columns' meanings as variable labels.

A name that is a word of Stata's own gets an underscore in front (``_end``).
"""

from __future__ import annotations

import warnings
from pathlib import Path

from pipeline.exports.source import Source
from pipeline.exports.text import inert

MAX_NAME, MAX_LABEL, VERSION = 32, 80, 118  # characters; version 118 holds UTF-8, from Stata 14


def write(source: Source, path: Path) -> None:
    """Write the tables into a folder; texts are strL, empty cells missing values."""
    for table, frame in source.tables():
        frame.columns = frame.columns.str[:MAX_NAME]
        texts: list[str] = list(frame.select_dtypes("string").columns)
        for name in texts:
            frame[name] = frame[name].fillna("").map(inert).astype(object)
        labels = {one.name[:MAX_NAME]: inert(one.meaning)[:MAX_LABEL] for one in table.columns}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that names were changed
            frame.to_stata(
                path / f"{table.name}.dta", write_index=False, version=VERSION,
                convert_strl=texts, variable_labels=labels, data_label=table.name,
            )  # fmt: skip
