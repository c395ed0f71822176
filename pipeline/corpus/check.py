"""The check of a corpus: every line of its index, every file, every segmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.actors import ActorTable, load_actors
from pipeline.artefacts import sha256_of
from pipeline.config import SegmentSettings
from pipeline.corpus.countries import country_fault
from pipeline.corpus.index import (
    IndexRow,
    find_index,
    parse_rows,
    resolved,
    transcript_path,
)
from pipeline.corpus.inputs import Transcript, describe, find_files, leads_outside, understand_file
from pipeline.corpus.persons import Pair, enrol, open_register, propose, propose_offices, unlisted
from pipeline.corpus.register import Register
from pipeline.errors import InputError, WestwardError
from pipeline.records import Interview
from pipeline.turns.confidence import DOUBTFUL_BELOW


@dataclass(frozen=True)
class Finding:
    """The result of the check of a transcript.

    Attributes:
        where: line of the index, or path of a file that is not in it.
        interview_id: None where no row could be read.
        problems: what must be fixed.
        interview: as segmented; None where that failed.
        unlisted: respondents whom the register lacks.
    """

    where: str
    interview_id: str | None
    problems: tuple[str, ...]
    interview: Interview | None = None
    unlisted: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether its turns and roles are found with little confidence, or not at all."""
        return self.interview is None or self.interview.convention_confidence < DOUBTFUL_BELOW


def check_corpus(corpus: Path, *, settings: SegmentSettings, follow: bool = False) -> list[Finding]:
    """Check the index, the files' hashes, ids and paths, and the segmentation of each transcript.

    Args:
        corpus: its folder.
        settings: for the segmentation.
        follow: read files outside of the folder, which links or the index name.

    Raises:
        InputError: the corpus has no index that can be read.
    """
    index = find_index(corpus)
    findings: list[Finding] = []
    actors = load_actors()
    try:
        register = open_register(corpus)
    except InputError as error:
        findings.append(Finding(str(corpus), None, (str(error),)))
        register = Register(corpus)
    ids: dict[str, int] = {}
    listed: dict[Path, int] = {}
    for number, row in parse_rows(index):
        where = f"{index}:{number}"
        if isinstance(row, InputError):
            findings.append(Finding(where, None, (str(row),)))
            continue
        path = transcript_path(index, row)
        problems = [
            f"{what} is also in line {earlier}"
            for what, earlier in (
                (f'id "{row.id}"', ids.setdefault(row.id.casefold(), number)),
                (f'path "{row.path}"', listed.setdefault(path, number)),
            )
            if earlier != number
        ]
        file = index.parent / row.path
        if not follow and (fault := leads_outside(index.parent, file)):
            findings.append(Finding(where, row.id, (*problems, fault)))
            continue
        found = _check_row(row, file, where=where, problems=problems, settings=settings)
        findings.append(_with_persons(found, row, register, actors))
    findings.extend(_unlisted(corpus, listed))
    return findings


def _check_row(
    row: IndexRow, path: Path, *, where: str, problems: list[str], settings: SegmentSettings
) -> Finding:
    interview = None
    if row.country and (fault := country_fault(row.country)):
        problems.append(f"{fault}; correct the line")
    if not path.is_file():
        problems.append(f"{row.path}: no such file; put it back, or delete the line")
    else:
        found = sha256_of(path)
        if row.sha256 is not None and row.sha256 != found:
            problems.append(
                f"{row.path}: altered since it was added (sha256 {found[:12]}, in the index "
                f"{row.sha256[:12]}); restore the file, or correct the index"
            )
        try:
            interview = understand_file(
                path, interview_id=row.id, metadata=row.metadata(), settings=settings
            ).interview
        except WestwardError as error:
            problems.append(str(error))
    return Finding(where, row.id, tuple(problems), interview)


def _with_persons(found: Finding, row: IndexRow, register: Register, actors: ActorTable) -> Finding:
    """Return a finding with the persons of the register in its interview, and those it lacks."""
    if found.interview is None:
        return found
    lacking = tuple(dict.fromkeys(unlisted(register, found.interview, actors)))
    known = register.path if register.sheet is not None else None
    one = Transcript(row.id, metadata=row.metadata(), register=known, fields=row.fields())
    described = describe(found.interview, one, actors)
    return replace(found, interview=described, unlisted=lacking)


def propose_persons(corpus: Path, interviews: Sequence[Interview] = ()) -> list[Pair]:
    """Return the persons of a corpus's register who may be one, by their names and by titles.

    Raises:
        InputError: the register cannot be read.
    """
    register, actors = open_register(corpus), load_actors()
    return [*propose(register, actors), *propose_offices(interviews, register, actors)]


def enrol_all(
    corpus: Path, *, settings: SegmentSettings, follow: bool = False
) -> tuple[list[str], list[str]]:
    """Add the respondents of all transcripts of a corpus to its register.

    Returns:
        The names of new persons, and what is wrong with transcripts that could not be read.

    Raises:
        InputError: index or register cannot be read, or the register cannot be written.
    """
    index = find_index(corpus)
    interviews, faults = [], []
    for _, row in parse_rows(index):
        try:
            if isinstance(row, InputError):
                raise row
            path, metadata = index.parent / row.path, row.metadata()
            if not follow and (fault := leads_outside(index.parent, path)):
                raise InputError(fault)
            read = understand_file(path, interview_id=row.id, metadata=metadata, settings=settings)
            interviews.append(read.interview)
        except WestwardError as error:
            faults.append(str(error))
    return enrol(corpus, interviews, load_actors()), faults


def _unlisted(corpus: Path, listed: dict[Path, int]) -> Iterator[Finding]:
    for path in find_files(corpus):
        if resolved(path) not in listed:
            problem = "not in the index; add it with `westward add`, or move it away"
            yield Finding(str(path), None, (problem,))
