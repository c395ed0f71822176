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
    VOCABULARY,
    WEIGHTS,
    Meta,
    find_model,
    load_model,
    save_model,
)
from pipeline.errors import ArtefactError


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models that holds one, ``tiny``."""
    meta = Meta(
        name="tiny", version="1", task="claims", labels={"component": ("claim",)}, recipes={},
        settings={}, data=(), libraries={}, lexicons={}, metrics={},
    )  # fmt: skip
    save_model(
        tmp_path / "tiny", meta, arrays={"coef": np.ones((2, 2))}, vocabulary={"a": {"b": ["ç"]}}
    )
    return tmp_path


def test_what_was_saved_is_loaded(models: Path) -> None:
    found = load_model("tiny", models=models)
    assert found.arrays["coef"].tolist() == [[1.0, 1.0], [1.0, 1.0]]
    assert found.vocabulary == {"a": {"b": ["ç"]}}
    assert found.meta.source == "model:tiny@1"


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


@pytest.mark.parametrize("file", [WEIGHTS, VOCABULARY])
def test_one_altered_byte_stops_the_load(models: Path, file: str) -> None:
    path = models / "tiny" / file
    expected = artefacts.sha256_of(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ArtefactError) as raised:
        load_model("tiny", models=models)
    for part in (str(path), expected, artefacts.sha256_of(path), "train it again"):
        assert part in str(raised.value)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"files": {"vocabulary.json": None}}, r"no sha256 for vocabulary\.json"),
        ({"files": {"missing.npz": "0"}}, r"missing\.npz: cannot be read"),
        ({"files": {"../outside": "0"}}, r"\.\./outside"),
        ({"format": 2}, "format 2 found, format 1 expected"),
        ({"extra": 2}, "no model description"),
        ({"name": None}, "no model description"),
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
        load_model("tiny", models=models)


@pytest.mark.parametrize("content", ["", "{}", "no json"])
def test_a_broken_description_stops_the_load(models: Path, content: str) -> None:
    (models / "tiny" / META).write_text(content, encoding="utf8")
    with pytest.raises(ArtefactError, match="no model description"):
        load_model("tiny", models=models)
