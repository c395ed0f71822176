"""Temperatures from people's labels: fitted where there are enough, stated, applied."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from pipeline.actors import load_actors
from pipeline.annotator import Annotator
from pipeline.coding.calibration import ENOUGH, calibrate_judge
from pipeline.config import load_settings
from pipeline.corpus.inputs import Transcript
from pipeline.judges.llm.answer import Codes, Shares, tempered
from pipeline.judges.llm.judge import load_judge
from pipeline.notices import sentence
from pipeline.reading.reader import Reader
from pipeline.records import Label
from pipeline.runs.jsonl import dump_line
from pipeline.stages.language_model import LanguageModel
from tests.judges.llm_server import StubServer, right, sentences
from tests.stages.interviews import interview_of

SURE = 0.98
Said = Literal["against", "none"]
Calibrate = Callable[[int], tuple[LanguageModel, list[str]]]
TALK = interview_of(
    [(who, kind, texts) for n in range(30) for who, kind, texts in
     (("host", "question", ["Why?"]), ("guest", "answer", [f"NATO moved {n} times.", f"No {n}."]))]
)  # fmt: skip


def sure(body: Any, times: int) -> Any:
    """The right answer, with 98 percent on each label's token."""
    _, _, content = right(body)
    top = {"c": ("C", "N"), "w": ("-", "n")}
    tokens, rest = [], content
    for _ in sentences(body):
        for key, labels in top.items():
            at = rest.index(f'"{key}": "') + 6
            first = rest[at]
            others = [one for one in labels if one != first][:1]
            logs = [(first, -0.0202), *((one, -3.912) for one in others)]
            tokens.append({"token": rest[:at], "top_logprobs": []})
            tokens.append({"token": first,
                           "top_logprobs": [{"token": t, "logprob": p} for t, p in logs]})  # fmt: skip
            rest = rest[at + 1 :]
    tokens.append({"token": rest, "top_logprobs": []})
    message = {"role": "assistant", "content": content}
    return 200, {}, {"choices": [{"message": message, "logprobs": {"content": tokens}}]}


@pytest.fixture
def calibrate(tmp_path: Path) -> Any:
    """Calibrates on the first labels of a talk: the model is 98 % sure, and right in 2 of 3."""
    server = StubServer(sure)

    def make(many: int) -> tuple[LanguageModel, list[str]]:
        wrong: dict[Said, Said] = {"against": "none", "none": "against"}
        lines = []
        for number, unit in enumerate(TALK.judged_units()[:many]):
            said: Said = "against" if "NATO" in unit.text else "none"
            west = wrong[said] if number % 3 == 0 else said
            lines.append(dump_line(Label(doc="t", text=unit.text, unit_id=unit.id, source="human:a",
                                         component="claim", west=west)))  # fmt: skip
        path = tmp_path / "anna.jsonl"
        path.write_text("".join(lines), encoding="utf8")
        given = {"base_url": server.url, "model": "m", "calibration": str(path),
                 "ledger": str(tmp_path / "llm.sqlite")}  # fmt: skip
        settings = load_settings(values={f"llm.{key}": one for key, one in given.items()})
        actors = load_actors()
        judge = load_judge(settings.llm, "west-broad", actors)
        stage = LanguageModel(judge, Reader(None, actors, bloc="west-broad"))  # type: ignore[arg-type]
        annotator = Annotator([], settings=settings)
        return stage, calibrate_judge(annotator, stage, [Transcript("t", interview=TALK)])

    yield make
    server.close()


def stance_shares(stage: LanguageModel) -> list[Shares]:
    return [codes.shares["w"] for _, _, codes in stage.coded(TALK) if isinstance(codes, Codes)]


def test_what_is_too_sure_is_as_sure_as_it_is_right(calibrate: Calibrate) -> None:
    stage, warnings = calibrate(60)
    assert not warnings
    said = json.loads(json.dumps(stage.judge.describe()["calibration"]))
    assert said["labels"] == "anna.jsonl"
    assert said["stance"]["sentences"] == 60
    assert said["stance"]["temperature"] > 2
    assert said["component"]["temperature"] < 1  # it is always right there
    assert max(stance_shares(stage)[0].values()) == pytest.approx(2 / 3, abs=0.1)


def test_the_run_after_it_asks_nothing_twice(calibrate: Calibrate) -> None:
    stage, _ = calibrate(60)
    before = stage.judge.answers.purse.usage.requests
    stage.coded(TALK)
    assert stage.judge.answers.purse.usage.requests == before == 30


def test_with_few_labels_there_is_a_warning_and_no_temperature(calibrate: Calibrate) -> None:
    stage, warnings = calibrate(ENOUGH - 1)
    assert len(warnings) == 2
    assert (
        f"29 sentences have a label of stance and probabilities of the model, {ENOUGH} are"
        in sentence(warnings[1])
    )
    assert max(stance_shares(stage)[0].values()) == pytest.approx(SURE, abs=0.01)


def test_a_temperature_never_changes_which_label_is_likeliest() -> None:
    shares = {"favor": 0.0, "against": 0.6, "neutral": 0.3, "none": 0.1}
    codes = Codes("claim", None, "against", None, "", (), {"w": shares})
    found = tempered(codes, {"w": 3.0}).shares["w"]
    assert sorted(found, key=lambda one: found[one]) == sorted(shares, key=lambda one: shares[one])
    assert sum(found.values()) == pytest.approx(1, abs=0.001)
    assert found["against"] < 0.6
