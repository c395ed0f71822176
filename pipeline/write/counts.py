"""Counts, with the shares that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from pipeline.records import ClaimKind, Interview, Stance, Unit
from pipeline.write.lookup import POSITIONS, Lookup, Position, position

Cell = str | int | float | bool | None
Row = dict[str, Cell]

DIGITS = 4


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
