"""JSON, JSON Lines and YAML: parsed within limits, then searched for the turns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.ingest.content import Content
from pipeline.ingest.tree import read_tree
from pipeline.ingest.tree_people import line_finder

MAX_ALIASES = 20
MAX_YAML = 10_000_000
_KEPT = ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")


class _Loader(yaml.CSafeLoader):
    """A safe loader that keeps times and dates as they are written: ``1:02`` is no number."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag in _KEPT]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_json(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read JSON: a list of turns, or the export of a transcription service.

    Raises:
        InputError: it is malformed, nested beyond reason, or holds no turns.
    """
    try:
        tree = json.loads(text, parse_int=_integer)
    except ValueError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}"):
            return read_jsonl(text, name=name, keys=keys)
        line = getattr(error, "lineno", 1)
        raise InputError(
            f"{name}:{line}: no JSON ({error}); expected a list of turns; check what stands there"
        ) from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deep; expected a list of turns in JSON") from error
    return read_tree(tree, name=name, keys=keys or {}, locate=line_finder(text))


def read_jsonl(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read JSON Lines: a turn, or a sentence, a line; a first line may be about them all.

    Raises:
        InputError: a line is malformed, or no line holds a turn.
    """
    items: list[Any] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(json.loads(line, parse_int=_integer))
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{name}:{number}: no JSON ({error}); expected one object a line; correct the line"
            ) from error
    tree: Any = items[0] if len(items) == 1 else items
    content = read_tree(tree, name=name, keys=keys or {}, locate=line_finder(text))
    if isinstance(tree, list) and isinstance(tree[0], dict) and not content.metadata:
        known = {k: v for k, v in tree[0].items() if isinstance(v, str)}
        content.metadata.update({k: known[k] for k in ("title", "date", "url") if k in known})
    return content


def read_yaml(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read YAML: a list of turns, or a mapping that holds one.

    Raises:
        InputError: it is malformed, too large, has too many aliases, or holds no turns.
    """
    if len(text) > MAX_YAML:
        raise InputError(f"{name}: more than {MAX_YAML:,} characters; expected one transcript")
    try:
        events = yaml.parse(text, Loader=_Loader)
        aliases = sum(isinstance(event, yaml.AliasEvent) for event in events)
        if aliases > MAX_ALIASES:
            raise InputError(
                f"{name}: {aliases:,} aliases; expected at most {MAX_ALIASES}; write the turns out"
            )
        tree = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or error
        raise InputError(
            f"{name}:{line}: no YAML ({problem}); expected a list of turns; quote texts that hold "
            "a colon"
        ) from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deep; expected a list of turns in YAML") from error
    if isinstance(tree, str | int | float | None):
        raise InputError(f"{name}: no list in it; expected a list of turns in YAML")
    return read_tree(tree, name=name, keys=keys or {}, locate=line_finder(text))


def _integer(digits: str) -> int:
    return int(digits) if len(digits) < 19 else 0
