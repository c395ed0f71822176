"""The origin of a run as run.json states it: versions, settings, lexicons, models, the bloc."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pipeline
from pipeline.actors import ActorTable, load_actors
from pipeline.artefacts import META, find_model, has_model, read_description, sha256_of
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.parse import Parser

LIBRARIES = ("spacy", "scikit-learn", "numpy", "pandas", "pydantic", "lxml", "pdfminer.six")


def describe_run(settings: Settings, *, models: Path | None) -> dict[str, Any]:
    """Return the part of run.json that is known before the first transcript is read.

    Raises:
        ArtefactError: a model is missing.
        ConfigError: a bloc is unknown, or the user's actor table cannot be used.
    """
    parser = Parser(settings.parse.model, models=models)
    own = settings.actors.path
    actors = load_actors(own)
    compared = [describe_bloc(actors, name) for name in settings.bloc.compare]
    return {
        "versions": {
            "westward": pipeline.__version__,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
            settings.parse.model: parser.version,
        },
        "settings": _settings(settings),
        "bloc": describe_bloc(actors, settings.bloc.name),
        **({"compared_blocs": compared} if compared else {}),
        "lexicons": _lexicons(),
        **({"actors": {"path": _without_root(own), "sha256": sha256_of(own)}} if own else {}),
        "models": list(_models(settings, models)),
    }


def actors_of(run: Path, manifest: Mapping[str, Any]) -> ActorTable:
    """Return the table of actors that a run was made with.

    Raises:
        InputError: it was the user's own, and the file is not there as it was.
    """
    if (own := manifest.get("actors")) is None:
        return load_actors()
    path = Path(own["path"])
    if not path.is_file() or sha256_of(path) != own["sha256"]:
        raise InputError(
            f"{run}: made with the actors of {path}, which is not there as it was; expected the "
            "same file at that path, from here; put it back, or run the transcripts again"
        )
    return load_actors(path)


def describe_bloc(actors: ActorTable, name: str) -> dict[str, Any]:
    """Return a bloc's definition with those of the blocs it includes, and today's members.

    Raises:
        ConfigError: there is no such bloc.
    """
    actors.require_bloc(name)
    definitions: dict[str, dict[str, Any]] = {}
    pending = [name]
    while pending:
        bloc = actors.blocs[pending.pop(0)]
        if bloc.name not in definitions:
            stated = bloc.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            definitions[bloc.name] = stated
            pending.extend(bloc.includes)
    return {
        "name": name,
        "definitions": list(definitions.values()),
        "members_today": members(actors, name),
    }


def members(actors: ActorTable, name: str) -> list[str]:
    """Return the states, organisations and other actors of a bloc today, sorted; no leaders."""
    return sorted(
        actor.name
        for actor in actors.actors.values()
        if actor.kind != "leader" and actors.in_bloc(actor.name, name)
    )


def _lexicons() -> dict[str, str]:
    with as_file(files("pipeline").joinpath("lexicons")) as folder:
        found = sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".txt"))
        return {path.name: sha256_of(path) for path in found}


def _settings(settings: Settings) -> dict[str, Any]:
    stated = settings.model_dump(mode="json", exclude={"cache"})  # no result depends on it
    if settings.actors.path is not None:
        stated["actors"]["table"] = _without_root(settings.actors.path)
    return stated


def _without_root(path: Path) -> str:
    """A path as the user gave it, or the file's name where it starts at the disk's root."""
    return path.name if path.is_absolute() else str(path)


def _models(settings: Settings, models: Path | None) -> Iterator[dict[str, Any]]:
    """The models that judge, then the parser where it is in a folder of models, with hashes."""
    parser = settings.parse.model
    names = [] if settings.by_llm else [settings.claims.model, settings.stance.model]
    names += [parser] if has_model(parser, models=models) else []
    for name in dict.fromkeys(names):
        path = find_model(name, models=models) / META
        meta = read_description(path)
        files = {META: sha256_of(path), **meta["files"]}
        yield {"name": name, "version": meta["version"], "files": files}
