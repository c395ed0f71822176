"""Results in order, whoever annotates, with what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path

from pipeline.annotator import Result
from pipeline.cache.store import Store
from pipeline.corpus.inputs import Transcript
from pipeline.workers.order import AHEAD, annotate_by, annotate_here
from pipeline.workers.task import Task
from tests.workers.light import build, write_talks


class Remote:
    """Annotates at once, as a worker without a store would, and remembers what it was asked."""

    size = 2

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def submit(self, transcript: Transcript, found: Mapping[str, bytes]) -> Future[Result]:
        """Annotate."""
        self.asked.append((transcript.id, len(found)))
        future: Future[Result] = Future()
        future.set_result(Task(transcript, found).do(build()))
        return future


def test_workers_return_what_this_process_would(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, "plan", "talks", "vote")
    here = [result.line for result in annotate_here(talks, build(), None)]
    assert [result.line for result in annotate_by(Remote(), talks, build(), None)] == here
    assert len(set(here)) == 3


def test_what_workers_made_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, "plan", "talks")
    with Store(tmp_path / "cache") as store:
        first = list(annotate_by(Remote(), talks, build(), store))
        remote = Remote()
        again = list(annotate_by(remote, talks, build(), store))
    assert remote.asked == []
    assert [one.line for one in again] == [one.line for one in first]
    assert [one.computed for one in again] == [[], []]


def test_a_worker_gets_what_was_kept_of_an_interview(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, "plan")
    with Store(tmp_path / "cache") as store:
        list(annotate_by(Remote(), talks, build(), store))
        annotator, remote = build(), Remote()
        annotator.stages[0].fingerprint = ("changed",)  # type: ignore[attr-defined]
        list(annotate_by(remote, talks, annotator, store))
    assert remote.asked == [("t0", 1)]


def test_not_all_transcripts_are_submitted_at_once(tmp_path: Path) -> None:
    talks = write_talks(tmp_path, *["plan"] * 12)
    remote = Remote()
    next(annotate_by(remote, talks, build(), None))
    assert len(remote.asked) == AHEAD * remote.size + 1
