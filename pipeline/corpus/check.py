"""The check of a corpus: every line of its index, every file, every segmentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.artefacts import sha256_of
from pipeline.config import SegmentSettings
from pipeline.corpus.index import INDEX_NAME, IndexRow, country_fault, parse_rows, transcript_path
from pipeline.corpus.inputs import find_files, understand_file
from pipeline.errors import InputError, WestwardError
from pipeline.records import Interview


@dataclass(frozen=True)
class Finding:
    """The result of the check of a transcript.

    Attributes:
        where: line of the index, or path of a file that is not in it.
        interview_id: None where no row could be read.
        problems: what must be fixed.
        interview: as segmented; None where that failed.
    """

    where: str
    interview_id: str | None
    problems: tuple[str, ...]
    interview: Interview | None = None


def check_corpus(corpus: Path, *, settings: SegmentSettings) -> list[Finding]:
    """Check the index, the files' hashes, ids and paths, and the segmentation of each transcript.

    Raises:
        InputError: the corpus has no index that can be read.
    """
    index = corpus / INDEX_NAME
    findings: list[Finding] = []
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
        findings.append(_check_row(row, file, where=where, problems=problems, settings=settings))
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


def _unlisted(corpus: Path, listed: dict[Path, int]) -> Iterator[Finding]:
    for path in find_files(corpus):
        if path.resolve() not in listed:
            problem = "not in the index; add it with `westward add`, or move it away"
            yield Finding(str(path), None, (problem,))
