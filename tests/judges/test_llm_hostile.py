"""A server that misbehaves costs neither time nor memory, and Ctrl-C ends any exchange with it."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from pipeline.errors import WestwardError
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.reading.rows import Answer
from tests.judges.hostile_server import SENTENCE, WAYS, HostileServer

pytestmark = pytest.mark.slow
TALK = (Answer("Does it hold?", (SENTENCE,)), None)
TIMEOUT_S, LATE_S, MAX_MB = 1.0, 5.0, 200
JudgeFor = Callable[..., LanguageJudge]


@pytest.fixture(params=WAYS)
def hostile(request: pytest.FixtureRequest) -> Iterator[HostileServer]:
    server = HostileServer(request.param)
    list(zip(server.way(), range(2), strict=False))  # what is made once is made now
    yield server
    server.close()


def peak_mb(*, start: bool = False) -> float:
    """The highest memory of this process, since the last start."""
    if start:
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in one)
    return int(line.split()[1]) / 1000


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_no_way_takes_longer_or_more_memory_than_is_allowed(
    hostile: HostileServer, judge_for: JudgeFor, record_property: Callable[[str, object], None]
) -> None:
    judge = judge_for(base_url=hostile.url, timeout=TIMEOUT_S, max_wait=0.1)
    before, start = peak_mb(start=True), time.monotonic()
    ended = ""
    try:
        assert isinstance(judge.code([TALK])[0][0], str | Codes)
    except WestwardError as error:
        ended = str(error)
    assert not ended or "llm.max_wait" in ended or "HTTP 401" in ended
    seconds, grown = time.monotonic() - start, peak_mb() - before
    record_property("seconds", round(seconds, 2))
    record_property("mb", round(grown, 1))
    assert seconds < TIMEOUT_S + LATE_S
    assert grown < MAX_MB


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no such signals")
def test_an_interruption_ends_any_way_within_two_seconds(
    hostile: HostileServer, judge_for: JudgeFor, record_property: Callable[[str, object], None]
) -> None:
    judge = judge_for(base_url=hostile.url, timeout=100.0, max_wait=1000.0)
    at: list[float] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        at.append(time.monotonic())
        raise KeyboardInterrupt

    old = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.7)
    try:
        judge.code([TALK] * 6)
    except (KeyboardInterrupt, WestwardError):
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    late = time.monotonic() - at[0] if at else 0.0
    record_property("late", round(late, 2))
    assert late < 2.0


def test_names_that_are_looked_up_for_ever_hold_up_nobody(
    judge_for: JudgeFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: threading.Event().wait(60))
    slow = {"base_url": "http://slow.invalid/v1", "send_text": True}
    start = time.monotonic()
    with pytest.raises(WestwardError, match="no answer in time"):
        judge_for(**slow, timeout=TIMEOUT_S, max_wait=0.1).code([TALK])
    assert time.monotonic() - start < TIMEOUT_S + LATE_S


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("way", ["headers drop by drop", "100 without an end"])
def test_a_signal_ends_a_run_and_nothing_is_left(
    way: str, number: signal.Signals, tmp_path: Path
) -> None:
    server = HostileServer(way)
    (tmp_path / "a.txt").write_text("HOST: Does it hold?\n\nGUEST: NATO keeps its word.\n", "utf8")
    settings = f"llm.base_url={server.url}", "llm.model=m", "llm.timeout=300"
    chosen = [word for one in settings for word in ("--set", one)]
    words = ["-m", "westward", "run", "a.txt", "-o", "out", "--model", "llm", *chosen]
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's job ignores it
    )
    end = time.monotonic() + 120
    while not server.asked and process.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    assert server.asked
    process.send_signal(number)
    process.wait(5)
    assert process.returncode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "outputs"]
