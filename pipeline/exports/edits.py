"""What people changed in an exported file, or coded elsewhere, as labels of a run's units."""

from __future__ import annotations

import csv
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.coding.judgements import label_of, read_lookups
from pipeline.errors import InputError
from pipeline.exports.formats import READABLE
from pipeline.exports.notation import Answers, Given, changes
from pipeline.exports.text import squeezed
from pipeline.labels.files import HUMAN, coded_in, coder_file
from pipeline.labels.places import LabelIndex
from pipeline.records import Label
from pipeline.runs.folder import read_manifest

BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError,
    csv.Error, zipfile.BadZipFile,
)  # fmt: skip
"""What the libraries raise on a file that is not of their format."""
AGAIN = "name the run that it was exported from, or export this one again and code that file"


def read_edits(run: Path, file: Path, *, coder: str) -> list[Label]:
    """Return a person's labels of the units that a file states otherwise than the run.

    A label answers the questions that were changed, and keeps what this coder answered before on
    the same unit, and the sample that the unit was drawn in. Of labels from elsewhere (CSV, JSON
    Lines) each row that states one counts.

    Args:
        run: folder of the run.
        file: exported, then changed: ``.docx``, ``.xlsx``, ``.json`` (Label Studio), ``.xmi``; or
            labels from elsewhere: ``.csv``, ``.jsonl``.
        coder: name of the person.

    Raises:
        InputError: the file is of another run, its text was changed, or a label cannot be read.
    """
    read_manifest(run)
    earlier = LabelIndex(coded_in(coder_file(run, coder)))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str | None, Label] = {}
    for given, machine, coded in _matched(run, _read(file), earlier):
        before = found.get(machine.unit_id, coded)
        known = Answers.of(before) if before else Answers()
        answers = Answers.model_validate({**known.model_dump(), **changes(given, machine)})
        if answers != known:
            drawn = {"weight": before.weight, "stratum": before.stratum} if before else {}
            own = {"source": f"{HUMAN}{coder}", "coded_at": now, **answers.model_dump(), **drawn}
            found[machine.unit_id] = Label.model_validate({**machine.model_dump(), **own})
    return list(found.values())


def _read(file: Path) -> list[Given]:
    form = READABLE.get(file.suffix.casefold())
    if form is None:
        raise InputError(
            f"{file}: cannot come back; expected a file that ends in {', '.join(READABLE)}"
        )
    try:
        return form.read(file)
    except BROKEN as error:
        raise InputError(
            f"{file}: cannot be read as {form.name} ({type(error).__name__}: {error}); expected a "
            "file that `westward export` wrote, with its ids, or one of labels; export it again"
        ) from error


def _matched(
    run: Path, given: list[Given], earlier: LabelIndex
) -> Iterator[tuple[Given, Label, Label | None]]:
    """Yield what is stated of each unit, with the labels of the run and of the coder on it.

    Of sentences that read the same in one interview, the first row is of the first one.
    """
    waiting: dict[tuple[str, ...], list[Given]] = defaultdict(list)
    for one in given:
        key = (one.unit_id,) if one.unit_id else (one.doc or "", squeezed(one.text or ""))
        waiting[key].append(one)
    for lookup in read_lookups(run):
        coded = earlier.find(lookup.interview)
        for unit in lookup.units.values():
            stated = waiting.pop((unit.id,), [])
            if same := waiting.get((lookup.interview.id, squeezed(unit.text))):
                stated.append(same.pop(0))
            for one in stated:
                machine = _checked(one, label_of(lookup, unit), judged=lookup.is_judged(unit))
                yield one, machine, next(iter(coded.get(unit.id, ())), None)
    for one in (one for rows in waiting.values() for one in rows):
        named = one.unit_id or f'"{one.text or ""}" in "{one.doc or ""}"'
        raise InputError(
            f"{one.where}: no unit {named} in {run}; expected sentences of this run, by unit_id or "
            f"by doc and text; {AGAIN}"
        )


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
