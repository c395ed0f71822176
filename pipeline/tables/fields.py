"""What respondents are grouped by: columns of the tables, periods, and columns of one's own.

Example:
    >>> periods("2024-05-06")
    {'year': '2024', 'quarter': '2024-Q2', 'month': '2024-05'}
    >>> periods("2024")
    {'year': '2024'}
"""

from __future__ import annotations

from pipeline.records import Interview, Speaker
from pipeline.tables.own import fields_of

PERIODS = ("year", "quarter", "month")
OF_SPEAKER = ("country", "affiliation", "speaker")
OF_INTERVIEW = ("title", "url", "licence", "source_format", "convention")
LEFT_OUT = frozenset({*OF_INTERVIEW, "date", "interview_id", "role"})
"""Columns that the tables and the page do not compare by, as they say nothing about who speaks, or
each interview has its own value. The command compares by any."""
SAME = {"holder": "speaker", "respondent": "speaker", "interview": "interview_id"}
"""Other names of columns, as the options of the command line have them."""


def periods(date: str | None) -> dict[str, str]:
    """Return the year, quarter and month of a date, as far as it is exact."""
    date = date or ""
    found = {"year": date[:4]} if date else {}
    if len(date) >= len("2024-05"):
        month = date[:7]
        found |= {"quarter": f"{date[:4]}-Q{(int(month[5:]) + 2) // 3}", "month": month}
    return found


def groupings(interview: Interview, speaker: Speaker) -> dict[str, str]:
    """Return the values of a speaker of an interview by column, without those that are missing.

    A column of the user's own gives way to a period of the same name.
    """
    known = interview.model_dump(include=set(OF_INTERVIEW))
    found = {**known, **fields_of(interview, speaker), **periods(interview.date)}
    return {name: str(value) for name, value in found.items() if value}
