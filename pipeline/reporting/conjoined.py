"""Holders of one cue ("Moscow and Beijing declare ..."): what is read of one holds for all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from statistics import fmean

from pipeline.reporting.described import RULE
from pipeline.reporting.weigh import Candidate

Group = tuple[str, str, int, tuple[int, int] | None]


def group_of(candidate: Candidate) -> Group:
    """Say which reports of an interview have one cue; a phrase without a cue is by itself."""
    one = candidate.attribution
    alone = (one.holder_start, one.holder_end) if candidate.rule == RULE else None
    return one.unit_id, one.source, one.cue_start, alone


def shared(groups: Sequence[Hashable], values: Iterable[float]) -> list[float]:
    """Return for each value the mean of its group.

    Example:
        >>> shared(["declare", "fear", "declare"], [0.5, 0.1, 0.75])
        [0.625, 0.1, 0.625]
    """
    by_group: dict[Hashable, list[float]] = {}
    for group, value in zip(groups, values, strict=True):
        by_group.setdefault(group, []).append(float(value))
    means = {group: fmean(found) for group, found in by_group.items()}
    return [means[group] for group in groups]
