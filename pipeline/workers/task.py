"""What a worker does: build the annotator once, annotate transcripts, hand back what it made.

Imports nothing that counts the processors before ``serve`` says how many threads to use.
"""

from __future__ import annotations

import os
import pickle  # nosec B403: between processes of one run
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from pipeline.cache.shelf import CarriedShelf

if TYPE_CHECKING:
    from pipeline.annotator import Annotator, Result
    from pipeline.corpus.inputs import Transcript

Build = Callable[[], "Annotator"]
"""Loads the models; can be pickled."""


@dataclass(frozen=True)
class Task:
    """A transcript, and the results that were kept of it by their keys."""

    transcript: Transcript
    found: Mapping[str, bytes]

    def do(self, annotator: Annotator) -> Result:
        """Annotate the transcript."""
        shelf = CarriedShelf(self.found)
        result = annotator.work(self.transcript, shelf)
        result.made = shelf.made
        return result

    def lost(self, reason: str) -> Result:
        """Return the failure of a transcript whose worker was lost."""
        from pipeline.annotator import Failure, Result

        one = self.transcript
        advice = "expected a result; its memory may not suffice: use fewer workers, or split it"
        failure = Failure(one.id, one.where, "internal", f"{one.where}: {reason}; {advice}")
        return Result(one.id, one.where, failure=failure)


def serve(pipe: Connection, build: bytes, threads: int) -> None:
    """Annotate the tasks that come through a pipe, until it is closed.

    Args:
        build: a pickled ``Build``.
        threads: of the libraries, unless the user's environment says.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    try:
        annotator = pickle.loads(build)()  # nosec B301: from the parent process
        while True:
            pipe.send(pipe.recv().do(annotator))
    except (EOFError, BrokenPipeError):
        return
