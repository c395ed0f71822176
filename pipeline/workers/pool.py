"""Processes of this machine, each with its own models; a thread waits for each.

If a process ends in the middle of an interview, another one does the interview again, once.
"""

from __future__ import annotations

import multiprocessing
import pickle  # nosec B403: between processes of one run
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Lock

from pipeline.annotator import Result
from pipeline.corpus.inputs import Transcript
from pipeline.encoder.runtime import count_processors
from pipeline.workers.task import Build, Task, serve

_ATTEMPTS = 2


class WorkerLost(Exception):  # noqa: N818
    """A worker process ended before it answered."""


class Pool:
    """Worker processes, started as they are needed; ended at once when the block is left."""

    def __init__(self, build: Build, *, size: int) -> None:
        self.size = size
        self._arguments = pickle.dumps(build), max(1, count_processors() // size)
        self._threads = ThreadPoolExecutor(size)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._lock = Lock()
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def submit(self, transcript: Transcript, found: Mapping[str, bytes]) -> Future[Result]:
        """Start to annotate a transcript."""
        return self._threads.submit(self._do, Task(transcript, found))

    def _do(self, task: Task) -> Result:
        for _ in range(_ATTEMPTS):
            worker = self._take()
            try:
                result = worker.ask(task)
            except WorkerLost:
                worker.kill()
            else:
                self._idle.put(worker)
                return result
        return task.lost(f"{_ATTEMPTS} worker processes ended while they annotated it")

    def _take(self) -> _Worker:
        """Return an idle process, or a new one."""
        try:
            return self._idle.get_nowait()
        except Empty:
            with self._lock:
                if self._closed:
                    raise WorkerLost from None
                self._all.append(_Worker(*self._arguments))
                return self._all[-1]


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, build: bytes, threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, build, threads), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, task: Task) -> Result:
        try:
            self._pipe.send(task)
            answer: Result = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerLost from error
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
