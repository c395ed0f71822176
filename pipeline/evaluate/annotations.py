"""Annotated rows, read from JSON Lines, with errors that name file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
class LabelledRow:
    """A row with its labels.

    Attributes:
        file: that it was read from.
        labels: by head: ``component``, and ``kind`` of a claim where it was annotated; or
            ``stance`` toward the bloc, and ``polarity`` toward the annotated target, which may be
            any (news, other debates).
    """

    row: Row
    file: Path
    doc: str
    split: str
    dataset: str
    labels: Mapping[str, str]
    unit_id: str | None = None
    source: str = ""


def read_claim_rows(paths: Sequence[Path]) -> list[LabelledRow]:
    """Read rows with ``component`` (and ``kind``), or with ``label`` as in ArgUNSC.

    Rows whose component is null were not coded, and are left out.

    Raises:
        InputError: a file cannot be read or is empty, a line is no JSON object, a key is
            missing, a label is unknown.
    """
    return _read(paths, _claim_labels, question="component")


def read_stance_rows(paths: Sequence[Path]) -> list[LabelledRow]:
    """Read rows with ``west`` and ``target``, or with ``label``, ``target_start``, ``target_end``.

    Rows whose ``west`` is null were not coded, and are left out.

    Raises:
        InputError: as ``read_claim_rows``; also where a target is not in the text.
    """
    return _read(paths, _stance_labels, question="west")


def _read(
    paths: Sequence[Path],
    labels_of: Callable[[dict[str, Any], str], dict[str, str]],
    *,
    question: str,
) -> list[LabelledRow]:
    rows = [
        _labelled_row(data, path, f"{path}:{number}", labels_of)
        for path in paths
        for number, data in read_lines(path, load_object, record="annotated row", expected=ROWS)
        if data.get(question, "") is not None or "label" in data
    ]
    if not rows:
        named = ", ".join(str(path) for path in paths) or "no file"
        raise InputError(f"{named}: no rows; expected JSON lines, one object a line")
    linked = link_rows([row.row for row in rows], [row.doc for row in rows])
    return [replace(row, row=own) for row, own in zip(rows, linked, strict=True)]


def choose_source(rows: Sequence[LabelledRow], source: str) -> list[LabelledRow]:
    """Return the rows of a source for training, and people's other rows as the split ``people``.

    A sentence that people labelled is not trained on, so that what the labels cost in agreement
    with people can be measured.

    Args:
        source: what the source of a row starts with, as ``llm:``; "" changes nothing.

    Raises:
        InputError: no row is of the source.
    """
    if not source:
        return list(rows)
    own = [row for row in rows if row.source.startswith(source)]
    if not own:
        there = ", ".join(sorted({row.source or "(none)" for row in rows}))
        raise InputError(f'--source "{source}": no row of it; sources found: {there}')
    human = (row for row in rows if row.source.startswith(HUMAN))
    others = [row for row in human if not row.source.startswith(source)]
    people = {(row.doc, row.row.text) for row in others}
    taught = [row for row in own if (row.doc, row.row.text) not in people]
    return taught + [replace(row, split=PEOPLE) for row in others]


def is_argunsc(rows: Sequence[LabelledRow]) -> bool:
    """Whether the rows are ArgUNSC's, which has other definitions of claim and premise.

    Raises:
        InputError: some are and some are not.
    """
    files = list(dict.fromkeys(str(row.file) for row in rows if row.dataset == DATASET_ARGUNSC))
    if files and any(row.dataset != DATASET_ARGUNSC for row in rows):
        raise InputError(
            f"{', '.join(files)}: ArgUNSC rows among others; ArgUNSC defines claim and premise "
            "otherwise; expected rows of one definition; train one model without these rows, and "
            "one with them alone"
        )
    return bool(files)


def _claim_labels(data: dict[str, Any], where: str) -> dict[str, str]:
    key = "component" if "component" in data else "label"
    if key not in data:
        raise InputError(f'{where}: keys "component" and "label" are missing; expected one of them')
    labels = {"component": _label(data, key, COMPONENTS, where)}
    kind = _label(data, "kind", KINDS, where) if data.get("kind") is not None else None
    return {**labels, "kind": kind} if kind and labels["component"] == "claim" else labels


def _stance_labels(data: dict[str, Any], where: str) -> dict[str, str]:
    if data.get("west") not in STANCES and "label" in data:  # toward any target
        return {"polarity": _label(data, "label", STANCES[:3], where)}
    stance = _label(data, "west", STANCES, where)
    return {"stance": stance} if stance == "none" else {"stance": stance, "polarity": stance}


def _labelled_row(
    data: dict[str, Any],
    file: Path,
    where: str,
    labels_of: Callable[[dict[str, Any], str], dict[str, str]],
) -> LabelledRow:
    labels = labels_of(data, where)
    named = [data[key] for key in ("doc", "doc_id", "id") if data.get(key)]
    if not named:
        raise InputError(
            f'{where}: keys "doc", "doc_id" and "id" are missing; expected one, so that documents '
            "are never split between training and test"
        )
    split = data.get("split", "train")
    if not isinstance(split, str) or not split:
        raise InputError(f'{where}: "split" is {split!r}; expected {", ".join(SPLITS)}')
    row = Row(
        text=_string(data, "text", where, required=True),
        context_before=_string(data, "context_before", where),
        context_after=_string(data, "context_after", where),
        question=_string(data, "question", where),
        target=_target(data, where) if "component" not in labels else None,
        date=_string(data, "date", where) or None,
    )
    return LabelledRow(
        row=row,
        file=file,
        doc=str(named[0]),
        split=split,
        dataset=str(data.get("dataset", "")),
        labels=labels,
        unit_id=data.get("unit_id"),
        source=str(data.get("source") or ""),
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
