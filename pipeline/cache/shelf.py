"""Where the results of one transcript are looked for and put: nowhere, a store, a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Entry(NamedTuple):
    """A result to keep: its key, the name of its stage, and its JSON."""

    key: str
    stage: str
    data: bytes


class Missing(Exception):  # noqa: N818
    """A result that was never kept is needed."""


class Keeper(Protocol):
    """What keeps results by their keys."""

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""

    def put(self, entry: Entry) -> None:
        """Keep a result."""


class Shelf:
    """Nothing is kept."""

    keeps = False

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""
        return None

    def put(self, entry: Entry) -> None:
        """Keep a result."""

    def check_computing(self) -> None:
        """Is called before anything is computed."""


class StoreShelf(Shelf):
    """Looks in a store, and puts there at once."""

    keeps = True

    def __init__(self, store: Keeper) -> None:
        self.store = store

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""
        return self.store.get(key)

    def put(self, entry: Entry) -> None:
        """Keep a result."""
        self.store.put(entry)


class ReadingShelf(Shelf):
    """Looks in a store, remembers what it found, and computes nothing.

    Raises:
        Missing: from any method, where something would have to be computed.
    """

    keeps = True

    def __init__(self, store: Keeper) -> None:
        self.store = store
        self.found: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""
        data = self.store.get(key)
        if data is None:
            raise Missing
        self.found[key] = data
        return data

    def check_computing(self) -> None:
        """Raise Missing."""
        raise Missing


class CarriedShelf(Shelf):
    """Has what was found for a worker, and collects what the worker makes."""

    keeps = True

    def __init__(self, found: Mapping[str, bytes]) -> None:
        self.found = found
        self.made: list[Entry] = []

    def get(self, key: str) -> bytes | None:
        """Return a kept result."""
        return self.found.get(key)

    def put(self, entry: Entry) -> None:
        """Collect a result."""
        self.made.append(entry)
