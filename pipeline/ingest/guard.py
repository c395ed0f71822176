"""Work on what others have written is done in a process of its own, under limits.

A few kilobytes of a PDF or an office document can ask for hours of work and all of the memory. The
process, started at the first such file and used for all others, may use memory, time and a reply
that grow with the size of the file; where it goes beyond, it is stopped and the file refused.
Systems without ``resource`` (Windows) limit the time by the clock only, and not the memory. Where
no process can be started, the work is done in this one.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle  # nosec B403: orders of this process to its own; the replies are JSON
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, TypeVar, get_type_hints

from pydantic import TypeAdapter

from pipeline import errors
from pipeline.errors import InputError, WestwardError

Found = TypeVar("Found")
MAX_UNGUARDED = 200_000  # bytes of a format that is read line by line
MEMORY, MEMORY_A_BYTE, MAX_MEMORY = 1_000_000_000, 100, 1_500_000_000  # bytes of address space
REPLY, REPLY_A_BYTE = 50_000_000, 20  # bytes
SECONDS, BYTES_A_SECOND, MAX_SECONDS = 15, 50_000, 120  # of processor time
PATIENCE = 4  # times the processor time, by the clock
_RETIRED = 500_000_000  # bytes: a process that holds more after a file is replaced
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline());"
    "from pipeline.ingest.guard import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"
)
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # more need address space
_LOCK = threading.Lock()


def guarded(work: Callable[..., Found], data: bytes, *, name: str, **options: Any) -> Found:
    """Return ``work(data, name=name, **options)``, done in the guarded process.

    Args:
        work: a function of a module, annotated with what it returns: data that JSON can hold.
        data: bytes of a file.
        name: of the file, for messages.
        options: that can be pickled.

    Raises:
        InputError: the work needs more time or memory than the limits; and what the work raises.
    """
    if not _Process.is_this:
        with _LOCK, suppress(OSError):  # no process can be started
            return _Process.running().do(work, data, name=name, options=options)
    return work(data, name=name, **options)


@cache
def _adapter(work: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(work)["return"])


class _Process:
    """The guarded process, as its user sees it."""

    current: _Process | None = None
    is_this = False

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._child = subprocess.Popen(  # nosec B603
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
        )
        self._send(json.dumps([path for path in sys.path if path]).encode() + b"\n")

    @classmethod
    def running(cls) -> _Process:
        """Return the process of this one, started if there is none."""
        now = cls.current
        if now is None or now.owner != os.getpid() or now._child.poll() is not None:
            cls.current = now = cls()
        return now

    def do(
        self, work: Callable[..., Found], data: bytes, *, name: str, options: dict[str, Any]
    ) -> Found:
        """Do some work, within the limits."""
        size = len(data)
        seconds = min(MAX_SECONDS, SECONDS + size // BYTES_A_SECOND)
        memory = min(MAX_MEMORY, MEMORY + MEMORY_A_BYTE * size)
        order = pickle.dumps((work, name, options))
        sizes = {"order": len(order), "data": size, "seconds": seconds, "memory": memory}
        watchdog = threading.Timer(PATIENCE * seconds, self._child.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            self._send(json.dumps(sizes).encode() + b"\n" + order + data)
            reply = self._reply(REPLY + REPLY_A_BYTE * size)
        except BaseException:  # interrupted: the reply would be that to the next file
            self.stop()
            raise
        finally:
            watchdog.cancel()
        if not reply.endswith(b"\n"):
            self.stop()
            what = f"takes more than {seconds} seconds to read, or too much memory"
            raise _refuse(name, what)
        answer = json.loads(reply)
        if answer["retired"]:
            self.stop()
        if "refused" in answer:
            kind, message = answer["refused"]
            raise getattr(errors, kind, InputError)(message)
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        found: Found = _adapter(work).validate_python(answer["found"])
        return found

    def _reply(self, most: int) -> bytes:
        """The line of a reply; without its end where it is longer, or the process has ended."""
        return self._child.stdout.readline(most) if self._child.stdout else b""

    def stop(self) -> None:
        """End the process."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                stream.close() if stream else None

    def _send(self, data: bytes) -> None:
        with suppress(BrokenPipeError):  # it has ended, and its reply is empty
            if self._child.stdin:
                self._child.stdin.write(data)
                self._child.stdin.flush()


@atexit.register
def stop() -> None:
    """End the guarded process of this one, if there is any."""
    if _Process.current is not None and _Process.current.owner == os.getpid():
        _Process.current.stop()
    _Process.current = None


def _refuse(name: str, what: str) -> InputError:
    return InputError(f"{name}: {what}; expected a transcript; save its text as .txt")


def serve(orders: IO[bytes], replies: IO[bytes]) -> None:
    """Do one work after the other, until there are no more: what the guarded process does."""
    try:
        import resource
    except ImportError:  # Windows
        resource = None  # type: ignore[assignment]
    _Process.is_this = True
    while line := orders.readline():
        sizes = json.loads(line)
        order, data = orders.read(sizes["order"]), orders.read(sizes["data"])
        if resource:
            used = resource.getrusage(resource.RUSAGE_SELF)
            for what, limit in (
                (resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + sizes["seconds"]),
                (resource.RLIMIT_AS, sizes["memory"]),
            ):
                with suppress(ValueError, OSError):  # the system has no such limit
                    resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))
        answer = {**_answer(order, data), "retired": _held() > _RETIRED}
        replies.write(json.dumps(answer).encode() + b"\n")
        replies.flush()


def _held() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not say.

    The highest that it ever held does not serve: Linux counts that of the process that started it.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _answer(order: bytes, data: bytes) -> dict[str, Any]:
    work, name, options = pickle.loads(order)  # nosec B301: from the process that started this one
    try:
        return {"found": _adapter(work).dump_python(work(data, name=name, **options), mode="json")}
    except WestwardError as error:
        return {"refused": (type(error).__name__, str(error))}
    except (RecursionError, MemoryError) as error:
        what = f"nested too deeply, or too large for the memory ({type(error).__name__})"
        return {"refused": ("InputError", str(_refuse(name, what)))}
    except Exception as error:  # our fault, which the user of the process raises
        return {"fault": f"{type(error).__name__}: {error}"}
