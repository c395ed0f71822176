"""Decisions of a person about a transcript: the sidecar ``NAME.turns.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import Field, ValidationError

from pipeline.config import load_toml
from pipeline.errors import InputError
from pipeline.ingest.columns import FIELDS
from pipeline.records import GivenTurn, Interview, Record, Role

SUFFIX = ".turns.toml"
_TABLE = re.compile(r"\s*\[+\s*([\w-]+)\s*\]+\s*(?:#.*)?$")
_ROLE = re.compile(r"""\s*(?:["'](.*)["']|([\w-]+))\s*=\s*["']\w*["']\s*(?:#.*)?$""")


class HandTurn(GivenTurn):
    """A turn set by hand."""

    speaker: str = Field(min_length=1)
    text: str = Field(min_length=1)
    line: int = Field(default=1, ge=1)


class ByHand(Record):
    """Decisions that override what is found.

    Attributes:
        convention: by which speakers are marked.
        speakers: role of each speaker, by the name in the source.
        keys: of a structured format, field to key or column.
        sha256: of the transcript that the turns were taken from.
        turns: all turns, in order; nothing is looked for in the source then.
    """

    convention: str | None = None
    speakers: Mapping[str, Role] = Field(default_factory=dict)
    keys: Mapping[str, str] = Field(default_factory=dict)
    sha256: str | None = None
    turns: tuple[HandTurn, ...] = ()


def sidecar_path(transcript: Path) -> Path:
    """The path of the decisions about a transcript."""
    return transcript.with_name(transcript.stem + SUFFIX)


def read_sidecar(transcript: Path) -> ByHand:
    """Read the decisions about a transcript; without a file there are none.

    Raises:
        InputError: the file cannot be read, is no TOML, or has keys that are not known.
    """
    path = sidecar_path(transcript)
    if not path.is_file():
        return ByHand()
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return ByHand.model_validate(load_toml(text))
    except tomllib.TOMLDecodeError as error:
        if twice := _find_twice(text):
            first, second, name = twice
            raise InputError(
                f'{path}:{second}: the speaker "{name}" has a role in line {first} already; '
                "expected each once; delete one of the two lines: the turns of both are then one "
                "speaker's"
            ) from error
        raise InputError(
            f"{path}: cannot be read ({error}); expected what `westward turns` writes; "
            "correct it, or move it away"
        ) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected what `westward turns` writes; "
            "correct it, or move it away"
        ) from error
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"])
        raise InputError(
            f"{path}: {key}: {fault['msg']}; expected convention, speakers, keys or turns as "
            "`westward turns` writes them"
        ) from error


def _find_twice(text: str) -> tuple[int, int, str] | None:
    """The lines of a speaker who is in the table of roles twice, as after search and replace."""
    seen: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = found[1]
        elif table == "speakers" and (found := _ROLE.match(line)):
            name = found[1] or found[2]
            if name in seen:
                return seen[name], number, name
            seen[name] = number
    return None


def _parse_pairs(text: str | None, *, option: str) -> dict[str, str]:
    """Read ``A=x,B=y``."""
    pairs: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in (text or "").split(","))):
        name, sign, value = part.rpartition("=")
        if not sign or not name.strip() or not value.strip():
            raise InputError(f'{option} "{text}": expected NAME=VALUE,NAME=VALUE; found "{part}"')
        pairs[name.strip()] = value.strip()
    return pairs


def parse_decisions(*, convention: str | None, speakers: str | None, keys: str | None) -> ByHand:
    """Read the decisions that the command line states.

    Raises:
        InputError: one is malformed, or names an unknown role or field.
    """
    roles = _parse_pairs(speakers, option="--speakers")
    fields = _parse_pairs(keys, option="--keys")
    checks = ("--speakers", roles.values(), get_args(Role)), ("--keys", fields, FIELDS)
    for option, values, known in checks:
        if odd := [value for value in values if value not in known]:
            raise InputError(f'{option}: "{odd[0]}" found; expected one of {", ".join(known)}')
    return ByHand.model_validate({"convention": convention, "speakers": roles, "keys": fields})


def dump_decisions(hand: ByHand) -> str:
    """Return the decisions as TOML."""
    lines = ["# Decided by hand; overrides what Westward finds."]
    for name, value in (("convention", hand.convention), ("sha256", hand.sha256)):
        lines += [f"{name} = {_quote(value)}"] if value else []
    for name, table in (("speakers", hand.speakers), ("keys", hand.keys)):
        if table:
            lines.append(f"\n[{name}]")
            lines.extend(f"{_quote(key)} = {_quote(value)}" for key, value in table.items())
    for turn in hand.turns:
        lines += ["\n[[turns]]", f"speaker = {_quote(turn.speaker)}"]
        given = turn.model_dump(include={"line", "start_s", "end_s"}, exclude_none=True)
        lines += [f"{field} = {value}" for field, value in given.items()]
        lines.append(f'text = """\n{_escape(turn.text)}"""')
    return "\n".join(lines) + "\n"


def from_interview(interview: Interview) -> ByHand:
    """The turns of an interview as decisions, for editing."""
    names: dict[str, str] = {}
    for speaker in interview.speakers:
        name = speaker.name or speaker.role
        names[speaker.id] = f"{name} ({speaker.id})" if name in names.values() else name
    roles = {names[speaker.id]: speaker.role for speaker in interview.speakers}
    turns = tuple(
        HandTurn(
            speaker=names[turn.speaker_id], text=turn.text, line=turn.source_line or 1,
            start_s=turn.start_s, end_s=turn.end_s,
        )
        for turn in interview.turns
    )  # fmt: skip
    return ByHand(speakers=roles, sha256=interview.sha256, turns=turns)


def _quote(text: str) -> str:
    return '"' + _escape(text).replace("\n", "\\n") + '"'


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(
        c if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127) else f"\\u{ord(c):04X}"
        for c in escaped
    )
