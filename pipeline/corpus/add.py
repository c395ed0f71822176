"""Add a transcript to a corpus: read it, segment it, copy it, write its rows in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.actors import load_actors
from pipeline.artefacts import sha256_of
from pipeline.config import SegmentSettings
from pipeline.corpus.countries import country_codes, country_fault
from pipeline.corpus.index import (
    IndexRow,
    append_row,
    find_index,
    outside,
    parse_rows,
    safe_id,
    transcript_path,
)
from pipeline.corpus.persons import Pair, enrol, open_register, propose, propose_offices
from pipeline.corpus.register import identify
from pipeline.errors import InputError
from pipeline.ingest import FORMATS, read_file, read_source
from pipeline.records import Dropped, Interview, Source
from pipeline.runs.files import check_place, only_one, replace_file, unwritable
from pipeline.turns import understand
from pipeline.turns.sidecar import ByHand, dump_decisions, read_sidecar, sidecar_path

FOLDER = "transcripts"
OPTION = "--corpus"
SPEAKER_MARK = "speaker mark"


@dataclass(frozen=True)
class Added:
    """A transcript that was added to the corpus: its row and its interview.

    Attributes:
        persons: those that are new in the register.
        proposed: persons of it who may be others of the register.
        register: the register's file.
    """

    row: IndexRow
    path: Path
    interview: Interview
    dropped: tuple[Dropped, ...] = ()
    persons: tuple[str, ...] = ()
    proposed: tuple[Pair, ...] = ()
    register: Path | None = None


def add_transcript(
    file: Path,
    *,
    corpus: Path,
    metadata: Mapping[str, str],
    interview_id: str | None = None,
    settings: SegmentSettings,
    by_hand: ByHand | None = None,
) -> Added:
    """Copy a transcript into a corpus, index it, and add its respondents to the register.

    After an error nothing is written.

    Args:
        file: the transcript; one that is at its place in the corpus is only indexed.
        corpus: folder of the corpus, created if missing.
        metadata: keys of ``IndexRow``; they override the metadata of the file.
        interview_id: made of the file's name if not given.
        settings: for the segmentation.
        by_hand: decisions of a person; they override those of a ``NAME.turns.toml`` beside
            ``file``, and are written beside the copy.

    Raises:
        InputError: the file is no transcript, its bytes or its id are in the corpus, the metadata
            are malformed, or the corpus cannot be written to.
    """
    if file.is_dir():
        raise InputError(
            f"{file}: a folder; expected one transcript; annotate all in it with `westward run "
            f"{file}`, or add its files one by one"
        )
    check_place(corpus, option=OPTION)
    hand = _join(read_sidecar(file), by_hand or ByHand())
    source = read_source(file, keys=hand.keys)
    index = find_index(corpus)
    open_register(corpus)  # one that cannot be read is an error now
    wanted = safe_id(interview_id or file.stem)
    _refuse_duplicate(index, file=file, sha256=source.sha256, interview_id=wanted)
    target = corpus / FOLDER / f"{wanted}{_suffix(file, source)}"
    if fault := outside(corpus, target.parent):
        raise InputError(fault)
    row = _make_row(source, metadata, interview_id=wanted, name=target.name)
    understood = understand(
        source, interview_id=wanted, metadata=row.metadata(), settings=settings, by_hand=hand
    )
    interview = understood.interview
    row = _with_found(row, interview)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(target.parent, error, option=OPTION) from error
    with only_one(index, option=OPTION):
        _refuse_duplicate(index, file=file, sha256=source.sha256, interview_id=wanted)
        in_place = target.exists() and target.samefile(file)
        if target.exists() and not in_place:
            raise InputError(
                f"{target}: there already, though no line of {index} lists it; expected a free "
                "name; add it to the index by hand, move it away, or choose another --id"
            )
        if not in_place:
            replace_file(target, read_file(file), option=OPTION)
        if hand != ByHand():
            replace_file(sidecar_path(target), dump_decisions(hand).encode("utf8"), option=OPTION)
        append_row(index, row)
    actors = load_actors()
    persons = tuple(enrol(corpus, [interview], actors))
    register = open_register(corpus)
    interview = identify(interview, register, actors, stated=row.metadata())
    here = {one.person for one in interview.speakers}
    pairs = [*propose(register, actors), *propose_offices([interview], register, actors)]
    proposed = tuple(pair for pair in pairs if {pair.keep.name, pair.other.name} & here)
    dropped = tuple(
        one.model_copy(update={"reason": name_reason(one)}) for one in understood.dropped
    )
    return Added(row, target, interview, dropped, persons, proposed, register.path)


def _join(beside: ByHand, given: ByHand) -> ByHand:
    """Return the decisions of the sidecar, overridden by those of the user now."""
    return beside.model_copy(
        update={
            "convention": given.convention or beside.convention,
            "speakers": {**beside.speakers, **given.speakers},
            "keys": {**beside.keys, **given.keys},
        }
    )


def _suffix(file: Path, source: Source) -> str:
    suffix = file.suffix.lower()
    return suffix if suffix in FORMATS else f".{source.format}"


def _make_row(
    source: Source, metadata: Mapping[str, str], *, interview_id: str, name: str
) -> IndexRow:
    known = IndexRow.model_fields.keys() - {"id", "path", "format", "sha256"}
    told = {key: value for key, value in source.metadata.items() if key in known and value}
    if "country" in told and (codes := country_codes(told.pop("country"))):
        told["country"] = codes
    if "country" in metadata and (wrong := country_fault(metadata["country"])):
        raise InputError(f"{source.name}: {wrong}; correct --country")
    try:
        return IndexRow(
            **{**told, **metadata},
            id=interview_id,
            path=f"{FOLDER}/{name}",
            format=source.format,
            sha256=source.sha256,
        )
    except ValidationError as error:
        fault = error.errors()[0]
        raise InputError(
            f"{source.name}: {fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}; "
            f"give it with --{fault['loc'][0]}"
        ) from error


def _with_found(row: IndexRow, interview: Interview) -> IndexRow:
    """Return the row with title and date as read where the metadata lack them.

    They can be corrected in the index, which later runs use.
    """
    title = interview.title if interview.title != interview.id else None
    found = {"title": title, "date": interview.date}
    new = {key: value for key, value in found.items() if value and not getattr(row, key)}
    return row.model_copy(update=new)


def _refuse_duplicate(index: Path, *, file: Path, sha256: str, interview_id: str) -> None:
    for number, row in parse_rows(index) if index.exists() else ():
        if isinstance(row, InputError):
            raise row
        path = transcript_path(index, row)
        is_here = outside(index.parent, index.parent / row.path) is None and path.is_file()
        if (row.sha256 or (is_here and sha256_of(path))) == sha256:
            raise InputError(
                f'{file}: the same bytes are in the corpus as "{row.id}" ({index}:{number}, '
                f"{row.path}); nothing was added"
            )
        if row.id.casefold() == interview_id.casefold():
            raise InputError(
                f'{file}: the id "{interview_id}" is taken by {row.path} ({index}:{number}); '
                "nothing was added; choose another with --id"
            )


def name_reason(piece: Dropped) -> str:
    """Return why a piece is in no turn; signs such as ">>" and "-" mark a speaker."""
    signs = piece.reason == "stage direction" and not any(c.isalnum() for c in piece.text)
    return SPEAKER_MARK if signs and set(piece.text) <= set("<>-–—•*·:|# \t\n") else piece.reason
