"""Annotated rows, read from JSON Lines, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import InputError
from pipeline.reading.rows import Row, Span, link_rows
from pipeline.runs.jsonl import load_object, read_lines

COMPONENTS = ("claim", "premise", "none")
KINDS = ("fact", "value", "policy")
STANCES = ("favor", "against", "neutral", "none")
SPLITS = ("train", "dev", "test")
PEOPLE = "people"
HUMAN = "human:"
DATASET_ARGUNSC = "argunsc"
"""The data set with another definition of claim and premise."""
ROWS = "one JSON object a line, in UTF-8; correct the file"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row with its component, and its kind where it is a claim and the kind was annotated."""

    row: Row
    doc: str
    split: str
    dataset: str
    component: str
    kind: str | None
    unit_id: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A row with its stance.

    ``row.target`` is the annotated target. ``toward_bloc`` is false for rows with any target (news,
    other debates): they are evidence of polarity, not of relevance.
    """

    row: Row
    doc: str
    split: str
    dataset: str
    stance: str
    toward_bloc: bool
    unit_id: str | None = None
    source: str = ""


Item = TypeVar("Item", ClaimRow, StanceRow)


def read_claim_rows(paths: Sequence[Path]) -> list[ClaimRow]:
    """Read rows with ``component`` (and ``kind``), or with ``label`` as in ArgUNSC.

    Rows whose component is null were not coded, and are left out.

    Raises:
        InputError: a file cannot be read or is empty, a line is no JSON object, a key is
            missing, a label is unknown.
    """
    return _read(paths, _claim_row, question="component")


def read_stance_rows(paths: Sequence[Path]) -> list[StanceRow]:
    """Read rows with ``west`` and ``target``, or with ``label``, ``target_start``, ``target_end``.

    Rows whose ``west`` is null were not coded, and are left out.

    Raises:
        InputError: as ``read_claim_rows``; also where a target is not in the text.
    """
    return _read(paths, _stance_row, question="west")


def _read(
    paths: Sequence[Path],
    parse: Callable[[dict[str, Any], str], Item],
    *,
    question: str,
) -> list[Item]:
    rows = [
        parse(data, where)
        for path in paths
        for data, where in _objects(path)
        if data.get(question, "") is not None or "label" in data
    ]
    if not rows:
        named = ", ".join(str(path) for path in paths) or "no file"
        raise InputError(f"{named}: no rows; expected JSON lines, one object a line")
    linked = link_rows([row.row for row in rows], [row.doc for row in rows])
    return [replace(row, row=own) for row, own in zip(rows, linked, strict=True)]


def choose_source(
    by_file: Sequence[tuple[Path, list[Item]]], source: str
) -> list[tuple[Path, list[Item]]]:
    """Return the rows of a source for training, and people's other rows as the split ``people``.

    A sentence that people labelled is not trained on, so that what the labels cost in agreement
    with people can be measured.

    Args:
        by_file: rows of all files.
        source: what the source of a row starts with, as ``llm:``; "" changes nothing.

    Raises:
        InputError: no row is of the source.
    """
    if not source:
        return list(by_file)
    rows = [row for _, found in by_file for row in found]
    if not any(row.source.startswith(source) for row in rows):
        there = ", ".join(sorted({row.source or "(none)" for row in rows}))
        raise InputError(f'--source "{source}": no row of it; sources found: {there}')
    people = {
        (row.doc, row.row.text)
        for row in rows
        if row.source.startswith(HUMAN) and not row.source.startswith(source)
    }

    def chosen(row: Item) -> Item | None:
        if row.source.startswith(source):
            return None if (row.doc, row.row.text) in people else row
        return replace(row, split=PEOPLE) if row.source.startswith(HUMAN) else None

    return [(path, [one for row in found if (one := chosen(row))]) for path, found in by_file]


def is_argunsc(by_file: Sequence[tuple[Path, Sequence[ClaimRow]]]) -> bool:
    """Whether the rows are ArgUNSC's, which has other definitions of claim and premise.

    Raises:
        InputError: some are and some are not.
    """
    kinds = {path: {row.dataset == DATASET_ARGUNSC for row in rows} for path, rows in by_file}
    both = set().union(*kinds.values())
    if len(both) > 1:
        argunsc = ", ".join(str(path) for path, found in kinds.items() if True in found)
        raise InputError(
            f"{argunsc}: ArgUNSC rows among others; ArgUNSC defines claim and premise otherwise; "
            "expected rows of one definition; train one model without these rows, and one with "
            "them alone"
        )
    return both == {True}


def _objects(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    lines = read_lines(path, load_object, record="annotated row", expected=ROWS)
    return ((data, f"{path}:{number}") for number, data in lines)


def _claim_row(data: dict[str, Any], where: str) -> ClaimRow:
    key = "component" if "component" in data else "label"
    if key not in data:
        raise InputError(f'{where}: keys "component" and "label" are missing; expected one of them')
    component = _label(data, key, COMPONENTS, where)
    kind = _label(data, "kind", KINDS, where) if data.get("kind") is not None else None
    return ClaimRow(
        row=_row(data, where),
        **_place(data, where),
        component=component,
        kind=kind if component == "claim" else None,
    )


def _stance_row(data: dict[str, Any], where: str) -> StanceRow:
    toward_bloc = data.get("west") in STANCES or "label" not in data
    key, known = ("west", STANCES) if toward_bloc else ("label", STANCES[:3])
    stance = _label(data, key, known, where)
    return StanceRow(
        row=_row(data, where, target=_target(data, where)),
        **_place(data, where),
        stance=stance,
        toward_bloc=toward_bloc,
    )


def _row(data: dict[str, Any], where: str, *, target: Span | None = None) -> Row:
    return Row(
        text=_string(data, "text", where, required=True),
        context_before=_string(data, "context_before", where),
        context_after=_string(data, "context_after", where),
        question=_string(data, "question", where),
        target=target,
        date=_string(data, "date", where) or None,
    )


def _target(data: dict[str, Any], where: str) -> Span | None:
    start, end = data.get("target_start"), data.get("target_end")
    text = _string(data, "text", where, required=True)
    if isinstance(start, int) and isinstance(end, int):
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"{where}: target {start} to {end} is outside the text of {len(text)} characters; "
                "expected half-open code points"
            )
        return start, end
    target = _string(data, "target", where)
    if not target or "label" in data:
        return None
    start = text.find(target)
    if start < 0:
        raise InputError(
            f'{where}: target "{target}" is not in the text; expected exact words, '
            "or null with implicit_target"
        )
    return start, start + len(target)


def _string(data: dict[str, Any], key: str, where: str, *, required: bool = False) -> str:
    value = data.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        found = "nothing" if value is None else repr(value)
        raise InputError(f'{where}: "{key}" holds {found}; expected text')
    return value


def _label(data: dict[str, Any], key: str, known: Sequence[str], where: str) -> str:
    if key not in data:
        raise InputError(f'{where}: key "{key}" is missing; expected one of {", ".join(known)}')
    value = data[key]
    if value not in known:
        raise InputError(f'{where}: "{key}" is {value!r}; expected one of {", ".join(known)}')
    return str(value)


def _place(data: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the document, split, data set and unit of a row."""
    named = [data[key] for key in ("doc", "doc_id", "id") if data.get(key)]
    if not named:
        raise InputError(
            f'{where}: keys "doc", "doc_id" and "id" are missing; expected one, so that documents '
            "are never split between training and test"
        )
    split = data.get("split", "train")
    if not isinstance(split, str) or not split:
        raise InputError(f'{where}: "split" is {split!r}; expected {", ".join(SPLITS)}')
    return {
        "doc": str(named[0]),
        "split": split,
        "dataset": str(data.get("dataset", "")),
        "unit_id": data.get("unit_id"),
        "source": str(data.get("source") or ""),
    }
