"""Messages about a user's entries: where in a TOML file one is, what is wrong, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

DATES = "a date such as 2019, 2019-06 or 2019-06-27"
_LIKE = 0.72


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is to be said of a place in a file: of its n-th entry of a section, from 0."""

    section: str
    number: int | None
    field: str | None
    message: str


def place(text: str, data: Mapping[str, Any], one: Complaint) -> str:
    """Return the place in words: ``:12: [[alias]] 2 "Uncle Sam", field actor``."""
    if one.number is None:
        return f": [{one.section}]" if one.section else ""
    line = _line(text, one)
    entry = data[one.section][one.number]
    field = f", field {one.field}" if one.field else ""
    number = f":{line}" if line else ""
    return f"{number}: [[{one.section}]] {one.number + 1}{_name(entry)}{field}"


def complaints_of(error: ValidationError, model: type[BaseModel]) -> list[Complaint]:
    """Return what pydantic found wrong with the entries of a file."""
    found = []
    for fault in error.errors():
        section, *rest = fault["loc"]
        number = rest[0] if rest and isinstance(rest[0], int) else None
        names = [str(part) for part in rest[1:] if isinstance(part, str)]
        message = _message(dict(fault), str(section), names, model)
        field = ".".join(names) if names and number is not None else None
        found.append(Complaint(str(section), number, field, message))
    return found


def _message(
    fault: Mapping[str, Any], section: str, names: list[str], model: type[BaseModel]
) -> str:
    value = fault.get("input")
    if fault["type"] == "extra_forbidden":
        owner = _model_at(model, [section, *names[:-1]] if names else [])
        allowed = [field.alias or name for name, field in owner.model_fields.items()]
        wrong = names[-1] if names else section
        kind = "field" if names else "section"
        near = did_you_mean(wrong, allowed)
        return f'unknown {kind} "{wrong}"; expected one of {", ".join(allowed)}{near}'
    if fault["type"] == "missing":
        return "is missing; add it"
    if names and names[-1] in ("from", "to"):
        return f"expected {DATES} (found {value!r})"
    if fault["type"] == "tuple_type":
        shape = "entries, each under [[...]]" if not names else 'a list, such as ["one", "two"]'
        return f"expected {shape} (found {value!r})"
    return f"{fault['msg'][:1].lower()}{fault['msg'][1:]} (found {value!r})"


def _model_at(model: type[BaseModel], path: list[str]) -> type[BaseModel]:
    """The record whose field a path leads to: ``actor.offices`` is Office."""
    for name in path:
        fields = {field.alias or key: field for key, field in model.model_fields.items()}
        if name not in fields:
            return model
        inner = [one for one in get_args(fields[name].annotation) if one is not Ellipsis]
        if inner and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
            model = inner[0]
    return model


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    named = entry.get("name") or entry.get("texts") or entry.get("bloc")
    first = named[0] if isinstance(named, list) and named else named
    return f' "{first}"' if first else ""


def _line(text: str, one: Complaint) -> int | None:
    """The line of the field, else of the entry's head; none where it cannot be told."""
    head = re.compile(rf"\s*\[\[\s*{re.escape(one.section)}\s*\]\]")
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if head.match(line)]
    if one.number is None or one.number >= len(heads):
        return None
    start = heads[one.number]
    if one.field:
        first = re.escape(one.field.split(".")[0])
        for number in range(start + 1, len(lines)):
            if re.match(r"\s*\[", lines[number]):
                break
            if re.match(rf"\s*{first}\s*=", lines[number]):
                return number + 1
    return start + 1


def near(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return known words spelt nearly as a word, the nearest first; case does not matter.

    Uses Ratcliff and Obershelp's measure, as ``difflib`` computes it.
    """
    by_folded: dict[str, str] = {}
    for one in known:
        by_folded.setdefault(one.casefold(), one)
    found = get_close_matches(word.casefold(), by_folded, n=most, cutoff=_LIKE)
    return [by_folded[folded] for folded in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean A or B?``, or nothing where no known word is near."""
    found = near(word, known)
    return f"; did you mean {' or '.join(found)}?" if found else ""
