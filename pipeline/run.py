"""The run: the stages in order, and transcripts streamed through them."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.actors import load_actors
from pipeline.annotator import Annotator, Failure, Result
from pipeline.cache.store import Store
from pipeline.coding.calibration import calibrate_judge
from pipeline.coding.estimates import Estimates
from pipeline.config import Settings
from pipeline.corpus.inputs import STDIN, Inputs, Transcript, find_inputs
from pipeline.errors import ConfigError, legible
from pipeline.judges.abstention import load_thresholds
from pipeline.judges.llm.judge import load_judge
from pipeline.judges.llm.roles import RoleReview
from pipeline.judges.loader import load_claims_judge, load_stance_judge
from pipeline.labels.decisions import Decisions
from pipeline.labels.files import fingerprint, read_drawn_labels, read_human_labels
from pipeline.notices import notice, stated
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.records import Interview, Notice
from pipeline.report.methods import write_methods
from pipeline.report.overview import Overview
from pipeline.report.page import File, Layout, Report, make_shard, write_files
from pipeline.report.update import describe_labels, warn_of_labels
from pipeline.runs.folder import (
    ANNOTATED_NAME,
    TABLES_NAME,
    check_free,
    new_folder,
    write_manifest,
)
from pipeline.runs.jsonl import read_interviews
from pipeline.runs.manifest import describe_run
from pipeline.stage import Stage, check_order
from pipeline.stages.attribution import Attributions
from pipeline.stages.claims import Claims
from pipeline.stages.entities import Entities
from pipeline.stages.language_model import LanguageModel
from pipeline.stages.segment import Segment
from pipeline.stages.stance import Stances
from pipeline.tables.columns import COMPARISON_TABLES, ESTIMATES
from pipeline.tables.counts import Row
from pipeline.tables.folder import OWN_COLUMNS
from pipeline.tables.lookup import Lookup
from pipeline.tables.rows import Summary
from pipeline.tables.sensitivity import sensitivity_rows
from pipeline.tables.writer import TableWriter
from pipeline.tally import Batch, Progress
from pipeline.targets.blocs import IDEA as WEST
from pipeline.workers.order import Crew, annotate_by, annotate_here

OUTPUTS = Path("outputs")


@dataclass(frozen=True)
class RunResult:
    """What a run wrote, and what failed.

    Attributes:
        folder: of the run; unchanged if no interview could be read.
        compared: the rows of sensitivity.csv over all interviews.
        judge: the language model, where one judged, and what was asked of it and paid.
        overview: the counts that answer the four questions.
    """

    folder: Path
    summaries: tuple[Summary, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[Notice, ...]
    ignored: tuple[Path, ...]
    compared: tuple[Row, ...] = ()
    judge: Mapping[str, Any] = field(default_factory=dict)
    overview: Overview | None = None


def build_stages(
    settings: Settings, *, models: Path | None = None, answers: Path | None = None
) -> list[Stage]:
    """Return the stages of a run, in order.

    Args:
        settings: of the run.
        models: folder of models, searched before the installed ones.
        answers: a batch file that a language model has answered, in place of its server.

    Raises:
        ArtefactError: a model is missing or altered.
        ConfigError: a bloc is unknown, or the user's actor table cannot be used.
    """
    actors = load_actors(settings.actors.path)
    for name in (settings.bloc.name, *settings.bloc.compare):
        actors.require_bloc(name)
    parser = Parser(settings.parse.model, models=models, max_chars=settings.segment.max_turn_chars)
    reader = Reader(parser, actors, bloc=settings.bloc.name)
    stages: list[Stage] = [Segment(parser), Entities(parser, actors)]
    abstain_below = settings.stance.abstain_below
    if settings.by_llm:
        judge = load_judge(settings.llm, settings.bloc.name, actors, answers=answers)
        stages.append(Attributions(parser, actors))
        stages.append(LanguageModel(judge, reader, abstain_below=abstain_below))
    else:
        claims, stance = settings.claims, settings.stance
        in_claims = load_thresholds(
            claims.model, "component", precision=claims.precision, models=models
        )
        in_stance = load_thresholds(
            stance.model, "stance", precision=stance.precision, models=models
        )
        components = load_claims_judge(claims.model, models=models)
        stances = load_stance_judge(stance.model, models=models)
        stages += [
            Claims(components, reader, thresholds=in_claims),
            Attributions(parser, actors),
            Stances(stances, reader, abstain_below=abstain_below, thresholds=in_stance),
        ]
    check_order(stages)
    return stages


def build_comparisons(settings: Settings, stages: Sequence[Stage]) -> dict[str, Stage]:
    """Return a stance stage for each bloc to compare with; they share the judge and the parses."""
    last = stages[-1] if stages else None
    if isinstance(last, LanguageModel):
        return {name: last.toward(name) for name in settings.bloc.compare}
    return {
        name: Stances(
            stage.model,
            stage.reader.toward(name),
            abstain_below=stage.abstain_below,
            thresholds=stage.thresholds,
        )
        for name in settings.bloc.compare
        for stage in stages
        if isinstance(stage, Stances)
    }


def build_annotator(
    settings: Settings,
    *,
    models: Path | None = None,
    debug: bool = False,
    answers: Path | None = None,
    layout: Layout | None = None,
) -> Annotator:
    """Load the models and return what annotates transcripts; raises as ``build_stages``."""
    stages = build_stages(settings, models=models, answers=answers)
    comparisons = build_comparisons(settings, stages)
    last, review = (stages[-1] if stages else None), None
    if isinstance(last, LanguageModel) and settings.llm.roles:
        review = RoleReview(last.judge.answers).review
    return Annotator(
        stages, settings=settings, comparisons=comparisons, debug=debug, review=review,
        layout=layout,
    )  # fmt: skip


def warn_of_methods(settings: Settings) -> list[Notice]:
    """Return warnings about compared blocs that are not judged in the same way.

    A West is found by the model's training, any other bloc only where it is named. The prompt of a
    language model states who is in the bloc.
    """
    if settings.by_llm:
        return []
    actors = load_actors(settings.actors.path)
    main = settings.bloc.name
    return [
        notice("other-bloc", main=main, other=other)
        for other in settings.bloc.compare
        if actors.in_bloc(WEST, main) != actors.in_bloc(WEST, other)
    ]


def default_folder(names: Sequence[str | Path]) -> Path:
    """Return the folder named after the first input: ``outputs/corpus`` for ``corpus/``."""
    first = names[0]
    path = Path(first).resolve()
    if str(first) == STDIN:
        return OUTPUTS / "stdin"
    return OUTPUTS / (path.name if path.is_dir() else path.stem or "run")


@dataclass(frozen=True)
class Means:
    """By what means a run annotates; the results do not depend on them.

    Attributes:
        cache: folder of the results that runs keep; none if not given.
        workers: number of processes.
        cluster: address of a Dask scheduler whose workers annotate.
        tls: folder of the certificates with which it is talked to.
    """

    cache: Path | None = None
    workers: int = 1
    cluster: str | None = None
    tls: Path | None = None

    def annotate(
        self,
        annotator: Annotator,
        transcripts: Sequence[Transcript],
        *,
        warnings: list[Notice],
        models: Path | None,
    ) -> Generator[Result]:
        """Yield the results in order; then add the warnings of the cache."""
        build = partial(
            build_annotator, annotator.settings, models=models, debug=annotator.debug,
            layout=annotator.layout,
        )  # fmt: skip
        with ExitStack() as stack:
            store = stack.enter_context(Store(self.cache)) if self.cache else None
            crew: Crew | None = None
            if self.cluster is not None:
                from pipeline.workers.cluster import Cluster

                crew = cluster = stack.enter_context(Cluster(build, self.cluster, tls=self.tls))
                warnings.extend([notice("open-cluster")] if cluster.is_open else ())
            elif self.workers > 1:
                from pipeline.workers.pool import Pool

                crew = stack.enter_context(Pool(build, size=self.workers))
            if crew is None:
                yield from annotate_here(transcripts, annotator, store)
            else:
                yield from annotate_by(crew, transcripts, annotator, store)
            warnings.extend(store.warnings if store else ())


def run(
    names: Sequence[str | Path],
    *,
    out: Path,
    index: Path | None = None,
    settings: Settings,
    models: Path | None = None,
    progress: Progress | None = None,
    debug: bool = False,
    means: Means | None = None,
    interviews: Inputs | None = None,
    answers: Path | None = None,
    pages: bool = True,
    use_labels: bool = True,
    follow: bool = False,
) -> RunResult:
    """Annotate transcripts and write a run's folder, completely or not at all.

    A transcript that fails is reported with its reason; the others are written. If all fail,
    nothing is written, and an earlier run is kept.

    Args:
        names: files, folders, or ``-`` for stdin.
        out: the run's folder; an earlier run there is replaced.
        index: of the transcripts, instead of those in the folders.
        settings: of the run.
        models: folder of models, searched before the installed ones.
        progress: called at each step.
        debug: keep the traceback of an internal error.
        means: this process without a cache, if not given.
        interviews: that have been read, in place of names.
        answers: a batch file that a language model has answered, in place of its server.
        pages: write report.html and figures/.
        use_labels: let people's labels that are beside the folder count where they answer.
        follow: read files of folders that are links to others outside of them.

    Raises:
        WestwardError: there is no transcript, no model, or no place to write to.
    """
    check_free(out.resolve())
    labels = [one for coded in read_drawn_labels(out).values() for one in coded]
    applied = fingerprint(out) if use_labels else None
    people = read_human_labels(out).values() if use_labels else ()
    inputs = interviews or find_inputs(names, index=index, follow=follow)
    manifest = describe_run(settings, models=models)
    own = inputs.own_columns()
    layout = Layout(settings.bloc.name, settings.targets.inferred, own, pages)
    annotator = build_annotator(
        settings, models=models, debug=debug, answers=answers, layout=layout
    )  # fmt: skip
    decisions = Decisions((one for coded in people for one in coded), lambda: annotator.actors)
    cautions = warn_of_methods(settings)
    batch = Batch(len(inputs.transcripts), progress=progress)
    annotator.report = batch.tell
    results = (means or Means()).annotate(
        annotator, inputs.transcripts, warnings=cautions, models=models
    )
    judges = [one for one in annotator.all_stages if isinstance(one, LanguageModel)]
    for stage in judges:
        stage.told = batch.tell
    if judges and means is not None and (means.workers > 1 or means.cluster):
        raise ConfigError(
            "a language model is asked by one process; leave out --workers and --cluster, and set "
            "llm.parallel, the number of requests at once"
        )
    start = time.perf_counter()
    for stage in judges[:1]:
        cautions += calibrate_judge(annotator, stage, inputs.transcripts)
    with new_folder(out, worthwhile=lambda: bool(batch.summaries)) as folder:
        tables = TableWriter(
            folder / TABLES_NAME,
            duplicates=settings.tables.duplicates,
            inferred=settings.targets.inferred,
            encoding=settings.tables.encoding,
            more=COMPARISON_TABLES if annotator.comparisons else (),
            actors=annotator.actors,
            own=own,
        )
        report = Report(folder, legible(out.resolve().name), layout, models=models)
        estimates = Estimates(labels, settings.targets.inferred)
        path = folder / ANNOTATED_NAME
        with closing(results), path.open("w", encoding="utf8", newline="\n") as stream:
            for result in results:
                if result.shard is not None and not estimates.by_text:
                    estimates.add(result.shard.counted, result.shard.portion.facts)
                _decide(result, decisions, annotator)
                batch.add(result)
                if result.shard is not None:
                    stream.write(result.line)
                    tables.add(result.shard.portion)
                    report.add(result.shard)
        tables.finish()
        counted: dict[str, Any] = {
            "duplicates": settings.tables.duplicates,
            "actors": annotator.actors,
        }
        sensitivity = list(sensitivity_rows(batch.compared, bloc=settings.bloc.name, **counted))
        if annotator.comparisons:
            tables.write("sensitivity", sensitivity)
        seconds = round(time.perf_counter() - start, 3)
        sent = judges[0].judge.answers.cautions if judges else []
        batch.warnings[:0] = [*cautions, *sent, *batch.warn_of_undated()]
        judge = judges[0].judge.describe() if judges else {}
        described = {**manifest, **({"judge": judge} if judge else {})}
        described |= batch.describe(inputs, seconds=seconds)
        described |= {OWN_COLUMNS: own} if any(own.values()) else {}
        start = time.perf_counter()
        if estimates.by_text:
            for interview in read_interviews(path):
                estimates.add_text(Lookup(interview))
        rows = list(estimates.rows())
        tables.write(ESTIMATES.name, rows)
        faults = _write(folder, report.finish(described, rows, tables))
        report.overview.lost = decisions.lost()
        told = [*faults, *warn_of_labels(report.overview)]
        described["seconds"]["report"] = round(time.perf_counter() - start, 3)
        described["warnings"] += map(stated, told)
        described |= describe_labels(report.overview, applied)
        write_methods(folder, described)
        write_manifest(folder, described)
    return RunResult(
        folder=out,
        summaries=tuple(batch.summaries),
        failures=tuple(batch.failures),
        warnings=(*batch.warnings, *told),
        ignored=inputs.ignored,
        compared=tuple(row for row in sensitivity if row["level"] == "all"),
        judge=judge,
        overview=None if faults else report.overview,
    )


def _decide(result: Result, decisions: Decisions, annotator: Annotator) -> None:
    """Let people's labels count in the rows of an interview; its line is what the judge says."""
    if result.shard is None or not decisions.touches(result.interview_id, result.sha256):
        return
    interview = decisions.apply(Interview.model_validate_json(result.line))
    decided = make_shard(Lookup(interview, annotator.actors), annotator.layout)
    texts = {**result.shard.portion.texts, **decided.portion.texts}
    result.shard = replace(decided, portion=replace(decided.portion, texts=texts))


def _write(folder: Path, files: Iterable[File]) -> list[Notice]:
    """Write the report; return what went wrong: a fault of ours in it leaves the run whole."""
    try:
        write_files(folder, files)
    except Exception as error:
        return [notice("no-report", problem=f"{type(error).__name__}: {error}")]
    return []
