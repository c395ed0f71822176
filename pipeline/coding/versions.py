"""Two runs of the same interviews side by side: judges, blocs, versions.

Their agreement is by question, as of two coders; their shares and net positions are compared as two
groups of the same interviews, so that what both have in common is in no interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.coding.agreement import Agreement, compare, read_raters
from pipeline.errors import InputError
from pipeline.labels.decisions import decided_interviews
from pipeline.runs.folder import read_manifest
from pipeline.tables.counts import Row
from pipeline.tables.groups import Comparison, Observed, compare_groups, observe
from pipeline.tables.lookup import Lookup

COLUMN = "run"


@dataclass(frozen=True)
class Versions:
    """Two runs compared.

    Attributes:
        names: of the runs.
        agreement: by question, over the sentences that both judged.
        differing: a row for each answer that differs.
        comparison: of their shares and net positions, over the interviews of both.
        alone: ids of interviews that only one run has.
        changed: ids of interviews whose transcripts are not the same in both.
    """

    names: tuple[str, str]
    agreement: Sequence[Agreement]
    differing: Sequence[Row]
    comparison: Comparison
    alone: Sequence[str]
    changed: Sequence[str]


def compare_runs(run: Path, other: Path, *, seed: int = 1) -> Versions:
    """Compare two runs.

    Raises:
        InputError: one is no run, both are one, or they have no interview in common.
    """
    if run.resolve() == other.resolve():
        raise InputError(f"{run} and {other}: one run; expected two; name another run")
    names = _names(run, other)
    found = {name: _observed(path, name) for name, path in zip(names, (run, other), strict=True)}
    first, second = ({one: seen[0] for one, seen in found[name].items()} for name in names)
    common = first.keys() & second.keys()
    if not common:
        raise InputError(
            f"{run} and {other}: no interview in common; expected runs of the same corpus; compare "
            "groups of one run with --by"
        )
    agreement, differing = compare(read_raters([run, other]), seed=seed)
    observed = [one for seen in found.values() for id in sorted(common) for one in seen[id][1]]
    return Versions(
        names=names,
        agreement=agreement,
        differing=differing,
        comparison=compare_groups(observed, COLUMN),
        alone=sorted(first.keys() ^ second.keys()),
        changed=sorted(one for one in common if first[one] != second[one]),
    )


def _names(run: Path, other: Path) -> tuple[str, str]:
    first, second = run.resolve().name, other.resolve().name
    return (first, second) if first != second else (str(run), str(other))


def _observed(run: Path, name: str) -> dict[str, tuple[str, list[Observed]]]:
    """Return the hash and the respondents of each interview of a run, whose only column is it."""
    read_manifest(run)
    found: dict[str, tuple[str, list[Observed]]] = {}
    for interview in decided_interviews(run, labels=False):
        seen = observe(Lookup(interview))
        rows = [Observed(one.interview_id, one.who, {COLUMN: name}, one.counts) for one in seen]
        found[interview.id] = interview.sha256, rows
    return found
