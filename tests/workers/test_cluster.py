"""A Dask cluster on this machine, one of whose workers is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.workers.cluster import CERTIFICATES, Cluster
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


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A scheduler with a worker that demands certificates, and the folder of those."""
    distributed = pytest.importorskip("distributed")
    made = distributed.security.Security.temporary()
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, security=made, protocol="tls"
    ) as local:
        yield local.scheduler_address, write_certificates(tmp_path / "tls", made)


def write_certificates(folder: Path, made: Any) -> Path:
    """Write what Dask's own security object holds in memory."""
    folder.mkdir()
    texts = (made.tls_ca_file, made.tls_client_cert, made.tls_client_key)
    for name, text in zip(CERTIFICATES, texts, strict=True):
        (folder / name).write_text(text)
    return folder


def test_with_certificates_all_is_said_over_tls(secured: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = secured
    talks = write_talks(tmp_path, "plan")
    with Cluster(build, address, tls=folder) as cluster:
        lines = [result.line for result in annotate_by(cluster, talks, build(), None)]
        assert not cluster.is_open
    assert address.startswith("tls://")
    assert lines == [result.line for result in annotate_here(talks, build(), None)]


def test_a_peer_of_another_authority_is_refused(
    secured: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", partial(distributed.Client, timeout=2))
    other = write_certificates(tmp_path / "other", distributed.security.Security.temporary())
    with pytest.raises(ConfigError, match="no Dask scheduler answers with the certificates"):
        Cluster(build, secured[0], tls=other)


def test_a_scheduler_without_tls_is_refused_where_certificates_are_given(
    secured: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(distributed, "Client", partial(distributed.Client, timeout=2))
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, protocol="tcp") as plain,
        pytest.raises(ConfigError, match="no Dask scheduler answers with the certificates"),
    ):
        Cluster(build, plain.scheduler_address, tls=secured[1])


def test_a_folder_without_certificates_is_named(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ConfigError, match=r"--tls .*: ca.pem is not there"):
        Cluster(build, "tls://127.0.0.1:9", tls=tmp_path)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("tcp://10.0.0.1:8786", True), ("tls://10.0.0.1:8786", False),
        ("tcp://127.0.0.1:8786", False), ("tcp://[::1]:8786", False), ("ws://a.example:1", True),
    ],
)  # fmt: skip
def test_an_open_scheduler_is_told_from_one_of_this_machine(address: str, expected: bool) -> None:
    cluster = Cluster.__new__(Cluster)
    cluster._client = SimpleNamespace(scheduler=SimpleNamespace(address=address))
    assert cluster.is_open is expected
