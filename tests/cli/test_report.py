"""``westward report`` makes again what ``westward run`` wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import pipeline.report.page
import pipeline.run
import pipeline.runs.folder
from pipeline.labels.files import coder_file
from pipeline.runs.folder import write_manifest
from tests.cli.conftest import Command

TALK = "HOST: Does the alliance hold?\n\nADMIRAL: NATO holds. We must keep it strong.\n"


@pytest.fixture
def out(westward: Command, tmp_path: Path) -> Path:
    """A run's folder, with its report."""
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf8")
    assert westward("run", "talk.txt", "-o", "out", "--model", "small").returncode == 0
    return tmp_path / "out"


def hashes(out: Path) -> dict[str, str]:
    return dict(json.loads((out / "run.json").read_text("utf8"))["outputs"])


def test_it_is_the_same_again(westward: Command, out: Path) -> None:
    before = hashes(out)
    page = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    assert westward("report", out).returncode == 0
    assert (out / "report.html").read_bytes() == page
    assert hashes(out) == before


def test_a_run_older_than_a_setting_is_reported_as_it_was(westward: Command, out: Path) -> None:
    manifest = json.loads((out / "run.json").read_text(encoding="utf8"))
    del manifest["settings"]["targets"]
    write_manifest(out, manifest)
    done = westward("report", out)
    assert done.returncode == 0, done.stderr
    assert (out / "report.html").is_file()
    assert json.loads((out / "run.json").read_text("utf8"))["settings"] == manifest["settings"]


def test_a_run_without_it_ends_with_the_answers_too(westward: Command, out: Path) -> None:
    done = westward("run", "talk.txt", "-o", "bare", "--model", "small", "--no-report")
    assert re.search(r"claims +\d in 2 sentences", done.stdout)
    assert "report.html" not in done.stdout
    assert not (out.parent / "bare" / "report.html").exists()
    assert westward("report", out.parent / "bare").returncode == 0
    assert "report.html" in hashes(out.parent / "bare")


def test_a_fault_in_it_does_not_cost_the_run(
    westward: Command, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.report.page, "draw_figures", lambda _: 1 / 0)
    done = westward("run", "talk.txt", "-o", "out", "--model", "small")
    assert done.returncode == 0
    assert "report.html is not whole (ZeroDivisionError" in done.stderr
    assert (out / "annotated.jsonl").is_file()


def test_a_page_that_cannot_be_made_does_not_cost_the_run(
    westward: Command, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.report.page, "Reading", lambda *_: 1 / 0)
    done = westward("run", "talk.txt", "-o", "out", "--model", "small", "--no-cache")
    assert done.returncode == 0
    assert "report.html is not whole (RuntimeError: ZeroDivisionError" in done.stderr
    assert (out / "tables" / "estimates.csv").is_file()


def test_no_interview_is_parsed_again_at_the_end_of_a_run(
    westward: Command, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.run, "read_interviews", lambda _: 1 / 0)
    monkeypatch.setattr(pipeline.runs.folder, "read_interviews", lambda _: 1 / 0)
    assert westward("run", "talk.txt", "-o", "out", "--model", "small").returncode == 0
    assert (out / "report.html").is_file()


def made(out: Path) -> dict[str, str]:
    """Hashes of what people's labels change, but for the timings in run.json."""
    return {name: one for name, one in hashes(out).items() if name != "annotated.jsonl"}


def test_a_new_run_counts_the_labels_beside_it(westward: Command, out: Path) -> None:
    alone = made(out)
    judged = (out / "annotated.jsonl").read_bytes()
    (out.parent / "mine.csv").write_text("unit_id,west\ntalk.t002.u1,against\n", "utf8")
    assert westward("import", out, "mine.csv", "--coder", "anna").returncode == 0
    corrected = made(out)
    assert corrected != alone
    again = ("run", "talk.txt", "-o", "out", "--model", "small")
    done = westward(*again)
    assert "by people     1 sentence: anna 1" in done.stdout
    assert made(out) == corrected
    assert json.loads((out / "run.json").read_text("utf8"))["labels"]["by"] == {"anna": 1}
    assert westward(*again, "--without-labels").returncode == 0
    assert made(out) == alone
    assert westward("report", out).returncode == 0
    assert made(out) == corrected
    assert (out / "annotated.jsonl").read_bytes() == judged


def test_a_run_tells_of_labels_of_no_sentence_and_still_shows_its_answers(
    westward: Command, out: Path
) -> None:
    row = '{"doc": "talk", "text": "Not said.", "west": "favor", "source": "human:anna"}\n'
    coder_file(out, "anna").parent.mkdir()
    coder_file(out, "anna").write_text(row, encoding="utf8")
    done = westward("run", "talk.txt", "-o", "out", "--model", "small")
    assert "do not count: 1 (anna 1)" in " ".join(done.stderr.split())
    assert "own stances" in done.stdout
