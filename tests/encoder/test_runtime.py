"""Nothing leaves the machine: a run that dies at the first connection, with an empty home."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

# A seccomp filter (Linux, x86-64) that kills the process at connect(), sendto(), sendmsg() or
# sendmmsg(). socket() alone is left: urllib3, which spaCy imports, binds one to ::1 and closes it.
KILL_AT_CONNECTIONS = """
import ctypes, struct, sys
LOAD, IS, RETURN, KILL, ALLOW = 0x20, 0x15, 0x06, 0x80000000, 0x7FFF0000
calls = (42, 44, 46, 307)
rules = [(LOAD, 0, 0, 0)]
rules += [(IS, len(calls) - i, 0, call) for i, call in enumerate(calls)]
rules += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rules), ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.c_void_p(ctypes.addressof(program)), 0, 0) == 0
"""
RUN = """
from pipeline.cli import main
sys.exit(main(["run", sys.argv[1], "-o", sys.argv[2], "--model", "small"]))
"""
CONNECT = """
import socket
socket.socket().connect_ex(("127.0.0.1", 9))
"""
TALK = """\
Interviewer: Has the alliance kept its word to the port cities?
Minister: It has. The alliance has guarded every harbour since the storm.
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="needs Linux on x86-64"
    ),
]


def _start(script: str, *args: Path, home: Path) -> subprocess.CompletedProcess[str]:
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "XDG_CACHE_HOME"}
    return subprocess.run(
        [sys.executable, "-c", KILL_AT_CONNECTIONS + script, *map(str, args)],
        env={**environment, "HOME": str(home), "ORT_DISABLE_TELEMETRY": "0"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_run_connects_to_nothing_and_writes_nothing_below_home(tmp_path: Path) -> None:
    talk, home = tmp_path / "talk.txt", tmp_path / "home"
    talk.write_text(TALK, encoding="utf8")
    done = _start(RUN, talk, tmp_path / "run", home=home)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "run" / "annotated.jsonl").is_file()
    assert list(home.rglob("*")) == []


def test_the_filter_kills_who_connects(tmp_path: Path) -> None:
    assert _start(CONNECT, home=tmp_path / "home").returncode == -31
