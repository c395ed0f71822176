"""What people changed in an exported file, or coded elsewhere, as labels of a run's units."""

from __future__ import annotations

import csv
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.coding.judgements import label_of, read_lookups
from pipeline.errors import InputError
from pipeline.exports.formats import READABLE, Format
from pipeline.exports.notation import Answers, Given, changes, refusal
from pipeline.exports.text import squeezed
from pipeline.ingest.guard import guarded
from pipeline.ingest.office import Package
from pipeline.ingest.read import read_file
from pipeline.labels.decisions import read_decisions
from pipeline.labels.files import (
    HUMAN,
    append_labels,
    coded_in,
    coder_file,
    coder_files,
    is_coded,
    read_entries,
)
from pipeline.labels.places import LabelIndex
from pipeline.records import Label, Unit
from pipeline.runs.folder import read_manifest
from pipeline.tables.lookup import Lookup

BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError,
    csv.Error, zipfile.BadZipFile,
)  # fmt: skip
"""What the libraries raise on a file that is not of their format."""
AGAIN = "name the run that it was exported from, or export this one again and code that file"


def read_edits(run: Path, file: Path, *, coder: str | None = None) -> list[Label]:
    """Return a person's labels of the units that a file states otherwise than the run.

    A label answers the questions that were changed, and keeps what this coder answered before on
    the same unit. It is of no sample: what was coded in one stays beside it, for the estimates. Of
    labels from elsewhere (CSV, JSON Lines) each row that states one counts; elsewhere, what is
    stated as the judge or as people's labels have it is no change.

    Args:
        run: folder of the run.
        file: exported, then changed: ``.docx``, ``.xlsx``, ``.json`` (Label Studio), ``.xmi``; or
            labels from elsewhere, or from the page: ``.csv``, ``.jsonl``.
        coder: name of the person; the one that the file names if not given.

    Raises:
        InputError: the file is of another run, its text was changed, a label cannot be read, or
            nobody is named.
    """
    read_manifest(run)
    if coder is not None:
        coder_file(run, coder)
    stated = _read(file)
    coder = coder or _coder_of(file, stated)
    earlier = LabelIndex(coded_in(coder_file(run, coder)))
    now = datetime.now(UTC)
    came = {
        "source": f"{HUMAN}{coder}",
        "coded_at": now.isoformat(timespec="seconds"),
        "batch": f"{now.isoformat(timespec='microseconds')} {file.name}",
    }
    found: dict[str | None, Label] = {}
    for given, machine, decided, coded in _matched(run, stated, earlier):
        before = found.get(machine.unit_id, coded)
        known = Answers.of(before) if before else Answers()
        changed = _changed(given, machine, decided)
        answers = Answers.model_validate({**known.model_dump(), **changed})
        note = given.note or (before.note if before else None)
        if answers != known or (changed and note != (before.note if before else None)):
            label = {**machine.model_dump(), **answers.model_dump(), "note": note, **came}
            found[machine.unit_id] = Label.model_validate(label)
    return list(found.values())


def _changed(given: Given, machine: Label, decided: Label) -> dict[str, Any]:
    """Return the answers that are neither the judge's nor those that people decided."""
    found = changes(given, machine)
    if given.elsewhere:
        return found
    again = changes(given, decided)
    return {name: answer for name, answer in found.items() if name in again}


def _coder_of(file: Path, stated: Iterable[Given]) -> str:
    names = {one.source for one in stated if one.source}
    people = {one.removeprefix(HUMAN) for one in names if one.startswith(HUMAN)}
    if len(names) != 1 or len(people) != 1:
        who = ", ".join(sorted(names)) or "nobody"
        raise InputError(
            f"{file}: its labels are by {who}; expected one person; say who with --coder NAME"
        )
    return people.pop()


def undo_import(run: Path, *, coder: str | None = None) -> tuple[str, list[Label]]:
    """Take back the last import of a run that stands; return its time and file, and its labels.

    What it had replaced stands again. Nothing is deleted: labels without answers are appended.

    Args:
        run: folder of the run.
        coder: only of this person.

    Raises:
        InputError: no import stands, or the labels cannot be read or written.
    """
    read_manifest(run)
    paths = [coder_file(run, coder)] if coder else coder_files(run)
    entries = [
        (path, label)
        for path in paths
        if path.is_file()
        for label in read_entries(path)
        if label.batch is not None and is_coded(label)
    ]
    if not entries:
        whose = f' of "{coder}"' if coder else ""
        raise InputError(
            f"{run}: no import{whose} to take back; expected labels that `westward import` added; "
            "`westward code` takes its own back with the key u"
        )
    path, last = max(entries, key=lambda one: str(one[1].batch))
    taken = [one for at, one in entries if at == path and one.batch == last.batch]
    nothing = dict.fromkeys((*Answers.model_fields, "note"))
    append_labels(path, (one.model_copy(update=nothing) for one in taken))
    return str(last.batch), taken


def _read(file: Path) -> list[Given]:
    form = READABLE.get(file.suffix.casefold())
    if form is None:
        raise InputError(
            f"{file}: cannot come back; expected a file that ends in {', '.join(READABLE)}"
        )
    return guarded(_parse, read_file(file), name=str(file), form=form, file=file.resolve())


def _parse(data: bytes, *, name: str, form: Format, file: Path) -> list[Given]:
    """Read a file, whose bytes are known to be few; the guarded process does."""
    try:
        if data.startswith(b"PK"):
            Package(data, name=name, expected=f"a file of {form.name}")  # refuses what is too large
        return form.read(file)
    except BROKEN as error:
        raise InputError(
            f"{name}: cannot be read as {form.name} ({type(error).__name__}: {error}); expected a "
            "file that `westward export` wrote, with its ids, or one of labels; export it again"
        ) from error


def _matched(
    run: Path, given: list[Given], earlier: LabelIndex
) -> Iterator[tuple[Given, Label, Label, Label | None]]:
    """Yield what is stated of each unit, with the labels on it.

    They are the judge's, those that people's labels have decided, and this coder's. Of sentences
    that read the same in one interview, the first row is of the first one.
    """
    waiting: dict[tuple[str, ...], list[Given]] = defaultdict(list)
    for one in given:
        key = (one.unit_id,) if one.unit_id else (one.doc or "", squeezed(one.text or ""))
        waiting[key].append(one)
    decisions = read_decisions(run)
    for lookup in read_lookups(run):
        coded, after = earlier.find(lookup.interview), Lookup(decisions.apply(lookup.interview))
        for unit in lookup.units.values():
            stated = waiting.pop((unit.id,), [])
            if same := waiting.get((lookup.interview.id, squeezed(unit.text))):
                stated.append(same.pop(0))
            for one in stated:
                machine = _checked(one, label_of(lookup, unit), judged=lookup.is_judged(unit))
                one = _with_parent(one, unit, lookup)
                yield one, machine, label_of(after, unit), next(iter(coded.get(unit.id, ())), None)
    for one in (one for rows in waiting.values() for one in rows):
        named = one.unit_id or f'"{one.text or ""}" in "{one.doc or ""}"'
        raise InputError(
            f"{one.where}: no unit {named} in {run}; expected sentences of this run, by unit_id or "
            f"by doc and text; {AGAIN}"
        )


def _with_parent(one: Given, unit: Unit, lookup: Lookup) -> Given:
    """Return what is stated with the exact words of the parent that it names, and their place."""
    named, start = (one.fields.get(name, "") for name in ("parent", "parent_start"))
    if not named:
        return one
    others = [it for it in lookup.units_of(lookup.turn_of(unit)) if it.id != unit.id]
    same = [it for it in others if squeezed(named) in (it.id, squeezed(it.text))]
    placed = [it for it in same if str(it.start) == start]
    found = placed or same
    if len(found) != 1:
        several = ", and several read so: a unit_id" if found else ", by its words or unit_id"
        raise refusal(one.where, "parent", named, f"another sentence of the answer{several}")
    place = {"parent": found[0].text, "parent_start": str(found[0].start)}
    return replace(one, fields={**one.fields, **place})


def _checked(one: Given, machine: Label, *, judged: bool) -> Label:
    fault = None
    if one.sha256 and one.sha256 != machine.sha256:
        fault = f"{machine.doc} has sha256 {one.sha256[:12]} there, another transcript than here"
    elif one.text is not None and squeezed(one.text) != squeezed(machine.text):
        fault = f'the text of {machine.unit_id} is "{one.text}", in the run "{machine.text}"'
    elif not judged:
        fault = f"{machine.unit_id} is a question or an interviewer's, which is not judged"
    if fault:
        raise InputError(
            f"{one.where}: {fault}; expected labels to change, and sentences to stay; {AGAIN}"
        )
    return machine
