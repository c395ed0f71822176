"""Files of labels: appended only, and no label is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.labels.files import append_labels, read_labels
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
