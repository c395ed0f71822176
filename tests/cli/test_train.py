"""``westward train``: what it prints, and that a run takes what it wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.train.test_heads import own_rows

pytestmark = pytest.mark.slow


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in own_rows()), encoding="utf8")
    return path


def test_heads_are_trained_shown_and_used(
    westward: Command, own_file: Path, tmp_path: Path
) -> None:
    done = westward("train", "claims", own_file.name, "--model", "small", "-o", "mine")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no bar where there is no terminal
    for word in ("shipped", "recalibrated", "retrained", "cross-validation", "dev", "gain"):
        assert word in done.stdout
    assert "mine/claims-small: 28 rows" in done.stdout
    assert re.search(
        r"component: the \w+ head helps, \+\.?\d.* to \+.*, dev\); it is kept", done.stdout
    )
    use = "--models mine --set claims.model=claims-small"
    assert f"use it with: westward run PATH {use}" in done.stdout
    talk = b"HOST: How was it?\n\nSAILOR: It rained for a week there.\n"
    done = westward("run", "-", "--model", "small", *use.split(), "-o", "run", stdin=talk)
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "run/annotated.jsonl").read_text("utf8").splitlines()
    (claim,) = json.loads(line)["claims"]
    assert claim["component"] == "claim"
    assert claim["source"].startswith("model:claims-small@")
    done = westward(
        "evaluate", "components", own_file.name, "--split", "dev", *use.split(), "--json"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["model"].startswith("model:claims-small@")


def test_only_heads_of_an_encoder_are_retrained(westward: Command, own_file: Path) -> None:
    words = (own_file.name, "--set", "claims.model=turns")
    done = westward("train", "claims", *words)
    assert done.returncode == 2
    assert "turns: no encoder, so it has no heads to retrain" in done.stderr


def test_a_source_is_trained_on_and_agreement_with_people_is_shown(
    westward: Command, tmp_path: Path
) -> None:
    sources = {"train": "llm:a@b#c", "dev": "human:anna"}
    rows = [{**row, "source": sources[row["split"]], "split": "train"} for row in own_rows()]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "own.jsonl").write_text(text, encoding="utf8")
    done = westward(
        "train", "claims", "own.jsonl", "--model", "small", "-o", "mine", "--source", "llm:"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "28 rows" in done.stdout
    assert "component: agrees with people on" in done.stdout
