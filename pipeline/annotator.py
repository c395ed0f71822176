"""One transcript through the stages: what came of it, with the reason if it failed."""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Literal

from pydantic import TypeAdapter

from pipeline.actors import load_actors
from pipeline.cache.keys import digest, everything, hash_file
from pipeline.cache.layers import KeptInterview
from pipeline.cache.shelf import Missing, Shelf, parse_kept
from pipeline.cache.store import Entry
from pipeline.config import Settings
from pipeline.corpus.inputs import STDIN, Transcript, describe, understand_bytes
from pipeline.errors import InputError, WestwardError, legible
from pipeline.ingest import MAX_BYTES, read_file
from pipeline.notices import NO_DATE, notice, renamed
from pipeline.records import Interview, Notice
from pipeline.report.page import Layout, Shard, make_shard
from pipeline.runs.jsonl import dump_line
from pipeline.stage import Stage, fingerprint_of, forget
from pipeline.tables.counts import Row
from pipeline.tables.lookup import Lookup
from pipeline.tables.sensitivity import Compared, compare
from pipeline.targets.naming import warn_of_naming
from pipeline.turns.metadata import JUDGED
from pipeline.turns.sidecar import ByHand, read_sidecar, sidecar_path

READ, ROWS = "read", "rows"
FailureKind = Literal["input", "internal"]
Report = Callable[[str, str], None]
"""Is called with an interview's id and the name of the stage that starts."""


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


@dataclass
class Result:
    """What came of a transcript.

    Attributes:
        where: the path as the user gave it.
        line: the interview as a line of JSON; empty if it failed.
        shard: what a run writes and counts of it; null if it failed.
        compared: with the other blocs.
        sha256: of the transcript; null if it could not be read.
        undated: it was judged with the blocs and offices of today.
        seconds: spent by stage.
        computed: the stages that were not kept by an earlier run.
        made: results to keep, of a worker that has no store.
    """

    interview_id: str
    where: str
    line: str = ""
    shard: Shard | None = None
    compared: Sequence[Compared] = ()
    sha256: str | None = None
    warnings: list[Notice] = field(default_factory=list)
    undated: bool = False
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    computed: list[str] = field(default_factory=list)
    made: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class _Kept:
    """All that came of a transcript, to keep.

    Attributes:
        warnings: of the stages.
    """

    line: str
    shard: Shard
    compared: Sequence[Compared]
    warnings: Sequence[Notice]


@lru_cache(maxsize=1)
def _json() -> TypeAdapter[_Kept]:
    return TypeAdapter(_Kept)


class Annotator:
    """Applies the stages of a run to one transcript after the other.

    ``comparisons`` is the stance stage for each bloc to compare with. ``debug`` keeps the traceback
    of an internal error. ``layout`` is that of the tables and pages, of the settings if not given.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        *,
        settings: Settings,
        comparisons: Mapping[str, Stage] | None = None,
        debug: bool = False,
        review: Callable[[Interview], Interview] | None = None,
        layout: Layout | None = None,
    ) -> None:
        self.stages = stages
        self.settings = settings
        self.layout = layout or Layout(settings.bloc.name, settings.targets.inferred)
        self.actors = load_actors(settings.actors.path)
        self.comparisons = comparisons or {}
        self.debug = debug
        self.review = review
        self.report: Report | None = None

    @property
    def all_stages(self) -> tuple[Stage, ...]:
        """The stages, and those of the comparisons."""
        return (*self.stages, *self.comparisons.values())

    def work(self, transcript: Transcript, shelf: Shelf | None = None) -> Result:
        """Annotate a transcript; a fault is in the result.

        Raises:
            Missing: the shelf computes nothing, and something was never kept.
        """
        result = Result(transcript.id, transcript.where)
        try:
            self._fill(result, transcript, shelf or Shelf())
        except Missing:
            raise
        except WestwardError as error:
            self._fail(result, "input", str(error))
        except Exception as error:  # our fault in one transcript does not stop the others
            self._fail(result, "internal", f"internal error: {type(error).__name__}: {error}")
        finally:
            for stage in self.all_stages:
                forget(stage)
        return result

    def annotate(self, transcript: Transcript) -> Interview:
        """Read a transcript and apply every stage; nothing is kept.

        Raises:
            InputError: it cannot be read.
        """
        result = Result(transcript.id, transcript.where)
        interview = self._describe(result, transcript, Shelf())
        return self._annotate(result, interview, Shelf()).interview

    def _fill(self, result: Result, transcript: Transcript, shelf: Shelf) -> None:
        with self._step(result, READ):
            interview = self._describe(result, transcript, shelf)
            key = self._key_of_all(interview, transcript) if shelf.keeps else None
            found = parse_kept(_json().validate_json, shelf.get(key)) if key else None
        if found is None:
            found = self._make(result, interview, shelf)
            if key and not found.shard.problem:
                shelf.put(Entry(key, ROWS, _json().dump_json(found)))
        result.line, result.shard, result.compared = found.line, found.shard, found.compared
        result.warnings.extend(found.warnings)

    def _make(self, result: Result, interview: Interview, shelf: Shelf) -> _Kept:
        read = len(result.warnings)
        kept = self._annotate(result, interview, shelf)
        compared = list(self._compare(result, kept))
        shelf.check_computing()
        with self._step(result, ROWS):
            changes = [row for _, changed in compared for row in changed]
            lookup = Lookup(kept.interview, self.actors)
            shard = make_shard(lookup, self.layout, changes if self.comparisons else None)
            line = dump_line(kept.interview)
        warnings, result.warnings[read:] = result.warnings[read:], []
        return _Kept(line, shard, [one for one, _ in compared], warnings)

    def _describe(self, result: Result, transcript: Transcript, shelf: Shelf) -> Interview:
        """Return the turns of a transcript, with what the index and the register state."""
        if transcript.problem is not None:
            raise InputError(transcript.problem)
        interview = self._read(result, transcript, shelf)
        if transcript.interview is None:
            interview = describe(interview, transcript, self.actors)
            if self.review and not _by_hand(transcript):
                interview = self.review(interview)
        # those without any date are reported once, for all transcripts
        result.warnings.extend(one for one in interview.warnings if one.code != NO_DATE)
        result.undated = interview.language == JUDGED and interview.date is None
        return _without_folders(interview, transcript)

    def _annotate(self, result: Result, interview: Interview, shelf: Shelf) -> KeptInterview:
        kept = KeptInterview(interview, shelf)
        kept.computed = result.computed
        if interview.language != JUDGED:
            return kept  # it has a warning
        for stage in self.stages:
            if any(getattr(kept.interview, layer) is None for layer in stage.provides):
                with self._step(result, stage.name):
                    kept.apply(stage)
        self._warn(result, kept)
        return kept

    def _key_of_all(self, interview: Interview, transcript: Transcript) -> str | None:
        """Return the key of all that is made of an interview; null if a stage must not be kept."""
        stated = [fingerprint_of(stage) for stage in self.all_stages]
        if None in stated:
            return None
        names = [stage.name for stage in self.stages], [*self.comparisons]
        given = interview.model_dump_json(), transcript.where, self.actors.sha256
        return digest(ROWS, everything(), *names, *given, stated, asdict(self.layout))

    def _warn(self, result: Result, kept: KeptInterview) -> None:
        if kept.interview.failed:
            result.warnings.append(_describe_failed(kept.interview, result.where))
        caution = warn_of_naming(kept.interview, self.settings.bloc.name)
        if caution and caution not in kept.interview.warnings:
            result.warnings.append(caution.model_copy(update={"place": result.where}))
            warnings = (*kept.interview.warnings, caution)
            kept.interview = kept.interview.model_copy(update={"warnings": warnings})

    def _read(self, result: Result, transcript: Transcript, shelf: Shelf) -> Interview:
        """Return the turns of a transcript, read now or kept, or what it was given with."""
        if transcript.interview is not None:
            result.sha256 = transcript.interview.sha256
            return transcript.interview
        key = self._key(transcript) if shelf.keeps else None
        read = Interview.model_validate_json
        interview = parse_kept(read, shelf.get(key[0])) if key else None
        if interview is None:
            shelf.check_computing()
            data, name, hand = _read(transcript)
            result.sha256 = hashlib.sha256(data).hexdigest()
            interview = understand_bytes(
                data,
                name=name,
                interview_id=transcript.id,
                metadata=transcript.metadata,
                settings=self.settings.segment,
                by_hand=hand,
            ).interview
            result.computed.append(READ)
            if key and key[1] == interview.sha256:
                with suppress(ValueError):  # a name that is not UTF-8, in a warning
                    shelf.put(Entry(key[0], READ, interview.model_dump_json().encode()))
        result.sha256 = interview.sha256
        return interview

    def _key(self, transcript: Transcript) -> tuple[str, str] | None:
        """Return the key of a transcript's turns and the hash of its bytes; null for no file."""
        if transcript.content is not None:
            content: str | None = hashlib.sha256(transcript.content).hexdigest()
            by_hand = None
        elif transcript.path is not None:
            content = hash_file(transcript.path)
            by_hand = hash_file(sidecar_path(transcript.path))
        else:
            return None
        if content is None:
            return None
        settings = self.settings.segment.model_dump(mode="json")
        named = transcript.id, transcript.where, dict(transcript.metadata)
        return digest(READ, content, by_hand, named, settings), content

    def _compare(self, result: Result, kept: KeptInterview) -> Iterator[tuple[Compared, list[Row]]]:
        """Judge stance again, toward the other blocs."""
        if kept.interview.stances is None:
            return
        main = Lookup(kept.interview, self.actors)
        for bloc, stage in self.comparisons.items():
            with self._step(result, f"{stage.name} {bloc}"):
                other = kept.interview.model_copy(update=dict(kept.layers(stage)))
                yield compare(main, Lookup(other, self.actors), other_bloc=bloc)

    @contextmanager
    def _step(self, result: Result, name: str) -> Iterator[None]:
        if self.report is not None:
            self.report(result.interview_id, name)
        start = time.perf_counter()
        try:
            yield
        finally:
            result.seconds[name] = round(time.perf_counter() - start, 4)

    def _fail(self, result: Result, kind: FailureKind, reason: str) -> None:
        trace = traceback.format_exc() if self.debug and kind == "internal" else None
        result.failure = Failure(result.interview_id, result.where, kind, reason, trace)
        result.shard = None


def _describe_failed(interview: Interview, where: str) -> Notice:
    failed = interview.failed or ()
    reason, times = Counter(one.reason for one in failed).most_common(1)[0]
    sentences = len(interview.judged_units())
    return notice(
        "no-answer", where, failed=len(failed), sentences=sentences, times=times, reason=reason
    )


def _without_folders(interview: Interview, transcript: Transcript) -> Interview:
    """Return the interview with the file's name in its warnings, without the user's folders."""
    if transcript.path is None:
        return interview
    name = legible(transcript.path.name)
    warnings = tuple(
        renamed(one, lambda text: text.replace(transcript.where, name))
        for one in interview.warnings
    )
    return interview.model_copy(update={"warnings": warnings})


def _by_hand(transcript: Transcript) -> bool:
    return transcript.path is not None and sidecar_path(transcript.path).is_file()


def _read(transcript: Transcript) -> tuple[bytes, str, ByHand]:
    """Return the bytes of a transcript, its name, and what a person has decided about it."""
    if transcript.content is not None:
        return transcript.content, transcript.id, ByHand()
    if transcript.path is None:
        return sys.stdin.buffer.read(MAX_BYTES + 1), STDIN, ByHand()
    hand = read_sidecar(transcript.path)
    return read_file(transcript.path), legible(transcript.path), hand
