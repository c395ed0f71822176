"""Trees of lists and mappings, as JSON and YAML are: where in them the turns stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import InputError
from pipeline.ingest import html, markdown
from pipeline.ingest.blocks import Blocks, find_blocks
from pipeline.ingest.content import Content, clean
from pipeline.ingest.fields import guess_fields, normalise, require_keys, seconds
from pipeline.ingest.tables import as_content_paragraphs, keep_lines, read_rows, scale_times
from pipeline.ingest.tree_people import find_metadata, note_people
from pipeline.ingest.tree_voices import (
    WORDY,
    join_words,
    label_words,
    voice_of,
    with_voices_between,
    without_unvoiced_copy,
)
from pipeline.records import GivenTurn

MAX_NODES, MAX_DEPTH = 3_000_000, 100
_FIRST_ONLY = frozenset(("alternatives", "nbest", "channels"))
_INNER = ("paragraphs", "sentences", "elements", "segs", "alternatives", "nbest", "segments",
          "parts", "lines", "texts", "words", "items", "content", "children")  # fmt: skip
_VOICES = (1.0, 1.25, 1.5)  # what words count for with no speaker, with one, and with several
_TAGS = re.compile(r"</?(?:p|div|br|b|strong|em|i|h[1-6]|li)\b[^<>]*>", re.I)
_BOLD = re.compile(r"^(?:\*\*[^*\n]+\*\*|#{1,6} \S)", re.M)


@dataclass
class _Found:
    """Turns under one path of the tree."""

    turns: list[GivenTurn] = field(default_factory=list)

    @property
    def value(self) -> tuple[float, float]:
        words = sum(len(turn.text.split()) for turn in self.turns)
        average = words / max(1, len(self.turns))
        voices = len({turn.speaker for turn in self.turns} - {None})
        weight = _VOICES[min(2, voices)] * (0.8 if average < WORDY else 1.0)
        return round(words * weight, -1), average


def read_tree(
    tree: Any, *, name: str, keys: Mapping[str, str], locate: Callable[[str], int]
) -> Content:
    """Read a transcript from a tree.

    Of all lists in it, the one is taken that holds the most words, those with speakers before
    others: an export may hold words, sentences and utterances side by side.

    Args:
        tree: of lists, mappings and scalars.
        name: of the file, for messages.
        keys: the user's, field to key.
        locate: the line of the source where a text stands; is asked in the order of the source.

    Raises:
        InputError: the tree is too large, holds no text, or lacks a key that the user names.
    """
    found: dict[str, _Found] = {}
    people: dict[str, tuple[str, str]] = {}
    there: dict[Any, None] = {}
    pages: list[Blocks] = []
    for path, node in _walk(tree, name=name):
        node = node if isinstance(node, dict) else _first_only(path, node)
        note_people(path, node, people)
        if isinstance(node, dict):
            there.update(dict.fromkeys(node))
        if page := find_blocks(node):
            pages.append(page)
        if turns := _turns_of(node, keys, name=name):
            found.setdefault(path, _Found()).turns.extend(turns)
    if there:
        require_keys(there, keys, name=name)
    metadata = find_metadata(tree)
    if pages and not keys:
        content = max(pages, key=lambda page: page.words).read(name=name, locate=locate)
        return replace(content, metadata={**content.metadata, **metadata})
    if not found:
        texts = [text for text in _strings(tree) if len(text.split()) > 3]
        if not texts:
            raise InputError(
                f"{name}: no turns found; expected a list of objects with keys such as "
                '"speaker" and "text"; name them with --keys "speaker=KEY,text=KEY"'
            )
        found["text"] = _Found([GivenTurn(text=keep_lines(t), line=1) for t in texts])
    best = max(found.values(), key=lambda f: f.value)
    spoken = join_words(without_unvoiced_copy(best.turns))
    turns = [_named(turn, people, locate) for turn in spoken]
    if any(turn.speaker for turn in turns):
        return Content([], metadata, turns=scale_times(with_voices_between(turns)))
    if (marked := _marked_up(turns, name=name)) is not None:
        return Content(marked.paragraphs, {**marked.metadata, **metadata})
    return Content(as_content_paragraphs(scale_times(turns)), metadata)


def _marked_up(turns: Sequence[GivenTurn], *, name: str) -> Content | None:
    """The text as HTML or Markdown, where it is set so."""
    text = "\n\n".join(turn.text for turn in turns)
    if len(_TAGS.findall(text)) > 3:
        return html.read(text, name=name)
    return markdown.read(text, name=name) if len(_BOLD.findall(text)) > 1 else None


def _walk(tree: Any, *, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every list and mapping with its path, numbers left out, in order."""
    stack: list[tuple[str, Any, int]] = [("", tree, 0)]
    nodes = 0
    while stack:
        path, node, depth = stack.pop()
        nodes += 1
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise InputError(
                f"{name}: more than {MAX_NODES:,} values, or nested more than {MAX_DEPTH} deep; "
                "expected one transcript"
            )
        node = label_words(node) if isinstance(node, dict) else node
        if isinstance(node, dict | list):
            yield path, node
        if isinstance(node, dict):
            children = [(f"{path}/{key}", value) for key, value in node.items()]
        elif isinstance(node, list):
            children = [(path + "[]", item) for item in _first_only(path, node)]
        else:
            continue
        inner = [(p, c, depth + 1) for p, c in children if isinstance(c, dict | list)]
        stack.extend(reversed(inner))


def _first_only(path: str, items: list[Any]) -> list[Any]:
    """The items of a list, or the first of those of which only one was said."""
    return items[:1] if normalise(path.rsplit("/", 1)[-1]) in _FIRST_ONLY else items


def _inside(item: Mapping[Any, Any]) -> dict[str, Any]:
    """What a mapping holds, by plain keys."""
    return {
        key: _first_only(key, value) if isinstance(value, list) else value
        for key, value in ((normalise(name), value) for name, value in item.items())
    }


def _turns_of(node: Any, keys: Mapping[str, str], *, name: str) -> list[GivenTurn]:
    if isinstance(node, dict):
        lists = {normalise(k): v for k, v in node.items() if isinstance(v, list)}
        if "questions" in lists and "answers" in lists:
            pairs = zip(lists["questions"], lists["answers"], strict=False)
            node = [{"question": q, "answer": a} for q, a in pairs]
        elif columns := _side_by_side(node, keys):
            node = columns
        elif len(node) > 1 and all(isinstance(v, dict) for v in node.values()):
            node = list(node.values())
        else:
            return []
    items = [item for item in node if item is not None]
    if items and all(isinstance(item, list) and len(item) in (2, 3, 4) for item in items):
        rows = [["" if c is None else str(c) for c in item] for item in items]
        flat = all(not isinstance(c, list | dict) for item in items for c in item)
        return read_rows(rows, name=name) if flat and len(rows) > 1 else []
    if items and all(isinstance(item, str) for item in items):
        return [GivenTurn(text=text, line=1) for item in items if (text := keep_lines(item))]
    mappings = [item for item in items if isinstance(item, dict)]
    if not mappings or len(mappings) < 0.8 * len(items):
        return []
    turns = _by_name(mappings) or [t for item in mappings for t in _turn(item, keys)]
    return turns or _by_content(mappings, name=name)


def _side_by_side(node: Mapping[Any, Any], keys: Mapping[str, str]) -> list[dict[str, str]]:
    """``{"utt": ["Why?", "It rained."], "speaker": ["Ann", "Bob"]}``: a list for each field."""
    lists = {k: v for k, v in node.items() if isinstance(v, list)}
    fields = guess_fields(lists, keys)
    if "speaker" not in fields or "text" not in fields:
        return []
    who, said = lists[fields["speaker"]], lists[fields["text"]]
    if len(who) != len(said) or not all(isinstance(value, str) for value in (*who, *said)):
        return []
    return [{"speaker": name, "text": text} for name, text in zip(who, said, strict=True)]


def _by_content(items: Sequence[dict[Any, Any]], *, name: str) -> list[GivenTurn]:
    """Turns under keys that are not known: as the columns of a table without a header."""
    if any(isinstance(value, list | dict) for item in items for value in item.values()):
        return []
    columns = list(dict.fromkeys(key for item in items for key in item))
    rows = [[_text(item.get(column)) for column in columns] for item in items]
    wordy = sum(len(cell.split()) for row in rows for cell in row) >= 3 * len(rows)
    return read_rows(rows, name=name) if len(rows) > 1 and wordy else []


def _by_name(items: Sequence[dict[Any, Any]]) -> list[GivenTurn]:
    """``[{"Ann": "Why?"}, {"Bob": "It rained."}]``: the keys are the speakers."""
    if len(items) < 2 or not all(len(item) == 1 for item in items):
        return []
    values = [value for item in items for value in item.values()]
    if not all(isinstance(v, str) or (isinstance(v, list) and v and isinstance(v[0], str))
               for v in values):  # fmt: skip
        return []
    names = [next(iter(item)) for item in items]
    if len(set(map(normalise, names))) < 2:
        return []
    return [
        GivenTurn(speaker=clean(str(key)) or None, text=text, line=1)
        for item in items
        for key, value in item.items()
        if (text := keep_lines(_text(value)))
    ]


def _turn(item: Mapping[Any, Any], keys: Mapping[str, str]) -> list[GivenTurn]:
    if columns := _side_by_side(item, keys):
        return [turn for row in columns for turn in _turn(row, {})]
    fields = guess_fields(item, keys)
    times = {f"{f}_s": seconds(item[fields[f]]) for f in ("start", "end") if f in fields}
    if "question" in fields and "answer" in fields:
        pairs = (("question", "interviewer"), ("answer", "respondent"))
        return [
            GivenTurn(speaker=f.title(), role=role, text=text, line=1)
            for f, role in pairs
            if (text := keep_lines(_text(item[fields[f]])))
        ]
    text = _text(item[fields["text"]]) if "text" in fields else ""
    if not text:
        inner = _inside(item)
        text = next((t for key in _INNER if key in inner and (t := _text(inner[key]))), "")
    if not (text := keep_lines(text)):
        return []
    speaker, role = voice_of(item, fields)
    return [GivenTurn(speaker=speaker or role, role=role, text=text, line=1, **times)]


def _text(value: Any, *, depth: int = 0) -> str:
    """The words of a value: a string, or the strings of what it holds, in order."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < 8:
        fields = guess_fields(value, {})
        if "text" in fields and (text := _text(value[fields["text"]], depth=depth + 1)):
            return text
        inner = _inside(value)
        return next((t for k in _INNER if k in inner and (t := _text(inner[k], depth=depth + 1))),
                    "")  # fmt: skip
    if isinstance(value, list) and depth < 8:
        parts = [_text(item, depth=depth + 1) for item in value]
        if any(part == " " or part.endswith(" ") or part.startswith((" ", "\n")) for part in parts):
            return "".join(parts)
        long = sum(len(part.split()) for part in parts) > 30 * max(1, len(parts))
        return ("\n" if long else " ").join(part for part in parts if part)
    return ""


def _named(turn: GivenTurn, people: Mapping[str, tuple[str, str]], locate: Callable[[str], int]
           ) -> GivenTurn:  # fmt: skip
    name, role = people.get(turn.speaker or "", (turn.speaker, None))
    line = locate(turn.text) if turn.line == 1 else turn.line
    return turn.model_copy(update={"speaker": name, "role": turn.role or role or None,
                                   "line": line})  # fmt: skip


def _strings(tree: Any) -> Iterator[str]:
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))
