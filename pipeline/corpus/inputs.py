"""The transcripts of a run: files, folders, an index, stdin."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable
from pipeline.config import SegmentSettings
from pipeline.corpus.index import (
    INDEX_NAMES,
    IndexRow,
    find_index,
    outside,
    read_index,
    resolved,
    safe_id,
)
from pipeline.corpus.register import (
    REGISTER_NAMES,
    find_register,
    identify,
    load_register,
)
from pipeline.errors import InputError, legible
from pipeline.ingest import FORMATS, read_file
from pipeline.ingest.formats import check_size
from pipeline.ingest.guard import guarded
from pipeline.ingest.read import is_plain, parse
from pipeline.records import MAX_ID, Interview
from pipeline.runs.folder import MANIFEST_NAME
from pipeline.tables.own import INDEX, REGISTER, Own, join_own, own_of
from pipeline.turns import Understanding, understand
from pipeline.turns.sidecar import SUFFIX, ByHand, read_sidecar, sidecar_path

STDIN, STDIN_ID = "-", "stdin"
_LISTS = INDEX_NAMES + REGISTER_NAMES
_NO_TRANSCRIPTS = frozenset({"readme", "license", "licence"})
_NO_TRANSCRIPT_FOLDERS = frozenset({"gold"})


@dataclass(frozen=True)
class Transcript:
    """A transcript to annotate: a file, ``content``, stdin (neither), or a problem.

    One with ``interview`` has been read; only the layers it lacks are added. ``register`` is the
    register of its corpus; ``fields`` are the index's columns of the user's own.
    """

    id: str
    path: Path | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    content: bytes | None = None
    interview: Interview | None = None
    register: Path | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The path as the user gave it, legible."""
        if self.content is not None or self.interview is not None:
            return self.id
        return STDIN if self.path is None else legible(self.path)


@dataclass(frozen=True)
class Inputs:
    """The transcripts of a run, the ignored files, and the folders given or of given files."""

    transcripts: tuple[Transcript, ...]
    ignored: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()

    def own_columns(self) -> Own:
        """Return the user's columns of the indexes, the registers and interviews that were read."""
        read = own_of(one.interview for one in self.transcripts if one.interview is not None)
        registers = dict.fromkeys(one.register for one in self.transcripts if one.register)
        found = {
            INDEX: tuple(dict.fromkeys(name for one in self.transcripts for name in one.fields)),
            REGISTER: tuple(name for path in registers for name in load_register(path).own),
        }
        return join_own((found, read))

    def without_folders(self, text: str) -> str:
        """Return a text with paths relative to the folders, to hide how the disk is organised."""
        paths = {legible(path) for folder in self.folders for path in (folder, folder.resolve())}
        for path in sorted(paths - {".", os.sep}, key=lambda path: (-len(path), path)):
            text = re.sub(rf"(?<![\w./\\-]){re.escape(path + os.sep)}", "", text)
        return text


def find_inputs(
    names: Sequence[str | Path], *, index: Path | None = None, follow: bool = False
) -> Inputs:
    """Find the transcripts of files, folders (recursively, sorted) and ``-`` (stdin).

    A folder's index gives the metadata of the transcripts it lists, and its register says who
    speaks in all of them; a missing file is a problem of that transcript. In folders, files of
    unknown format are listed as ignored; readmes, licences, hidden files and folders, ``gold/``
    and earlier runs are skipped. A file named twice is read once. Files of the same name have
    their folder's name in their ids.

    Args:
        names: as on the command line.
        index: used instead of the folders' own.
        follow: read files of folders that are links to others outside of them; else such a
            transcript is a problem of its own, and such an index or register an error.

    Raises:
        InputError: a name does not exist, nothing is found, or the index lists none of it.
    """
    rows = read_index(index) if index is not None else {}
    search = _Search(rows, own_index=index is None, follow=follow)
    if index is not None:
        search.add_register(index.parent)
    for name in names:
        search.add(name)
    if not search.found:
        raise InputError(
            f"{', '.join(map(str, names))}: no transcript found; expected files that end in "
            f"{', '.join(FORMATS)}"
        )
    if index is not None and not search.rows.keys() & search.found.keys():
        raise InputError(
            f"{index}: none of its {len(search.rows)} paths is among the transcripts found; "
            "expected paths from the index's folder"
        )
    transcripts = tuple(_check_ids(search.transcripts(), search.indexes))
    return Inputs(transcripts, tuple(search.ignored), tuple(search.folders))


class _Search:
    """Collects paths, in order, and their rows in the indexes."""

    def __init__(self, rows: Mapping[Path, IndexRow], *, own_index: bool, follow: bool) -> None:
        self.rows = dict(rows)
        self.own_index = own_index
        self.follow = follow
        self.outside: dict[Path, str] = {}
        self.indexes: dict[Path, Path] = {}
        self.registers: dict[Path, Path] = {}
        self.found: dict[Path | None, Path | None] = {}
        self.ignored: list[Path] = []
        self.folders: list[Path] = []

    def add(self, name: str | Path) -> None:
        path = Path(name)
        if str(name) == STDIN:
            self.found[None] = None
        elif path.is_dir():
            self.folders.append(path)
            self._add_folder(path)
        elif path.exists():
            self.folders.append(path.parent)
            self.found.setdefault(resolved(path), path)
        else:
            raise InputError(f"{name}: no such file or folder; expected a transcript or a folder")

    def add_register(self, folder: Path) -> None:
        """Note the register of a folder, which is checked now, for the transcripts in it."""
        if (path := find_register(folder)) is not None:
            load_register(path)
            self.registers[folder.resolve()] = path

    def _add_folder(self, folder: Path) -> None:
        paths: list[Path] = []
        for path in _walk(folder):
            if _is_transcript(path):
                paths.append(path)
                if not self.follow and (fault := leads_outside(folder, path)):
                    self.outside[path] = fault
            elif not self.follow and path.name in _LISTS and (fault := outside(folder, path)):
                raise InputError(fault)
            elif path.name in INDEX_NAMES:
                if self.own_index and path == find_index(path.parent):
                    rows = read_index(path)
                    self.rows |= rows
                    self.indexes |= dict.fromkeys(rows, path)
            elif path.name in REGISTER_NAMES:
                self.add_register(path.parent)
            elif not _is_about_the_folder(path):
                self.ignored.append(path)
        top = folder.resolve()
        missing = [
            folder / path.relative_to(top)
            for path in self.rows
            if path.is_relative_to(top) and not path.exists()
        ]
        for path in sorted({*paths, *missing}):
            self.found.setdefault(resolved(path), path)

    def transcripts(self) -> Iterator[Transcript]:
        given = [self.rows[key].id for key in self.found if key in self.rows]
        ids = _make_ids(
            [path for key, path in self.found.items() if path is not None and key not in self.rows],
            taken=[*given, *([STDIN_ID] if None in self.found else [])],
        )
        for key, path in self.found.items():
            if key is None or path is None:
                yield Transcript(id=STDIN_ID)
                continue
            row = self.rows.get(key)
            register = self._register_of(key)
            yield Transcript(
                id=row.id if row else ids[path],
                path=path,
                metadata=row.metadata() if row else {},
                register=register,
                fields=_told_apart(row.fields(), register) if row else {},
                problem=self._problem(path),
            )

    def _problem(self, path: Path) -> str | None:
        """Why a transcript is not read, if it is not."""
        gone = f"{legible(path)}: not there, though the index lists it"
        return self.outside.get(path) or (None if path.exists() else gone)

    def _register_of(self, path: Path) -> Path | None:
        """The register of the nearest folder above a transcript, or the one beside the index."""
        for folder in path.parents:
            if folder in self.registers:
                return self.registers[folder]
        return next(iter(self.registers.values()), None) if not self.own_index else None


def _told_apart(fields: Mapping[str, str], register: Path | None) -> dict[str, str]:
    """The user's fields of the index; one whose name the register has too is ``index_NAME``."""
    taken = {name.casefold() for name in load_register(register).own}
    return {
        f"{INDEX}_{name}" if name.casefold() in taken else name: value
        for name, value in fields.items()
    }


def _make_ids(paths: Sequence[Path], *, taken: Sequence[str]) -> dict[Path, str]:
    """Return the ids of files that no index lists: their names without the suffix.

    If several have one name, the folder precedes it, and a number follows if needed. Files of one
    folder that differ only in their suffix, such as a talk in two formats, have one id.
    """
    places = {path: (path.parent.resolve(), path.stem) for path in paths}
    names = {place: safe_id(place[1]) for place in places.values()}
    wanted = Counter(name.casefold() for name in (*names.values(), *taken))
    used = {name.casefold() for name in taken} | {name for name, n in wanted.items() if n == 1}
    for place, name in names.items():
        if wanted[name.casefold()] > 1:
            names[place] = _with_number(safe_id(f"{place[0].name}-{place[1]}"), used)
            used.add(names[place].casefold())
    return {path: names[place] for path, place in places.items()}


def _with_number(name: str, used: Container[str]) -> str:
    """Return the name, if necessary with the first number that makes it unique."""
    found, number = name, 1
    while found.casefold() in used:
        number += 1
        found = f"{name[: MAX_ID - len(str(number)) - 1]}-{number}"
    return found


def leads_outside(folder: Path, path: Path) -> str | None:
    """Return why a transcript of a folder is not read, if it or its sidecar is outside."""
    return outside(folder, path) or outside(folder, sidecar_path(path))


def find_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that look like transcripts, sorted."""
    return (path for path in _walk(folder) if _is_transcript(path))


def _is_transcript(path: Path) -> bool:
    known = path.suffix.lower() in FORMATS and path.name not in _LISTS
    return known and not _is_about_the_folder(path)


def _is_about_the_folder(path: Path) -> bool:
    return path.stem.lower() in _NO_TRANSCRIPTS or path.name.endswith(SUFFIX)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _NO_TRANSCRIPT_FOLDERS
            and not (here / name / MANIFEST_NAME).exists()
        )
        yield from (here / name for name in sorted(files) if not name.startswith("."))


def _check_ids(
    transcripts: Iterator[Transcript], indexes: Mapping[Path, Path]
) -> Iterator[Transcript]:
    first: dict[str, Transcript] = {}
    for transcript in transcripts:
        earlier = first.setdefault(transcript.id.casefold(), transcript)
        if earlier is transcript:
            yield transcript
            continue
        yield Transcript(
            id=transcript.id,
            path=transcript.path,
            problem=(
                f'{transcript.where}: its id "{transcript.id}"{_given_in(transcript, indexes)} is '
                f"that of {earlier.where}{_given_in(earlier, indexes)}; expected an id of its own; "
                "rename the file, or give it an id in an index"
            ),
        )


def _given_in(transcript: Transcript, indexes: Mapping[Path, Path]) -> str:
    index = indexes.get(resolved(transcript.path)) if transcript.path is not None else None
    return f" (in {index})" if index is not None else ""


def understand_file(
    path: Path, *, interview_id: str, metadata: Mapping[str, str], settings: SegmentSettings
) -> Understanding:
    """Read and segment a transcript; InputError if it or its sidecar cannot be used."""
    return understand_bytes(
        read_file(path), name=legible(path), interview_id=interview_id, metadata=metadata,
        settings=settings, by_hand=read_sidecar(path),
    )  # fmt: skip


def understand_bytes(
    data: bytes,
    *,
    name: str,
    interview_id: str,
    metadata: Mapping[str, str],
    settings: SegmentSettings,
    by_hand: ByHand | None = None,
) -> Understanding:
    """Read and segment the bytes of a transcript, in the guarded process as ``read_bytes`` does.

    Raises:
        InputError: it cannot be used.
    """
    options: dict[str, Any] = {
        "interview_id": interview_id, "metadata": dict(metadata), "settings": settings,
        "by_hand": by_hand or ByHand(),
    }  # fmt: skip
    if is_plain(data, name=name):
        return _understand(data, name=name, **options)
    check_size(len(data), name=name)
    return guarded(_understand, data, name=name, **options)


def _understand(data: bytes, *, name: str, by_hand: ByHand, **options: Any) -> Understanding:
    source = parse(data, name=name, keys=by_hand.keys)
    return understand(source, by_hand=by_hand, **options)


def describe(interview: Interview, transcript: Transcript, actors: ActorTable) -> Interview:
    """Return an interview with the persons of the register and the user's own columns.

    Raises:
        InputError: the register cannot be read.
    """
    found = identify(
        interview, load_register(transcript.register), actors, stated=transcript.metadata
    )
    return found.model_copy(update={"fields": dict(transcript.fields)})
