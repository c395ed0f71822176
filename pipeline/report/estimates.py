"""Net positions corrected by people's labels, from ``tables/estimates.csv`` where a run has it."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.report.overview import Line
from pipeline.tables.writer import unprotect

NET, LEVELS = "net", ("speaker", "all")
RAW = "raw"


def read_estimates(path: Path) -> dict[str, Line]:
    """Return net, low and high of own stances by speaker's name; "all" for all of them.

    Empty where the table is missing, or nothing in it is corrected.
    """
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {
            unprotect(row["name"]): {
                "net_decided": float(row["corrected"]), "low": float(row["low"]),
                "high": float(row["high"]), "raw": False,
            }
            for row in csv.DictReader(stream)
            if row["estimand"] == NET and row["level"] in LEVELS and row["voice"] == "own"
            and row["method"] != RAW and row["corrected"] and row["low"] and row["high"]
        }  # fmt: skip
