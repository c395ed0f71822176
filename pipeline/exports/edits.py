"""What people changed in an exported file, or coded elsewhere, as labels of a run's units."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.coding.judgements import label_of
from pipeline.coding.labels import HUMAN, coder_file, read_labels
from pipeline.errors import InputError
from pipeline.exports.answers import Answers, Given, changes
from pipeline.exports.document import squeezed
from pipeline.exports.formats import READABLE
from pipeline.exports.source import Source
from pipeline.records import Label
from pipeline.write.folder import read_manifest
from pipeline.write.lookup import Lookup

BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile,
)  # fmt: skip
"""What the libraries raise on a file that is not of their format."""
AGAIN = "name the run that it was exported from, or export this one again and code that file"


def read_edits(run: Path, file: Path, *, coder: str) -> list[Label]:
    """Return a person's labels of the units that a file states otherwise than the run.

    A label answers the questions that were changed, and keeps what this coder answered before on
    the same unit. Of labels from elsewhere (CSV, JSON Lines) each row that states one counts.

    Args:
        run: folder of the run.
        file: exported, then changed: ``.docx``, ``.xlsx``, ``.json`` (Label Studio), ``.xmi``; or
            labels from elsewhere: ``.csv``, ``.jsonl``.
        coder: name of the person.

    Raises:
        InputError: the file is of another run, its text was changed, or a label cannot be read.
    """
    read_manifest(run)
    path = coder_file(run, coder)
    earlier = {one.unit_id: one for one in (read_labels(path) if path.is_file() else ())}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    found = []
    for given, machine in _matched(run, _read(file)):
        if not (changed := changes(given, machine)):
            continue
        before = Answers.of(earlier[machine.unit_id]) if machine.unit_id in earlier else Answers()
        answers = Answers.model_validate({**before.model_dump(), **changed})
        if answers != before:
            own = {"source": f"{HUMAN}{coder}", "coded_at": now, **answers.model_dump()}
            found.append(Label.model_validate({**machine.model_dump(), **own}))
            earlier[machine.unit_id] = found[-1]
    return found


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


def _matched(run: Path, given: list[Given]) -> Iterator[tuple[Given, Label]]:
    """Yield what is stated of each unit, with the run's judgement of it, in the run's order.

    Of sentences that read the same in one interview, the first row is of the first one.
    """
    waiting: dict[tuple[str, ...], list[Given]] = defaultdict(list)
    for one in given:
        key = (one.unit_id,) if one.unit_id else (one.doc or "", squeezed(one.text or ""))
        waiting[key].append(one)
    for interview in Source(run).interviews():
        lookup = Lookup(interview)
        for unit in lookup.units.values():
            same = waiting.get((interview.id, squeezed(unit.text)), [])
            stated, same[:1] = [*waiting.pop((unit.id,), []), *same[:1]], []
            for one in stated:
                yield one, _checked(one, label_of(lookup, unit), judged=lookup.is_judged(unit))
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
