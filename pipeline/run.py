"""The run: the stages in their order, and transcripts streamed through them one at a time."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from pipeline.actors import load_actors
from pipeline.config import Settings
from pipeline.corpus.inputs import STDIN, Inputs, Transcript, find_inputs
from pipeline.errors import InputError, WestwardError
from pipeline.features.featuriser import Reader
from pipeline.ingest import read_bytes, read_source
from pipeline.parse import Parser
from pipeline.records import Interview, Source
from pipeline.stage import Stage, apply, check_order
from pipeline.stages.attribution import Attributions
from pipeline.stages.claims import Claims, ClaimsModel
from pipeline.stages.entities import Entities
from pipeline.stages.segment import Segment
from pipeline.stages.stance import Stances
from pipeline.stages.stance_model import StanceModel
from pipeline.turns import build_interview
from pipeline.write.folder import ANNOTATED_NAME, check_free, new_folder, write_manifest
from pipeline.write.jsonl import dump_line
from pipeline.write.manifest import describe_run
from pipeline.write.summary import Summary, summarise
from pipeline.write.tables import InterviewRows, TableWriter, interview_rows

OUTPUTS = Path("outputs")
TABLES_NAME = "tables"

FailureKind = Literal["input", "internal"]


class Progress(Protocol):
    """What a run tells while it works."""

    def begin(self, total: int) -> None:
        """The number of transcripts is known."""

    def enter(self, interview_id: str, stage: str) -> None:
        """A transcript enters a stage."""

    def end(self, interview_id: str) -> None:
        """A transcript is done, or has failed."""


class Silent:
    """Tells nothing."""

    def begin(self, total: int) -> None:
        """Ignore it."""

    def enter(self, interview_id: str, stage: str) -> None:
        """Ignore it."""

    def end(self, interview_id: str) -> None:
        """Ignore it."""


@dataclass(frozen=True)
class Failure:
    """Why a transcript was not annotated.

    Attributes:
        kind: ``input`` where the transcript is at fault, ``internal`` where Westward is.
        traceback: of an internal fault, kept for debugging only.
    """

    interview_id: str
    path: str
    kind: FailureKind
    reason: str
    traceback: str | None = None


@dataclass(frozen=True)
class RunResult:
    """What a run wrote, and what it could not."""

    folder: Path
    summaries: tuple[Summary, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    ignored: tuple[Path, ...]


def build_stages(settings: Settings, *, models: Path | None = None) -> list[Stage]:
    """Return the stages of a run, in their order.

    Args:
        settings: of the run.
        models: folder of models, searched instead of the installed ones.

    Raises:
        ArtefactError: a model is missing or altered.
        ConfigError: the bloc is unknown.
    """
    actors = load_actors()
    actors.require_bloc(settings.bloc.name)
    parser = Parser(settings.parse.model, max_chars=settings.segment.max_turn_chars)
    reader = Reader(parser, actors, bloc=settings.bloc.name)
    stages: list[Stage] = [
        Segment(parser),
        Entities(parser, actors),
        Claims(ClaimsModel.load(settings.claims.model, models=models), reader),
        Attributions(parser),
        Stances(
            StanceModel.load(settings.stance.model, models=models),
            reader,
            abstain_below=settings.stance.abstain_below,
        ),
    ]
    check_order(stages)
    return stages


def default_folder(names: Sequence[str | Path]) -> Path:
    """Name the run after its first input: ``outputs/corpus`` for ``corpus/``."""
    first = names[0]
    path = Path(first).resolve()
    if str(first) == STDIN:
        return OUTPUTS / "stdin"
    return OUTPUTS / (path.name if path.is_dir() else path.stem or "run")


def run(
    names: Sequence[str | Path],
    *,
    out: Path,
    index: Path | None = None,
    settings: Settings,
    models: Path | None = None,
    progress: Progress | None = None,
    debug: bool = False,
) -> RunResult:
    """Annotate transcripts and write a run's folder, which appears whole or not at all.

    A transcript that fails is noted with its reason; the others are written.

    Args:
        names: files, folders, or ``-`` for stdin.
        out: the run's folder; an earlier run there is replaced.
        index: of the transcripts, instead of those in the folders.
        settings: of the run.
        models: folder of models, searched instead of the installed ones.
        progress: is told of each step.
        debug: keep the traceback of an internal error.

    Raises:
        WestwardError: nothing can be run: no transcript, no place to write to, no model.
    """
    check_free(out.resolve())
    inputs = find_inputs(names, index=index)
    manifest = describe_run(settings, models=models)
    stages = build_stages(settings, models=models)
    session = _Session(stages, settings=settings, progress=progress or Silent(), debug=debug)
    session.progress.begin(len(inputs.transcripts))
    start = time.perf_counter()
    with new_folder(out) as folder:
        tables = TableWriter(folder / TABLES_NAME, duplicates=settings.tables.duplicates)
        with (folder / ANNOTATED_NAME).open("w", encoding="utf8", newline="\n") as stream:
            for line, rows in session.annotate_all(inputs.transcripts):
                stream.write(line)
                tables.append(rows)
        tables.finish()
        seconds = round(time.perf_counter() - start, 3)
        write_manifest(folder, {**manifest, **session.describe(inputs, seconds=seconds)})
    return RunResult(
        folder=out,
        summaries=tuple(session.summaries),
        failures=tuple(session.failures),
        warnings=tuple(session.warnings),
        ignored=inputs.ignored,
    )


class _Session:
    """Takes transcripts through the stages and notes, for run.json, how each of them fared."""

    def __init__(
        self, stages: Sequence[Stage], *, settings: Settings, progress: Progress, debug: bool
    ) -> None:
        self.stages = stages
        self.settings = settings
        self.progress = progress
        self.debug = debug
        self.sources: dict[str, dict[str, str]] = {}
        self.summaries: list[Summary] = []
        self.failures: list[Failure] = []
        self.warnings: list[str] = []
        self.timings: dict[str, dict[str, float]] = {}

    def annotate_all(
        self, transcripts: Sequence[Transcript]
    ) -> Iterator[tuple[str, InterviewRows]]:
        """Yield each interview as a line of JSON and as rows; note those that fail."""
        for transcript in transcripts:
            try:
                interview = self.annotate(transcript)
                with self._step(transcript.id, "rows"):
                    line, rows = dump_line(interview), interview_rows(interview)
                    self.summaries.append(summarise(interview))
            except WestwardError as error:
                self._fail(transcript, "input", str(error))
            except Exception as error:  # a fault of ours in one transcript spares the others
                reason = f"internal error: {type(error).__name__}: {error}"
                self._fail(
                    transcript,
                    "internal",
                    reason,
                    trace=traceback.format_exc() if self.debug else None,
                )
            else:
                yield line, rows
            self.progress.end(transcript.id)

    def annotate(self, transcript: Transcript) -> Interview:
        """Read a transcript and apply every stage."""
        if transcript.problem is not None:
            raise InputError(transcript.problem)
        with self._step(transcript.id, "read"):
            source = _read(transcript)
            self._note_source(transcript, source)
            interview = build_interview(
                source,
                interview_id=transcript.id,
                metadata=transcript.metadata,
                settings=self.settings.segment,
            )
        self.warnings.extend(interview.warnings)
        interview = _without_folders(interview, transcript)
        for stage in self.stages:
            with self._step(transcript.id, stage.name):
                interview = apply(stage, interview)
        return interview

    def describe(self, inputs: Inputs, *, seconds: float) -> dict[str, Any]:
        """Return the part of run.json that is known when all is done."""
        stages: dict[str, float] = {}
        for steps in self.timings.values():
            for name, spent in steps.items():
                stages[name] = round(stages.get(name, 0.0) + spent, 4)
        return {
            "inputs": list(self.sources.values()),
            "ignored": [str(path) for path in inputs.ignored],
            "counts": [asdict(summary) for summary in self.summaries],
            "failures": [asdict(failure) for failure in self.failures],
            "warnings": self.warnings,
            "seconds": {"total": seconds, "stages": stages, "interviews": self.timings},
        }

    @contextmanager
    def _step(self, interview_id: str, name: str) -> Iterator[None]:
        self.progress.enter(interview_id, name)
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
        self.sources[transcript.id] = {
            "id": transcript.id,
            "path": transcript.where,
            "sha256": source.sha256,
        }

    def _fail(
        self, transcript: Transcript, kind: FailureKind, reason: str, *, trace: str | None = None
    ) -> None:
        self.failures.append(
            Failure(transcript.id, transcript.where, kind, reason, traceback=trace)
        )


def _without_folders(interview: Interview, transcript: Transcript) -> Interview:
    """Leave the user's folders out of the record: it must not depend on where a file lies."""
    if transcript.path is None:
        return interview
    warnings = (text.replace(transcript.where, transcript.path.name) for text in interview.warnings)
    return interview.model_copy(update={"warnings": tuple(warnings)})


def _read(transcript: Transcript) -> Source:
    if transcript.path is None:
        return read_bytes(sys.stdin.buffer.read(), name=STDIN)
    return read_source(transcript.path)
