"""Encoders asked together: the weighted mean of what each answers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.artefacts import fingerprint
from pipeline.encoder import Encoder, Ensemble, frame_plain, is_encoder, open_encoder
from pipeline.encoder.ensemble import mean_logits
from pipeline.errors import ArtefactError

MODELS = Path(__file__).parents[2] / "models"
SMALL = MODELS / "encoder-small"
SHIPPED = MODELS / "encoder-ensemble"
PAIRS = [
    frame_plain("NATO broke its promise.", question="Who is to blame?"),
    frame_plain("Grain prices rose by a fifth."),
]


@pytest.fixture
def small() -> Encoder:
    return Encoder(SMALL)


def describe(small: Encoder) -> dict[str, Any]:
    """An ensemble of the small encoder and itself, uncalibrated."""
    member = {
        "name": "encoder-small",
        "version": small.meta["version"],
        "fingerprint": fingerprint(small.meta),
        "weight": 0.5,
    }
    plain = {h: {"temperature": 1.0, "offsets": [0.0] * len(v)} for h, v in small.labels.items()}
    return {
        "name": "encoder-twice",
        "version": "1",
        "files": {},
        "labels": small.meta["labels"],
        "width": 2 * small.width,
        "members": [member, member],
        "calibration": plain,
    }


def write(folder: Path, meta: dict[str, Any]) -> Path:
    folder.mkdir()
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def test_an_encoder_and_itself_answer_as_it_does(small: Encoder, tmp_path: Path) -> None:
    folder = write(tmp_path / "encoder-twice", describe(small))
    twice = open_encoder(folder)
    assert isinstance(twice, Ensemble)
    assert is_encoder(folder)
    assert twice.source == "encoder-twice@1"
    for head, shares in twice.predict(PAIRS).items():
        np.testing.assert_allclose(shares, small.predict(PAIRS)[head], atol=1e-5)
    assert twice.encode(PAIRS).shape == (len(PAIRS), twice.width)
    assert twice.encode([]).shape == (0, twice.width)


def test_the_mean_is_weighted() -> None:
    one, other = {"west": np.array([[0.9, 0.1]], "f4")}, {"west": np.array([[0.5, 0.5]], "f4")}
    logits = mean_logits([one, other], [0.75, 0.25])["west"]
    np.testing.assert_allclose(np.exp(logits), [[0.8, 0.2]], atol=1e-6)


def test_another_member_than_it_was_made_of_is_refused(small: Encoder, tmp_path: Path) -> None:
    meta = describe(small)
    meta["members"][1] = {**meta["members"][1], "fingerprint": "0" * 64}
    folder = write(tmp_path / "encoder-twice", meta)
    with pytest.raises(ArtefactError, match=r"made of encoder-small@.* other weights"):
        open_encoder(folder)


def test_a_missing_member_is_named(small: Encoder, tmp_path: Path) -> None:
    meta = describe(small)
    meta["members"][1] = {**meta["members"][1], "name": "encoder-gone"}
    with pytest.raises(ArtefactError, match="encoder-gone"):
        open_encoder(write(tmp_path / "encoder-twice", meta))


def test_the_shipped_ensemble_is_made_of_the_shipped_encoders() -> None:
    ensemble = open_encoder(SHIPPED)
    assert isinstance(ensemble, Ensemble)
    assert [one.meta["name"] for one in ensemble.members] == ["encoder-standard", "encoder-small"]
    assert sum(ensemble.weights) == pytest.approx(1)
    parts = [member.predict(PAIRS)["stance"] for member in ensemble.members]
    whole = ensemble.predict(PAIRS)["stance"]
    np.testing.assert_allclose(whole.sum(axis=1), 1, atol=1e-5)
    assert (whole.argmax(axis=1) == sum(parts).argmax(axis=1)).all()  # type: ignore[attr-defined]
