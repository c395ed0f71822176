"""Data on actors, reports, references and targets, and how a fitted or listed file is read."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypeVar

from pydantic import ValidationError

from pipeline.errors import ArtefactError
from pipeline.records import Record

T = TypeVar("T", bound=Record)


def read_lexicon(name: str, kind: type[T], *, remedy: str = "reinstall Westward") -> T:
    """Read and validate a TOML file of this folder.

    Args:
        remedy: what the error tells the user to do.

    Raises:
        ArtefactError: the file is not valid TOML, or a key is missing or unknown.
    """
    data = files(__name__).joinpath(name).read_bytes()
    try:
        return kind.model_validate(tomllib.loads(data.decode("utf8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ArtefactError(f"pipeline/lexicons/{name}: {error}; {remedy}") from error
