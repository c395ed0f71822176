"""``westward add`` and ``export``: what is left out, and what is set by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command

TALK = "A title\n\nHOST: Why did it fail?\n\nANALYST: Nobody came.\n\nHOST: And?\n\nANALYST: So.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A transcript in the working folder."""
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf8")
    return path


def test_explain_lists_what_is_in_no_turn(westward: Command, talk: Path) -> None:
    done = westward("add", talk, "--explain")
    assert done.returncode == 0, done.stderr
    assert "in no turn: 5 pieces" in done.stdout
    assert re.search(r"line 1 +before the first speaker +A title", done.stdout)


def test_roles_set_by_hand_are_shown_and_kept(
    westward: Command, talk: Path, tmp_path: Path
) -> None:
    done = westward("add", talk, "--speakers", "HOST=respondent,ANALYST=interviewer")
    assert re.search(r"HOST +respondent", done.stdout)
    assert '"HOST" = "respondent"' in (tmp_path / "corpus/transcripts/talk.turns.toml").read_text()


def test_exported_turns_are_what_check_reads(westward: Command, talk: Path, tmp_path: Path) -> None:
    westward("add", talk)
    stored = tmp_path / "corpus/transcripts/talk.txt"
    done = westward("turns", stored)
    assert "talk.turns.toml: 4 turns" in done.stdout
    assert re.search(r"talk +given", westward("check").stdout)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--convention", "morse"), 'unknown convention "morse"'),
        (("--speakers", "POPE=respondent"), "no speaker POPE"),
        (("--speakers", "HOST=boss"), '"boss" found'),
        (("--keys", "speaker"), "expected NAME=VALUE"),
    ],
)
def test_what_does_not_fit_is_an_error_and_nothing_is_written(
    words: tuple[str, ...], message: str, westward: Command, talk: Path, tmp_path: Path
) -> None:
    done = westward("add", talk, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "corpus").exists()


def test_a_private_address_is_refused(westward: Command) -> None:
    done = westward("add", "http://127.0.0.1:9/talk.html")
    assert done.returncode == 2
    assert "a private address" in done.stderr


def test_formats_describes_each_format_and_convention(westward: Command) -> None:
    text = westward("formats").stdout
    for suffix in (".docx", ".odt", ".rtf", ".pdf", ".srt", ".vtt", ".jsonl", ".xlsx", ".yaml"):
        assert suffix in text
    assert re.search(r"colon +NAME: speech", text)
    assert re.search(r"given +columns, keys or tags", text)


def test_labels_of_speakers_are_no_stage_directions(westward: Command, talk: Path) -> None:
    done = westward("add", talk, "--explain")
    assert re.search(r"line 3 +speaker label +HOST:", done.stdout)
    assert "stage direction" not in done.stdout


def test_a_part_in_the_talk_is_shown_as_no_office(westward: Command, talk: Path) -> None:
    talk.write_text(TALK.replace("HOST:", "ANN NORTH, HOST:"), encoding="utf8")
    done = westward("add", talk)
    assert re.search(r"ANN NORTH +interviewer", done.stdout)
    assert not re.search(r"words +HOST", done.stdout)


def test_turns_exported_anew_say_what_becomes_of_the_earlier_ones(
    westward: Command, talk: Path
) -> None:
    westward("turns", talk)
    talk.write_text(TALK + "\nHOST: Really?\n", encoding="utf8")
    refused = westward("add", talk)
    assert "export its turns again" in " ".join(refused.stderr.split())
    done = westward("turns", talk)
    assert done.returncode == 0, done.stderr
    assert "altered since its turns were set by hand; they are read again" in done.stderr
    assert "is kept as talk.old.turns.toml" in done.stderr.replace(f"{talk.parent}/", "")
    assert westward("add", talk).returncode == 0
