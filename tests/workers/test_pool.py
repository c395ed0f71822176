"""Worker processes: the same bytes in the same order; one that dies is replaced once."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from pipeline.workers.order import annotate_by, annotate_here
from pipeline.workers.pool import Pool
from tests.workers.light import build, write_talks

pytestmark = pytest.mark.slow


def test_processes_return_the_same_lines_and_report_whose_worker_died(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, "plan", "crash", "talks slowly", "vote")
    with Pool(build, size=2) as pool:
        found = list(annotate_by(pool, talks, build(), None))
    assert [result.interview_id for result in found] == ["t0", "t1", "t2", "t3"]
    fault = found[1].failure
    assert fault is not None
    assert "2 worker processes ended" in fault.reason
    healthy = [talks[0], talks[2], talks[3]]
    assert [one.line for one in found if not one.failure] == [
        one.line for one in annotate_here(healthy, build(), None)
    ]


def test_leaving_the_block_ends_the_processes_at_once(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, *["plan slowly"] * 40)
    with Pool(build, size=1) as pool:
        pending = [pool.submit(talk, {}) for talk in talks]
        pending[0].result()
        processes = [one.pid for one in multiprocessing.active_children()]
    assert processes
    assert pending[-1].cancelled()
    for pid in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
