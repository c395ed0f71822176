"""Where the results of one transcript are looked for and put."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import ValidationError

from pipeline.cache.store import Entry, Store

Kept = TypeVar("Kept")


class Missing(Exception):  # noqa: N818
    """A result is needed that was never kept."""


class Shelf:
    """A shelf where nothing is kept."""

    keeps = False

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""
        return None

    def put(self, entry: Entry) -> None:
        """Keep a result."""

    def check_computing(self) -> None:
        """Is called before anything is computed."""


def parse_kept(read: Callable[[bytes], Kept], data: bytes | None) -> Kept | None:
    """Return a kept result as it is read; null if there is none, or it is of another schema."""
    try:
        return None if data is None else read(data)
    except ValidationError:
        return None


class StoreShelf(Shelf):
    """Looks in a store and puts there at once, or, if it only reads, raises Missing."""

    keeps = True

    def __init__(self, store: Store, *, only_read: bool = False) -> None:
        self.store = store
        self.only_read = only_read
        self.found: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        data = self.store.get(key)
        if self.only_read and data is not None:
            self.found[key] = data
        return data

    def put(self, entry: Entry) -> None:
        self.store.put(entry)

    def check_computing(self) -> None:
        if self.only_read:
            raise Missing


class CarriedShelf(Shelf):
    """Has what was found for a worker, and collects what the worker makes."""

    keeps = True

    def __init__(self, found: Mapping[str, bytes]) -> None:
        self.found = found
        self.made: list[Entry] = []

    def get(self, key: str) -> bytes | None:
        return self.found.get(key)

    def put(self, entry: Entry) -> None:
        self.made.append(entry)
