"""The description and the card of a model of several files, fitted one by one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.artefacts import CARD, META, sha256_of


def describe(folder: Path, file: str, content: bytes, section: Mapping[str, Any]) -> None:
    """Write a file of a model and record its sha256 and its section in ``meta.json``.

    Other files' hashes and sections, by other fits, are kept.

    Args:
        folder: of the model; created if missing.
        file: name of the file.
        content: its bytes.
        section: facts about the file: data, licence note, figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(content)
    path = folder / META
    known: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
    known = {
        "format": 1,
        "name": folder.name,
        "version": "1.0.0",
        "files": {},
        "parts": {},
        **known,
    }
    known["files"][file] = sha256_of(folder / file)
    known["parts"][file] = dict(section)
    write_description(path, known)


def write_description(path: Path, description: Mapping[str, Any]) -> None:
    """Write a ``meta.json``, keys in order."""
    text = json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf8")


def write_section(folder: Path, title: str, text: str) -> None:
    """Write a section of the model's card; a section of that title is replaced."""
    path = folder / CARD
    whole = path.read_text(encoding="utf8") if path.is_file() else f"# Model `{folder.name}`"
    head, *sections = (part.strip() for part in whole.split("\n## "))
    kept = [part for part in sections if part.splitlines()[0] != title]
    parts = sorted([*kept, f"{title}\n\n{text.strip()}"])
    path.write_text("\n\n## ".join([head, *parts]) + "\n", encoding="utf8")
