"""Warnings of a run about single talks, on stages that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline.annotator
import pipeline.run
from pipeline.config import load_settings
from pipeline.notices import SELDOM_NAMED, UNDATED, notice, sentence
from pipeline.run import run
from pipeline.runs.jsonl import read_interviews

SELDOM = notice(SELDOM_NAMED, bloc="west-broad", rate=0.0, own=3)
TALK = "HOST: Why did the plan fail?\n\nANALYST: Nobody had prepared it.\n"

DESCRIBED = {"settings": load_settings().model_dump(mode="json"), "models": []}


def test_a_caution_is_in_the_run_and_in_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.run, "build_stages", lambda *_, **__: [])
    monkeypatch.setattr(pipeline.run, "write_methods", lambda *_: None)
    monkeypatch.setattr(pipeline.run, "describe_run", lambda *_, **__: DESCRIBED)
    monkeypatch.setattr(pipeline.annotator, "warn_of_naming", lambda *_: SELDOM)
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf8")
    result = run([talk], out=tmp_path / "out", settings=load_settings())
    assert SELDOM.model_copy(update={"place": str(talk)}) in result.warnings
    (interview,) = read_interviews(tmp_path / "out" / "annotated.jsonl")
    assert interview.warnings[-1] == SELDOM


def test_undated_transcripts_are_named_once_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.run, "build_stages", lambda *_, **__: [])
    monkeypatch.setattr(pipeline.run, "write_methods", lambda *_: None)
    monkeypatch.setattr(pipeline.run, "describe_run", lambda *_, **__: DESCRIBED)
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in "abcde":
        dated = "date: 2021-03-04\n\n" if name == "c" else ""
        front = f"---\n{dated}title: On plans\n---\n\n"
        (folder / f"{name}.md").write_text(front + TALK, encoding="utf8")
    result = run([folder], out=tmp_path / "out", settings=load_settings())
    undated = [sentence(one) for one in result.warnings if one.code == UNDATED]
    assert undated == [
        "4 of 5 transcripts without a date, read with the blocs and offices of today: "
        f"{folder / 'a.md'}, {folder / 'b.md'}, {folder / 'd.md'} and 1 more, without a date in "
        'interviews.csv; set "date" in the index'
    ]
