"""Numbers glued to the end of each paragraph."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.paragraph_numbers import strip_paragraph_numbers
from pipeline.records import Paragraph

SAID = (
    "It stood there before the town did.",
    "“Who would move a pier?”",
    "They asked the wind, which had a view of its own (and still has)",
    "Nobody wrote it down in 2016.",
)


def paragraphs(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(text=text, line=line) for line, text in enumerate(texts, start=1)]


def test_numbers_that_count_the_paragraphs_are_taken_off() -> None:
    texts = [f"{said}{number}" for number, said in enumerate(SAID * 3, start=1)]
    texts[5] += " Ad Policy"
    texts.insert(4, "Related Article")
    stripped, dropped = strip_paragraph_numbers(paragraphs(texts))
    assert [one.text for one in stripped] == [*SAID, "Related Article", *SAID, *SAID]
    assert [one.text for one in dropped][:4] == ["1", "2", "3", "4"]
    assert dropped[5].text == "6 Ad Policy"


@pytest.mark.parametrize(
    "texts",
    [
        [f"{said}{number}" for number, said in enumerate(SAID, start=1)],  # few
        [f"{said} {number}" for number, said in enumerate(SAID * 3, start=1)],  # apart
        [f"{said}{7 * number}" for number, said in enumerate(SAID * 3, start=1)],  # notes
        [
            one
            for number, said in enumerate(SAID * 3, start=1)
            for one in (f"{said}{number}", said, said)
        ],
    ],
)
def test_other_figures_are_said(texts: list[str]) -> None:
    stripped, dropped = strip_paragraph_numbers(paragraphs(texts))
    assert [one.text for one in stripped] == texts
    assert not dropped


def test_what_is_bold_ends_where_the_text_does() -> None:
    bold = [
        Paragraph(text=f"Why so?{number}", line=number, bold=((0, 8),)) for number in range(1, 9)
    ]
    stripped, _ = strip_paragraph_numbers(bold)
    assert all(one.bold == ((0, 7),) for one in stripped)


def test_a_source_has_no_such_numbers() -> None:
    text = "\n\n".join(f"{said}{number}" for number, said in enumerate(SAID * 3, start=1))
    source = read_bytes(text.encode(), name="a.txt")
    assert source.paragraphs[0].text == SAID[0]
    assert source.dropped[0].reason == "paragraph number"
