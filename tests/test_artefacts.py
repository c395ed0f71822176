"""Models are found where they should be, verified before they are loaded, and stored plainly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline import artefacts
from pipeline.artefacts import (
    META,
    WEIGHTS,
    Meta,
    find_model,
    read_artefact,
    save_model,
)
from pipeline.errors import ArtefactError


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models that holds one, ``tiny``."""
    meta = Meta(
        name="tiny", version="1", task="claims", labels={"component": ("claim",)},
        settings={}, data=(), libraries={}, lexicons={}, metrics={},
    )  # fmt: skip
    save_model(tmp_path / "tiny", meta, arrays={"coef": np.ones((2, 2))})
    return tmp_path


def test_what_was_saved_is_loaded(models: Path) -> None:
    meta, arrays = read_artefact(models / "tiny")
    assert arrays["coef"].tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert (meta.name, meta.version) == ("tiny", "1")


def test_an_explicit_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="no such folder"):
        find_model("tiny", models=tmp_path / "nowhere")


@pytest.mark.parametrize("found", [["given", "package"], ["package", "checkout"], ["checkout"], []])
def test_given_models_come_before_the_package_and_the_checkout(
    found: list[str], models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(artefacts, "PACKAGED", tmp_path / "package")
    monkeypatch.setattr(artefacts, "CHECKOUT", tmp_path / "checkout")
    (tmp_path / "given").mkdir()
    for place in found:
        shutil.copytree(models / "tiny", tmp_path / place / "tiny")
    if found:
        assert find_model("tiny", models=tmp_path / "given") == tmp_path / found[0] / "tiny"
        return
    with pytest.raises(ArtefactError) as raised:
        find_model("tiny", models=tmp_path / "given")
    for place in ("given", "package", "checkout"):
        assert str(tmp_path / place / "tiny") in str(raised.value)


def test_one_altered_byte_stops_the_load(models: Path) -> None:
    path = models / "tiny" / WEIGHTS
    expected = artefacts.sha256_of(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ArtefactError) as raised:
        read_artefact(models / "tiny")
    for part in (str(path), expected, artefacts.sha256_of(path), "train it again"):
        assert part in str(raised.value)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"files": {"weights.npz": None}}, r"no sha256 for weights\.npz"),
        ({"format": 2}, "format: Input should be 1; .* train them again"),
        ({"extra": 2}, "no description of retrained heads"),
        ({"name": None}, "no description of retrained heads"),
    ],
)
def test_a_description_that_does_not_fit_stops_the_load(
    models: Path, changed: dict[str, Any], fault: str
) -> None:
    path = models / "tiny" / META
    data = json.loads(path.read_text(encoding="utf8"))
    files = {**data["files"], **changed.get("files", {})}
    files = {name: digest for name, digest in files.items() if digest is not None}
    path.write_text(json.dumps({**data, **changed, "files": files}), encoding="utf8")
    with pytest.raises(ArtefactError, match=fault):
        read_artefact(models / "tiny")


@pytest.mark.parametrize("content", ["", "{}", "no json"])
def test_a_broken_description_stops_the_load(models: Path, content: str) -> None:
    (models / "tiny" / META).write_text(content, encoding="utf8")
    with pytest.raises(ArtefactError, match="no description of retrained heads"):
        read_artefact(models / "tiny")
