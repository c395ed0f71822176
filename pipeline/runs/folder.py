"""The folder of a run: written whole or not at all, and never over files of another origin."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, JsonValue, ValidationError

from pipeline.artefacts import sha256_of
from pipeline.config import complete
from pipeline.errors import ConfigError, InputError, did_you_mean, listed
from pipeline.records import Interview
from pipeline.runs.files import (
    check_movable,
    check_place,
    disk_faults,
    exchange,
    is_there,
    only_one,
    open_file,
    place_in,
    remove,
    replace_file,
    sync_folder,
    sync_tree,
    unwritable,
)
from pipeline.runs.jsonl import read_interviews

MANIFEST_NAME = "run.json"
ANNOTATED_NAME = "annotated.jsonl"
TABLES_NAME = "tables"
OPTION = "-o"
_SHOWN = 80
"""Characters of what run.json names that a message shows."""


def _inner(name: str) -> str:
    """Return the name of a file within a run; ValueError if it leads elsewhere."""
    parts = name.split("/")
    if not all(parts) or {".", ".."} & {*parts} or "\\" in name or "\0" in name:
        raise ValueError("expected the name of a file within the run")
    return name


_Facts = dict[str, JsonValue]


class _Named(BaseModel):
    """A model, or a bloc."""

    name: str = ""
    version: str = ""
    description: str = ""
    definitions: list[_Named] = []


class _Input(BaseModel):
    """A transcript that was annotated, or a file that the run was made with."""

    path: str = ""
    sha256: str | None


class _Versions(BaseModel):
    """Versions of the program and its libraries."""

    westward: str


class _Labels(BaseModel):
    """People's labels that the tables have."""

    sha256: str
    sentences: int = 0
    disputed: int = 0
    by: dict[str, int] = {}


class _Manifest(BaseModel):
    """What is read of run.json by anyone; a run may state more."""

    versions: _Versions
    settings: dict[str, _Facts | JsonValue] = {}
    outputs: dict[Annotated[str, AfterValidator(_inner)], str] = {}
    bloc: _Named | None = None
    compared_blocs: list[_Named] = []
    models: list[_Named] = []
    actors: _Input | None = None
    inputs: list[_Input] = []
    judge: _Facts = {}
    labels: _Labels | None = None
    columns: dict[str, list[str]] = {}
    targets: _Facts = {}
    totals: dict[str, int] = {}
    counts: list[_Facts] = []
    failures: list[_Facts] = []
    warnings: list[_Facts] = []
    seconds: _Facts = {}


@contextmanager
def new_folder(
    destination: Path, *, worthwhile: Callable[[], bool] = lambda: True
) -> Iterator[Path]:
    """Yield a temporary folder next to the destination, and rename it if the block succeeds.

    An earlier run at the destination is replaced in one step where the system can exchange two
    names; elsewhere in two, and the next command ends what was killed between them.

    Args:
        destination: the run's folder.
        worthwhile: called if the block succeeds; if it returns False, nothing is changed.

    Raises:
        InputError: the destination has files that no run wrote, or cannot be written to.
    """
    destination = destination.resolve()
    check_free(destination)
    missing = [one for one in destination.parents if not one.exists()]
    part = _beside(destination, "part")
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(destination, error, option=OPTION) from error
    try:
        with only_one(destination, option=OPTION, wait=False):
            _settle(destination)
            remove(part)
            try:
                with disk_faults(destination, option=OPTION, folder=part):
                    part.mkdir()
                    yield part
                    check_free(destination)
                    if worthwhile():
                        sync_tree(part)
                        _replace(destination, part)
                        for folder in missing:
                            sync_folder(folder.parent)
            finally:
                try:
                    _settle(destination)
                finally:
                    remove(part)
    finally:
        with suppress(OSError):  # one that is not empty stays, and those above it
            for folder in missing:
                folder.rmdir()


def _beside(destination: Path, what: str) -> Path:
    """A hidden place beside a run.

    ``part`` is being written; ``new`` is whole, to be put in the place of the run; ``old`` is the
    run that it replaces.
    """
    return destination.with_name(f".{destination.name}.{what}")


def _replace(destination: Path, part: Path) -> None:
    """Put a whole run in the place of an earlier one, which is ``part`` or removed afterwards."""
    if not destination.exists():
        part.rename(destination)
    elif not exchange(part, destination):
        part.rename(_beside(destination, "new"))
        _settle(destination)
    sync_folder(destination.parent)


def _settle(destination: Path) -> None:
    """End the replacement of a run that a process began and did not end.

    Nothing of a living run is there, as the lock of the destination is held.

    Raises:
        OSError: the new run cannot be put in its place; the earlier one is.
    """
    new, old = _beside(destination, "new"), _beside(destination, "old")
    try:
        if new.exists():
            if destination.exists():
                remove(old)
                destination.rename(old)
            new.rename(destination)
    except OSError:
        if old.exists() and not destination.exists():
            old.rename(destination)
        remove(new)
        raise
    if old.exists() and not destination.exists():
        old.rename(destination)
    remove(old)


def find_run(run: Path) -> Path:
    """Return the folder of a run; one that was being replaced is put in its place before.

    Raises:
        InputError: another process is replacing it, it cannot be put there, or it has pipes or
            devices, which may have no end.
    """
    place = run.resolve()
    if not place.exists() and any(_beside(place, what).exists() for what in ("new", "old")):
        with only_one(place, option="run"), disk_faults(place, option="run"):
            _settle(place)
    for one in (*place.glob("*"), *place.glob("*/*")) if place.is_dir() else ():
        if not (one.is_file() or one.is_dir()):
            raise InputError(
                f"{one}: no regular file; expected the folder of a run, which has files alone; "
                "remove it, or run the transcripts again"
            )
    return run


def check_free(destination: Path) -> None:
    """Check that a run may be written to a place: it is empty, or holds only an earlier run.

    Raises:
        InputError: something else is there, or the place cannot be written to.
    """
    check_place(destination.parent, option=OPTION)
    if not is_there(destination, option=OPTION):
        return
    if not destination.is_dir():
        raise InputError(f"{destination}: a file; expected a folder to write to; choose another -o")
    check_movable(destination, option=OPTION)
    there = {
        path.relative_to(destination)
        for path in destination.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
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
    try:
        return {**manifest, "settings": complete(manifest.get("settings", {}))}
    except ConfigError as error:
        raise InputError(f"{run / MANIFEST_NAME}: {error}") from error


def _read_stated(run: Path) -> dict[str, Any]:
    """Read run.json as it is, to write it again; raises as ``read_manifest``."""
    path = find_run(run) / MANIFEST_NAME
    try:
        with open_file(path) as stream:
            manifest = json.loads(stream.read())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected the folder of a run, such as "
            "outputs/corpus"
        ) from error
    try:
        _Manifest.model_validate(manifest, strict=True)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"]))[:_SHOWN]
        raise InputError(
            f"{path}: not written by Westward ({where}: {fault['msg']}); expected the folder of "
            "a run"
        ) from error
    return dict(manifest)


def interviews_of(run: Path, only: str | None = None) -> Iterator[Interview]:
    """Yield the interviews of a run's folder, or of its JSONL.

    Args:
        run: the folder or file.
        only: id of the only one.

    Raises:
        InputError: it cannot be read, or has no such interview.
    """
    path = run / ANNOTATED_NAME if find_run(run).is_dir() else run
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
        path.relative_to(run).as_posix(): sha256_of(path)
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
            place = _place(run, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            replace_file(place, data, option="run")


def move_outputs(
    run: Path, made: Path, manifest: Mapping[str, Any], *, whole: Sequence[str] = ()
) -> None:
    """Put files that were made beside a run into it, in one step where ``new_folder`` has one.

    The run's other files become files of ``made`` too, which then gets the run's place.

    Args:
        run: its folder.
        made: folder with the files, each where it is to be in the run; of the same disk.
        manifest: run.json as it is to be, but for its settings, which stay as they are.
        whole: folders of the run from which files that were not made again are deleted.

    Raises:
        InputError: the folder cannot be written to, or is being written to.
    """
    files = {one.relative_to(made).as_posix() for one in made.rglob("*") if one.is_file()}
    hashes = {name: sha256_of(made / name) for name in files}
    with only_one(run, option="run", wait=False):
        stated = _read_stated(run)
        before = stated.get("outputs", {})
        gone = {one for one in before if one.partition("/")[0] in whole and one not in files}
        for name in (*files, *gone):
            _place(run, name)
        kept = {name: one for name, one in before.items() if name not in gone}
        outputs = dict(sorted({**kept, **hashes}.items()))
        last = _dump({**manifest, "settings": stated.get("settings", {}), "outputs": outputs})
        try:
            (made / MANIFEST_NAME).write_bytes(last)
            _keep(run, made, gone)
            sync_tree(made)
            _replace(run, made)
        except OSError as error:
            raise unwritable(run, error, option="run") from error
        finally:
            _settle(run)


def _keep(run: Path, made: Path, gone: Container[str]) -> None:
    """Give the files of a run that were not made again, and its folders, a second place."""
    for place in (run, *sorted(run.rglob("*"))):
        name = place.relative_to(run)
        if place.is_dir() and not place.is_symlink():
            (made / name).mkdir(exist_ok=True)
            shutil.copystat(place, made / name)
        elif name.as_posix() not in gone and not os.path.lexists(made / name):
            try:
                os.link(place, made / name, follow_symlinks=False)
            except OSError:  # a disk that has no second names
                shutil.copy2(place, made / name, follow_symlinks=False)


def _place(run: Path, name: str) -> Path:
    """Return the place of a file of a run; InputError if a link leads it out of the run."""
    if (place := place_in(run, name)) is None:
        raise InputError(
            f"{run}: {name} is not in it; expected files and folders of a run, without links to "
            "others; run the transcripts again"
        )
    return place


def _dump(manifest: dict[str, Any]) -> bytes:
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf8", "backslashreplace")  # of a file's name that is not UTF-8
