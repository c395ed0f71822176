"""Formats that programs lay out, and large files, are read in a process of their own, under limits.

A few kilobytes of a PDF or an office document can ask for hours of work and all of the memory. The
process, started at the first such file and used for all others, may use ``MAX_MEMORY`` and a time
that grows with the size of the file; where it goes beyond, it is stopped and the file refused.
Systems without ``resource`` (Windows) limit the time by the clock only, and not the memory. Where
no process can be started, the file is read in this one.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess  # nosec B404
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from pipeline.errors import InputError
from pipeline.ingest.content import Content
from pipeline.ingest.formats import Format, format_named

MAX_UNGUARDED = 200_000  # bytes of a format that is read line by line
MAX_MEMORY = 1_500_000_000  # bytes of address space
SECONDS, BYTES_A_SECOND, MAX_SECONDS = 15, 50_000, 120  # of processor time
PATIENCE = 4  # times the processor time, by the clock
_RETIRED = 500_000_000  # bytes: a process that holds more after a file is replaced
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline());"
    "from pipeline.ingest.guard import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"
)
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # more need address space
_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)
_LOCK = threading.Lock()


def read_guarded(
    form: Format, data: bytes, text: str, *, name: str, keys: Mapping[str, str] | None = None
) -> Content:
    """Read a file's bytes, or its text, in the guarded process where its format or size asks.

    Raises:
        InputError: it is malformed, or needs more time or memory than the limits.
    """
    if form.guarded or len(data) > MAX_UNGUARDED:
        sent = data if form.binary else text.encode("utf8", "surrogatepass")
        with _LOCK, suppress(OSError):  # no process can be started
            return _Process.running().read(form, sent, name=name, keys=keys)
    return form.read(data, text, name=name, keys=keys)


class _Process:
    """The guarded process, as its user sees it."""

    current: _Process | None = None

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

    def read(
        self, form: Format, data: bytes, *, name: str, keys: Mapping[str, str] | None
    ) -> Content:
        """Read a file, within the limits."""
        seconds = min(MAX_SECONDS, SECONDS + len(data) // BYTES_A_SECOND)
        order = {"form": form.name, "name": name, "keys": keys, "size": len(data)}
        watchdog = threading.Timer(PATIENCE * seconds, self._child.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            self._send(json.dumps({**order, "seconds": seconds}).encode() + b"\n" + data)
            reply = self._child.stdout.readline() if self._child.stdout else b""
        except BaseException:  # interrupted: the reply would be that to the next file
            self.stop()
            raise
        finally:
            watchdog.cancel()
        if not reply.endswith(b"\n"):
            self.stop()
            raise _refuse(name, f"takes more than {seconds} seconds to read, or too much memory")
        answer = json.loads(reply)
        if answer["retired"]:
            self.stop()
        if "refused" in answer:
            raise InputError(answer["refused"])
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return _CONTENT.validate_python(answer["content"])

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
    """Read one file after the other, until there are no more: what the guarded process does."""
    try:
        import resource
    except ImportError:  # Windows
        resource = None  # type: ignore[assignment]
    while order := orders.readline():
        wanted = json.loads(order)
        data = orders.read(wanted["size"])
        if resource:
            used = resource.getrusage(resource.RUSAGE_SELF)
            for what, limit in (
                (resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + wanted["seconds"]),
                (resource.RLIMIT_AS, MAX_MEMORY),
            ):
                with suppress(ValueError, OSError):  # the system has no such limit
                    resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))
        answer = {**_answer(wanted, data), "retired": _held() > _RETIRED}
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


def _answer(wanted: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    form, name = format_named(wanted["form"]), wanted["name"]
    text = "" if form.binary else data.decode("utf8", "surrogatepass")
    try:
        content = form.read(data, text, name=name, keys=wanted["keys"])
        return {"content": _CONTENT.dump_python(content, mode="json")}
    except InputError as error:
        return {"refused": str(error)}
    except Exception as error:  # our fault, which the user of the process raises
        return {"fault": f"{type(error).__name__}: {error}"}
