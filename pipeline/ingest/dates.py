"""Dates as people write them, to ISO 8601: days in running text, and the value of a date field.

``read_date`` is for what a person states in a table or an option: all of it must be a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december"
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_WRITTEN = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?([A-Za-z]{3,9})\.?,? (?:of )?"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})\b"
)
_PARTIAL = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
_CLOCK = re.compile(
    r"[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?$",
    re.I,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]* ", re.I
)
_DAY = re.compile(r"(\d{1,4})([-/.]) ?(\d{1,2})\2 ?(\d{1,4})\.?", re.ASCII)
_MONTH = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))", re.ASCII)
_NAMED = re.compile(  # "26 September 2016", "26-Sep-16", "Sep-16"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[- ]?(?:of )?)?([A-Za-z]{3,9})\.?[-, ]*(?:of )?(\d{4}|\d\d)",
    re.ASCII,
)
_NAMED_FIRST = re.compile(  # "September 26, 2016"
    r"([A-Za-z]{3,9})\.?[- ](\d{1,2})(?:st|nd|rd|th)?[-, ]+(\d{4}|\d\d)", re.ASCII
)
_YEAR_FIRST = re.compile(r"(\d{4})[- ]([A-Za-z]{3,9})\.?[- ](\d{1,2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_EPOCH, _PIVOT = date(1899, 12, 30), 69
"""The day before Excel's first, as it counts them after its 29 February 1900; and the first year in
two digits that is of the 1900s, as POSIX has it."""
FORMS = "YYYY, YYYY-MM or YYYY-MM-DD, or a usual form such as 26 September 2016"


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


def read_date(text: str) -> str:
    """Return a date that a person states, as YYYY, YYYY-MM or YYYY-MM-DD.

    In any usual form: figures, names of months in English, years in two digits, with a time, the
    number by which Excel counts days.

    Raises:
        ValueError: it is no date, or two: "03/04/2016"; the message has both readings.

    Example:
        >>> [read_date(one) for one in ("9/26/16", "26.9.2016", "Sept. 26, 2016", "42639", "2016")]
        ['2016-09-26', '2016-09-26', '2016-09-26', '2016-09-26', '2016']
        >>> read_date("03/04/2016")
        Traceback (most recent call last):
        ValueError: date "03/04/2016": 4 March 2016 or 3 April 2016; write 2016-03-04 or 2016-04-03
    """
    said = _WEEKDAY.sub("", _CLOCK.sub("", " ".join(text.split())))
    days = sorted(set(_stated(said)))
    if len(days) == 1:
        return days[0]
    if days:
        meant = " or ".join(_spelt(day) for day in days)
        raise ValueError(f'date "{text}": {meant}; write {" or ".join(days)}')
    raise ValueError(f'date "{text}": expected {FORMS}')


def _stated(said: str) -> Iterator[str]:
    """The dates that a whole text may mean."""
    if _PARTIAL.fullmatch(said):
        yield said
    elif found := _SERIAL.fullmatch(said):
        yield (_EPOCH + timedelta(days=int(found[1]))).isoformat()
    elif found := _MONTH.fullmatch(said):
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
        yield from [f"{year:04}-{month:02}"] if _as_iso(year, month, 1) else []
    elif found := _DAY.fullmatch(said):
        yield from _days_in_figures(found)
    elif found := _YEAR_FIRST.fullmatch(said):
        yield from _named(found[1], found[2], found[3])
    elif found := _NAMED_FIRST.fullmatch(said):
        yield from _named(found[3], found[1], found[2])
    elif found := _NAMED.fullmatch(said):
        yield from _named(found[3], found[2], found[1])


def _days_in_figures(found: re.Match[str]) -> Iterator[str]:
    """The days of "9/26/16", where two digits may be the year, first only between hyphens."""
    first, second, third = found[1], found[3], found[4]
    if 3 in (len(first), len(third)):
        return
    orders = []
    if len(first) == 4 or (len(first) == len(third) == 2 and found[2] == "-"):
        orders.append((_full_year(first), int(second), int(third)))
    if len(first) <= 2 and len(third) in (2, 4):
        year = _full_year(third)
        orders += [(year, int(second), int(first)), (year, int(first), int(second))]
    yield from filter(None, (_as_iso(*order) for order in orders))


def _named(year: str, name: str, day: str | None) -> Iterator[str]:
    """The day or month whose month has a name."""
    short = "sep" if name.lower() == "sept" else name.lower()
    for number, month in enumerate(_MONTHS.split(), 1):
        if month.startswith(short) and (found := _as_iso(_full_year(year), number, int(day or 1))):
            yield found if day else found[:7]


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _spelt(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS.split()[day.month - 1].title()} {day.year}"


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
