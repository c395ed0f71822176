"""Dates as people write them, to ISO 8601: days in running text, and the value of a date field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = "january february march april may june july august september october november december"
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_WRITTEN = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?([A-Za-z]{3,9})\.?,? (?:of )?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})\b"
)
_PARTIAL = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)


def find_day(text: str) -> str | None:
    """Return the first date in the text, such as a title, as ISO 8601, or None."""
    figures = (_readings(m) for m in _FIGURES.finditer(text) if len(m[1]) == len("2022"))
    written = (_as_iso(*day) for day in _written_out(text) if day[2])
    return next((days[0] for days in figures if days), None) or next(filter(None, written), None)


def find_date(text: str) -> str | None:
    """Return the value of a date field as YYYY, YYYY-MM or YYYY-MM-DD, or None.

    Days and months in figures are read where only one reading is a date: "14/03/2022" is,
    "3/4/2022" is not. A day that the calendar does not have is no date, nor its month.
    """
    if _PARTIAL.fullmatch(text.strip()):
        return text.strip()
    figures = [_readings(m) for m in _FIGURES.finditer(text)]
    written = list(_written_out(text))
    sure = next((days[0] for days in figures if len(days) == 1), None)
    if (found := find_day(text) or sure) or figures or any(day for _, _, day in written):
        return found
    return next((f"{year}-{month:02}" for year, month, _ in written), None)


def is_ambiguous(text: str) -> bool:
    """The text gives a day in figures that may be day first or month first: "3/4/2022"."""
    return any(len(_readings(m)) > 1 for m in _FIGURES.finditer(text))


def _readings(found: re.Match[str]) -> list[str]:
    """The days that figures may mean: the year first, or else last."""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    orders = [(first, second, third)]
    if len(found[1]) < len("2022"):
        orders = [(third, second, first), (third, first, second)] if len(found[4]) == 4 else []
    return sorted({day for order in orders if (day := _as_iso(*order))})


def _as_iso(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601, or None where the calendar does not have it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _written_out(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day, 0 where only the month is given."""
    for m in _WRITTEN.finditer(text):
        name = "sep" if m[2].lower() == "sept" else m[2].lower()
        months = [n for n, month in enumerate(_MONTHS.split(), 1) if month.startswith(name)]
        for month in months:
            yield int(m[4]), month, int(m[1] or m[3] or 0)
