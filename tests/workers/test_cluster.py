"""A Dask cluster on this machine, one of whose workers is killed in the middle."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.workers.cluster import Cluster
from pipeline.workers.order import annotate_by, annotate_here
from tests.workers.light import build, write_talks

pytestmark = pytest.mark.slow


def _process(dask_worker: object) -> int:
    return os.getpid()


def test_a_lost_worker_does_not_change_the_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    talks = write_talks(tmp_path, *["plan slowly"] * 12)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp"
        ) as local,
        Cluster(build, local.scheduler_address) as cluster,
    ):
        results = annotate_by(cluster, talks, build(), None)
        lines = [next(results).line]
        with distributed.Client(local.scheduler_address) as client:
            first, _ = client.run(_process).values()
        os.kill(first, signal.SIGKILL)
        lines += [result.line for result in results]
    assert lines == [result.line for result in annotate_here(talks, build(), None)]


def test_without_a_scheduler_it_says_how_to_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", partial(distributed.Client, timeout=0.2))
    with pytest.raises(ConfigError, match=r"no Dask scheduler answers.*dask scheduler"):
        Cluster(build, "tcp://127.0.0.1:9")
