"""``westward corpus`` and ``add`` of several files: index and register in the format they have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Command

TALK = "HOST: Does it hold?\n\n{}: It holds, because it must.\n\nHOST: And?\n\n{}: So, said {}.\n"


@pytest.fixture
def talks(tmp_path: Path) -> list[Path]:
    """Three transcripts in the working folder."""
    paths = []
    for number, name in enumerate(("ANA NORTH", "A. North", "Bo West")):
        paths.append(tmp_path / f"talk{number}.txt")
        paths[-1].write_text(TALK.format(name, name, number), encoding="utf8")
    return paths


def test_several_files_are_added_to_the_folder_named_last(
    westward: Command, talks: list[Path], tmp_path: Path
) -> None:
    done = westward("add", *talks, "mine", "--country", "LV", "--date", "5/13/24")
    assert done.returncode == 0, done.stderr
    assert "added as talk0: 2024-05-13; 4 turns; Ana North" in done.stdout
    assert "added: 3, not added: 0" in done.stdout
    assert 'westward corpus merge "Ana North" "A. North" --corpus mine' in done.stdout
    rows = (tmp_path / "mine/speakers.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[:4] for row in rows[1:]] == [
        ["Ana North", "", "", "LV"], ["A. North", "", "", "LV"], ["Bo West", "", "", "LV"]
    ]  # fmt: skip


def test_one_that_cannot_be_added_does_not_stop_the_others(
    westward: Command, talks: list[Path]
) -> None:
    talks[1].write_bytes(b"")
    done = westward("add", *talks, "--corpus", "mine")
    assert done.returncode == 1
    assert "talk1.txt: the file is empty" in done.stderr
    assert "added: 2, not added: 1" in done.stdout


def test_options_of_one_transcript_are_refused_for_several(
    westward: Command, talks: list[Path]
) -> None:
    done = westward("add", *talks, "mine", "--title", "T")
    assert (done.returncode, "--title: of one transcript, 3 are given" in done.stderr) == (2, True)


def test_a_merge_is_one_person_in_the_next_reading(westward: Command, talks: list[Path]) -> None:
    westward("add", *talks, "mine")
    done = westward("corpus", "merge", "Ana North", "A. North", "--corpus", "mine")
    assert done.stdout == '"Ana North" is also "A. North": one person from the next run\n'
    assert "same person?" not in westward("check", "mine").stdout


def test_different_persons_are_not_proposed_again(westward: Command, talks: list[Path]) -> None:
    westward("add", *talks, "mine")
    westward("corpus", "merge", "Ana North", "A. North", "--different", "--corpus", "mine")
    assert "same person?" not in westward("check", "mine").stdout


def test_set_changes_a_workbook_that_stays_one(
    westward: Command, talks: list[Path], tmp_path: Path
) -> None:
    from pipeline.corpus.sheets import new_sheet, write_sheet

    folder = tmp_path / "mine"
    folder.mkdir()
    write_sheet(new_sheet(folder / "index.xlsx", ("id", "path", "date", "wave")))
    westward("add", *talks, "mine")
    done = westward("corpus", "set", "TALK0", "talk1", "Date=26 Sept. 2016", "wave=2", "--corpus",
                    "mine")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "talk0: " in done.stdout
    page = load_workbook(folder / "index.xlsx").active
    cells = [[str(cell.value) for cell in row[:4]] for row in page.iter_rows(min_row=2, max_row=3)]
    assert cells == [
        [name, f"transcripts/{name}.txt", "2016-09-26 00:00:00", "2"] for name in ("talk0", "talk1")
    ]
    assert (folder / "speakers.xlsx").is_file()
    assert westward("check", "mine").returncode == 0


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("talk9", "date=2016"), 'no interview "talk9"; did you mean talk0'),
        (("talk0", "date=03/04/2016"), "4 March 2016 or 3 April 2016.*nothing was changed"),
        (("talk0", "country=Latvia"), "Latvia is LV; nothing was changed"),
        (("talk0", "sha256=0"), "sha256: not to be set"),
        (("talk0",), "expected ids of interviews, then FIELD=VALUE"),
    ],
)
def test_what_cannot_be_set_is_refused(
    words: tuple[str, ...], fault: str, westward: Command, talks: list[Path], tmp_path: Path
) -> None:
    westward("add", talks[0], "--corpus", "mine")
    before = (tmp_path / "mine/index.jsonl").read_bytes()
    done = westward("corpus", "set", *words, "--corpus", "mine")
    assert done.returncode == 2
    assert re.search(fault, done.stderr), done.stderr
    assert (tmp_path / "mine/index.jsonl").read_bytes() == before


def test_a_corpus_without_a_register_gets_one(
    westward: Command, talks: list[Path], tmp_path: Path
) -> None:
    westward("add", *talks, "mine")
    (tmp_path / "mine/speakers.csv").unlink()
    warned = westward("check", "mine").stderr
    assert "3 respondents are in no register of speakers: Ana North, A. North, Bo West" in warned
    done = westward("corpus", "speakers", "--corpus", "mine")
    assert "mine/speakers.csv: 3 persons, 3 of them new" in done.stdout


def test_an_office_alone_is_proposed_by_the_title(westward: Command, tmp_path: Path) -> None:
    (tmp_path / "briefing.txt").write_text(TALK.format(*["THE PRESIDENT"] * 2, 1), "utf8")
    title = ("--title", "Remarks by President Biden", "--date", "2022-05-01")
    done = westward("add", "briefing.txt", *title)
    command = 'westward corpus merge "Joe Biden" "THE PRESIDENT (briefing.s2)"'
    assert command in done.stdout
    westward(*command.split()[1:3], "Joe Biden", "THE PRESIDENT (briefing.s2)")
    rows = (tmp_path / "corpus/speakers.csv").read_text("utf-8-sig").splitlines()
    assert rows[1].startswith("Joe Biden,THE PRESIDENT (briefing.s2),")


def test_a_malformed_register_stops_add_before_it_writes(
    westward: Command, talks: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/speakers.csv").write_text("person\nAna North\n", encoding="utf8")
    done = westward("add", talks[0], "--corpus", "mine")
    assert done.returncode == 2
    assert 'speakers.csv:1: no column "name"; found person' in done.stderr
    assert not (tmp_path / "mine/transcripts").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("set", "a", "date=2016"), "none/index.jsonl: there is no corpus here"),
        (("merge", "A", "B"), "none/speakers.csv: there is no register of speakers here"),
        (("speakers",), "none/index.jsonl: there is no corpus here"),
    ],
)
def test_a_folder_that_is_no_corpus_is_named(
    words: tuple[str, ...], fault: str, westward: Command
) -> None:
    done = westward("corpus", *words, "--corpus", "none")
    assert (done.returncode, fault in done.stderr) == (2, True)
