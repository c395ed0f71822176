"""The facts of a run, in columns of numbers: some forty bytes each, however many there are.

Example:
    >>> from pipeline.tables.identity import Holder
    >>> who = Holder("own", "Ana Lima", "speaker", "", "")
    >>> ledger = Ledger()
    >>> ledger.extend([Fact("a", "", "a.t2", who, ("NATO", "actor"), "favor", "Ana Lima")])
    >>> ledger[0].who.name, len(ledger)
    ('Ana Lima', 1)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, overload

from pipeline.tables.totals import Fact

_FIELDS = tuple(one.name for one in fields(Fact))


class Ledger(Sequence[Fact]):
    """Facts in the order in which they came; each value of them is kept once."""

    def __init__(self) -> None:
        self._columns = tuple(array("i") for _ in _FIELDS)
        self._values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def extend(self, facts: Iterable[Fact]) -> None:
        """Add facts."""
        for fact in facts:
            for column, name in zip(self._columns, _FIELDS, strict=True):
                value = getattr(fact, name)
                number = self._numbers.setdefault(value, len(self._values))
                if number == len(self._values):
                    self._values.append(value)
                column.append(number)

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, place: int) -> Fact: ...
    @overload
    def __getitem__(self, place: slice) -> list[Fact]: ...
    def __getitem__(self, place: int | slice) -> Fact | list[Fact]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        values = self._values
        return Fact(*(values[column[place]] for column in self._columns))
