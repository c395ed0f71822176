"""Places for output: checked before the work; files are written whole or not at all.

``option`` is the one of the command line by which the user chooses another place.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import InputError


def check_place(folder: Path, *, option: str) -> None:
    """Check that a folder can be written to, or made, and leave what is there unchanged.

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


def make_place(folder: Path, *, option: str) -> None:
    """Make a folder to write to, unless it is there.

    Raises:
        InputError: a file is in the way, or nothing can be made there.
    """
    check_place(folder, option=option)
    try:
        folder.mkdir(parents=True, exist_ok=True)
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


@contextmanager
def only_one(path: Path, *, option: str, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a file or folder, ``.NAME.lock`` beside it; it ends with its process.

    Systems without ``fcntl`` (Windows), and disks without locks, go without.

    Raises:
        InputError: another process holds it, and ``wait`` is false; or no lock can be made.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock = path.with_name(f".{path.name}.lock")
    try:
        while True:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
            with suppress(PermissionError, NotImplementedError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if _is_at(descriptor, lock):
                break
            os.close(descriptor)  # the process that held it has removed it
    except BlockingIOError as error:
        os.close(descriptor)
        raise InputError(
            f"{path}: another process is writing to it; wait until that is done, or choose "
            f"another {option}"
        ) from error
    except OSError as error:
        raise unwritable(path, error, option=option) from error
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    """Return whether an open file still has its name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
