"""Stages: their protocol, the check of their order, and their application to an interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from pipeline.errors import ConfigError
from pipeline.records import Interview

Fingerprint = tuple[Any, ...] | None
LAYERS = ("units", "entities", "claims", "attributions", "stances", "relations", "failed")


@runtime_checkable
class Stage(Protocol):
    """One step of the pipeline: reads the layers it requires, returns the layers it provides."""

    @property
    def name(self) -> str:
        """A short name for messages and timings."""

    @property
    def requires(self) -> tuple[str, ...]:
        """Layers that must be present before the stage runs."""

    @property
    def provides(self) -> tuple[str, ...]:
        """Layers that the stage returns."""

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the new layers, nothing else."""


def fingerprint_of(stage: Stage) -> Fingerprint:
    """Return what a stage's layers depend on besides the layers that it requires and the code.

    A stage states it as ``fingerprint``: hashes, settings and names in JSON's types. The layers of
    one that does not, or states null, must not be kept.
    """
    stated: Fingerprint = getattr(stage, "fingerprint", None)
    return stated


def forget(caching: object) -> None:
    """Empty what a stage or judge caches of an interview, so that memory does not grow."""
    getattr(caching, "forget", lambda: None)()


def check_order(stages: Sequence[Stage]) -> None:
    """Check that each stage comes after the stages whose layers it requires.

    Raises:
        ConfigError: a layer is required before it is provided, provided twice, or unknown.
    """
    there: set[str] = set()
    for stage in stages:
        for layer in (*stage.requires, *stage.provides):
            if layer not in LAYERS:
                raise ConfigError(
                    f'stage "{stage.name}": unknown layer "{layer}"; '
                    f"expected one of {', '.join(LAYERS)}"
                )
        if missing := [layer for layer in stage.requires if layer not in there]:
            raise ConfigError(
                f'stage "{stage.name}" requires {", ".join(missing)}, which no stage before it '
                "provides; change the order in pipeline/run.py:build_stages"
            )
        if twice := there.intersection(stage.provides):
            raise ConfigError(
                f'stage "{stage.name}" provides {", ".join(sorted(twice))} a second time'
            )
        there.update(stage.provides)


def apply(stage: Stage, interview: Interview) -> Interview:
    """Run one stage and attach its layers to a new, validated interview.

    Raises:
        ConfigError: the stage returned other layers than it provides.
    """
    layers = dict(stage.annotate(interview))
    if set(layers) != set(stage.provides):
        raise ConfigError(
            f'stage "{stage.name}" returned {", ".join(sorted(layers)) or "nothing"}; '
            f"it declares {', '.join(stage.provides)}"
        )
    return interview.model_copy(update={name: tuple(value) for name, value in layers.items()})
