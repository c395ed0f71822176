"""JSON, JSON Lines and YAML: of all tables in the tree, the one with the talk.

Objects under one path of keys are the rows of a table, and so are the items of lists and lists
side by side; the values of the objects around them are further columns. ``columns`` finds the
roles of the columns.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count, islice
from typing import Any

import jsonlines
import yaml

from pipeline.errors import InputError
from pipeline.ingest.columns import (
    INHERITED,
    VALUES,
    Table,
    match_keys,
    name_columns,
    normalise,
    speaker_label,
)
from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.header import FrontMatter
from pipeline.ingest.spans import join_speakers
from pipeline.ingest.yaml import load_documents
from pipeline.records import Dropped, GivenTurn, Paragraph
from pipeline.runs.jsonl import RepeatedKeyError, load_json

MAX_OBJECTS = 1_000_000
_MAX_INHERITED, _MAX_TABLES = 40, 30
_MAX_CELLS, _MAX_LABEL, _MAX_NAME_WORDS = 20, 200, 9
_FEWEST_PIECES, _TEXT_BESIDE = 3, 5  # of a talk in front matter; times the words below
_WINDOW = 20_000  # characters after a text in which the next one is looked for
_READINGS = frozenset(VALUES["readings"])

Record = dict[str, str]


def read_json(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read JSON or JSON Lines: turns at any depth, or the export of a transcription service.

    Raises:
        InputError: it is malformed, has a key twice, is nested too deeply, or has no turns.
    """
    first, _, rest = text.lstrip().partition("\n")
    by_line = rest.strip() and first.startswith("{") and first.rstrip().endswith("}")
    items: list[Any] = []
    try:
        lines = jsonlines.Reader(text.split("\n") if by_line else [text], loads=load_json)
        items += lines.iter(allow_none=True, skip_empty=True)
    except (ValueError, RecursionError) as error:
        cause = error.__cause__ or error
        at = getattr(error, "lineno", 1) if by_line else getattr(cause, "lineno", 1)
        if isinstance(cause, RepeatedKeyError) and not by_line:
            at = _line_finder(text)(str(cause.first))
        raise _malformed(name, at, "JSON", cause) from error
    return _read_tree(items[0] if len(items) == 1 else items, name, keys or {}, text)


def read_yaml(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read YAML: a list of turns, or a mapping that holds one; numbers stay as they are written.

    Raises:
        InputError: it is malformed, has a key twice or too many aliases, or holds no turns.
    """
    return _read_tree(load_yaml(text, name=name), name, keys or {}, text)


def read_front_matter(head: FrontMatter, *, name: str) -> Content | None:
    """Return the talk in a text's front matter, if it has more words than the text below.

    What names no speakers, as a summary, must be paragraphs with many times its words.
    """
    try:
        tree = load_yaml(head.source, name=name) if head.source else None
        content = _read_tree(tree, name, {}, f"\n{head.source}") if tree else Content([])
    except InputError:
        return None
    pieces: Sequence[Paragraph | GivenTurn] = content.turns or content.paragraphs
    least = len(head.body.split()) * (1 if content.turns else _TEXT_BESIDE)
    if len(pieces) < _FEWEST_PIECES or sum(len(one.text.split()) for one in pieces) <= least:
        return None
    content.metadata = {**content.metadata, **head.metadata}
    content.warnings += head.warnings
    content.dropped += [
        Dropped(text=text, reason="below the talk", line=number)
        for number, line in enumerate(head.body.split("\n"), start=head.lines + 1)
        if (text := clean(line))
    ]
    return content


def load_yaml(text: str, *, name: str) -> Any:
    """Return what a YAML text holds, all values as they are written: text, lists and mappings.

    Raises:
        InputError: it is malformed, or has too many aliases.
    """
    try:
        documents = [one for one in load_documents(text, as_written=True) if one is not None]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        raise _malformed(name, mark.line + 1 if mark else 1, "YAML", problem) from error
    return documents[0] if len(documents) == 1 else documents


def _malformed(name: str, line: int, form: str, problem: object) -> InputError:
    return InputError(
        f"{name}:{line}: no {form} ({problem}); expected a list of turns, not nested too deep; "
        "correct the line: texts with colons or quotation marks are quoted"
    )


def _read_tree(tree: Any, name: str, keys: Mapping[str, str], source: str) -> Content:
    parts: defaultdict[str, list[tuple[int, Record]]] = defaultdict(list)
    try:
        for number, (path, parent, record) in enumerate(_walk(tree, "", {}, 1, count(2))):
            parts[path].append((parent, record))
            if number > MAX_OBJECTS:
                raise InputError(f"{name}: too many objects; expected at most {MAX_OBJECTS:,}")
    except RecursionError as error:
        raise _malformed(name, 1, "one file", error) from error
    names = dict.fromkeys(key for rows in parts.values() for _, row in rows for key in row)
    match_keys(names, keys if names else {}, name=name)
    largest = sorted(parts.values(), key=_size, reverse=True)[:_MAX_TABLES]
    tables: list[Table] = []
    for rows in largest:
        with suppress(InputError):  # the user's keys may be those of another table
            tables.append(Table(rows, keys=keys, name=name))
    texts = [table for table in tables if table.said]
    talk = max(texts, key=lambda table: table.weight, default=None)
    if talk and (repeated := talk.without_preview()):
        talk = Table(repeated, keys=keys, name=name)
    if talk and talk.voices < 2 and "speaker" not in keys:
        silent = (Table(rows, keys={}, name=name, silent=True) for rows in largest)
        talk = join_speakers(texts, list(silent)) or talk
    if talk is None:
        raise InputError(
            f"{name}: no turns found; expected a list of objects with keys such as "
            '"speaker" and "text"; name them with --keys "speaker=KEY,text=KEY"'
        )
    content = talk.content()
    people = _people({turn.speaker for turn in content.turns if turn.speaker}, talk, tables)
    locate = _line_finder(source)
    content.paragraphs = [paragraph.model_copy(update={"line": locate(paragraph.text)})
                          for paragraph in content.paragraphs]  # fmt: skip
    for index, turn in enumerate(content.turns):
        who, role = people.get(turn.speaker or "", (turn.speaker, ""))
        update = {"speaker": who, "role": turn.role or role or None, "line": locate(turn.text)}
        content.turns[index] = turn.model_copy(update=update)
    return content


def _walk(
    node: Any, path: str, above: Record, parent: int, numbers: Iterator[int]
) -> Iterator[tuple[str, int, Record]]:
    """Yield the objects of a tree: a path of keys, the number of what each is in, its values."""
    for item in _as_rows(node):
        if isinstance(item, list):
            yield from _walk(item, path + "[]", above, parent, numbers)
        elif isinstance(item, dict):
            own, lists = _flatten(item)
            record = {**above, **own}
            yield path, parent, record
            number = next(numbers)
            known = islice(record.items(), _MAX_INHERITED)
            below = {INHERITED + key.lstrip(INHERITED): value for key, value in known
                     if len(value) <= _MAX_LABEL}  # fmt: skip
            for key, rows in _with_parts(lists):
                yield from _walk(rows, f"{path}/{key}", below, number, numbers)


def _as_rows(node: Any) -> Sequence[Any]:
    """The items of a list, or of a list in another shape, as objects if possible."""
    if isinstance(node, dict):
        inner = [value for value in node.values() if isinstance(value, dict) and value]
        shared = set.intersection(*map(set, inner)) if len(inner) == len(node) > 1 else set()
        if shared and all(str(key).isdigit() for key in shared) and len(shared) == len(inner[0]):
            return [{key: node[key][row] for key in node} for row in inner[0]]  # columns of a frame
        return [{"id": key, **value} for key, value in node.items()] if shared else [node]
    if not isinstance(node, list) or not node:
        return []
    if all(isinstance(item, str) for item in node):
        return [{"1": item} for item in node]
    if all(isinstance(item, dict) and len(item) == 1 for item in node):
        pairs = [pair for item in node for pair in item.items()]
        who = {key for key, _ in pairs}
        if 1 < len(who) < len(pairs) and all(isinstance(text, str) for _, text in pairs):
            return [{"speaker": key, "text": text} for key, text in pairs]
    flat = all(isinstance(item, list) and 1 < len(item) <= _MAX_CELLS for item in node)
    kinds = {type(cell) for item in node for cell in item} if flat else set()
    if len(node) > 1 and str in kinds and not kinds & {list, dict}:
        rows = [(n, [_cell(cell) for cell in item]) for n, item in enumerate(node, start=1)]
        return [record for _, record in name_columns(rows, {})[1]]
    return node


def _flatten(node: Mapping[Any, Any]) -> tuple[Record, list[tuple[str, Any]]]:
    """The scalars of an object and its nested objects, by dotted keys, and its lists."""
    record: Record = {}
    lists: list[tuple[str, Any]] = [("=", rows)] if (rows := _side_by_side(node)) else []
    for name, value in node.items():
        key = str(name)
        if isinstance(value, dict) and len(_as_rows(value)) == 1:
            own, inner = _flatten(value)
            record |= {f"{key}.{part}": cell for part, cell in own.items()}
            lists += [(f"{key}.{part}", rows) for part, rows in inner]
            if len(own) > 1 and all(map(_is_name, own.values())):
                lists.append((key, [{"id": one, "name": who} for one, who in own.items()]))
        elif isinstance(value, list | dict):
            reading = isinstance(value, list) and normalise(key) in _READINGS
            lists.append((key, value[:1] if reading else value))
            if len(value) <= 8 and all(isinstance(v, str) and _is_name(v) for v in value):
                record[key] = ", ".join(value)
        else:
            record[key] = _cell(value)
    return record, lists


def _side_by_side(node: Mapping[Any, Any]) -> list[Record]:
    """``{"utt": ["Why?", "It rained."], "speaker": ["Ann", "Bob"]}``: a list for each field."""
    lists = {str(key): value for key, value in node.items() if isinstance(value, list)
             and len(value) > 1 and not any(isinstance(v, list | dict) for v in value)}  # fmt: skip
    length = max(map(len, lists.values()), default=0)
    lists = {key: value for key, value in lists.items() if len(value) == length}
    rows = zip(*lists.values(), strict=True)
    return [dict(zip(lists, row, strict=True)) for row in rows] if len(lists) > 1 else []


def _with_parts(lists: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield lists with the same keys under one path; not versions of a text, which begin alike."""
    parts: dict[tuple[str, ...], str] = {}
    openings: set[str] = set()
    for path, rows in lists:
        first = rows[0] if isinstance(rows, list) and rows else None
        first = first if isinstance(first, dict) else {}
        opening = normalise(max(map(str, first.values()), key=len, default=""))[:20]
        apart = not opening or opening in openings
        yield path if apart else parts.setdefault(tuple(first), path), rows
        openings.add(opening)


def _cell(value: Any) -> str:
    return (
        ""
        if value in (None, "null", "~")
        else value.strip("\n")
        if isinstance(value, str)
        else str(value)
    )


def _size(rows: Sequence[tuple[int, Record]]) -> int:
    """Words in the rows' own columns."""
    return sum(len(value.split()) for _, row in rows for key, value in row.items()
               if not key.startswith(INHERITED))  # fmt: skip


def _people(ids: set[str], talk: Table, tables: Sequence[Table]) -> dict[str, tuple[str, str]]:
    """The names, and roles, that another table gives to the speakers' ids."""
    if not ids or not all(map(_is_id, ids)):
        return {}
    for table in tables:
        columns = [c for c in table.columns if not c.inherited and table is not talk]
        for column in columns:
            labels = [speaker_label(cell) for cell in column.cells]
            known = len(ids & set(labels)) >= 0.6 * len(ids) and len(set(labels)) == len(labels)
            named = [c for c in columns if c is not column and c.share(_is_name) > 0.6]
            if known and named:
                names = max(named, key=lambda c: c.rank("speaker")).cells
                roles = next((c.cells for c in columns if c.rank("role") == 1), [""] * len(labels))
                rows = zip(labels, names, roles, strict=True)
                return {label: (clean(mend(who)), role) for label, who, role in rows if who}
    return {}


def _is_id(name: str) -> bool:
    return len(name) <= 2 or any(c.isdigit() or c == "_" for c in name) or name.islower()


def _is_name(cell: str) -> bool:
    known = any(map(str.isalpha, cell)) and not cell.islower() and cell[-1] not in "?!"
    return known and len(cell.split()) <= _MAX_NAME_WORDS


def _line_finder(source: str) -> Callable[[str], int]:
    """Return a function that finds the line of a text in a source, after the last one."""
    at, line, ahead = 0, 1, len(source)

    def locate(text: str) -> int:
        nonlocal at, line, ahead
        words = text.split("\n")[0][:60].split("\\")[0].split('"')[0]
        for needle in (words, json.dumps(words)[1:-1], words[:20], f'"{words.split(" ")[0]}"'):
            if needle and (found := source.find(needle, at, at + ahead)) >= 0:
                line += source.count("\n", at, found)
                at, ahead = found, _WINDOW + 2 * len(text)
                break
        return line

    return locate
