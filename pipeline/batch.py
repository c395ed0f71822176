"""Transcripts through the stages, one at a time; one that fails does not stop the others."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.config import Settings
from pipeline.corpus.inputs import STDIN, Inputs, Transcript, read_transcript
from pipeline.errors import InputError, WestwardError, legible
from pipeline.ingest import MAX_BYTES, read_bytes
from pipeline.records import Interview, Source
from pipeline.stage import Stage, apply
from pipeline.stages.talk import warn_of_seldom_named
from pipeline.turns import build_interview
from pipeline.turns.by_hand import ByHand
from pipeline.turns.particulars import JUDGED
from pipeline.write.jsonl import dump_line
from pipeline.write.lookup import Lookup
from pipeline.write.rows import Summary, add_up, summarise
from pipeline.write.sensitivity import Compared, compare
from pipeline.write.tables import InterviewRows, interview_rows

_SHOWN = 3
_NO_DATE = ": no date found;"  # reported once for all transcripts
FailureKind = Literal["input", "internal"]


@dataclass(frozen=True)
class Step:
    """Progress of a run: transcripts done, in all, the current one and its stage."""

    done: int
    total: int
    interview_id: str
    stage: str


Progress = Callable[[Step], None]


@dataclass(frozen=True)
class Failure:
    """Why a transcript was not annotated.

    Attributes:
        kind: ``input`` for a faulty transcript, ``internal`` for a fault of Westward.
        traceback: of an internal fault, for the terminal, not for run.json.
    """

    interview_id: str
    path: str
    kind: FailureKind
    reason: str
    traceback: str | None = None


class Batch:
    """Applies the stages to transcripts and collects results and failures for run.json.

    Args:
        stages: of the run, in their order.
        settings: of the run.
        progress: called at each step.
        debug: keep the traceback of an internal error.
        comparisons: the stance stage for each bloc to compare with.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        *,
        settings: Settings,
        progress: Progress | None,
        debug: bool,
        comparisons: Mapping[str, Stage] | None = None,
    ) -> None:
        self.stages = stages
        self.comparisons = comparisons or {}
        self.compared: list[Compared] = []
        self.settings = settings
        self.progress = progress
        self.debug = debug
        self.done = self.total = 0
        self.sources: dict[str, dict[str, str]] = {}
        self.summaries: list[Summary] = []
        self.failures: list[Failure] = []
        self.warnings: list[str] = []
        self.undated: list[str] = []
        self.timings: dict[str, dict[str, float]] = {}

    def annotate_all(
        self, transcripts: Sequence[Transcript]
    ) -> Iterator[tuple[str, InterviewRows]]:
        """Yield each interview as a line of JSON and as rows; record those that fail."""
        self.total = len(transcripts)
        for transcript in transcripts:
            try:
                interview = self.annotate(transcript)
                compared = self._compare(transcript, interview)
                with self._step(transcript.id, "rows"):
                    line, rows = dump_line(interview), interview_rows(interview)
                    summary = summarise(rows["interviews"][0])
            except WestwardError as error:
                self._fail(transcript, "input", str(error))
            except Exception as error:  # our fault in one transcript does not stop the others
                reason = f"internal error: {type(error).__name__}: {error}"
                self._fail(transcript, "internal", reason)
            else:
                self.summaries.append(summary)
                self.compared.extend(compared)
                if self.comparisons:
                    changes = [row for one in compared for row in one.changes]
                    rows = {**rows, "sensitivity_units": changes}
                yield line, rows
            self.done += 1
            self._tell(transcript.id, "done")

    def annotate(self, transcript: Transcript) -> Interview:
        """Read a transcript and apply every stage."""
        if transcript.problem is not None:
            raise InputError(transcript.problem)
        with self._step(transcript.id, "read"):
            source, hand = _read(transcript)
            self._note_source(transcript, source)
            interview = build_interview(
                source,
                interview_id=transcript.id,
                metadata=transcript.metadata,
                settings=self.settings.segment,
                by_hand=hand,
            )
        self.warnings.extend(one for one in interview.warnings if _NO_DATE not in one)
        interview = _without_folders(interview, transcript)
        if interview.language != JUDGED:
            return interview  # it has a warning
        if interview.date is None:
            self.undated.append(transcript.where)
        for stage in self.stages:
            with self._step(transcript.id, stage.name):
                interview = apply(stage, interview)
        if caution := warn_of_seldom_named(interview, self.settings.bloc.name):
            self.warnings.append(f"{transcript.where}: {caution}")
            warnings = (*interview.warnings, caution)
            interview = interview.model_copy(update={"warnings": warnings})
        return interview

    def warn_of_undated(self) -> list[str]:
        """Return a warning that lists the undated transcripts, if there are any."""
        if not self.undated:
            return []
        names = ", ".join(self.undated[:_SHOWN])
        rest = len(self.undated) - _SHOWN
        more = f" and {rest} more, without a date in interviews.csv" if rest > 0 else ""
        return [
            f"{len(self.undated)} of {self.total} transcripts without a date, read with the blocs "
            f'and offices of today: {names}{more}; set "date" in the index'
        ]

    def _compare(self, transcript: Transcript, interview: Interview) -> list[Compared]:
        """Judge stance again, toward the other blocs."""
        if interview.stances is None:
            return []
        found, main = [], Lookup(interview)
        for bloc, stage in self.comparisons.items():
            with self._step(transcript.id, f"{stage.name} {bloc}"):
                other = Lookup(apply(stage, interview))
                found.append(compare(main, other, other_bloc=bloc))
        return found

    def describe(self, inputs: Inputs, *, seconds: float) -> dict[str, Any]:
        """Return the part of run.json that is known at the end, without the user's folders."""
        named = inputs.without_folders
        stages: dict[str, float] = {}
        for steps in self.timings.values():
            for name, spent in steps.items():
                stages[name] = round(stages.get(name, 0.0) + spent, 4)
        return {
            "inputs": [
                {**source, "path": named(source["path"])} for source in self.sources.values()
            ],
            "ignored": [named(legible(path)) for path in inputs.ignored],
            "totals": {
                "transcripts": self.total,
                "annotated": len(self.summaries),
                "failed": len(self.failures),
                "not_judged": sum(not summary.judged for summary in self.summaries),
                "ignored_files": len(inputs.ignored),
                **add_up(self.summaries),
            },
            "counts": [asdict(summary) for summary in self.summaries],
            "failures": [
                {key: named(text) for key, text in asdict(one).items() if key != "traceback"}
                for one in self.failures
            ],
            "warnings": [named(warning) for warning in self.warnings],
            "seconds": {"total": seconds, "stages": stages, "interviews": self.timings},
        }

    def _tell(self, interview_id: str, stage: str) -> None:
        if self.progress is not None:
            self.progress(Step(self.done, self.total, interview_id, stage))

    @contextmanager
    def _step(self, interview_id: str, name: str) -> Iterator[None]:
        self._tell(interview_id, name)
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = round(time.perf_counter() - start, 4)
            self.timings.setdefault(interview_id, {})[name] = spent

    def _note_source(self, transcript: Transcript, source: Source) -> None:
        for earlier in self.sources.values():
            if earlier["sha256"] == source.sha256:
                self.warnings.append(
                    f"{transcript.where}: the same bytes as {earlier['path']}; both are counted"
                )
        where = {"id": transcript.id, "path": transcript.where}
        self.sources[transcript.id] = {**where, "sha256": source.sha256}

    def _fail(self, failed: Transcript, kind: FailureKind, reason: str) -> None:
        trace = traceback.format_exc() if self.debug and kind == "internal" else None
        self.failures.append(Failure(failed.id, failed.where, kind, reason, trace))


def _without_folders(interview: Interview, transcript: Transcript) -> Interview:
    """Return the interview with the file's name in its warnings, without the user's folders."""
    if transcript.path is None:
        return interview
    name = legible(transcript.path.name)
    warnings = tuple(text.replace(transcript.where, name) for text in interview.warnings)
    return interview.model_copy(update={"warnings": warnings})


def _read(transcript: Transcript) -> tuple[Source, ByHand]:
    if transcript.content is not None:
        return read_bytes(transcript.content, name=transcript.id), ByHand()
    if transcript.path is None:
        return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), name=STDIN), ByHand()
    return read_transcript(transcript.path)
