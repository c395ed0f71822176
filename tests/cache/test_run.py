"""Runs with a cache: the same bytes as without, and only what is new is computed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import pipeline.annotator
import pipeline.report.page
import pipeline.run
from pipeline.config import load_settings
from pipeline.report.page import Shard, make_shard
from pipeline.run import Means, run
from pipeline.tables.lookup import Lookup
from pipeline.tally import Step
from tests.workers.light import Sentences, write_talks


class Counting(Sentences):
    """Notes the interviews that it is asked about."""

    asked: list[str]

    def annotate(self, interview: Any) -> Mapping[str, tuple[Any, ...]]:
        """Return the units."""
        self.asked.append(interview.id)
        return super().annotate(interview)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The interviews that the stage was asked about, in runs without models."""
    stage = Counting()
    stage.asked = []
    monkeypatch.setattr(pipeline.run, "build_stages", lambda *_, **__: [stage])
    monkeypatch.setattr(pipeline.run, "write_methods", lambda *_: None)
    monkeypatch.setattr(
        pipeline.run,
        "describe_run",
        lambda settings, **_: {
            "versions": {"westward": "0"},
            "settings": settings.model_dump(mode="json"),
            "models": [],
        },
    )
    return stage.asked


def annotate(folder: Path, *, cache: bool = True, **options: Any) -> dict[str, bytes]:
    """Run, and return the bytes of all outputs but run.json."""
    out, means = folder / "out", Means(cache=folder / "cache" if cache else None)
    run([folder / "talks"], out=out, settings=load_settings(), means=means, **options)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != "run.json"
    }


def taken(folder: Path) -> int:
    """The number of interviews that run.json says were kept as a whole."""
    stated = json.loads((folder / "out" / "run.json").read_text(encoding="utf8"))
    return int(stated["seconds"]["from_cache"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three talks."""
    (tmp_path / "talks").mkdir()
    write_talks(tmp_path / "talks", "plan", "talks", "vote")
    return tmp_path


def test_one_more_interview_is_the_only_one_computed(folder: Path, asked: list[str]) -> None:
    annotate(folder)
    write_talks(folder / "talks", "plan", "talks", "vote", "flood")
    with_cache = annotate(folder)
    assert asked == ["t0", "t1", "t2", "t3"]
    assert taken(folder) == 3
    assert with_cache == annotate(folder, cache=False)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The interviews whose rows and pages were made."""
    found: list[str] = []

    def note(lookup: Lookup, *others: Any) -> Shard:
        found.append(lookup.interview.id)
        return make_shard(lookup, *others)

    monkeypatch.setattr(pipeline.annotator, "make_shard", note)
    return found


def test_rows_and_pages_are_made_of_one_more_interview_alone(
    folder: Path, asked: list[str], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.report.page, "MOST_ON_A_PAGE", 2)
    annotate(folder)
    write_talks(folder / "talks", "plan", "talks", "vote", "flood")
    with_cache = annotate(folder)
    assert made == ["t0", "t1", "t2", "t3"]
    assert {"report/t3.html", "sentences/1.html"} < with_cache.keys()
    assert with_cache == annotate(folder, cache=False)


def test_rows_and_pages_are_made_again_by_another_program(
    folder: Path, asked: list[str], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate(folder)
    monkeypatch.setattr(pipeline.annotator, "everything", lambda: "another")
    annotate(folder)
    assert made == ["t0", "t1", "t2"] * 2
    assert asked == ["t0", "t1", "t2"]


def test_rows_and_pages_are_made_again_for_another_column(
    folder: Path, asked: list[str], made: list[str]
) -> None:
    annotate(folder)
    row = {"id": "t2", "path": "t2.txt", "title": "The vote", "wave": "2"}
    (folder / "talks" / "index.jsonl").write_text(json.dumps(row) + "\n")
    with_cache = annotate(folder)
    assert b"wave" in with_cache["tables/interviews.csv"]
    assert made.count("t0") == 2
    assert with_cache == annotate(folder, cache=False)


def test_an_altered_transcript_or_row_of_the_index_is_computed(
    folder: Path, asked: list[str]
) -> None:
    annotate(folder)
    (folder / "talks" / "t1.txt").write_text("HOST: And?\n\nANALYST: It snowed.\n")
    row = {"id": "t2", "path": "t2.txt", "title": "A vote", "date": "2021"}
    (folder / "talks" / "index.jsonl").write_text(json.dumps(row) + "\n")
    with_cache = annotate(folder)
    assert asked[3:] == ["t1", "t2"]
    assert with_cache == annotate(folder, cache=False)


def test_an_interrupted_run_goes_on_where_it_was(folder: Path, asked: list[str]) -> None:
    def stop(step: Step) -> None:
        if step.interview_id == "t2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotate(folder, progress=stop)
    assert not (folder / "out").exists()
    with_cache = annotate(folder)
    assert asked == ["t0", "t1", "t2"]
    assert with_cache == annotate(folder, cache=False)


def test_a_place_that_cannot_hold_the_cache_is_a_warning(folder: Path, asked: list[str]) -> None:
    (folder / "cache").write_text("no folder")
    annotate(folder)
    stated = json.loads((folder / "out" / "run.json").read_text(encoding="utf8"))
    assert asked == ["t0", "t1", "t2"]
    assert any(one["code"] == "no-cache" for one in stated["warnings"])
