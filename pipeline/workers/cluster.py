"""A Dask cluster: its workers need Westward, its models, and the transcripts at the same paths.

Dask does the interviews of a lost worker again; one that several workers are lost with is reported.
"""

from __future__ import annotations

import pickle  # nosec B403: between processes of one run
from collections.abc import Mapping
from concurrent.futures import CancelledError
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from pipeline.annotator import Annotator, Result
from pipeline.corpus.inputs import Transcript
from pipeline.errors import ConfigError, WestwardError
from pipeline.workers.task import Build, Task

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
"""The files of a folder for TLS: whom to trust, who this is, and the key of that."""
_one_at_a_time = Lock()


class Cluster:
    """The workers of a Dask scheduler.

    Args:
        build: loads the models, once in each worker.
        address: ``tls://HOST:PORT``, ``tcp://HOST:PORT``, or the path of a scheduler file.
        tls: folder of ``CERTIFICATES``; only who has one of the same authority is talked to.

    Raises:
        ConfigError: ``distributed`` is not installed, no scheduler answers, or not with TLS.
    """

    def __init__(self, build: Build, address: str, *, tls: Path | None = None) -> None:
        self._build = pickle.dumps(build)
        self._client = _connect(address, tls)

    @property
    def is_open(self) -> bool:
        """Whether others on a network can reach the scheduler, and so run code on this machine."""
        found = urlsplit(self._client.scheduler.address)
        host = found.hostname or ""
        return found.scheme not in ("tls", "inproc") and host != "::1" and host[:4] != "127."

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()  # cancels what is not done

    @property
    def size(self) -> int:
        """Number of workers now, one at least."""
        return max(1, len(self._client.ncores()))

    def submit(self, transcript: Transcript, found: Mapping[str, bytes]) -> _Pending:
        """Start to annotate a transcript."""
        task = Task(transcript, found)
        return _Pending(task, self._client.submit(_do, self._build, task, pure=False))


class _Pending:
    def __init__(self, task: Task, future: Any) -> None:
        self._task = task
        self._future = future

    def result(self) -> Result:
        from distributed import KilledWorker

        try:
            result: Result = self._future.result()
        except KilledWorker as error:
            return self._task.lost(f"{error}")
        except (OSError, CancelledError) as error:
            raise WestwardError(
                f"the Dask scheduler was lost ({error}); expected one that stays until the run is "
                "done; start it and run again: what was done is kept"
            ) from error
        return result


def _connect(address: str, tls: Path | None) -> Any:
    try:
        import distributed

        connect: Any = distributed.Client
        place = {"scheduler_file" if address.endswith(".json") else "address": address}
        return connect(**place, security=_security(tls)) if tls else connect(**place)
    except ImportError as error:
        raise ConfigError(
            "--cluster needs the package distributed; install it: pip install 'westward[cluster]'"
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        how = f" with the certificates of {tls}" if tls else ""
        raise ConfigError(
            f"--cluster {address}: no Dask scheduler answers{how} ({error}); expected one such "
            "as tls://10.0.0.1:8786, or the path of a scheduler file; start one: dask scheduler"
        ) from error


def _security(folder: Path) -> Any:
    """Return Dask's means of TLS; a scheduler without it is refused."""
    from distributed.security import Security

    ca, cert, key = (folder / name for name in CERTIFICATES)
    for path in (ca, cert, key):
        if not path.is_file():
            raise ConfigError(
                f"--tls {folder}: {path.name} is not there; expected {', '.join(CERTIFICATES)}: "
                "those of the authority that signs for the scheduler and its workers, and yours"
            )
    secure: Any = Security
    return secure(
        require_encryption=True,
        tls_ca_file=str(ca),
        tls_client_cert=str(cert),
        tls_client_key=str(key),
    )


def _do(build: bytes, task: Task) -> Result:
    with _one_at_a_time:  # a worker may have several threads, its models have none
        return task.do(_annotator(build))


@lru_cache(maxsize=1)
def _annotator(build: bytes) -> Annotator:
    loaded: Build = pickle.loads(build)  # nosec B301: from the client
    return loaded()
