"""The words by which a sentence reports what somebody says, thinks or feels."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import ValidationError

from pipeline.errors import ArtefactError
from pipeline.records import Record

LEXICON = "attribution.toml"


class Cues(Record):
    """Lemmas, lower case: cues of reports, and nouns for people and bodies."""

    cues: frozenset[str]
    people: frozenset[str]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read and validate ``lexicons/attribution.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a list is missing or unknown.
    """
    data = files("pipeline.lexicons").joinpath(LEXICON).read_bytes()
    try:
        return Cues.model_validate(tomllib.loads(data.decode("utf8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ArtefactError(f"pipeline/lexicons/{LEXICON}: {error}; reinstall Westward") from error
