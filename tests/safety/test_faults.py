"""Whatever call that changes a file fails in a run, a whole run is there: the earlier or the new."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.faults import KINDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or shutil.which("cc") is None, reason="a compiler, on Linux"
    ),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets calls fail."""
    built = tmp_path_factory.mktemp("shim") / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", built, source, "-ldl"], check=True)
    return built


@pytest.fixture
def work() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of files are put on its disk."""
    memory = Path("/dev/shm")  # nosec B108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder) / "work"


@pytest.mark.parametrize("way", [[], ["--without-exchange"]], ids=["one rename", "two renames"])
def test_a_fault_in_any_call_leaves_a_whole_run_and_nothing_else(
    way: list[str], shim: Path, work: Path, root: Path
) -> None:
    command = [sys.executable, "-m", "tests.safety.faults", work, *way]
    preloaded = {**os.environ, "LD_PRELOAD": str(shim)}
    done = subprocess.run(command, env=preloaded, cwd=root, capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"] for one in found] == [*KINDS]
    for one in found:
        assert one["calls"] > 50
        assert one.keys() == {"kind", "calls", "old", "new"}, one
        assert one["old"] + one["new"] == one["calls"]
    _check_order((work / "notes").read_text().splitlines(), work / "place")


def _check_order(notes: list[str], place: Path) -> None:
    """Each file is on the disk, and then its folder, before the run gets its name."""
    last = {note: number for number, note in enumerate(notes)}
    named = next(n for n, one in enumerate(notes) if one.startswith("rename"))
    for note, number in last.items():
        call, _, path = note.partition(" ")
        if call == "write" and number < named:
            folder = Path(path).parent
            assert number < last[f"fsync {path}"] < last[f"fsync {folder}"] < named
    assert last[f"fsync {place}"] > named
