"""Stages applied to an interview, with the layers that an earlier run kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import create_model

from pipeline.cache.keys import digest
from pipeline.cache.shelf import Shelf, parse_kept
from pipeline.cache.store import Entry
from pipeline.records import Interview, Record
from pipeline.stage import LAYERS, Stage, apply, fingerprint_of

_FIELDS: Any = {name: (Interview.model_fields[name].annotation, None) for name in LAYERS}
_NOT_READ: Any = {"fields": True, "speakers": {"__all__": {"person", "fields"}}}
"""What no stage depends on: who a speaker is in other interviews, and the user's own columns."""
_Layers: Any = create_model("_Layers", __base__=Record, **_FIELDS)


class KeptInterview:
    """An interview, and the keys of its layers.

    The key of a layer is the hash of the interview without layers, of what the stage states
    (``stage.fingerprint``) and of the keys of the layers it requires, which are all that it is
    shown. So another bloc changes the key of the stances alone.
    """

    def __init__(self, interview: Interview, shelf: Shelf) -> None:
        self.interview = interview
        self.computed: list[str] = []
        self._shelf = shelf
        self._base = digest(interview.model_dump_json(exclude=_NOT_READ)) if shelf.keeps else ""
        self._keys: dict[str, str] = {}

    def apply(self, stage: Stage) -> None:
        """Apply a stage, or attach the layers that were kept of it."""
        layers = self.layers(stage)
        self.interview = self.interview.model_copy(update=dict(layers))

    def layers(self, stage: Stage) -> Mapping[str, tuple[Any, ...]]:
        """Return the layers of a stage, computed or kept, without attaching them."""
        stated = fingerprint_of(stage) if self._shelf.keeps else None
        if stated is None:
            layers = self._compute(stage, self.interview)
            if self._shelf.keeps:
                self._keys |= dict.fromkeys(layers, digest(_dump(layers).decode()))
            return layers
        required = [self._keys.get(name) for name in stage.requires]  # null: given, in the base
        key = digest(self._base, stage.name, stated, required)
        self._keys |= dict.fromkeys(stage.provides, key)
        kept = parse_kept(_Layers.model_validate_json, self._shelf.get(key))
        if kept is not None:
            return _layers_of(kept, stage)
        hidden = {name: None for name in LAYERS if name not in stage.requires}
        layers = self._compute(stage, self.interview.model_copy(update=hidden))
        self._shelf.put(Entry(key, stage.name, _dump(layers)))
        return layers

    def _compute(self, stage: Stage, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        self._shelf.check_computing()
        self.computed.append(stage.name)
        return _layers_of(apply(stage, interview), stage)


def _dump(layers: Mapping[str, tuple[Any, ...]]) -> bytes:
    text: str = _Layers.model_construct(**layers).model_dump_json(exclude_unset=True)
    return text.encode()


def _layers_of(found: Record, stage: Stage) -> Mapping[str, tuple[Any, ...]]:
    return {name: getattr(found, name) for name in stage.provides}
