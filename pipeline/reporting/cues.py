"""The cue words of attribution: who says, thinks or does something about the target."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ArtefactError

CuePolarity = Literal["favor", "against", "open"]
LEXICON = "attribution.toml"


class _CueLists(BaseModel):
    model_config = ConfigDict(extra="forbid")

    open: tuple[str, ...] = ()
    favor: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    def by_cue(self) -> dict[str, CuePolarity]:
        table: dict[str, CuePolarity] = {}
        table.update(dict.fromkeys(self.open, "open"))
        table.update(dict.fromkeys(self.favor, "favor"))
        table.update(dict.fromkeys(self.against, "against"))
        return table


class _Holders(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nouns: tuple[str, ...]
    never: tuple[str, ...]
    facing: tuple[str, ...]
    speaking: tuple[str, ...]


class _Lexicon(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reporting: _CueLists
    reporting_nouns: _CueLists
    states: _CueLists
    alignment: _CueLists
    holders: _Holders


@dataclass(frozen=True)
class Cues:
    """Cue lemmas (``"verb"`` or ``"verb preposition"``) and what each says of the holder."""

    reporting: dict[str, CuePolarity]
    reporting_nouns: dict[str, CuePolarity]
    states: dict[str, CuePolarity]
    alignment: dict[str, CuePolarity]
    holder_nouns: frozenset[str]
    no_holders: frozenset[str]
    facing: frozenset[str]
    speaking: frozenset[str]
    sha256: str

    def polarity(self, cue: str, *, rule: str) -> CuePolarity:
        """Return what a cue, as written in ``Attribution.cue``, says of its holder by itself.

        A denied cue of favor is against: who does "not support" the sanctions is against them. A
        denied cue of against says nothing: who has "not condemned" them need not favour them.
        """
        tables = {
            "alignment": self.alignment,
            "described": {},
            "reporting-noun": self.reporting_nouns,
            "state": self.states,
        }
        plain = cue.removeprefix("not ")
        found = tables.get(rule, self.reporting).get(plain, "open")
        if plain == cue or found == "open":
            return found
        return "against" if found == "favor" else "open"


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read and validate ``lexicons/attribution.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a key is missing or unknown.
    """
    data = files("pipeline.lexicons").joinpath(LEXICON).read_bytes()
    try:
        lexicon = _Lexicon.model_validate(tomllib.loads(data.decode("utf8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ArtefactError(f"pipeline/lexicons/{LEXICON}: {error}") from error
    return Cues(
        reporting=lexicon.reporting.by_cue(),
        reporting_nouns=lexicon.reporting_nouns.by_cue(),
        states=lexicon.states.by_cue(),
        alignment=lexicon.alignment.by_cue(),
        holder_nouns=frozenset(lexicon.holders.nouns),
        no_holders=frozenset(lexicon.holders.never),
        facing=frozenset(lexicon.holders.facing),
        speaking=frozenset(lexicon.holders.speaking),
        sha256=hashlib.sha256(data).hexdigest(),
    )
