"""Places for output: checked before the work; files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.errors import InputError


def check_place(folder: Path, *, option: str) -> None:
    """Check that a folder can be written to, or made, and leave what is there unchanged.

    Args:
        folder: to be written to; it need not be there.
        option: of the command line, by which the user chooses another.

    Raises:
        InputError: a file is in the way, or nothing can be made there.
    """
    nearest = folder.absolute()
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise InputError(
            f"{nearest}: a file; expected a folder to write to; choose another {option}"
        )
    try:
        Path(tempfile.mkdtemp(prefix=".westward.", dir=nearest)).rmdir()
    except OSError as error:
        raise unwritable(folder, error, option=option) from error


def check_movable(folder: Path, *, option: str) -> None:
    """Check that a folder that is there can be moved away and replaced.

    Raises:
        InputError: a disk is mounted there; or it is empty, and its parent folder is read-only.
    """
    if folder.is_mount():
        raise InputError(
            f"{folder}: a disk is mounted there, so it cannot be replaced as a whole; expected a "
            f"folder in it; choose another {option}, such as {folder / 'run'}"
        )
    try:
        if any(folder.iterdir()):
            return
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            folder.rename(aside / folder.name)
            (aside / folder.name).rename(folder)
        finally:
            aside.rmdir()
    except OSError as error:
        raise unwritable(folder, error, option=option) from error


def unwritable(path: Path, error: OSError, *, option: str) -> InputError:
    """Return the error for a place that cannot be written to; it names the option to change."""
    return InputError(
        f"{path}: cannot be written ({error.strerror or error}); expected a place where files can "
        f"be made; choose another {option}"
    )


def replace_file(path: Path, data: bytes, *, option: str = "place") -> None:
    """Write a temporary file and rename it, so that the file is whole or absent.

    Args:
        path: of the file.
        data: its content.
        option: of the command line, by which the user chooses another place.

    Raises:
        InputError: it cannot be written.
    """
    if path.is_dir():
        raise InputError(f"{path}: a folder; expected a file to write to; choose another {option}")
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise unwritable(path, error, option=option) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
