"""The index: what a row may say, and what an error says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corpus.index import IndexRow, append_row, read_index, safe_id
from pipeline.errors import InputError

ROW = {"id": "a", "path": "transcripts/a.txt"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("talk", "talk"),
        ("My talk, part 1", "My-talk-part-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\\b:c*", "a-b-c"),
        ("Интервью №5", "Интервью-No5"),
        ("...", "interview"),
        ("-o", "o"),
    ],
)
def test_ids_are_made_safe(name: str, expected: str) -> None:
    assert safe_id(name) == expected


def test_ids_are_cut_to_a_length_that_file_systems_hold() -> None:
    assert len(safe_id("x" * 500)) == 80


def test_rows_of_other_makers_are_read(write_index: Callable[..., Path]) -> None:
    index = write_index({**ROW, "publisher": "A house", "trimmed": True, "date": None})
    (row,) = read_index(index).values()
    assert row.metadata() == {}


def test_metadata_holds_what_is_known_only() -> None:
    row = IndexRow(id="a", path="a.txt", title="T", date="2024", sha256="0" * 64)
    assert row.metadata() == {"title": "T", "date": "2024"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{not json", "no index row: not JSON"),
        ('{"id": "a"}', '"path": Field required'),
        ('{"id": "../a", "path": "a.txt"}', '"id": String should match'),
        ('{"id": "a", "path": "a.txt", "date": "May"}', '"date": date "May": expected YYYY'),
    ],
)
def test_a_bad_row_is_named_by_its_line(
    line: str, fault: str, write_index: Callable[..., Path]
) -> None:
    index = write_index({"id": "b", "path": "b.txt"}, line)
    with pytest.raises(InputError, match=f"index.jsonl:2.*{fault}"):
        read_index(index)


@pytest.mark.parametrize(
    "twin", [{"id": "a", "path": "b.txt"}, {"id": "b", "path": "transcripts/../transcripts/a.txt"}]
)
def test_an_id_or_path_stands_once(
    twin: dict[str, object], write_index: Callable[..., Path]
) -> None:
    with pytest.raises(InputError, match=r"index.jsonl:2: .*in line 1 already"):
        read_index(write_index(ROW, twin))


def test_appending_leaves_the_other_lines_as_they_are(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_bytes(b'{"id":"a",  "path":"a.txt","mine":1}')
    append_row(index, IndexRow(id="b", path="b.txt"))
    first, second = index.read_bytes().splitlines()
    assert first == b'{"id":"a",  "path":"a.txt","mine":1}'
    assert second.startswith(b'{"id":"b",')
    assert list(tmp_path.iterdir()) == [index]
