"""Thresholds are read for the weights they were chosen for, and decide what is decided."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.artefacts import META, fingerprint
from pipeline.config import load_settings
from pipeline.errors import ArtefactError, ConfigError
from pipeline.judges.abstention import PRECISIONS, load_thresholds, read_thresholds
from pipeline.judges.judgement import StanceJudge
from pipeline.judges.loader import load_claims_judge, load_stance_judge
from pipeline.reading.reader import Reader, make_reader
from pipeline.stages.claims import Claims
from pipeline.stages.stance import Stances
from tests.stages.interviews import interview_of

TURNS = (
    ("host", "question", ("Is NATO a threat?",)),
    ("guest", "answer", (
        "We are grateful to NATO, a reliable and generous friend.",
        "The United States lied to everyone and destroyed that country for nothing.",
    )),
)  # fmt: skip
Write = Callable[..., Path]


@pytest.fixture
def model_folder(tmp_path: Path) -> Write:
    """Write a model's description with thresholds for against, and return its folder."""

    def write(**changes: Any) -> Path:
        description: dict[str, Any] = {
            "name": "mine", "version": "1", "files": {"model.onnx": "abc"},
            "calibration": {"stance": {"temperature": 1.3}},
        }  # fmt: skip
        at = {f"{step:.2f}": {"threshold": step} for step in PRECISIONS}
        questions = {"stance": {"labels": {"against": {"at": at}}}}
        block = {"fingerprint": fingerprint(description), "questions": questions}
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        text = json.dumps({**description, "abstention": block, **changes})
        (folder / META).write_text(text, encoding="utf8")
        return folder

    return write


def test_thresholds_are_those_of_the_precision(model_folder: Write) -> None:
    assert read_thresholds(model_folder(), "stance", precision=0.7) == {"against": 0.7}


def test_no_precision_is_no_threshold(model_folder: Write) -> None:
    assert read_thresholds(model_folder(), "stance", precision=0.0) == {}


@pytest.mark.parametrize(
    "change",
    [{"files": {"model.onnx": "abd"}}, {"calibration": {"stance": {"temperature": 1.4}}}],
)
def test_thresholds_of_other_weights_or_calibration_are_refused(
    model_folder: Write, change: dict[str, Any]
) -> None:
    folder = model_folder(**change)
    with pytest.raises(ArtefactError, match=r"chosen for other weights.*training abstention"):
        read_thresholds(folder, "stance", precision=0.5)


def test_new_figures_do_not_make_thresholds_stale(model_folder: Write) -> None:
    folder = model_folder(metrics={"dev": 1}, known_problems=["one"])
    assert read_thresholds(folder, "stance", precision=0.5) == {"against": 0.5}


def test_a_precision_that_was_not_chosen_for_is_an_error(model_folder: Write) -> None:
    with pytest.raises(ConfigError, match=r"precision 0\.72: .*expected one of them, or 0"):
        read_thresholds(model_folder(), "stance", precision=0.72)


def test_a_model_without_thresholds_decides_everything_and_says_so(
    model_folder: Write, caplog: pytest.LogCaptureFixture
) -> None:
    folder = model_folder(abstention={})
    with caplog.at_level(logging.WARNING):
        found = load_thresholds("mine", "stance", precision=0.5, models=folder.parent)
    assert found == {}
    assert "no thresholds for stance" in caplog.text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return make_reader(load_settings())


@pytest.fixture(scope="module")
def stance_model() -> StanceJudge:
    return load_stance_judge("encoder-small")


def test_only_the_polarity_under_its_threshold_is_abstained(
    stance_model: StanceJudge, reader: Reader
) -> None:
    stage = Stances(stance_model, reader, thresholds={"against": 1.0})
    found = stage.annotate(interview_of(TURNS))["stances"]
    assert [(s.polarity, s.abstained) for s in found] == [("favor", False), ("against", True)]


def test_thresholds_never_decide_what_abstain_below_does_not(
    stance_model: StanceJudge, reader: Reader
) -> None:
    stage = Stances(stance_model, reader, abstain_below=1.0, thresholds={"against": 0.0})
    found = stage.annotate(interview_of(TURNS))["stances"]
    assert [(s.polarity, s.abstained) for s in found] == [("favor", True), ("against", True)]


def test_thresholds_measured_on_the_west_hold_for_no_other_bloc(stance_model: StanceJudge) -> None:
    russia = make_reader(load_settings(["bloc.name=russia"]))
    turns = (TURNS[0], ("guest", "answer", ("Russia lied to us and destroyed that country.",)))
    stage = Stances(
        stance_model, russia, thresholds=dict.fromkeys(("favor", "against", "neutral"), 1.0)
    )
    (stance,) = stage.annotate(interview_of(turns))["stances"]
    assert not stance.abstained


def test_a_component_under_its_threshold_is_abstained(reader: Reader) -> None:
    model = load_claims_judge("encoder-small")
    stage = Claims(model, reader, thresholds={"claim": 1.0})
    (first, second) = stage.annotate(interview_of(TURNS))["claims"]
    assert {(c.component == "claim", c.abstained) for c in (first, second)} <= {
        (True, True), (False, False),
    }  # fmt: skip
    assert any(c.abstained for c in (first, second))
