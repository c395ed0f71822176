"""The check of a corpus finds each kind of problem."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.check import check_corpus
from pipeline.errors import InputError

ROW = {"id": "airport", "path": "transcripts/airport.txt"}


def problems(corpus: Path, settings: SegmentSettings) -> list[str]:
    """All problems of a corpus."""
    return [text for found in check_corpus(corpus, settings=settings) for text in found.problems]


def test_a_sound_corpus_has_none(corpus: Path, settings: SegmentSettings) -> None:
    (found,) = check_corpus(corpus, settings=settings)
    assert found.problems == ()
    assert found.interview is not None
    assert len(found.interview.turns) == 4


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["{"], "no index row|Invalid JSON"),
        ([{**ROW, "sha256": "0" * 64}], "altered since it was added"),
        ([ROW, {"id": "gone", "path": "transcripts/gone.txt"}], "no such file"),
        ([ROW, {**ROW, "id": "twin"}], "path .* is also in line 1"),
        ([ROW, {**ROW, "path": "transcripts/gone.txt"}], "id .* is also in line 1"),
    ],
)
def test_each_problem_is_found(
    rows: list[object],
    expected: str,
    corpus: Path,
    settings: SegmentSettings,
    write_index: Callable[..., Path],
) -> None:
    write_index(*rows)
    found = "\n".join(problems(corpus, settings))
    assert re.search(expected, found), found


def test_a_file_that_is_not_in_the_index_is_found(corpus: Path, settings: SegmentSettings) -> None:
    (corpus / "transcripts" / "stray.txt").write_text("word", encoding="utf8")
    assert problems(corpus, settings) == [
        "not in the index; add it with `westward add`, or move it away"
    ]


def test_a_transcript_that_cannot_be_read_is_found(
    corpus: Path, settings: SegmentSettings, write_index: Callable[..., Path]
) -> None:
    (corpus / "transcripts" / "airport.txt").write_bytes(b"")
    write_index(ROW)
    assert "empty" in problems(corpus, settings)[0]


def test_a_folder_without_an_index_is_an_error(tmp_path: Path, settings: SegmentSettings) -> None:
    with pytest.raises(InputError, match="there is no corpus here"):
        check_corpus(tmp_path, settings=settings)


def test_the_shipped_corpus_is_sound(root: Path, settings: SegmentSettings) -> None:
    assert problems(root / "corpus", settings) == []


def test_each_respondent_of_the_shipped_corpus_has_a_place(
    root: Path, settings: SegmentSettings
) -> None:
    talks = [found.interview for found in check_corpus(root / "corpus", settings=settings)]
    people = [one for talk in talks if talk for one in talk.speakers if one.role == "respondent"]
    assert len(people) == 7
    assert all(one.affiliation and one.country for one in people)
    assert len({(one.affiliation, one.country) for one in people}) == 7
