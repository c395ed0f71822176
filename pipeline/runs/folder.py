"""The folder of a run: written whole or not at all, and never over files of another origin."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipeline.config import complete
from pipeline.errors import InputError, WestwardError, did_you_mean, listed
from pipeline.records import Interview
from pipeline.runs.files import (
    check_movable,
    check_place,
    only_one,
    replace_file,
    unwritable,
)
from pipeline.runs.jsonl import read_interviews

MANIFEST_NAME = "run.json"
ANNOTATED_NAME = "annotated.jsonl"
TABLES_NAME = "tables"
OPTION = "-o"
_NO_SPACE = 65_536  # bytes
_DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


@contextmanager
def new_folder(
    destination: Path, *, worthwhile: Callable[[], bool] = lambda: True
) -> Iterator[Path]:
    """Yield a temporary folder next to the destination, and rename it if the block succeeds.

    An earlier run at the destination is replaced.

    Args:
        destination: the run's folder.
        worthwhile: called if the block succeeds; if it returns False, nothing is changed.

    Raises:
        InputError: the destination has files that no run wrote, or cannot be written to.
    """
    destination = destination.resolve()
    check_free(destination)
    missing = [one for one in destination.parents if not one.exists()]
    part = destination.with_name(f".{destination.name}.part")
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(destination, error, option=OPTION) from error
    try:
        with only_one(destination, option=OPTION, wait=False):
            _repair(destination)
            try:
                part.mkdir()
                yield part
                check_free(destination)
                if worthwhile():
                    _replace(destination, part)
            except WestwardError:
                raise
            except Exception as error:
                if reason := _disk_fault(error, part):
                    raise unwritable(destination, reason, option=OPTION) from error
                raise
            finally:
                shutil.rmtree(part, ignore_errors=True)
    finally:
        with suppress(OSError):  # one that is not empty stays, and those above it
            for folder in missing:
                folder.rmdir()


def _repair(destination: Path) -> None:
    """Remove what killed runs left beside a destination; restore the run they were replacing.

    Nothing of a living run is there, as the lock of the destination is held.
    """
    old = _aside(destination)
    if old.exists() and not destination.exists():
        old.rename(destination)
    for left in (old, destination.with_name(f".{destination.name}.part")):
        shutil.rmtree(left, ignore_errors=True)


def _aside(destination: Path) -> Path:
    return destination.with_name(f".{destination.name}.old")


def _disk_fault(error: BaseException | None, folder: Path) -> OSError | None:
    """Return the fault of the disk that an error comes from, whichever library raised it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _DISK_FAULTS:
            return error
        error = error.__cause__ or error.__context__
    try:
        is_full = shutil.disk_usage(folder).free < _NO_SPACE
    except OSError as fault:
        return fault
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if is_full else None


def check_free(destination: Path) -> None:
    """Check that a run may be written to a place: it is empty, or holds only an earlier run.

    Raises:
        InputError: something else is there, or the place cannot be written to.
    """
    check_place(destination.parent, option=OPTION)
    if not destination.exists():
        return
    if not destination.is_dir():
        raise InputError(f"{destination}: a file; expected a folder to write to; choose another -o")
    check_movable(destination, option=OPTION)
    there = {path.relative_to(destination) for path in destination.rglob("*") if path.is_file()}
    if not there:
        return
    if Path(MANIFEST_NAME) not in there:
        raise InputError(
            f"{destination}: holds files, but no {MANIFEST_NAME}, so no run wrote it; expected an "
            "earlier run, or a folder that is empty or not there; choose another -o"
        )
    ours = {Path(MANIFEST_NAME), *map(Path, _read_stated(destination).get("outputs", {}))}
    if strange := sorted(there - ours):
        raise InputError(
            f"{destination}: holds {strange[0]}, which no run wrote; a new run would delete it; "
            "move it, or choose another -o"
        )


def read_manifest(run: Path) -> dict[str, Any]:
    """Read a run's run.json; settings that are newer than the run are as the run was.

    Raises:
        InputError: it is missing, or was not written by Westward.
    """
    manifest = _read_stated(run)
    return {**manifest, "settings": complete(manifest.get("settings", {}))}


def _read_stated(run: Path) -> dict[str, Any]:
    """Read run.json as it is, to write it again; raises as ``read_manifest``."""
    path = run / MANIFEST_NAME
    try:
        manifest = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected the folder of a run, such as "
            "outputs/corpus"
        ) from error
    if not isinstance(manifest, dict) or "westward" not in manifest.get("versions", {}):
        raise InputError(f"{path}: not written by Westward; expected the folder of a run")
    return manifest


def interviews_of(run: Path, only: str | None = None) -> Iterator[Interview]:
    """Yield the interviews of a run's folder, or of its JSONL.

    Args:
        run: the folder or file.
        only: id of the only one.

    Raises:
        InputError: it cannot be read, or has no such interview.
    """
    path = run / ANNOTATED_NAME if run.is_dir() else run
    ids: list[str] = []
    for interview in read_interviews(path):
        ids.append(interview.id)
        if only in (None, interview.id):
            yield interview
        if only == interview.id:
            return
    if only is not None:
        raise InputError(
            f'{path}: no interview "{only}" in it{did_you_mean(only, ids)}; expected one of '
            f"{listed(ids)}"
        )


def write_manifest(run: Path, manifest: dict[str, Any]) -> None:
    """Write run.json, with the sha256 of each file in the run's folder."""
    outputs = {
        path.relative_to(run).as_posix(): _hash(path)
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }
    (run / MANIFEST_NAME).write_bytes(_dump({**manifest, "outputs": outputs}))


def replace_outputs(run: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a run again, or add some, and put their hashes into run.json.

    Each file, by its path within the run, is replaced whole; run.json is the last.

    Raises:
        InputError: the folder is not of a run, cannot be written to, or is being written to.
    """
    run = run.resolve()
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    with only_one(run, option="run", wait=False):
        manifest = _read_stated(run)
        outputs = dict(sorted({**manifest.get("outputs", {}), **hashes}.items()))
        last = _dump({**manifest, "outputs": outputs})
        for name, data in (*contents.items(), (MANIFEST_NAME, last)):
            (run / name).parent.mkdir(parents=True, exist_ok=True)
            replace_file(run / name, data, option="run")


def move_outputs(
    run: Path, made: Path, manifest: Mapping[str, Any], *, whole: Sequence[str] = ()
) -> None:
    """Move files that were made beside a run into it; run.json is the last, with their hashes.

    Args:
        run: its folder.
        made: folder with the files, each where it is to be in the run.
        manifest: run.json as it is to be, but for its settings, which stay as they are.
        whole: folders of the run from which files that were not made again are deleted.

    Raises:
        InputError: the folder cannot be written to, or is being written to.
    """
    files = {one.relative_to(made).as_posix(): one for one in made.rglob("*") if one.is_file()}
    hashes = {name: _hash(one) for name, one in files.items()}
    with only_one(run, option="run", wait=False):
        stated = _read_stated(run)
        before = stated.get("outputs", {})
        gone = [one for one in before if one.partition("/")[0] in whole and one not in files]
        try:
            for name in gone:
                (run / name).unlink(missing_ok=True)
            for name, path in files.items():
                (run / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, run / name)
        except OSError as error:
            raise unwritable(run, error, option="run") from error
        kept = {name: one for name, one in before.items() if name not in gone}
        outputs = dict(sorted({**kept, **hashes}.items()))
        last = _dump({**manifest, "settings": stated.get("settings", {}), "outputs": outputs})
        replace_file(run / MANIFEST_NAME, last, option="run")


def _hash(path: Path) -> str:
    with path.open("rb") as stream:  # a file of a run may be larger than the memory
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _dump(manifest: dict[str, Any]) -> bytes:
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf8", "backslashreplace")  # of a file's name that is not UTF-8


def _replace(destination: Path, part: Path) -> None:
    """Put a run in the place of an earlier one; ``_repair`` ends what is killed in the middle."""
    old = _aside(destination)
    if destination.exists():
        destination.rename(old)
    try:
        part.rename(destination)
    except OSError:
        if old.exists():
            old.rename(destination)
        raise
    shutil.rmtree(old, ignore_errors=True)
