"""The reader of marked-up test sentences itself."""

from __future__ import annotations

import pytest

from tests.marked import Mark, read_marked


def test_marks_are_offsets_into_the_plain_sentence() -> None:
    text, marks = read_marked("[Beijing]{holder} denounces [the sanctions]{target}.")
    assert text == "Beijing denounces the sanctions."
    assert marks == (Mark("holder", 0, 7, "Beijing"), Mark("target", 18, 31, "the sanctions"))


@pytest.mark.parametrize(
    "bad",
    [
        "[Beijing{holder} spoke.",
        "[Beijing] spoke.",
        "[]{holder} spoke.",
        "[A [B]{x}]{y}",
        "[ A]{x}",
    ],
)
def test_malformed_marks_are_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="mark-up"):
        read_marked(bad)
