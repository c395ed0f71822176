"""Files outside of a corpus, to which links and the index of another may lead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.corpus.add import add_transcript
from pipeline.corpus.check import check_corpus, enrol_all
from pipeline.corpus.inputs import find_inputs
from pipeline.errors import InputError

TALK = "HOST: Why did it fail?\n\nANA NORTH: Nobody had prepared it.\n"
SEGMENT = load_settings().segment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one transcript, beside a file that is none of it."""
    (tmp_path / "mine.txt").write_text(TALK, encoding="utf8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(TALK, encoding="utf8")
    return tmp_path / "corpus"


def index(folder: Path, path: str) -> None:
    """Write an index of one row."""
    (folder / "index.jsonl").write_text(json.dumps({"id": "b", "path": path}), encoding="utf8")


def test_a_link_out_of_a_folder_is_a_problem_unless_it_is_to_be_followed(folder: Path) -> None:
    (folder / "b.txt").symlink_to("../mine.txt")
    (folder / "c.txt").symlink_to("a.txt")
    inside, linked = find_inputs([folder]).transcripts
    assert inside.problem is None
    assert "a link to" in (linked.problem or "")
    assert not [
        one.problem for one in find_inputs([folder], follow=True).transcripts if one.problem
    ]


def test_a_link_that_is_named_itself_is_read(folder: Path) -> None:
    (folder / "b.txt").symlink_to("../mine.txt")
    (named,) = find_inputs([folder / "b.txt"]).transcripts
    assert named.problem is None


def test_decisions_by_hand_that_are_a_link_are_a_problem_of_their_transcript(folder: Path) -> None:
    (folder / "a.turns.toml").symlink_to("../mine.txt")
    (found,) = find_inputs([folder]).transcripts
    assert "a.turns.toml: a link" in (found.problem or "")


@pytest.mark.parametrize("name", ["index.jsonl", "speakers.csv"])
def test_an_index_or_register_that_is_a_link_is_an_error(name: str, folder: Path) -> None:
    (folder.parent / "mine").write_text("", encoding="utf8")
    (folder / name).symlink_to("../mine")
    with pytest.raises(InputError, match=f"{name}: a link to .*--follow"):
        find_inputs([folder])


@pytest.mark.parametrize("path", ["../mine.txt", "more/mine.txt", "{mine}"])
def test_a_path_of_an_index_that_leads_outside_is_read_by_no_command(
    path: str, folder: Path
) -> None:
    (folder / "more").symlink_to("..")
    index(folder, path.format(mine=folder.parent / "mine.txt"))
    assert [one.id for one in find_inputs([folder]).transcripts] == ["a"]
    row, _ = check_corpus(folder, settings=SEGMENT)
    assert "outside of" in row.problems[0]
    assert row.interview is None
    assert check_corpus(folder, settings=SEGMENT, follow=True)[0].interview is not None
    assert "outside of" in enrol_all(folder, settings=SEGMENT)[1][0]
    assert enrol_all(folder, settings=SEGMENT, follow=True)[0] == ["Ana North"]


@pytest.mark.parametrize("path", ["a\0b.txt", "x" * 300 + ".txt", "x/" * 2500])
def test_a_path_that_no_file_has_is_a_bad_row(path: str, folder: Path) -> None:
    index(folder, path)
    with pytest.raises(InputError, match=r'index.jsonl:1, .*"path"|index.jsonl:1.*path'):
        find_inputs([folder])


def test_a_transcript_is_not_added_through_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "transcripts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="transcripts: a link to"):
        add_transcript(tmp_path / "mine.txt", corpus=folder, metadata={}, settings=SEGMENT)
    assert list((tmp_path / "elsewhere").iterdir()) == []
