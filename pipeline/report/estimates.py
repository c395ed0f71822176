"""Net positions corrected by people's labels, from the rows of ``tables/estimates.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.report.overview import Line
from pipeline.tables.writer import unprotect

NET, LEVELS = "net", ("speaker", "year", "month", "all")
KEYS, NUMBERS = (
    ("level", "holder_id", "name", "estimand", "voice", "method"),
    ("corrected", "low", "high"),
)
"""The columns that are read."""
RAW, ESTIMATES_NAME = "raw", "estimates.csv"


def read_estimates(path: Path) -> list[dict[str, str]]:
    """Return the rows of the table as text; none where it is missing.

    Raises:
        InputError: it is not as a run wrote it.
    """
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, strict=True))
        for row in rows:
            for name in NUMBERS:
                float(row[name] or 0)
        return [{key: unprotect(row[key] or "") for key in (*KEYS, *NUMBERS)} for row in rows]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected a table as a run wrote it; run again"
        ) from error


def corrected_nets(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Line]:
    """Return net, low and high of own stances by level, and holder_id or name.

    Empty where nothing is corrected.

    Args:
        rows: of estimates.csv, with numbers or as text.
    """
    return {
        (row["level"], row["holder_id"] or row["name"]): {
            "net": float(row["corrected"]), "low": float(row["low"]),
            "high": float(row["high"]), "raw": False,
        }
        for row in rows
        if row["estimand"] == NET and row["level"] in LEVELS and row["voice"] == "own"
        and row["method"] != RAW and not {row["corrected"], row["low"], row["high"]} & {"", None}
    }  # fmt: skip
