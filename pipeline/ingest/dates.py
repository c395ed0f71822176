"""Dates as people write them, to ISO 8601: days in running text, and the value of a date field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<![\d/.-])(\d{4})-(\d{2})(?!-?\d)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?,? (\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_MONTH_YEAR = re.compile(r"\b([A-Za-z]{3,9})\.?,? (?:of )?(\d{4})\b")
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_MONTH_FIGURE = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{4})(?![\d/])")
_YEAR = re.compile(r"\d{4}")
_Day = tuple[int, int, int]


def find_day(text: str) -> str | None:
    """Return the first date in the text, such as a title, as ISO 8601, or None."""
    if day := _first(_years_first(text)):
        return day
    if found := next((m for m in _YEAR_MONTH.finditer(text) if _is_month(m.group(2))), None):
        return found.group(0)
    return _first(_written_out(text))


def find_date(text: str) -> str | None:
    """Return what the value of a date field says as YYYY, YYYY-MM or YYYY-MM-DD, or None.

    Days and months in figures are read where only one reading is a date: "14/03/2022" is,
    "3/4/2022" is not. A day that the calendar does not have is no date, nor its month.
    """
    if _YEAR.fullmatch(text.strip()):
        return _as_iso(int(text), 1, 1) and text.strip()
    if day := find_day(text) or _first(_in_figures(text)):
        return day
    if any((*_years_first(text), *_written_out(text), *_FIGURES.findall(text))):
        return None
    for found in _MONTH_YEAR.finditer(text):
        if month := _month(found.group(1)):
            return f"{found.group(2)}-{month:02}"
    months = [m for m in _MONTH_FIGURE.finditer(text) if _is_month(m.group(1))]
    return f"{months[0].group(2)}-{int(months[0].group(1)):02}" if months else None


def is_ambiguous(text: str) -> bool:
    """The text gives a day in figures that may be day first or month first: "3/4/2022"."""
    return any(
        _as_iso(*reading)
        and _as_iso(reading[0], reading[2], reading[1])
        and reading[1] != reading[2]
        for reading in _days_first(text)
    )


def _first(days: Iterator[_Day]) -> str | None:
    return next((iso for day in days if (iso := _as_iso(*day))), None)


def _as_iso(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601, or None where the calendar does not have it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _years_first(text: str) -> Iterator[_Day]:
    for found in _YEAR_FIRST.finditer(text):
        yield int(found.group(1)), int(found.group(3)), int(found.group(4))


def _written_out(text: str) -> Iterator[_Day]:
    for pattern, day_at, month_at in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            if month := _month(found.group(month_at)):
                yield int(found.group(3)), month, int(found.group(day_at))


def _days_first(text: str) -> Iterator[_Day]:
    """Days in figures, the first figure taken for the day."""
    for found in _FIGURES.finditer(text):
        yield int(found.group(4)), int(found.group(3)), int(found.group(1))


def _in_figures(text: str) -> Iterator[_Day]:
    """The days in figures that can be read in one way only."""
    for year, month, day in _days_first(text):
        readings = {(year, month, day), (year, day, month)}
        real = [reading for reading in readings if _as_iso(*reading)]
        if len(real) == 1:
            yield real[0]


def _month(word: str) -> int | None:
    """Number of a month, written out or shortened to three letters or more."""
    name = word.lower().replace("sept", "sep") if len(word) == 4 else word.lower()
    return next((n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name)), None)


def _is_month(figures: str) -> bool:
    return 1 <= int(figures) <= 12
