"""Links between the units of an answer, of which none leads back to itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)


def closing_circles(links: Iterable[tuple[_Key, _Key | None]]) -> list[bool]:
    """Return of each link whether it closes a circle with those before it that close none.

    Args:
        links: child and parent; without a parent it closes none.

    Example:
        >>> closing_circles([("a", "b"), ("c", None), ("b", "a")])
        [False, False, True]
    """
    parents, closing = dict[_Key, _Key](), list[bool]()
    for child, parent in links:
        at = parent
        while at is not None and at != child:
            at = parents.get(at)
        closing.append(at is not None)
        if at is None and parent is not None:
            parents[child] = parent
    return closing
