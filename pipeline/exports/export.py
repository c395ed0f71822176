"""An export of a run in one format: what writes it, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path

from pipeline.artefacts import sha256_of
from pipeline.errors import InputError, did_you_mean, legible
from pipeline.exports.formats import FORMATS
from pipeline.exports.source import Source
from pipeline.runs.files import (
    disk_faults,
    make_place,
    only_one,
    remove,
    sync_folder,
    sync_tree,
    unwritable,
)
from pipeline.runs.folder import read_manifest

SUFFIX = ".exports"


def export(
    run: Path,
    name: str,
    *,
    out: Path | None = None,
    interview: str | None = None,
    labels: bool = True,
) -> Path:
    """Write a run in another format; return the file or folder written.

    Args:
        run: folder of the run.
        name: of the format.
        out: file, or folder for a format of several files; in ``RUN.exports`` beside the run if not
            given. Files of the same names are replaced, except those that can hold corrections.
        interview: id of the only one to write.
        labels: whether people's labels apply; else it is of the judge alone.

    Raises:
        InputError: the format is unknown, the run cannot be read, the place cannot be written to,
            is in the run, or has a file that can hold corrections or is a transcript of the run.
    """
    names = [one.name for one in FORMATS]
    if name not in names:
        raise InputError(
            f"--to {name}: no such format{did_you_mean(name, names)}; expected one of "
            f"{', '.join(names)}"
        )
    form, source = FORMATS[names.index(name)], Source(run, interview, labels)
    transcripts = {one["sha256"] for one in read_manifest(run).get("inputs", ())}
    named = run if run.name.strip(".") else run.resolve()  # "." has no name
    beside = named.with_name(f"{named.name}{SUFFIX}")
    target = out or beside / (f"{source.name}{form.suffix}" if form.suffix else name)
    target = target if target.name.strip(".") else target.resolve()
    if target.resolve().is_relative_to(run.resolve()):
        raise InputError(
            f"{legible(target)}: in the run, which has files of runs alone; choose another -o"
        )
    part = target.with_name(f".{target.name}.part")
    make_place(target.parent, option="-o")
    with only_one(target, option="-o"), disk_faults(target, option="-o", folder=target.parent):
        remove(part)  # of a killed process
        try:
            part.mkdir()
            written = part / f"export{form.suffix}"
            if not form.suffix:
                written.mkdir()
            form.write(source, written)
            sync_tree(part)
            _move(written, target, keep=form.reads is not None, spare=transcripts)
        except OSError as error:
            raise unwritable(target, error, option="-o") from error
        finally:
            remove(part)
    return target


def _move(written: Path, target: Path, *, keep: bool, spare: Container[str]) -> None:
    """Rename the file, or the files of the folder, into place; keep others that are there.

    Args:
        written: file or folder.
        target: its place.
        keep: files of the same names are not replaced.
        spare: sha256 of files that are not, even so.
    """
    places = {written: target}
    if written.is_dir():
        target.mkdir(exist_ok=True)
        places = {path: target / path.name for path in written.iterdir()}
    for path, place in places.items():
        if keep and place.exists() and place.read_bytes() != path.read_bytes():
            raise InputError(
                f"{place}: exists, and may hold corrections; expected a new "
                "place; import it, then move it, or choose another -o"
            )
        if place.is_file() and sha256_of(place) in spare:
            raise InputError(
                f"{legible(place)}: a transcript of the run; expected a place for exports; choose "
                "another -o"
            )
    for path, place in places.items():
        os.replace(path, place)
    sync_folder(target if target.is_dir() else target.parent)
