"""Counts, with the shares and the intervals that follow from them."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np

from pipeline.records import ClaimKind, Interview, Stance, Unit
from pipeline.write.lookup import POSITIONS, Lookup, Position, position

Cell = str | int | float | bool | None
Row = dict[str, Cell]

DIGITS = 4
MIN_STANCES = 10
MIN_TURNS = 5
DRAWS = 2000
SCORE: dict[Position, int] = {"favor": 1, "against": -1, "neutral": 0, "abstained": 0}


def share(part: float, whole: int) -> float | None:
    """Return ``part / whole`` to four digits, or None where there is nothing to share."""
    return round(part / whole, DIGITS) if whole else None


def tally(positions: Iterable[Position] | None, *, prefix: str) -> Row:
    """Count stances by position, with shares and the net position.

    The net position is (favor - against) / n, from -1 to 1; ``net_decided`` leaves out of n what
    the model would not decide.

    Args:
        positions: one a stance; None where the stage did not run, which leaves all cells empty.
        prefix: of the columns' names.
    """
    names = [f"{prefix}n", *(f"{prefix}{side}" for side in POSITIONS)]
    shares = [f"{prefix}share_{side}" for side in POSITIONS]
    shares += [f"{prefix}net", f"{prefix}net_decided"]
    if positions is None:
        return dict.fromkeys([*names, *shares])
    counts = Counter(positions)
    n = counts.total()
    sides = [counts[side] for side in POSITIONS]
    net = counts["favor"] - counts["against"]
    decided = n - counts["abstained"]
    nets = [share(net, n), share(net, decided)]
    values = [n, *sides, *(share(count, n) for count in sides), *nets]
    return dict(zip([*names, *shares], values, strict=True))


def contest(positions: Sequence[tuple[Hashable, Position]], *, prefix: str) -> Row:
    """Measure how contested a target is, among stances and among holders.

    The measure is 1 - |favor - against| / (favor + against): 0 where all who take a side take
    the same, 1 where the sides are even.

    Args:
        positions: holder and position, one a stance.
        prefix: of the columns' names.
    """
    leaning: Counter[Hashable] = Counter()
    for holder, side in positions:
        leaning[holder] += {"favor": 1, "against": -1}.get(side, 0)
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


def count_codes(lookup: Lookup, units: Sequence[Unit]) -> Row:
    """Count the codes of some units of one interview; only respondents' units are counted.

    Cells of a layer that was not computed are empty.
    """
    coded = [unit for unit in units if lookup.is_coded(unit)]
    return {
        "judged_units": None if lookup.interview.units is None else len(coded),
        **_count_components(lookup, coded),
        **_count_stances(lookup, coded),
    }


def _count_components(lookup: Lookup, units: Sequence[Unit]) -> Row:
    if lookup.interview.claims is None:
        names = ("claims", "premises", "components_abstained", "claims_share", "premises_share")
        return dict.fromkeys(names)
    found = [lookup.claims[unit.id] for unit in units if unit.id in lookup.claims]
    components = Counter(claim.component for claim in found if not claim.abstained)
    return {
        "claims": components["claim"],
        "premises": components["premise"],
        "components_abstained": sum(claim.abstained for claim in found),
        "claims_share": share(components["claim"], len(units)),
        "premises_share": share(components["premise"], len(units)),
    }


def _count_stances(lookup: Lookup, units: Sequence[Unit]) -> Row:
    if lookup.interview.stances is None:
        nothing: Row = dict.fromkeys(("units_about", "units_about_share"))
        return {**nothing, **tally(None, prefix="own_"), **count_attributed(None)}
    own = [stance for unit in units for stance in lookup.own(unit)]
    about = len({stance.unit_id for stance in own})
    return {
        "units_about": about,
        "units_about_share": share(about, len(units)),
        **tally(map(position, own), prefix="own_"),
        **count_attributed([stance for unit in units for stance in lookup.attributed(unit)]),
    }


def count_attributed(stances: Sequence[Stance] | None) -> Row:
    """Count attributed stances, those that the model would not decide apart.

    Args:
        stances: None where they were not judged, which leaves the cells empty.
    """
    if stances is None:
        return dict.fromkeys(("attributed", "attributed_abstained"))
    abstained = sum(stance.abstained for stance in stances)
    return {"attributed": len(stances) - abstained, "attributed_abstained": abstained}


def count_words(texts: Iterable[str]) -> int:
    """Count words, as parted by white space."""
    return sum(len(text.split()) for text in texts)


def count_kinds(interview: Interview, lookup: Lookup) -> Mapping[str, int | None]:
    """Count the respondents' claims of fact, of value and of policy."""
    kinds: tuple[ClaimKind, ...] = ("fact", "value", "policy")
    if interview.claims is None:
        return dict.fromkeys(f"claims_{kind}" for kind in kinds)
    claims = (lookup.claims.get(unit.id) for unit in lookup.coded_units())
    found = Counter(claim.kind for claim in claims if claim and not claim.abstained)
    return {f"claims_{kind}": found[kind] for kind in kinds}


def net_interval(
    said: Sequence[tuple[str, Position]], *, seed: int, key: Sequence[str]
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of (favor - against) / n, or None where it tells nothing.

    Turns are drawn with replacement, each with all its stances, since what stands in one answer
    is not independent (cluster bootstrap). None with fewer than ``MIN_STANCES`` stances or
    ``MIN_TURNS`` turns, and where all stances score the same: of what never occurred, a bootstrap
    knows nothing, and an interval without width would look like certainty.

    Args:
        said: turn and position, one a stance.
        seed: of the run.
        key: what the interval is of; it starts its own random numbers, whatever else is computed.
    """
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for turn, taken in said:
        sums[turn][0] += SCORE[taken]
        sums[turn][1] += 1
    scores = {SCORE[taken] for _, taken in said}
    if len(said) < MIN_STANCES or len(sums) < MIN_TURNS or len(scores) < 2:
        return None
    clusters = np.array([sums[turn] for turn in sorted(sums)])
    random = np.random.default_rng([seed, zlib.crc32("\x1f".join(key).encode())])
    drawn = clusters[random.integers(0, len(clusters), size=(DRAWS, len(clusters)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return round(float(low), DIGITS) + 0.0, round(float(high), DIGITS) + 0.0
