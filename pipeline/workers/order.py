"""The results of transcripts in their order, whoever annotates them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import Protocol

from pipeline.annotator import Annotator, Result
from pipeline.cache.shelf import Missing, Shelf, StoreShelf
from pipeline.cache.store import Store
from pipeline.corpus.inputs import STDIN, Transcript

AHEAD = 4
"""Transcripts a worker that are waiting or done while an earlier one is annotated."""


class Pending(Protocol):
    """A result to come."""

    def result(self) -> Result:
        """Wait for the result."""


class Crew(Protocol):
    """Workers that annotate transcripts elsewhere, ``size`` at once."""

    @property
    def size(self) -> int:
        """Number of transcripts annotated at once."""

    def submit(self, transcript: Transcript, found: Mapping[str, bytes]) -> Pending:
        """Start to annotate a transcript, with the results that were kept of it."""


def annotate_here(
    transcripts: Iterable[Transcript], annotator: Annotator, store: Store | None
) -> Iterator[Result]:
    """Yield the results of this process."""
    shelf = Shelf() if store is None else StoreShelf(store)
    return (annotator.work(transcript, shelf) for transcript in transcripts)


def annotate_by(
    crew: Crew, transcripts: Iterable[Transcript], annotator: Annotator, store: Store | None
) -> Iterator[Result]:
    """Yield the results of workers, in the order of the transcripts.

    This process alone uses the cache: workers get what was kept and hand back what they made.
    """
    waiting: deque[Pending] = deque()
    for transcript in transcripts:
        waiting.append(_submit(crew, transcript, annotator, store))
        if len(waiting) > AHEAD * crew.size:
            yield _keep(waiting.popleft(), store)
    while waiting:
        yield _keep(waiting.popleft(), store)


def _submit(
    crew: Crew, transcript: Transcript, annotator: Annotator, store: Store | None
) -> Pending:
    shelf = StoreShelf(store, only_read=True) if store is not None else None
    is_elsewhere = transcript.problem is None and transcript.where != STDIN
    if is_elsewhere and shelf is None:
        return crew.submit(transcript, {})
    done: Future[Result] = Future()
    try:
        done.set_result(annotator.work(transcript, shelf if is_elsewhere else None))
    except Missing:
        return crew.submit(transcript, shelf.found if shelf else {})
    return done


def _keep(pending: Pending, store: Store | None) -> Result:
    result = pending.result()
    while result.made:
        entry = result.made.pop(0)
        if store is not None:
            store.put(entry)
    return result
