"""Keys of kept results: hashes of all that a result depends on.

The version of a stage is the hash of the package's files and the versions of its libraries, so that
no change of code or lexicons can bring back an old result.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import stat
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import as_file, files
from pathlib import Path

import pipeline
from pipeline.ingest.formats import MAX_BYTES

_NOT_READ = frozenset(
    {"cli", "coding", "evaluate", "exports", "labels", "report", "tables", "train"}
    | {"westward", "workers", "_models", "__pycache__"}
)
"""Rooms that no stage depends on, and the models, which stages state themselves."""


def digest(*parts: object) -> str:
    """Return the sha256 of values of JSON's types, in hexadecimal."""
    return hashlib.sha256(json.dumps([program(), *parts], sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """Return the sha256 of what stages depend on: files, and versions of libraries."""
    return _hash_package(_NOT_READ)


@lru_cache(maxsize=1)
def everything() -> str:
    """Return the sha256 of all files of the package but the models, for results of no stage."""
    return _hash_package(frozenset({"_models", "__pycache__"}))


def _hash_package(left_out: frozenset[str]) -> str:
    found = hashlib.sha256()
    with as_file(files("pipeline")) as folder:
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder)
            if left_out.isdisjoint(place.parts) and path.is_file():
                found.update(f"{place.as_posix()} ".encode() + path.read_bytes())
    found.update(json.dumps([platform.python_version(), *_libraries()]).encode())
    return found.hexdigest()


def _libraries() -> list[str]:
    try:
        lines = requires("westward") or []
    except PackageNotFoundError:  # a source tree that was never installed
        lines = []
    names = [found[0] for line in lines if (found := re.match(r"[\w.-]+(?!.*extra)", line))]
    return [pipeline.__version__, *(f"{name} {version(name)}" for name in sorted(set(names)))]


def hash_file(path: Path) -> str | None:
    """Return the sha256 of a regular file that may be read as a transcript; null for any other."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_BYTES:
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
