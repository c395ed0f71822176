"""Probability samples of a run's units, in an order that a seed fixes.

A unit's random number depends on the seed, its transcript and its place alone, so that a larger
sample contains a smaller one, and two coders with one seed code the same units. Strata are sampled
in proportion to the square root of their size (power allocation: Bankier 1988, Am. Statistician
42), so that a rare label is not missed, and their units are mixed, so that the order tells nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.coding.judgements import read_lookups
from pipeline.errors import InputError
from pipeline.records import Label, Stance, Unit
from pipeline.tables.lookup import Lookup

BANDS = (0.5, 0.7, 0.9)
_Member = tuple[float, float, int, str]
"""Two random numbers of a unit, the number of its interview, its id."""
_Place = tuple[str, str, int, str]
"""Transcript, turn, start and text of a unit, in whatever run."""
_SIZE = re.compile(r"\((\d+) units\)$")


@dataclass(frozen=True)
class Drawn:
    """A unit of a sample: its interview, its stratum and its sampling weight."""

    lookup: Lookup
    unit: Unit
    stratum: str
    weight: float


def draw(
    run: Path,
    *,
    n: int,
    by: str | None = None,
    other: Path | None = None,
    seed: int = 1,
    earlier: Iterable[Label] = (),
) -> list[Drawn]:
    """Return a sample of the units that a run judges, in the order in which to code it.

    Args:
        run: its folder.
        n: how many units; all where there are fewer.
        by: what the strata are: interview, label, probability, disagreement; None: one stratum.
        other: for ``disagreement``: a second run over the same transcripts.
        seed: of the order.
        earlier: what the coder has coded, of a smaller sample of the same strata.

    Raises:
        InputError: a run cannot be read or judges no unit, the second run is missing, or earlier
            labels are of other strata: both together would be no probability sample.
    """
    if (by == "disagreement") != (other is not None):
        raise InputError(
            f"{run}: a sample by disagreement needs two runs, another sample one; expected "
            "--by disagreement --against RUN"
        )
    strata = _read_strata(run, by, _answers(other) if other is not None else {}, seed)
    if not strata:
        raise InputError(f"{run}: no unit that is judged; expected answers of respondents")
    names = {stratum: f"{stratum} ({len(members)} units)" for stratum, members in strata.items()}
    _check_design(names.values(), earlier, run)
    drawn = sorted(
        ((rank + mixing) / len(members) ** 0.5, number, unit_id, stratum)
        for stratum, members in strata.items()
        for rank, (_, mixing, number, unit_id) in enumerate(sorted(members))
    )[:n]
    counts = Counter(stratum for *_, stratum in drawn)
    needed = {number for _, number, _, _ in drawn}
    lookups = {
        number: lookup for number, lookup in enumerate(read_lookups(run)) if number in needed
    }
    return [
        Drawn(
            lookups[number], lookups[number].units[unit_id], names[stratum],
            round(len(strata[stratum]) / counts[stratum], 6),
        )
        for _, number, unit_id, stratum in drawn
    ]  # fmt: skip


def _read_strata(
    run: Path, by: str | None, answers: dict[_Place, str], seed: int
) -> dict[str, list[_Member]]:
    strata: defaultdict[str, list[_Member]] = defaultdict(list)
    for number, lookup in enumerate(read_lookups(run)):
        for unit in lookup.coded_units():
            order, mixing = (_number(lookup, unit, f"{seed} {use}") for use in ("order", "mixing"))
            stratum = _stratum_of(lookup, unit, by, answers)
            strata[stratum].append((order, mixing, number, unit.id))
    return strata


def size_of(stratum: str | None) -> int | None:
    """Return how many units a stratum has, by its name; None where the name does not say it."""
    found = _SIZE.search(stratum or "")
    return int(found[1]) if found else None


def _check_design(strata: Iterable[str], earlier: Iterable[Label], run: Path) -> None:
    names = set(strata)
    for label in earlier:
        if label.stratum is not None and label.stratum not in names:
            raise InputError(
                f'{run}: earlier labels are of a sample with the stratum "{label.stratum}"; '
                f"expected one of {', '.join(sorted(names))}; go on with the same --by and the "
                "same run, or code as another --coder"
            )


def _stratum_of(lookup: Lookup, unit: Unit, by: str | None, answers: dict[_Place, str]) -> str:
    if by is None:
        return "all"
    if by == "interview":
        return lookup.interview.id
    if by == "label":
        return _answer(lookup, unit)
    if by == "probability":
        return _band(lookup.own_stance(unit))
    other = answers.get(_place(lookup, unit))
    if other is None:
        return "other run has no such unit"
    return "same" if other == _answer(lookup, unit) else "differs"


def _answers(run: Path) -> dict[_Place, str]:
    return {
        _place(lookup, unit): _answer(lookup, unit)
        for lookup in read_lookups(run)
        for unit in lookup.coded_units()
    }


def _answer(lookup: Lookup, unit: Unit) -> str:
    own = lookup.own_stance(unit)
    return own.polarity if own else "not about"


def _band(own: Stance | None) -> str:
    if own is None or own.probability is None:
        return "not about" if own is None else "no probability"
    return f"over {max((low for low in BANDS if own.probability >= low), default=0.0)}"


def _place(lookup: Lookup, unit: Unit) -> _Place:
    return lookup.interview.sha256, unit.turn_id, unit.start, unit.text


def _number(lookup: Lookup, unit: Unit, purpose: str) -> float:
    """Return a unit's random number from 0 to 1."""
    key = f"{purpose}\0{lookup.interview.sha256}\0{unit.turn_id}\0{unit.start}\0{unit.end}"
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") / 2**64
