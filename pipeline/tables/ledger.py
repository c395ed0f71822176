"""Records of a run, in columns of numbers: some forty bytes each, however many there are.

Example:
    >>> from pipeline.tables.identity import Holder
    >>> from pipeline.tables.totals import Fact
    >>> who = Holder("own", "Ana Lima", "speaker", "", "")
    >>> ledger = Ledger(Fact)
    >>> ledger.extend([Fact("a", "", "a.t2", who, ("NATO", "actor"), "favor", "Ana Lima")])
    >>> ledger[0].who.name, len(ledger)
    ('Ana Lima', 1)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, overload

_Record = TypeVar("_Record")


class Ledger(Sequence[_Record]):
    """Records in the order in which they came; each value of them is kept once.

    Args:
        kind: of the records, a dataclass whose values can be hashed.
    """

    def __init__(self, kind: type[_Record]) -> None:
        self._kind = kind
        self._names = tuple(one.name for one in fields(kind))  # type: ignore[arg-type]
        self._columns = tuple(array("i") for _ in self._names)
        self._values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def extend(self, records: Iterable[_Record]) -> None:
        """Add records."""
        for record in records:
            for column, name in zip(self._columns, self._names, strict=True):
                value = getattr(record, name)
                number = self._numbers.setdefault(value, len(self._values))
                if number == len(self._values):
                    self._values.append(value)
                column.append(number)

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, place: int) -> _Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[_Record]: ...
    def __getitem__(self, place: int | slice) -> _Record | list[_Record]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        values = self._values
        return self._kind(*(values[column[place]] for column in self._columns))
