"""Files of labels: one ``Label`` a line, kept apart from the run that they are about.

People's labels of ``outputs/NAME`` are in ``outputs/NAME.labels/CODER.jsonl``: a new run replaces
the run's folder and leaves them. Lines are only ever appended; of two labels of one unit with
one text by one coder the later one counts. A label without answers takes back the one before it
of the same import, so that what this one had replaced stands again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InputError, legible
from pipeline.records import Label
from pipeline.runs.jsonl import dump_line, load_object, read_lines

SUFFIX = ".labels"
HUMAN = "human:"
CODER = re.compile(r"\w[\w.-]*")
NAMED = 'letters, digits, ".", "-" and "_"'
FOREIGN = ("dataset", "id")  # of annotated rows that are no labels of a run
EXPECTED = (
    "labels as `westward code` or `westward gold` writes them, one JSON object a line; a line that "
    "a crash cut short can be deleted: its sentence is asked again"
)


def labels_folder(run: Path) -> Path:
    """Return the folder of people's labels of a run: beside it, so that a new run keeps it."""
    run = run.resolve()
    return run.parent / f"{run.name}{SUFFIX}"


def coder_of(source: str) -> str:
    """Return the person that a source names, else the source."""
    return source.removeprefix(HUMAN)


def is_human(source: str) -> bool:
    """Tell whether people are the source of a judgement."""
    return source.startswith(HUMAN)


def coders_of(source: str) -> str:
    """Return the people of a judgement's source: "anna, ben"."""
    return ", ".join(map(coder_of, source.split()))


def check_source(source: str) -> None:
    """Refuse a source that would not be one name in tables, on pages and on a terminal.

    Raises:
        ValueError: a person's name is no name of a coder, or there are control characters in it.
    """
    if not (CODER.fullmatch(coder_of(source)) if is_human(source) else source.isprintable()):
        raise ValueError(f"source {json.dumps(source)} is no name; use {HUMAN}NAME, {NAMED}")


def coder_file(run: Path, coder: str) -> Path:
    """Return the file of a coder's labels of a run.

    Raises:
        InputError: the name cannot be that of a file, or the file is a link.
    """
    if not CODER.fullmatch(coder):
        raise InputError(f'coder "{coder}": expected {NAMED}; choose another name')
    return _own(labels_folder(run) / f"{coder}.jsonl")


def coder_files(run: Path) -> list[Path]:
    """Return the files of people's labels of a run, sorted; none where nobody coded.

    Raises:
        InputError: one of them is a link, or no regular file.
    """
    return [_own(path) for path in sorted(labels_folder(run).glob("*.jsonl"))]


def _own(path: Path) -> Path:
    """Return a file of labels, there or not; a link would read and write in another place."""
    place = next((one for one in (path.parent, path) if one.is_symlink()), None)
    if place is not None or (path.exists() and not path.is_file()):
        raise InputError(
            f"{legible(place or path)}: {'a link' if place else 'no regular file'}; expected a "
            f"folder NAME{SUFFIX} with files of labels beside the run; copy what it leads to, or "
            "remove it"
        )
    return path


def read_labels(path: Path) -> list[Label]:
    """Read a file of labels; of several of one unit by one source, the last one that stands.

    Labels without a source, such as ``corpus/gold/labels.jsonl``, are by the file's name.

    Raises:
        InputError: the file cannot be read, or a line is no label; names the line.
    """
    found: dict[tuple[str, ...], Label] = {}
    for label in read_entries(path):
        key = (label.source, label.doc, label.unit_id or "", label.text)
        if key not in found or is_coded(label):
            found.pop(key, None)
            found[key] = label
    return list(found.values())


def read_entries(path: Path) -> list[Label]:
    """Read a file of labels; of several of one unit by one source, one of each import.

    What was coded in a sample and what was corrected later are both there.

    Raises:
        InputError: as ``read_labels``.
    """
    found: dict[tuple[str, ...], Label] = {}

    def load(line: str) -> Label:
        data = {key: one for key, one in load_object(line).items() if key not in FOREIGN}
        label = Label.model_validate_json(json.dumps({"source": path.stem, **data}))
        check_source(label.source)
        return label

    lines = read_lines(path, load, record="label", expected=EXPECTED)
    for _, label in lines:
        key = (label.source, label.doc, label.unit_id or "", label.text, label.batch or "")
        found.pop(key, None)
        found[key] = label
    return list(found.values())


def is_coded(label: Label) -> bool:
    """Tell whether any question is answered; a label that was taken back has no answer."""
    answers = label.component, label.west, label.attributed, label.relation
    return any(one is not None for one in answers)


def coded_in(path: Path) -> list[Label]:
    """Return the labels of a coder that are not taken back; none where there is no file."""
    return [one for one in read_labels(path) if is_coded(one)] if path.is_file() else []


def drawn_in(path: Path) -> list[Label]:
    """Return what a coder coded in a sample and did not take back; none where there is no file.

    A sentence that was corrected outside of the sample is still to be asked about in it.
    """
    entries = read_entries(path) if path.is_file() else []
    return [one for one in entries if one.batch is None and is_coded(one)]


def read_human_labels(run: Path) -> dict[str, list[Label]]:
    """Return people's labels of a run by coder, sorted; none where nobody coded.

    Raises:
        InputError: as ``read_labels``.
    """
    return {path.stem: read_labels(path) for path in coder_files(run)}


def read_drawn_labels(run: Path) -> dict[str, list[Label]]:
    """Return the labels of a run that were coded in a sample, by coder; no correction is there.

    A coder without any has an empty list.

    Raises:
        InputError: as ``read_labels``.
    """
    return {
        path.stem: [one for one in read_entries(path) if one.batch is None]
        for path in coder_files(run)
    }


def fingerprint(run: Path) -> str | None:
    """Return the sha256 of people's labels of a run; None where nobody coded."""
    files = coder_files(run)
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.name} {path.stat().st_size}\n".encode() + path.read_bytes())
    return found.hexdigest() if files else None


def append_labels(path: Path, labels: Iterable[Label]) -> None:
    """Append labels to a file, on the disk when the call returns; the folder is made.

    Raises:
        InputError: the file cannot be written; it is as it was before.
    """
    size = path.stat().st_size if path.is_file() else 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as stream:
            stream.seek(max(size - 1, 0))
            if stream.read(1) not in (b"", b"\n"):  # the last line was cut short
                stream.write(b"\n")
            stream.write("".join(map(dump_line, labels)).encode("utf8"))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        with suppress(OSError):
            os.truncate(path, size)
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); expected a folder with space that you "
            "may write to"
        ) from error
