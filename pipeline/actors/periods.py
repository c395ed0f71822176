"""Periods between dates of unequal precision (``2019``, ``2019-06``, ``2019-06-27``)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]

_FIRST = "0000-01-01"
_LAST = "9999-12-31"  # compared as text, so day 31 closes every month


def covers(start: str | None, end: str | None, date: str | None) -> bool:
    """Tell whether a period may hold on a date; both of its ends belong to it.

    A date of year or month precision stands for any of its days, so the answer is yes where one
    of them lies in the period. Without a date, the answer is yes for a period that has no end.
    """
    if date is None:
        return end is None
    return _earliest(start) <= _latest(date) and _earliest(date) <= _latest(end)


def covers_whole(start: str | None, end: str | None, date: str | None) -> bool:
    """Tell whether a period surely holds on a date: on each day the date may stand for.

    The counterpart of ``covers`` for what ends a membership: an actor that left in the course of
    2019 may still have been in it in "2019". Without a date it is the same as ``covers``.
    """
    if date is None:
        return end is None
    return _earliest(start) <= _earliest(date) and _latest(date) <= _latest(end)


def _earliest(date: str | None) -> str:
    return _FIRST if date is None else date + _FIRST[len(date) :]


def _latest(date: str | None) -> str:
    return _LAST if date is None else date + _LAST[len(date) :]
