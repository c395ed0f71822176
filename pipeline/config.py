"""Settings: default.toml, then your own westward.toml, then the working folder's, then ``--set``.

A working folder may come from others. What consents to something in the user's name (``CONSENTS``)
counts only from the command line and from the user's own configuration folder.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import stat
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_config_path
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from pipeline.errors import ConfigError

USER_FILE = "westward.toml"
_MAX_BYTES = 1_000_000  # of a file of settings
_SHOWN = 100
_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){100}""")
_MAX_TIMEOUT = 86_400.0
MODEL_CHOICES = {
    "standard": ("encoder-standard", "encoder-standard"),
    "small": ("encoder-small", "encoder-small"),
}
LLM = "llm"
"""The choice, and the name as a model, of the language model of the settings ``[llm]``."""


Duplicates = Literal["include", "document", "week", "month", "year", "acrossrange"]
Inferred = Literal["exclude", "include"]
TableEncoding = Literal["utf-8", "utf-8-sig"]


class Section(BaseModel):
    """A group of settings; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SegmentSettings(Section):
    """Turns and units."""

    max_turn_chars: int = Field(ge=1000)


class ParseSettings(Section):
    """The spaCy model."""

    model: str


class ActorsSettings(Section):
    """The user's own actor table."""

    table: str

    @property
    def path(self) -> Path | None:
        """The file, if there is one."""
        return Path(self.table) if self.table else None


class BlocSettings(Section):
    """The bloc that stance is about, and others to compare it with."""

    name: str
    compare: tuple[str, ...]

    @field_validator("compare")
    @classmethod
    def _once(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        twice = [one for one in names if one == info.data.get("name") or names.count(one) > 1]
        if twice:
            raise ValueError(f'"{twice[0]}" is named twice; name each bloc once')
        return names


class ClaimsSettings(Section):
    """The claims model."""

    model: str
    precision: float = Field(ge=0.0, le=1.0)


class StanceSettings(Section):
    """The stance model."""

    model: str
    precision: float = Field(ge=0.0, le=1.0)
    abstain_below: float = Field(ge=0.0, le=1.0)


class LlmSettings(Section):
    """The language model, where one judges."""

    base_url: str = Field(pattern=r"^https?://[^/?#@\s]+(/[^?#@\s]*)?$")
    model: str
    key_env: str = Field(pattern=r"^([A-Z_][A-Z0-9_]*)?$")
    send_text: bool
    proxy: str = Field(pattern=r"^(https?://[^/?#@\s]+/?)?$")
    temperature: float = Field(ge=0.0, le=2.0)
    max_tokens: int = Field(ge=1)
    price_in: float = Field(ge=0.0)
    price_out: float = Field(ge=0.0)
    max_cost: float = Field(ge=0.0)
    parallel: int = Field(ge=1, le=256)
    timeout: float = Field(gt=0.0, le=_MAX_TIMEOUT)
    max_wait: float = Field(gt=0.0)
    sentences: int = Field(ge=1)
    samples: int = Field(ge=1)
    logprobs: bool
    calibration: str
    roles: bool
    ledger: str = Field(min_length=1)

    @field_validator("base_url", "proxy")
    @classmethod
    def _is_address(cls, address: str) -> str:
        _ = urlsplit(address).port  # ValueError where there is none
        return address

    @model_validator(mode="after")
    def _fits(self) -> LlmSettings:
        if self.max_cost and not (self.price_in or self.price_out):
            raise ValueError("llm.max_cost needs llm.price_in and llm.price_out")
        if self.samples > 1 and not self.temperature:
            raise ValueError("llm.samples are all the same at temperature 0; set llm.temperature")
        return self


class TargetsSettings(Section):
    """Whether counts by target have the stances whose target is only meant."""

    inferred: Inferred


class TablesSettings(Section):
    """How the tables count, and how they are written."""

    duplicates: Duplicates
    encoding: TableEncoding


class CacheSettings(Section):
    """Results that runs keep for the next."""

    folder: str

    @property
    def path(self) -> Path | None:
        """The folder, if results are to be kept."""
        return Path(self.folder) if self.folder else None


class Settings(Section):
    """All settings of a run, as written to run.json."""

    seed: int = Field(ge=0)
    segment: SegmentSettings
    parse: ParseSettings
    actors: ActorsSettings
    bloc: BlocSettings
    claims: ClaimsSettings
    stance: StanceSettings
    llm: LlmSettings
    targets: TargetsSettings
    tables: TablesSettings
    cache: CacheSettings

    @property
    def by_llm(self) -> bool:
        """Whether the language model judges; ConfigError where it is to judge only one thing."""
        both = {self.claims.model, self.stance.model}
        if LLM in both and len(both) > 1:
            raise ConfigError("a language model judges claims and stance at once; use --model llm")
        return both == {LLM}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _is_here(address: object) -> bool:
    with suppress(ValueError, TypeError):
        return is_loopback(urlsplit(str(address)).hostname or "")
    return False


CONSENTS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "llm.send_text": ("--send-text", lambda value: value is False),
    "llm.key_env": ("--set llm.key_env=NAME", lambda value: value == ""),
    "llm.proxy": ("--set llm.proxy=ADDRESS", lambda value: value == ""),
    "llm.base_url": ("--set llm.base_url=ADDRESS", _is_here),
    "actors.table": ("--actors FILE", lambda value: value == ""),
}
"""What a working folder may not set: the option to use, and the values that it may have."""
BEFORE: Mapping[str, Any] = {"targets": {"inferred": "include"}}
"""What was done before a setting was there, where its default is another."""


def load_settings(
    overrides: Sequence[str] = (),
    *,
    values: Mapping[str, object] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Read the settings: the defaults, the user's own file, that of the folder, what is given.

    Args:
        overrides: ``section.key=value`` strings, the last one applies; values are TOML or text.
        values: settings by dotted names, ``{"stance.abstain_below": 0.6}``, after the overrides.
        folder: of ``westward.toml``; the working folder if not given.

    Raises:
        ConfigError: a file is no TOML, a key is unknown, a value has a wrong type or range, or the
            folder's file sets what it may not.
    """
    default = files("pipeline").joinpath("default.toml").read_text(encoding="utf8")
    merged: dict[str, Any] = tomllib.loads(default)
    for file in (own := user_file(), (folder or Path.cwd()) / USER_FILE):
        if os.path.lexists(file):
            stated = _read_toml(file)
            if file != own:
                _check_consents(stated, merged, where=file)
            merged = _merge(merged, stated, where=str(file))
    for override in overrides:
        merged = _merge(merged, _parse_override(override), where=f"--set {override}")
    for key, value in (values or {}).items():
        merged = _merge(merged, _nest(key, value), where=f'setting "{key}"')
    return _validate(merged)


def _validate(merged: Mapping[str, Any]) -> Settings:
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        given = repr(first.get("input"))[:_SHOWN]
        found = "" if key.startswith(LLM) else f" (found {given})"  # maybe a key
        raise ConfigError(
            f'setting "{key}": {first["msg"]}{found}; '
            "pipeline/default.toml lists every setting and its meaning"
        ) from error


def complete(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that a run states, with those it lacks, which are newer than the run.

    They have the value that is as the run was; that is the default unless ``BEFORE`` says another.

    Raises:
        ConfigError: a value has a wrong type or range.
    """
    default = tomllib.loads(files("pipeline").joinpath("default.toml").read_text(encoding="utf8"))
    cache = default.pop("cache")  # no result depends on it, and no run states it
    found = _filled(_filled(default, BEFORE), stated)
    known = {
        section: {key: one[key] for key in keys} if isinstance(keys, dict) else one
        for section, keys in default.items()
        if isinstance(one := found[section], dict) or not isinstance(keys, dict)
    }
    _validate({**known, "cache": cache})
    return found


def _filled(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping over another; sections in both are one section."""
    found = {**base, **over}
    for key in base.keys() & over.keys():
        if isinstance(base[key], Mapping) and isinstance(over[key], Mapping):
            found[key] = _filled(base[key], over[key])
    return found


def choose_blocs(names: Sequence[str]) -> tuple[str, ...]:
    """Return the overrides for a run on the first bloc, compared with the others."""
    if not names:
        return ()
    main, *others = names
    return f"bloc.name={json.dumps(main)}", f"bloc.compare={json.dumps(others)}"


def choose_table(path: Path) -> tuple[str, ...]:
    """Return the override for a user's own actor table."""
    return (f"actors.table={json.dumps(str(path))}",)


def choose_models(choice: str) -> tuple[str, str]:
    """Return the overrides for the models of one choice; ConfigError if it is unknown."""
    if choice == LLM:
        return f"claims.model={LLM}", f"stance.model={LLM}"
    if choice not in MODEL_CHOICES:
        raise ConfigError(
            f'unknown model "{choice}"; expected one of {", ".join((*MODEL_CHOICES, LLM))}; '
            "for a model of your own, use --set claims.model=NAME or --set stance.model=NAME"
        )
    claims, stance = MODEL_CHOICES[choice]
    return f"claims.model={claims}", f"stance.model={stance}"


def user_file() -> Path:
    """Return the user's own file of settings, such as ~/.config/westward/westward.toml."""
    return user_config_path("westward", appauthor=False) / USER_FILE


def _check_consents(found: Mapping[str, Any], before: Mapping[str, Any], *, where: Path) -> None:
    """Refuse what a working folder may not set, and a server there for the user's own key."""
    has_key = bool(before[LLM]["key_env"])
    for key, (option, allowed) in CONSENTS.items():
        group, _, name = key.partition(".")
        section = found.get(group)
        if not isinstance(section, Mapping) or name not in section:
            continue
        if not allowed(section[name]) or (key == "llm.base_url" and has_key):
            raise ConfigError(
                f"{where}: {key} does not count in a working folder, which others may have made; "
                f"remove it there, and use {option}, or set it in {user_file()}"
            )


def load_toml(text: str) -> dict[str, Any]:
    """Return what TOML of others states.

    Raises:
        TOMLDecodeError: it is malformed, or has a key of so many parts that it costs memory, which
            grows with their square.
        RecursionError: it is nested too deep.
    """
    if _LONG_KEY.search(text):
        raise tomllib.TOMLDecodeError("a key has too many parts")
    return tomllib.loads(text)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # never waits for a pipe
            raise ConfigError(
                f"{path}: no file; expected one of settings; move it away, or rename it"
            )
        with path.open("rb") as stream:
            text = stream.read(_MAX_BYTES + 1)
        if len(text) > _MAX_BYTES:
            raise ConfigError(f"{path}: over {_MAX_BYTES:,} bytes; expected a file of settings")
        return load_toml(text.decode("utf8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _parse_override(text: str) -> dict[str, Any]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise ConfigError(f'--set {text}: expected key=value, such as "stance.abstain_below=0.5"')
    try:
        parsed: Any = tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        parsed = value.strip()
    return _nest(key.strip(), parsed)


def _nest(key: str, value: object) -> dict[str, Any]:
    nested: Any = value
    for part in reversed(key.split(".")):
        nested = {part: nested}
    return dict(nested)


def _merge(base: Mapping[str, Any], over: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        if key not in base:
            raise ConfigError(
                f'{where}: unknown setting "{key}"; expected one of {", ".join(base)}'
            )
        old = base[key]
        if isinstance(old, Mapping):
            if not isinstance(value, Mapping):
                raise ConfigError(
                    f'{where}: "{key}" is a section; expected {key}.KEY=value with KEY one of '
                    f"{', '.join(old)}"
                )
            merged[key] = _merge(old, value, where=where)
        else:
            merged[key] = value
    return merged
