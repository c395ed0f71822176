"""Numbered lines: what is a number, what is furniture, and where a paragraph starts."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.numbered import strip_numbers

LINES = [
    "          HOST:  Why did the harbour close in the spring",
    "of that year, and who had decided it?",
    "          MASTER:  The crane fell into the basin in the",
    "night. Nobody had ordered another one, and so we had to --",
    "          HOST:  Go on.",
    "          MASTER:  Close it.",
    "",
    "          In the summer it was opened again for the small",
    "boats that have no need of a crane.",
    "          HOST:  Was that safe for the people who live on",
    "the pier, where the rest of it still lay?",
    "          MASTER:  As safe as a harbour is. One of them has",
    "to be the first to fall in, as my father used to say when",
    "he had a boat of his own, and he could not swim, as most",
    "of them could not in those years.",
    "          HOST:  Who told the council?",
    "          MASTER:  The pilots did, in a letter that all of",
    "them signed but one.",
    "          HOST:  And that one?",
    "          MASTER:  He was the uncle of the mayor.",
    "          HOST:  Which you knew.",
    "          MASTER:  Everybody in the town knew.",
]
LENGTH = 8


def _number(*, gap: int) -> str:
    sheets = []
    for page, start in enumerate(range(0, len(LINES), LENGTH), start=1):
        rows = enumerate(LINES[start : start + LENGTH], start=1)
        lines = [f"{n:2}  {line}".rstrip() for n, line in rows]
        body = ("\n" * gap).join(lines)
        sheets.append(f"{'Harbour inquiry':>40}\n\n{body}\n\n{page:>30}\n")
    return "\f".join(sheets)


@pytest.mark.parametrize("gap", [1, 2])
def test_numbers_and_what_is_between_pages_are_no_text(gap: int) -> None:
    source = read_bytes(_number(gap=gap).encode(), name="a.txt")
    assert [paragraph.text for paragraph in source.paragraphs[:5]] == [
        "HOST: Why did the harbour close in the spring of that year, and who had decided it?",
        "MASTER: The crane fell into the basin in the night. Nobody had ordered another one, and "
        "so we had to --",
        "HOST: Go on.",
        "MASTER: Close it.",
        "In the summer it was opened again for the small boats that have no need of a crane.",
    ]
    assert {one.text for one in source.dropped} == {"Harbour inquiry", "1", "2", "3"}


def test_a_sentence_goes_on_over_a_page() -> None:
    source = read_bytes(_number(gap=1).encode(), name="a.txt")
    assert "MASTER: The pilots did, in a letter that all of them signed but one." in [
        paragraph.text for paragraph in source.paragraphs
    ]


def test_a_page_number_that_goes_on_with_the_count_is_no_line() -> None:
    rows = [f"{n} said {n}" for n in range(1, 11)]
    found = strip_numbers([*rows, "11", *rows, "12", *rows, "13"])
    assert found is not None
    assert found.furniture == [10, 21, 32]


def test_a_last_page_of_one_line_has_no_number_and_no_page_number_before_it() -> None:
    page = [f"{n}  said" for n in range(1, 11)]
    found = strip_numbers([*page, "", "7", "", *page, "", "8", "", "1  Good night.", "", "9"])
    assert found is not None
    assert found.lines[-1] == (26, "Good night.")
    assert found.furniture == [11, 24, 28]


def test_a_note_far_below_the_last_page_keeps_its_number() -> None:
    page = [f"{n}  said" for n in range(1, 11)]
    found = strip_numbers([*page, "", *page, "", "", "", "1  A note."])
    assert found is not None
    assert found.lines[-1] == (24, "1  A note.")


@pytest.mark.parametrize("text", [
    "\n".join(f"{n}. Why {n}?\n\nBecause of the crane." for n in range(1, 30)),
    "\n".join(f"{n} {n}" for n in range(3, 99, 3)),
    "\n".join(f"In {n} the pier was built." for n in range(1990, 2020)),
])  # fmt: skip
def test_figures_of_other_kinds_are_text(text: str) -> None:
    assert strip_numbers(text.split("\n")) is None
