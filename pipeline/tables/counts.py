"""Counts of stances, with the shares and the net position that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from pipeline.tables.lookup import POSITIONS, Position
from pipeline.tables.net import DIGITS, SIDES, Said, Sides, measure, share

Cell = str | int | float | bool | None
Row = dict[str, Cell]

SCORE: dict[Position, int] = {"favor": 1, "against": -1, "neutral": 0, "abstained": 0}


def tally(positions: Iterable[Position], *, prefix: str = "") -> Row:
    """Count stances, or add up counts, by position, with shares and the net, in prefixed columns.

    Shares of a side and the net position are of decided stances (``pipeline.tables.net``);
    ``share_abstained`` is of all.
    """
    counts = Counter(positions)
    sides = Sides(counts["favor"], counts["against"], counts["neutral"])
    return {
        f"{prefix}n": counts.total(),
        **{f"{prefix}{side}": counts[side] for side in POSITIONS},
        f"{prefix}decided": sides.decided,
        **{f"{prefix}share_{side}": sides.share(side) for side in SIDES},
        f"{prefix}share_abstained": share(counts["abstained"], counts.total()),
        f"{prefix}net": sides.net,
    }


def net_ends(said: Iterable[Said], *, prefix: str = "") -> Row:
    """Return the ends of the interval of a net position in prefixed columns; None if none."""
    found = measure(said)
    return {
        f"{prefix}net_low": found.low if found else None,
        f"{prefix}net_high": found.high if found else None,
    }


def contest(positions: Sequence[tuple[Hashable, Position]], *, prefix: str = "") -> Row:
    """Measure how contested a target is, from the holder and position of each stance.

    The measure is 1 - |favor - against| / (favor + against): 0 if all stances with a side have
    the same, 1 if there are as many in favor as against.
    """
    leaning: Counter[Hashable] = Counter()
    for holder, side in positions:
        leaning[holder] += SCORE[side]
    counts = Counter(side for _, side in positions)
    favor, against = counts["favor"], counts["against"]
    even = share(abs(favor - against), favor + against)
    return {
        f"{prefix}sides": favor + against,
        f"{prefix}contested": None if even is None else round(1 - even, DIGITS),
        f"{prefix}holders": len(leaning),
        f"{prefix}holders_favor": sum(lean > 0 for lean in leaning.values()),
        f"{prefix}holders_against": sum(lean < 0 for lean in leaning.values()),
    }
