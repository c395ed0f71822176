"""Runs in which one call that changes files fails, and what is in their folder then.

    $ LD_PRELOAD=faults.so python -m tests.safety.faults FOLDER [--pages]

``faults.c`` counts the calls. For each kind of fault and each call a process of its own begins a
run in the place of an earlier one; then a next command runs. Prints a line of JSON a kind.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pipeline.run
from pipeline.cli import _exit_at_signals
from pipeline.config import load_settings
from pipeline.errors import WestwardError
from pipeline.runs import folder as folder_module
from pipeline.runs.folder import MANIFEST_NAME, new_folder
from tests.workers.light import Sentences, write_talks

KINDS = {"kill": 1, "half": 2, "term": 3, "broken": 4, "full": 5}
"""Killed before the call; killed in it; asked to end; the call fails: the disk is broken, or full."""
KILLED = ("kill", "half")
NO_CALL = 10**9
SHIM: Any = ctypes.CDLL(None)
State = Mapping[str, str]


def annotate(work: Path, *, pages: bool) -> None:
    """Run over the transcripts, without models."""
    pipeline.run.run(
        [work / "talks"], out=work / "place" / "run", settings=load_settings(), pages=pages
    )


def sweep(work: Path) -> None:
    """Do what any next run does before its work."""
    with new_folder(work / "place" / "run", worthwhile=lambda: False):
        pass


def forked(action: Callable[[], None]) -> int:
    """Do something in a process of its own; return its exit status as a shell tells it."""
    if (child := os.fork()) == 0:
        status = 0
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            _exit_at_signals()
            action()
        except WestwardError:
            status = 2
        except SystemExit as error:
            status = int(str(error.code))
        except BaseException:
            status = 70
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def with_fault(work: Path, kind: int, number: int, notes: int, *, pages: bool) -> None:
    """Run with a fault, and note how many calls there were."""
    SHIM.faults_begin(os.fsencode(work / "place"), number, kind, notes)
    annotate(work, pages=pages)
    (work / "calls").write_text(str(SHIM.faults_count()))


def state_of(run: Path) -> State | None:
    """Return the hashes of a run's files; null if it is not whole."""
    try:
        stated = json.loads((run / MANIFEST_NAME).read_bytes())["outputs"]
    except (OSError, ValueError):
        return None
    found = {
        path.relative_to(run).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in run.rglob("*")
        if path.is_file() and path.name != MANIFEST_NAME
    }
    return found if found == stated else None


def judged(work: Path, old: State, new: State, status: int, kind: str) -> str:
    """Return what a fault led to: old or new, or what is wrong."""
    place = work / "place"
    first, is_there = state_of(place / "run"), (place / "run").exists()
    if kind not in KILLED and status in (2, 143) and sorted(os.listdir(place)) != ["run"]:
        return f"left {sorted(os.listdir(place))}"
    if status not in (0, 2, 143, -signal.SIGKILL):
        return f"ended with {status}"
    if forked(partial(sweep, work)):
        return "the next command failed"
    last = state_of(place / "run")
    if sorted(os.listdir(place)) != ["run"]:
        return f"left {sorted(os.listdir(place))} after the next command"
    if first not in (old, new, None) or (first is None and is_there):
        return "neither at once"
    return "old" if last == old else "new" if last == new else "neither"


def main() -> None:
    """Try every call with every kind of fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--without-exchange", action="store_true")
    options = parser.parse_args()
    work: Path = options.folder
    for name, value in {
        "build_stages": lambda *_, **__: [Sentences()],
        "write_methods": lambda *_: None,
        "describe_run": lambda settings, **_: {
            "versions": {"westward": "0"},
            "settings": settings.model_dump(mode="json"),
        },
    }.items():
        setattr(pipeline.run, name, value)
    if options.without_exchange:
        folder_module.exchange = lambda *_: False
    (work / "talks").mkdir(parents=True)
    write_talks(work / "talks", "plan")
    annotate(work, pages=options.pages)  # here, so that no other has to load what it needs
    shutil.copytree(work / "place", work / "earlier")
    old = state_of(work / "place" / "run")
    write_talks(work / "talks", "talks", "vote")
    notes = os.open(work / "notes", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    forked(partial(with_fault, work, 0, NO_CALL, notes, pages=options.pages))
    new, calls = state_of(work / "place" / "run"), int((work / "calls").read_text())
    if old is None or new is None or old == new:
        sys.exit("the runs themselves are not whole")
    for kind, code in KINDS.items():
        found: Counter[str] = Counter()
        for number in range(1, calls + 1):
            shutil.rmtree(work / "place")
            shutil.copytree(work / "earlier", work / "place")
            begin = partial(with_fault, work, code, number, -1, pages=options.pages)
            found[judged(work, old, new, forked(begin), kind)] += 1
        print(json.dumps({"kind": kind, "calls": calls, **dict(sorted(found.items()))}), flush=True)


if __name__ == "__main__":
    main()
