"""A run's respondents compared by a column that the reader names, some of them alone if wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import InputError, did_you_mean, listed
from pipeline.labels.decisions import decided_interviews
from pipeline.runs.folder import TABLES_NAME, read_manifest
from pipeline.tables.fields import SAME
from pipeline.tables.groups import Comparison, Observed, columns_of, compare_groups, observe
from pipeline.tables.lookup import Lookup
from pipeline.tables.totals import facts_of


def compare_by(
    run: Path,
    column: str,
    *,
    holder: str | None = None,
    target: str | None = None,
    labels: bool = True,
) -> Comparison:
    """Compare the respondents of a run by a column.

    Args:
        run: its folder.
        column: of the index, the speakers or the tables, or year, quarter, month, interview,
            speaker.
        holder: the name of the only respondent, or a part of it that no other name has.
        target: the only target, as the tables name it.
        labels: whether people's labels apply; else it is the judge alone.

    Raises:
        InputError: the run cannot be read, or has no such column, holder or target.
    """
    inferred = read_manifest(run)["settings"]["targets"]["inferred"]
    observed, targets = list[Observed](), dict[str, None]()
    for interview in decided_interviews(run, labels=labels):
        lookup = Lookup(interview)
        observed += observe(lookup, target=target, inferred=inferred)
        if target is not None:
            targets |= {one.on[0]: None for one in facts_of(lookup) if one.who.voice == "own"}
    name = SAME.get(column.casefold(), column)
    known = columns_of(observed)
    found = next((one for one in known if one.casefold() == name.casefold()), None)
    if found is None:
        raise InputError(
            f"--by {column}: {run} has no such column{did_you_mean(column, known)}; expected "
            f"{listed(known)}, interview or holder; add columns of your own to the index, and run "
            "again"
        )
    if target is not None and target.casefold() not in map(str.casefold, targets):
        raise InputError(
            f"--target {target}: no own stance on it{did_you_mean(target, targets)}; expected a "
            f"target of {run}/{TABLES_NAME}/targets.csv, such as {listed(sorted(targets)[:5])}"
        )
    if holder is not None:
        who = one_name(holder, (one.who.name for one in observed), option="--holder")
        observed = [one for one in observed if one.who.name == who]
    return compare_groups(observed, found)


def one_name(wanted: str, names: Iterable[str], *, option: str) -> str:
    """Return the only name that is, or else has in it, what is wanted.

    Raises:
        InputError: there is none, or several.
    """
    known = sorted(set(names))
    same = [one for one in known if one.casefold() == wanted.casefold()]
    found: Sequence[str] = same or [one for one in known if wanted.casefold() in one.casefold()]
    if len(found) != 1:
        several = f"several: {listed(found)}" if found else "no respondent of that name"
        meant = "" if found else did_you_mean(wanted, known)
        raise InputError(
            f"{option} {wanted}: {several}{meant}; expected one of {listed(found or known)}"
        )
    return found[0]
