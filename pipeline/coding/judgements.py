"""The judgements of a run in the form of labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.labels.files import HUMAN, is_coded, read_human_labels
from pipeline.labels.places import inside
from pipeline.records import Label, LabelledReport, Stance, Unit, index_at
from pipeline.runs.folder import interviews_of
from pipeline.tables.lookup import Lookup


def read_lookups(run: Path) -> Iterator[Lookup]:
    """Yield the interviews of a run that was divided into units, by a folder or its JSONL.

    Raises:
        InputError: it cannot be read.
    """
    return (Lookup(one) for one in interviews_of(run) if one.units is not None)


def locate(lookup: Lookup, unit: Unit, *, source: str) -> Label:
    """Return a label of a unit with its place and context, and no answers."""
    interview, turn = lookup.interview, lookup.turn_of(unit)
    units = lookup.units_of(turn)
    index = index_at(units, unit.start) or 0
    asked = lookup.turns.get(turn.answers or "")
    return Label(
        doc=interview.id,
        text=unit.text,
        question=asked.text if asked else "",
        context_before=units[index - 1].text if index else "",
        context_after=units[index + 1].text if index + 1 < len(units) else "",
        date=interview.date,
        unit_id=unit.id,
        turn_id=turn.id,
        start=unit.start,
        end=unit.end,
        sha256=interview.sha256,
        source=source,
    )


def label_of(lookup: Lookup, unit: Unit, *, guess: bool = False) -> Label:
    """Return a run's judgement of a unit as a label; what was not judged or decided is null.

    Of several own stances the most probable counts, as in ``units.csv``. With ``guess``, what was
    not decided is the best guess.
    """
    claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
    link = lookup.relations.get(unit.id)
    source = " ".join(dict.fromkeys(one.source for one in (claim, own, link) if one is not None))
    answers = _stances(lookup, unit, own, guess=guess)
    if claim is not None and (guess or not claim.abstained):
        answers |= {"component": claim.component, "kind": claim.kind}
    if link is not None and (guess or not link.abstained):
        parent = lookup.units[link.to_unit] if link.to_unit else None
        answers |= {"relation": link.kind, "parent": parent and parent.text}
        answers["parent_start"] = parent and parent.start
    return locate(lookup, unit, source=source).model_copy(update=answers)


def _stances(lookup: Lookup, unit: Unit, own: Stance | None, *, guess: bool) -> dict[str, Any]:
    """Return the own stance with its target, and those reported; none where stance failed."""
    if lookup.interview.stances is None or not lookup.is_judged(unit):
        return {}
    found: dict[str, Any] = {"west": "none" if own is None else None}
    if own is not None and (guess or not own.abstained):
        named = own.target_text if own.target_text and own.target_text in unit.text else None
        found = {"west": own.polarity, "target": named}
        found["implicit_target"] = None if named else own.target_actor or own.target_text
    found["attributed"] = tuple(
        LabelledReport(holder=one.holder, stance=one.polarity)
        for one in lookup.attributed(unit)
        if guess or not one.abstained
    )
    return found


def labels_of_run(run: Path, source: str = "") -> Iterator[Label]:
    """Yield the judge's best guesses, then people's labels, of the sources that start so.

    Raises:
        InputError: the run or a file of labels cannot be read.
    """
    for lookup in read_lookups(run) if not source.startswith(HUMAN) else ():
        machine = (label_of(lookup, unit, guess=True) for unit in lookup.coded_units())
        yield from (one for one in machine if is_coded(one) and one.source.startswith(source))
    for labels in read_human_labels(run).values() if run.is_dir() else ():
        yield from (one for one in labels if is_coded(one) and one.source.startswith(source))


def mentions(lookup: Lookup, unit: Unit) -> list[str]:
    """Return the words in a unit that name somebody or something, each once, in order."""
    return list(
        dict.fromkeys(one.text for one in inside(lookup.interview, unit) if one.label is not None)
    )
