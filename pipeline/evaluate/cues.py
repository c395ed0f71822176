"""The cue lexicon: words and phrases by their function in an argument."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ArtefactError
from pipeline.features.blocks import plain

CUES_FILE = "cues.toml"


class _CueFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    cues: dict[str, tuple[str, ...]]


class Cues:
    """Finds cues in text.

    Example:
        >>> sorted(load_cues().counts("We must act because time is short"))
        ['causal', 'obligation', 'self_group']
    """

    def __init__(self, cues: Mapping[str, tuple[str, ...]]) -> None:
        self.names = tuple(cues)
        self._patterns = {name: _compile(phrases) for name, phrases in cues.items()}

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield ``(name, start, end)`` of each cue, by name, then by position."""
        low = plain(text).lower()
        for name, pattern in self._patterns.items():
            for match in pattern.finditer(low):
                yield name, match.start(), match.end()

    def counts(self, text: str) -> dict[str, int]:
        """Return the number of cues of each name that occurs."""
        found: dict[str, int] = {}
        for name, _, _ in self.find(text):
            found[name] = found.get(name, 0) + 1
        return found


def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    parts = [re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Load and validate ``lexicons/cues.toml``.

    Raises:
        ArtefactError: the file is not TOML, or [cues] has other than lower-case phrases.
    """
    text = files("pipeline.lexicons").joinpath(CUES_FILE).read_text(encoding="utf8")
    try:
        parsed = _CueFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ArtefactError(
            f"lexicons/{CUES_FILE}: {error}; expected [cues] with lists of phrases"
        ) from error
    for name, phrases in parsed.cues.items():
        bad = [phrase for phrase in phrases if not phrase or phrase != phrase.lower()]
        if bad or not phrases:
            raise ArtefactError(
                f'lexicons/{CUES_FILE}: "{name}" has {bad or "no phrase"}; '
                "expected lower-case phrases"
            )
    return Cues(parsed.cues)


def cues_sha256() -> str:
    """Return the sha256 of the lexicon file."""
    content = files("pipeline.lexicons").joinpath(CUES_FILE).read_bytes()
    return hashlib.sha256(content).hexdigest()
