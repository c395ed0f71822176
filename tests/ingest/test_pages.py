"""Lines of a page in reading order, whatever width the page claims."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from pipeline.ingest import page_paragraphs
from pipeline.ingest.pages import _find_gutter
from pipeline.ingest.typelines import TypeLine


def test_a_page_of_absurd_width_is_read_in_no_time() -> None:
    line = TypeLine(x0=0.0, x1=100.0, y0=0.0, size=10.0, runs=(("words", False, False),))
    begun = time.monotonic()
    assert _find_gutter([line] * 20, 4294967296.0) is None
    assert time.monotonic() - begun < 2


def test_lines_that_start_at_one_place_are_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "a speech about the piers and the price of grain"
    lines = [
        TypeLine(
            x0=72.0 + (0.4 if number % 4 == 0 else 0.0),
            x1=500.0,
            y0=700.0 - 14 * number,
            size=10.0,
            runs=((words, False, False),),
            page=1,
            number=number + 1,
        )
        for number in range(40)
    ]
    measured: list[float] = []

    def right(lines: Sequence[TypeLine], left: float) -> float:
        measured.append(left)
        return max(line.x1 for line in lines)

    monkeypatch.setattr(page_paragraphs, "_right", right)
    (paragraph,) = page_paragraphs.join_lines(lines)
    assert paragraph.text.count(words) == 40
    assert measured == [72]


def test_a_close_set_list_of_contents_does_not_say_how_far_the_lines_of_a_talk_stand() -> None:
    contents = [f"Chapter {number}" for number in range(12)]
    talk = ["The harbour froze in the first week and nobody had ordered the second"] * 74
    lines, y = [], 3000.0
    for number, words in enumerate([*contents, *talk]):
        y -= 18.0 if number < len(contents) else 24.0
        lines.append(TypeLine(x0=0.0, x1=5.0 * len(words), y0=y, size=12.0, page=1, number=number + 1,
                              runs=((words, False, False),)))  # fmt: skip
    *_, last = page_paragraphs.join_lines(lines)
    assert last.text == " ".join(talk)
