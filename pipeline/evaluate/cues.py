"""The cue lexicon: words and phrases by their function in an argument."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ArtefactError
from pipeline.parse import straighten

FILE = Path(__file__).with_name("cues.toml")


class _CueFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    cues: dict[str, tuple[str, ...]]


class Cues:
    """Finds cues in text.

    Example:
        >>> sorted(load_cues().counts("We must act because time is short"))
        ['causal', 'obligation']
    """

    def __init__(self, cues: Mapping[str, tuple[str, ...]]) -> None:
        self._patterns = {name: _compile(phrases) for name, phrases in cues.items()}

    def counts(self, text: str) -> dict[str, int]:
        """Return the number of cues of each name that occurs."""
        low = straighten(text).lower()
        counted = {name: len(pattern.findall(low)) for name, pattern in self._patterns.items()}
        return {name: number for name, number in counted.items() if number}


def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    parts = [re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Load and validate ``cues.toml``.

    Raises:
        ArtefactError: the file is not TOML, or [cues] has other than lower-case phrases.
    """
    text = FILE.read_text(encoding="utf8")
    try:
        parsed = _CueFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ArtefactError(
            f"{FILE.name}: {error}; expected [cues] with lists of phrases"
        ) from error
    for name, phrases in parsed.cues.items():
        bad = [phrase for phrase in phrases if not phrase or phrase != phrase.lower()]
        if bad or not phrases:
            raise ArtefactError(
                f'{FILE.name}: "{name}" has {bad or "no phrase"}; expected lower-case phrases'
            )
    return Cues(parsed.cues)
