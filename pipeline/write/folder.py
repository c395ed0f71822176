"""The folder of a run: written whole or not at all, and never over files of another origin."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.write.place import check_movable, check_place, unwritable

MANIFEST_NAME = "run.json"
ANNOTATED_NAME = "annotated.jsonl"
OPTION = "-o"


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
    part, made = _make_part(destination)
    try:
        part.chmod(0o755)
        yield part
        check_free(destination)
        if worthwhile():
            _replace(destination, part)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):  # one that is not empty stays, and those above it
            for folder in made:
                folder.rmdir()


def _make_part(destination: Path) -> tuple[Path, list[Path]]:
    """Make a temporary folder next to a destination; return it, and the parents made for it."""
    parent = destination.parent
    missing = [one for one in (parent, *parent.parents) if not one.exists()]
    try:
        parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{destination.name}.", dir=parent))
    except OSError as error:
        raise unwritable(destination, error, option=OPTION) from error
    return part, missing


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
    ours = {Path(MANIFEST_NAME), *map(Path, read_manifest(destination).get("outputs", {}))}
    if strange := sorted(there - ours):
        raise InputError(
            f"{destination}: holds {strange[0]}, which no run wrote; a new run would delete it; "
            "move it, or choose another -o"
        )


def read_manifest(run: Path) -> dict[str, Any]:
    """Read a run's run.json.

    Raises:
        InputError: it is missing, or was not written by Westward.
    """
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


def write_manifest(run: Path, manifest: dict[str, Any]) -> None:
    """Write run.json, with the sha256 of each file in the run's folder."""
    outputs = {
        path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({**manifest, "outputs": outputs}, indent=2, ensure_ascii=False)
    data = (text + "\n").encode("utf8", "backslashreplace")  # of a file's name that is not UTF-8
    (run / MANIFEST_NAME).write_bytes(data)


def _replace(destination: Path, part: Path) -> None:
    if not destination.exists():
        part.rename(destination)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{destination.name}.", dir=destination.parent))
    try:
        destination.rename(old / "run")
        try:
            part.rename(destination)
        except OSError:
            (old / "run").rename(destination)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
