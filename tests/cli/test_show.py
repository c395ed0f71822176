"""``westward show`` where nothing is as asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Unit
from pipeline.runs.jsonl import dump_line
from pipeline.turns import understand
from tests.built import build
from tests.cli.conftest import Command

TALK = b"HOST: Why did it fail?\n\nANALYST: Nobody came.\n\nHOST: And?\n\nANALYST: It fell.\n"


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """A record with units and without judgements."""
    interview = understand(
        read_bytes(TALK, name="a.txt"),
        interview_id="magazine-analyst",
        settings=load_settings().segment,
    ).interview
    units = tuple(
        Unit(id=f"{turn.id}.u1", turn_id=turn.id, start=0, end=len(turn.text), text=turn.text)
        for turn in interview.turns
    )
    path = tmp_path / "annotated.jsonl"
    path.write_text(dump_line(interview.model_copy(update={"units": units})), encoding="utf8")
    return path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("magazine",),
            'no interview "magazine" in it; did you mean magazine-analyst?; expected one of '
            "magazine-analyst",
        ),
        (("--speaker", "nobody"), 'no speaker "nobody" in it; expected part of a name, or an id:'),
        (("--speaker", "anlyst"), "did you mean ANALYST?"),
        (("--speaker", "analyst", "--component", "claim"), "no unit with --speaker analyst"),
    ],
)
def test_nothing_to_show_is_an_error_that_names_what_is_near(
    words: tuple[str, ...], message: str, westward: Command, annotated: Path
) -> None:
    done = westward("show", annotated, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message.casefold() in done.stderr.casefold()


def test_what_passes_is_shown(westward: Command, annotated: Path) -> None:
    done = westward("show", annotated, "--speaker", "analyst")
    assert done.returncode == 0, done.stderr
    assert "It fell." in done.stdout


@pytest.mark.parametrize(
    ("holder", "message"),
    [
        ("Putin", '"Putin" is counted as Russia; expected part of a name'),
        ("Analist", "did you mean Analyst (x.s2)?"),
        ("Nobody", "or an id: Analyst (x.s2), Russia"),
        ("Russia", "no unit with --stance favor --holder Russia; nothing to show"),
    ],
)
def test_an_unknown_holder_is_an_error_with_those_there_are(
    holder: str, message: str, westward: Command, tmp_path: Path
) -> None:
    path = tmp_path / "annotated.jsonl"
    path.write_text(dump_line(build()), encoding="utf8")
    done = westward("show", path, "--holder", holder, "--stance", "favor")
    assert done.returncode == 2
    assert message in done.stderr
