"""Adding a transcript: copied, indexed, never twice, never elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.add import Added, add_transcript
from pipeline.corpus.index import read_index
from pipeline.errors import InputError


@pytest.fixture
def add(corpus: Path, settings: SegmentSettings):
    """Add a file to the corpus."""

    def run(file: Path, *, interview_id: str | None = None, **metadata: str) -> Added:
        return add_transcript(
            file, corpus=corpus, metadata=metadata, interview_id=interview_id, settings=settings
        )

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder and their bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_bytes_are_copied_and_the_row_written(add, corpus: Path, transcript: Path) -> None:
    added = add(transcript, date="2024-05-01", licence="CC0 1.0")
    row = read_index(corpus / "index.jsonl")[added.path.resolve()]
    assert added.path.read_bytes() == transcript.read_bytes()
    assert (row.id, row.date, row.format) == ("summit", "2024-05-01", "txt")
    assert row.licence == "CC0 1.0"


@pytest.mark.parametrize(
    ("given", "date"), [({}, "2025-06-17"), ({"date": "2025-06-16"}, "2025-06-16")]
)
def test_date_and_office_as_read_complete_the_row(
    given: dict[str, str], date: str, add, tmp_path: Path
) -> None:
    file = tmp_path / "pact.txt"
    file.write_text(
        "Tuesday, 17 June 2025\n\nAna North is a former envoy of Latvia.\n\n"
        "Host: Does the pact hold?\n\nAna North: It holds, because it must.\n",
        encoding="utf-8",
    )
    added = add(file, **given)
    (guest,) = (one for one in added.interview.speakers if one.role == "respondent")
    assert (added.row.date, guest.affiliation) == (date, "former envoy of Latvia")
    assert [turn.kind for turn in added.interview.turns] == ["question", "answer"]


def test_a_new_corpus_is_made(tmp_path: Path, transcript: Path, settings: SegmentSettings) -> None:
    folder = tmp_path / "new" / "corpus"
    add_transcript(transcript, corpus=folder, metadata={}, settings=settings)
    assert set(tree(folder)) == {"index.jsonl", "speakers.csv", "transcripts/summit.txt"}


@pytest.mark.parametrize("wish", ["../../outside", "/etc/outside", "..\\outside", "a/b/outside"])
def test_nothing_is_written_outside_the_corpus(
    wish: str, add, corpus: Path, tmp_path: Path, transcript: Path
) -> None:
    before = tree(tmp_path)
    added = add(transcript, interview_id=wish)
    new = tree(tmp_path).keys() - before.keys()
    assert new == {f"corpus/transcripts/{added.row.id}.txt", "corpus/speakers.csv"}
    assert added.row.id.endswith("outside")


@pytest.mark.parametrize("hashed", [True, False])
def test_the_same_bytes_are_refused_and_the_earlier_entry_named(
    hashed: bool, add, corpus: Path, tmp_path: Path, write_index
) -> None:
    if not hashed:
        write_index({"id": "airport", "path": "transcripts/airport.txt"})
    twin = tmp_path / "other-name.txt"
    twin.write_bytes((corpus / "transcripts" / "airport.txt").read_bytes())
    before = tree(corpus)
    with pytest.raises(InputError, match=r'same bytes are in the corpus as "airport".*jsonl:1'):
        add(twin)
    assert tree(corpus) == before


@pytest.mark.parametrize("wish", ["airport", "AIRPORT"])
def test_the_same_id_is_refused_and_the_earlier_entry_named(
    wish: str, add, transcript: Path
) -> None:
    with pytest.raises(InputError, match=r"taken by transcripts/airport.txt .*jsonl:1"):
        add(transcript, interview_id=wish)


def test_a_file_in_the_corpus_is_never_overwritten(add, corpus: Path, transcript: Path) -> None:
    (corpus / "transcripts" / "summit.txt").write_text("mine", encoding="utf8")
    with pytest.raises(InputError, match="there already"):
        add(transcript)


def test_a_file_that_lies_at_its_place_is_only_indexed(add, corpus: Path, transcript: Path) -> None:
    there = corpus / "transcripts" / "summit.txt"
    transcript.rename(there)
    assert add(there).path == there
    assert len(read_index(corpus / "index.jsonl")) == 2


@pytest.mark.parametrize(
    ("content", "metadata", "fault"),
    [
        (None, {"date": "May Day 2024"}, r"date .*expected YYYY.*--date"),
        (None, {"date": "1/5/2024"}, "5 January 2024 or 1 May 2024; write .*--date"),
        (b"", {}, "empty"),
        (bytes(range(256)) * 40, {}, "binary"),
    ],
)
def test_what_cannot_be_used_leaves_the_corpus_as_it_was(
    content: bytes | None, metadata: dict[str, str], fault: str, add, corpus: Path, transcript: Path
) -> None:
    if content is not None:
        transcript.write_bytes(content)
    before = tree(corpus)
    with pytest.raises(InputError, match=fault):
        add(transcript, **metadata)
    assert tree(corpus) == before
