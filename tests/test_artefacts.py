"""Models are found where they should be, verified before they are loaded, and stored plainly."""

from __future__ import annotations

import json
from pathlib import Path

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
    write_meta,
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


def test_a_model_that_is_not_in_the_explicit_folder_is_the_shipped_one(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefacts, "PACKAGED", models)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert find_model("tiny", models=empty) == models / "tiny"


def test_an_explicit_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="no such folder"):
        find_model("tiny", models=tmp_path / "nowhere")


def test_the_package_comes_before_the_checkout(
    models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checkout = tmp_path / "checkout"
    monkeypatch.setattr(artefacts, "PACKAGED", models)
    monkeypatch.setattr(artefacts, "CHECKOUT", checkout)
    assert find_model("tiny") == models / "tiny"


def test_the_error_lists_all_places_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(artefacts, "PACKAGED", tmp_path / "one")
    monkeypatch.setattr(artefacts, "CHECKOUT", tmp_path / "two")
    with pytest.raises(ArtefactError) as raised:
        find_model("tiny")
    assert str(tmp_path / "one" / "tiny") in str(raised.value)
    assert str(tmp_path / "two" / "tiny") in str(raised.value)


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


def test_a_missing_file_stops_the_load(models: Path) -> None:
    (models / "tiny" / WEIGHTS).unlink()
    with pytest.raises(ArtefactError, match=r"weights\.npz: cannot be read"):
        load_model("tiny", models=models)


def test_a_file_without_a_hash_stops_the_load(models: Path) -> None:
    path = models / "tiny" / META
    meta = artefacts.read_meta(path)
    write_meta(path, meta.model_copy(update={"files": {WEIGHTS: meta.files[WEIGHTS]}}))
    with pytest.raises(ArtefactError, match=r"no sha256 for vocabulary\.json"):
        load_model("tiny", models=models)


def test_a_hash_of_a_file_elsewhere_stops_the_load(models: Path) -> None:
    path = models / "tiny" / META
    meta = artefacts.read_meta(path)
    write_meta(path, meta.model_copy(update={"files": {**meta.files, "../outside": "0"}}))
    with pytest.raises(ArtefactError, match=r"\.\./outside"):
        load_model("tiny", models=models)


@pytest.mark.parametrize("content", ["", "{}", "no json", '{"format": 1, "extra": 2}'])
def test_a_broken_description_stops_the_load(models: Path, content: str) -> None:
    (models / "tiny" / META).write_text(content, encoding="utf8")
    with pytest.raises(ArtefactError, match="no model description"):
        load_model("tiny", models=models)


def test_a_description_of_another_format_stops_the_load(models: Path) -> None:
    path = models / "tiny" / META
    data = json.loads(path.read_text(encoding="utf8"))
    path.write_text(json.dumps({**data, "format": 2}), encoding="utf8")
    with pytest.raises(ArtefactError, match="format 2 found, format 1 expected"):
        load_model("tiny", models=models)
