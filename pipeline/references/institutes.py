"""The countries of research institutes and universities: ``lexicons/institutes.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

FILE = "institutes.toml"


def country_of_institute(label: str) -> str | None:
    """The country of the institute that an office names first, or None.

    Of two names that start at one place, the longer is meant: "Georgetown University in Qatar".
    """
    found = _pattern().search(label)
    return None if found is None else countries_of_institutes()[found.group()]


@lru_cache(maxsize=1)
def countries_of_institutes() -> Mapping[str, str]:
    text = files("pipeline.lexicons").joinpath(FILE).read_text(encoding="utf-8")
    table: Mapping[str, list[str]] = tomllib.loads(text)["countries"]
    return {name: country for country, names in table.items() for name in names}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(countries_of_institutes(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
