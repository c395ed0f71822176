"""Labels that stand in a column of their own, and run over two lines or three of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

_NARROWEST, _WIDEST = 8, 40
_SHARE = 0.4
_MOST_LINES = 3


def join_column_labels(lines: Sequence[str]) -> list[str]:
    """Put a label that goes on in the next line of its column on its first line.

    ``Ambassador Ann     Thank you. It is`` above ``North:             good to be here.`` Only where
    most of the text starts at one column.

    Args:
        lines: of the whole text.

    Returns:
        The lines, as many as before.
    """
    joined = list(lines)
    at = _find_column(lines)
    if at is None:
        return joined
    for index in range(len(joined) - 1):
        split = (_split(line, at) for line in joined[index : index + _MOST_LINES])
        parts = list(takewhile(all, split))
        closes = next((i for i, (left, _) in enumerate(parts) if left.endswith(":")), 0)
        if not closes:
            continue
        lefts, rights = zip(*parts[: closes + 1], strict=True)
        joined[index] = f"{' '.join(lefts)}  {rights[0]}"
        for step, right in enumerate(rights[1:], start=1):
            joined[index + step] = " " * at + right
    return joined


def _find_column(lines: Sequence[str]) -> int | None:
    """Where the text starts in most lines, behind a column that only labels fill."""
    filled = [line for line in lines if line.strip()]
    indents = Counter(len(line) - len(line.lstrip(" ")) for line in filled)
    wide = {at: n for at, n in indents.items() if _NARROWEST <= at <= _WIDEST}
    best = max(wide, key=lambda at: wide[at], default=0)
    held = sum(bool(_split(line, best)[1]) for line in filled) if best else 0
    return best if held >= _SHARE * len(filled) and best else None


def _split(line: str, at: int) -> tuple[str, str]:
    """What stands in the column of labels, and behind it; nothing where the text runs across."""
    if line[at - 1 : at].strip() or not line[at : at + 1].strip():
        return "", ""
    return line[:at].strip(), line[at:].strip()
