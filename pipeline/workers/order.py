"""The results of transcripts in their order, whoever annotates them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.annotator import Annotator, Result
from pipeline.cache.shelf import Missing, ReadingShelf, Shelf, StoreShelf
from pipeline.cache.store import Store
from pipeline.corpus.inputs import Transcript

AHEAD = 4
"""Transcripts a worker that are waiting or done while an earlier one is annotated."""


class Pending(Protocol):
    """A result to come."""

    def result(self) -> Result:
        """Wait for the result; it holds the failure of a worker."""


class Crew(Protocol):
    """Workers that annotate transcripts elsewhere.

    Attributes:
        size: number of transcripts that they annotate at once.
    """

    @property
    def size(self) -> int:
        """Number of transcripts annotated at once."""

    def submit(self, transcript: Transcript, found: Mapping[str, bytes]) -> Pending:
        """Start to annotate a transcript, with the results that were kept of it."""


@dataclass(frozen=True)
class _Done:
    value: Result

    def result(self) -> Result:
        return self.value


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

    This process reads what was kept and keeps what the workers made, so that only one process of a
    run uses the cache, and workers need not see its disk.
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
    if transcript.problem is not None or (transcript.path is None and transcript.content is None):
        return _Done(annotator.work(transcript))  # nothing to do, or this process's stdin
    if store is None:
        return crew.submit(transcript, {})
    shelf = ReadingShelf(store)
    try:
        return _Done(annotator.work(transcript, shelf))
    except Missing:
        return crew.submit(transcript, shelf.found)


def _keep(pending: Pending, store: Store | None) -> Result:
    result = pending.result()
    for entry in result.made:
        if store is not None:
            store.put(entry)
    result.made.clear()
    return result
