"""What a tree says beside the turns: the interview's metadata, the speakers' names, the lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pipeline.ingest.content import clean, mend
from pipeline.ingest.fields import normalise
from pipeline.ingest.header import KEYS

_NAMED_BY = ("name", "speakername", "label", "displayname", "id")
_PEOPLE = frozenset(("speakers", "participants", "voices", "people"))


def name_of(value: Any) -> str | None:
    """A speaker's name: a scalar, or the name in a mapping."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        known = {normalise(key): v for key, v in value.items()}
        value = next((known[k] for k in _NAMED_BY if k in known), None)
    if value is None or isinstance(value, list | dict | bool):
        return None
    return clean(mend(str(value))) or None


def note_people(path: str, node: Any, people: dict[str, tuple[str, str]]) -> None:
    """Learn names from a list of speakers: ``[{"id": 0, "name": "Ann"}]`` or ``{"A": "Ann"}``."""
    if normalise(path.rsplit("/", 1)[-1]) not in _PEOPLE:
        return
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str | dict) and (name := name_of(value)):
                role = value.get("role") if isinstance(value, dict) else None
                people[clean(str(key))] = (name, str(role or ""))
        return
    for item in node:
        known = {normalise(k): v for k, v in item.items()} if isinstance(item, dict) else {}
        name = name_of(known)
        ids = [known[k] for k in ("id", "speakerid", "label", "speaker", "tag") if k in known]
        for key in (*ids, name):
            if name and key is not None and not isinstance(key, list | dict):
                people[clean(str(key))] = (name, str(known.get("role") or ""))


def find_metadata(tree: Any) -> dict[str, str]:
    """What the top of a tree, or the one record of a list, says of the interview."""
    metadata: dict[str, str] = {}
    if isinstance(tree, list) and len(tree) == 1:
        tree = tree[0]
    places = [tree] if isinstance(tree, dict) else []
    for top in list(places):
        inner = ("metadata", "meta", "interview", "header", "info", "episode")
        places += [v for k, v in top.items() if normalise(k) in inner and isinstance(v, dict)]
    for place in places:
        for key, value in place.items():
            known = KEYS.get(str(key).lower().replace("_", " ")) or KEYS.get(str(key).lower())
            if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
                value = ", ".join(value)
            if known in (None, "transcript", "participants") or isinstance(value, list | bool):
                continue
            text = (name_of(value) or "") if value is not None else ""
            if text and len(text) < 500:
                metadata.setdefault(str(known), text)
    return metadata


def line_finder(source: str) -> Callable[[str], int]:
    """Return a function that finds the line of a text in a source, going on from the last one."""
    state = {"at": 0, "line": 1}

    def locate(text: str) -> int:
        words = text.split("\n")[0][:60].split("\\")[0].split('"')[0]
        for needle in (words, json.dumps(words)[1:-1], words[:20]):
            at = source.find(needle, state["at"]) if needle else -1
            if at >= 0:
                state["line"] += source.count("\n", state["at"], at)
                state["at"] = at
                return state["line"]
        return state["line"]

    return locate
