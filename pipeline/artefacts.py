"""Models on disk: found, verified by sha256, loaded; without pickle.

A model is a folder ``models/<name>/`` with a description, ``meta.json``, and a card generated from
it. Heads that a user retrained have plain arrays in ``weights.npz``.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ArtefactError

META, WEIGHTS, CARD = "meta.json", "weights.npz", "CARD.md"
PACKAGED = Path(__file__).resolve().parent / "_models"
CHECKOUT = Path(__file__).resolve().parent.parent / "models"

_JUDGING = ("calibration", "files", "labels", "settings", "spans")

Arrays = Mapping[str, NDArray[Any]]


class DataUse(BaseModel):
    """A file that a model was trained on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sha256: str
    rows: int
    licence: str
    attribution: str


class Meta(BaseModel):
    """The description of retrained heads, in JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    name: str
    version: str
    task: str
    labels: dict[str, tuple[str, ...]]
    settings: dict[str, Any]
    data: tuple[DataUse, ...]
    libraries: dict[str, str]
    lexicons: dict[str, str]
    metrics: dict[str, Any]
    abstention: dict[str, Any] = {}
    files: dict[str, str] = {}


def find_model(name: str, *, models: Path | None = None) -> Path:
    """Return the folder of a model.

    An explicit folder of models is searched first, then the models inside the installed package,
    then those of the checkout.

    Raises:
        ArtefactError: the model is in none of them; the message lists them.
    """
    if models is not None and not models.is_dir():
        raise ArtefactError(f"{models}: no such folder; expected a folder of models for --models")
    places = _places(name, models)
    for folder in places:
        if (folder / META).is_file():
            return folder
    searched = "\n  ".join(str(folder / META) for folder in places)
    raise ArtefactError(
        f'model "{name}" not found; searched\n  {searched}\n'
        'train one with "westward train", or give the folder of models with --models'
    )


def has_model(name: str, *, models: Path | None = None) -> bool:
    """Return whether a folder of models holds a model of this name; a path is not a name."""
    places = _places(name, models)
    return Path(name).name == name and any((folder / META).is_file() for folder in places)


def _places(name: str, models: Path | None) -> list[Path]:
    return [place / name for place in (models, PACKAGED, CHECKOUT) if place is not None]


def verify_model(name: str, *, models: Path | None = None) -> Path:
    """Find a model, verify every file against ``meta.json``, return its folder.

    Raises:
        ArtefactError: it is missing, altered or incomplete.
    """
    folder = find_model(name, models=models)
    for file, digest in read_description(folder / META)["files"].items():
        _verified(folder / file, digest)
    return folder


def read_artefact(folder: Path) -> tuple[Meta, Arrays]:
    """Return the description and the verified arrays of retrained heads.

    Raises:
        ArtefactError: a file is missing or altered, or the description is of another kind.
    """
    meta = read_meta(folder / META)
    with np.load(io.BytesIO(read_file(folder, WEIGHTS)), allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    return meta, arrays


def read_meta(path: Path) -> Meta:
    """Read the ``meta.json`` of retrained heads.

    Raises:
        ArtefactError: it is no JSON, or its keys are not as expected.
    """
    try:
        return Meta.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ArtefactError(
            f"{path}: {where}: {first['msg']}; this is no description of retrained heads that "
            "this version can read; train them again"
        ) from error


def read_description(path: Path) -> dict[str, Any]:
    """Read the ``meta.json`` of any model, which has at least name, version and files.

    Raises:
        ArtefactError: it cannot be read, or lacks one of them.
    """
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        return {**found, **{key: found[key] for key in ("name", "version", "files")}}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(
            f"{path}: {type(error).__name__} {error}; expected a model's description with name, "
            "version and files; reinstall Westward, or train the model again"
        ) from error


def read_file(folder: Path, file: str) -> bytes:
    """Return a file of a model, verified against the sha256 in its ``meta.json``.

    Raises:
        ArtefactError: it is missing, altered, or not listed.
    """
    files = read_description(folder / META)["files"]
    if file not in files:
        raise ArtefactError(
            f'{folder / META}: "files" has no sha256 for {file}; expected one for each file that '
            "is loaded; reinstall Westward, or train the model again"
        )
    return _verified(folder / file, files[file])


def fingerprint(description: Mapping[str, Any]) -> str:
    """Return the sha256 of the parts of a meta.json that decide probabilities."""
    judging = {key: description[key] for key in _JUDGING if key in description}
    return hashlib.sha256(json.dumps(judging, sort_keys=True).encode()).hexdigest()


def _verified(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArtefactError(
            f"{path}: cannot be read ({error.strerror}); expected sha256 {expected}; "
            "fetch the model again"
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ArtefactError(
            f"{path}: altered since it was made: sha256 {found} found, {expected} expected; "
            "restore the file from where you got the model, or train it again"
        )
    return content


def save_model(folder: Path, meta: Meta, *, arrays: Arrays) -> Meta:
    """Write a model's arrays and description; return the description with file hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    ordered: dict[str, Any] = {key: arrays[key] for key in sorted(arrays)}
    np.savez_compressed(packed, **ordered)
    (folder / WEIGHTS).write_bytes(packed.getvalue())
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    hashed = meta.model_copy(update={"files": {WEIGHTS: digest}})
    write_meta(folder / META, hashed)
    return hashed


def write_meta(path: Path, meta: Meta) -> None:
    """Write a description as indented JSON."""
    text = json.dumps(meta.model_dump(mode="json"), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf8")


def sha256_of_folder(folder: Path) -> str:
    """Return the sha256 of the names and bytes of a folder's files, in hexadecimal."""
    found = {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
