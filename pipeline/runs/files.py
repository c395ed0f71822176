"""Places for output: checked before the work; files are written whole or not at all.

What is written is on the disk (``fsync``) before it gets its name, and the name is when the call
returns. ``option`` is the one of the command line by which the user chooses another place.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from pipeline.errors import InputError, WestwardError, legible

PROBE = ".westward."
"""How the names start of folders made to try a place, where a file without a name cannot be."""
_UNNAMED = getattr(os, "O_TMPFILE", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_NO_SUCH_CALL = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EISDIR)
_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENAMETOOLONG)
_NO_SPACE = 65_536  # bytes
_SYNCED_AT_ONCE = 8  # files: a journal writes what waits for it together


def check_place(folder: Path, *, option: str) -> None:
    """Check that a folder can be written to, or made, and leave what is there unchanged.

    Raises:
        InputError: a file is in the way, or nothing can be made there.
    """
    nearest = folder.absolute()
    is_there(folder, option=option)
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise InputError(
            f"{nearest}: a file; expected a folder to write to; choose another {option}"
        )
    try:
        _try(nearest)
    except OSError as error:
        raise unwritable(folder, error, option=option) from error


def is_there(path: Path, *, option: str) -> bool:
    """Return whether a file or folder is there.

    Raises:
        InputError: nothing can be, as its name is too long or links lead in a circle.
    """
    try:
        return path.exists()
    except OSError as error:
        raise unwritable(path, error, option=option) from error


def _try(folder: Path) -> None:
    """Make a file without a name, which nothing can leave there, or else a folder; remove it."""
    if _UNNAMED:
        try:
            os.close(os.open(folder, _UNNAMED | os.O_WRONLY, 0o600))
        except OSError as error:
            if error.errno not in _NO_SUCH_CALL:
                raise
        else:
            return
    for left in folder.glob(f"{PROBE}*"):  # of a killed process; one with files is no probe
        with suppress(OSError):
            left.rmdir()
    made = tempfile.mkdtemp(prefix=PROBE, dir=folder)
    with suppress(FileNotFoundError):  # another process has removed it
        os.rmdir(made)


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
        InputError: a disk is mounted there; or it is another user's in a folder where users may
            move their own alone, such as /tmp.
    """
    if folder.is_mount():
        raise InputError(
            f"{folder}: a disk is mounted there, so it cannot be replaced as a whole; expected a "
            f"folder in it; choose another {option}, such as {folder / 'run'}"
        )
    user = os.geteuid() if hasattr(os, "geteuid") else 0
    above = folder.parent.stat()
    if above.st_mode & stat.S_ISVTX and user not in (0, above.st_uid, folder.stat().st_uid):
        raise unwritable(
            folder, OSError(errno.EPERM, "it is another user's, in a shared folder"), option=option
        )


def place_in(folder: Path, name: str) -> Path | None:
    """Return the place of a file by its name within a folder; null where it is outside.

    Outside are absolute names, names with too many "..", those with a null byte, and what is
    reached by a link.
    """
    try:
        inside = folder.resolve()
        place = (inside / name).resolve()
        with suppress(FileNotFoundError, NotADirectoryError):
            place.lstat()  # raises where the name is too long
        return place if place != inside and place.is_relative_to(inside) else None
    except (ValueError, OSError, RuntimeError):  # a null byte; too long; links in a circle
        return None


def unwritable(path: Path, error: OSError, *, option: str) -> InputError:
    """Return the error for a place that cannot be written to; it names the option to change."""
    return InputError(
        f"{path}: cannot be written ({error.strerror or error}); expected a place where files can "
        f"be made; choose another {option}"
    )


@contextmanager
def disk_faults(place: Path, *, option: str, folder: Path | None = None) -> Iterator[None]:
    """Make a fault of the disk, whichever library raises it, the error of a place.

    Args:
        place: that is named.
        option: by which the user chooses another.
        folder: that is written to meanwhile, if it is another.

    Raises:
        InputError: the disk is full, read-only or broken.
    """
    try:
        yield
    except WestwardError:
        raise
    except Exception as error:
        if fault := _disk_fault(error, folder or place):
            raise unwritable(place, fault, option=option) from error
        raise


def _disk_fault(error: BaseException | None, folder: Path) -> OSError | None:
    """Return the fault of the disk that an error comes from, whichever library raised it."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FAULTS:
            return error
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
                return full if code == sqlite3.SQLITE_FULL else OSError(errno.EIO, str(error))
        for number in _FAULTS:  # DuckDB's errors are texts
            if not isinstance(error, OSError) and os.strerror(number) in str(error):
                return OSError(number, os.strerror(number))
        error = error.__cause__ or error.__context__
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        is_full = shutil.disk_usage(folder).free < _NO_SPACE
    except OSError as fault:
        return fault
    return full if is_full else None


def replace_file(path: Path, data: bytes, *, option: str = "place", mode: int = 0o666) -> None:
    """Write a temporary file and rename it, so that the file is whole or absent.

    Raises:
        InputError: it cannot be written.
    """
    if path.is_dir():
        raise InputError(f"{path}: a folder; expected a file to write to; choose another {option}")
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            part.unlink(missing_ok=True)  # of a killed process, or a link to another file
            with open(part, "xb", opener=partial(os.open, mode=mode)) as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, path)
            sync_folder(path.parent)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error, option=option) from error


def sync_folder(folder: Path) -> None:
    """Put the names of a folder on the disk, on systems that can (Windows cannot).

    Raises:
        OSError: the disk is broken.
    """
    _sync(folder) if os.name != "nt" else None


def sync_tree(folder: Path) -> None:
    """Put all files and names in a folder on the disk.

    Raises:
        OSError: the disk is full or broken.
    """
    places = [(Path(root), names) for root, _, names in os.walk(folder)]
    files = [root / name for root, names in places for name in names]
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as threads:
        for _ in threads.map(_sync, files):
            pass
    for root, _ in reversed(places):
        sync_folder(root)


def _sync(path: Path) -> None:
    """Put a file or the names of a folder on the disk."""
    flags = os.O_RDWR if os.name == "nt" else os.O_RDONLY
    descriptor = os.open(path, flags | _NO_LINK | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:  # disks that have no such thing, such as some shares
            raise
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; return whether system and disk can do that.

    Raises:
        OSError: it failed for another reason.
    """
    import ctypes

    arguments: dict[str, tuple[object, ...]] = {
        "linux": ("renameat2", -100, os.fsencode(one), -100, os.fsencode(other), 2),
        "darwin": ("renamex_np", os.fsencode(one), os.fsencode(other), 2),
    }
    name, *given = arguments.get(sys.platform, ("",))
    call = getattr(ctypes.CDLL(None, use_errno=True), str(name), None) if name else None
    if call is None:
        return False
    if call(*given) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_SUCH_CALL:
        return False
    raise OSError(number, os.strerror(number), os.fspath(one), None, os.fspath(other))


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all in it, if it is there and can be removed."""
    try:
        _remove(path)
    except (SystemExit, KeyboardInterrupt):  # a signal in the middle: the rest of it first
        _remove(path)
        raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        with suppress(OSError):
            path.unlink()


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file to read; a pipe or a device is never waited for.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    flags = os.O_RDONLY | _NO_WAIT | getattr(os, "O_BINARY", 0)
    stream = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, f"{legible(path.name)} is no regular file")
    return stream


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
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o644)
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
