"""Files of labels: appended only, and no label is lost."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.labels.files import (
    append_labels,
    coded_in,
    coder_file,
    coder_files,
    drawn_in,
    fingerprint,
    read_labels,
)
from tests.coding.runs import label, talk

FIRST, SECOND = (label(talk("a", ["none"] * 2), n, west="none") for n in range(2))


def test_the_last_line_need_not_end(tmp_path: Path) -> None:
    file = tmp_path / "anna.jsonl"
    file.write_text(FIRST.model_dump_json(), encoding="utf8")
    append_labels(file, [SECOND])
    assert read_labels(file) == [FIRST, SECOND]


def test_a_line_that_was_cut_short_is_named_and_harms_no_other(tmp_path: Path) -> None:
    file = tmp_path / "anna.jsonl"
    file.write_text(FIRST.model_dump_json()[:40], encoding="utf8")
    append_labels(file, [SECOND])
    with pytest.raises(InputError, match=r"anna\.jsonl:1: no label: .* cut short can be deleted"):
        read_labels(file)
    assert file.read_text(encoding="utf8").splitlines()[1] == SECOND.model_dump_json()


def test_a_full_disk_leaves_no_half_of_a_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "anna.jsonl"
    append_labels(file, [FIRST])

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written"):
        append_labels(file, [SECOND])
    assert read_labels(file) == [FIRST]


def test_a_unit_id_that_another_sentence_has_by_now_hides_no_label(tmp_path: Path) -> None:
    """A transcript was edited, and the same id is of another sentence."""
    file = tmp_path / "anna.jsonl"
    moved = SECOND.model_copy(update={"unit_id": FIRST.unit_id})
    append_labels(file, [FIRST, moved])
    assert read_labels(file) == [FIRST, moved]


def test_a_correction_stands_over_what_was_coded_until_it_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "anna.jsonl"
    coded = FIRST.model_copy(update={"weight": 2.0})
    first, second = (
        FIRST.model_copy(update={"west": side, "batch": f"{side}.jsonl"})
        for side in ("favor", "against")
    )
    append_labels(file, [coded, first, second])
    assert read_labels(file) == [second]
    assert drawn_in(file) == [coded]
    for batch, stands in ((second, first), (first, coded)):
        append_labels(file, [batch.model_copy(update={"west": None})])
        assert read_labels(file) == [stands]
    append_labels(file, [coded.model_copy(update={"west": None})])
    assert drawn_in(file) == coded_in(file) == []


def test_the_fingerprint_is_of_what_people_coded(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "run") is None
    append_labels(coder_file(tmp_path / "run", "anna"), [FIRST])
    before = fingerprint(tmp_path / "run")
    append_labels(coder_file(tmp_path / "run", "anna"), [SECOND])
    assert fingerprint(tmp_path / "run") not in (before, None)


def test_labels_are_neither_read_nor_written_through_a_link(tmp_path: Path) -> None:
    """Who gives a run away could else have a label appended to a file of the user's."""
    other = tmp_path / "other.jsonl"
    append_labels(other, [FIRST])
    for link, target in (("mine.labels/anna.jsonl", other), ("yours.labels", tmp_path)):
        place = tmp_path / link
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(target)
        run = tmp_path / link.partition(".")[0]
        for find in (lambda run: coder_file(run, "anna"), coder_files, fingerprint):
            with pytest.raises(InputError, match="a link; expected"):
                find(run)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_a_pipe_among_files_of_labels_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "mine.labels").mkdir()
    os.mkfifo(tmp_path / "mine.labels" / "anna.jsonl")
    with pytest.raises(InputError, match="no regular file"):
        fingerprint(tmp_path / "mine")


@pytest.mark.parametrize("source", ["human:anna\\u000aben", "human:ann lee", "llm:\\u001b[31m"])
def test_a_source_that_is_no_one_name_is_refused(source: str, tmp_path: Path) -> None:
    file = tmp_path / "anna.jsonl"
    file.write_text(f'{{"doc": "a", "text": "It is.", "source": "{source}"}}\n', encoding="utf8")
    with pytest.raises(
        InputError, match=r"anna\.jsonl:1: no label: source .* is no name; use human:"
    ):
        read_labels(file)
