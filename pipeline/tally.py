"""The results of a run's transcripts, added up for run.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.annotator import Failure, Result
from pipeline.corpus.inputs import Inputs
from pipeline.errors import legible
from pipeline.notices import UNDATED, notice, renamed, stated
from pipeline.records import Notice
from pipeline.tables.rows import Summary, add_up
from pipeline.tables.sensitivity import Compared


@dataclass(frozen=True)
class Step:
    """Progress of a run: transcripts done, in all, the current one and its stage."""

    done: int
    total: int
    interview_id: str
    stage: str


Progress = Callable[[Step], None]


def count_all(
    summaries: Sequence[Summary], failures: Sequence[Failure], ignored: Sequence[Path]
) -> dict[str, int]:
    """Return the counts over all transcripts, as run.json states them."""
    return {
        "transcripts": len(summaries) + len(failures),
        "annotated": len(summaries),
        "failed": len(failures),
        "not_judged": sum(not summary.judged for summary in summaries),
        "ignored_files": len(ignored),
        **add_up(summaries),
    }


class Batch:
    """Collects what run.json and the terminal state of each transcript: some hundred bytes."""

    def __init__(self, total: int, *, progress: Progress | None = None) -> None:
        self.total = total
        self.progress = progress
        self.done = self.kept = 0
        self.compared: list[Compared] = []
        self.sources: list[dict[str, str]] = []
        self.summaries: list[Summary] = []
        self.failures: list[Failure] = []
        self.warnings: list[Notice] = []
        self.undated: list[str] = []
        self.timings: dict[str, dict[str, float]] = {}
        self._first: dict[str, str] = {}

    def add(self, result: Result) -> None:
        """Add a result, in the order of the transcripts."""
        if result.sha256 is not None:
            self._note_source(result, result.sha256)
        self.warnings.extend(result.warnings)
        if result.undated:
            self.undated.append(result.where)
        if result.failure is not None:
            self.failures.append(result.failure)
        elif result.shard is not None:
            self.summaries.append(result.shard.summary)
            self.compared.extend(result.compared)
            self.kept += not result.computed
        self.timings[result.interview_id] = result.seconds
        self.done += 1
        self.tell(result.interview_id, "done")

    def tell(self, interview_id: str, stage: str) -> None:
        """Report a stage that starts."""
        if self.progress is not None:
            self.progress(Step(self.done, self.total, interview_id, stage))

    def warn_of_undated(self) -> list[Notice]:
        """Return a warning that lists the undated transcripts, if there are any."""
        if not self.undated:
            return []
        return [notice(UNDATED, files=self.undated, transcripts=self.total)]

    def describe(self, inputs: Inputs, *, seconds: float) -> dict[str, Any]:
        """Return the part of run.json that is known at the end, without the user's folders."""
        named = inputs.without_folders
        stages: Counter[str] = Counter()
        for steps in self.timings.values():
            stages.update(steps)
        return {
            "inputs": [{**source, "path": named(source["path"])} for source in self.sources],
            "ignored": [named(legible(path)) for path in inputs.ignored],
            "totals": count_all(self.summaries, self.failures, inputs.ignored),
            "counts": [asdict(summary) for summary in self.summaries],
            "failures": [
                {key: named(text) for key, text in asdict(one).items() if key != "traceback"}
                for one in self.failures
            ],
            "warnings": [stated(renamed(warning, named)) for warning in self.warnings],
            "seconds": {
                "total": seconds,
                "from_cache": self.kept,
                "stages": {name: round(spent, 4) for name, spent in stages.items()},
                "interviews": self.timings,
            },
        }

    def _note_source(self, result: Result, sha256: str) -> None:
        if sha256 in self._first:
            self.warnings.append(notice("same-bytes", result.where, file=self._first[sha256]))
        self._first.setdefault(sha256, result.where)
        self.sources.append({"id": result.interview_id, "path": result.where, "sha256": sha256})
