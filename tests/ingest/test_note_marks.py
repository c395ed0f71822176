"""Footnotes on printed pages: the figures that lead to them, and where they stand."""

from __future__ import annotations

import pytest

from pipeline.ingest.note_marks import Sign, find_note_marks
from pipeline.ingest.pages import read_pages
from pipeline.ingest.typelines import Page, TypeLine


def _signs(text: str) -> list[Sign]:
    """What stands behind ``^`` is small and raised."""
    signs, raised = [], False
    for letter in text:
        if letter == "^":
            raised = True
        else:
            signs.append(Sign(letter, 7.0 if raised else 10.0, 104.0 if raised else 100.0))
            raised = False
    return signs


@pytest.mark.parametrize("text", ["It closed.^8 Then", "the port,^1^2 and", "the harbour^1^,^2 is"])
def test_a_small_figure_above_a_word_leads_to_a_note(text: str) -> None:
    signs = _signs(text)
    marks = find_note_marks(signs)
    assert marks == {i for i, sign in enumerate(signs) if sign.size < 10}


@pytest.mark.parametrize("text", ["some 30 km^2 of it", "10^6 ships", "the 1^s^t ship", "It is 8."])
def test_other_figures_are_said(text: str) -> None:
    assert not find_note_marks(_signs(text))


def _column(left: float, texts: list[str], *, small: int) -> list[TypeLine]:
    """Lines one below the other, the last ones in small type."""
    return [
        TypeLine(
            x0=left,
            x1=left + 220.0,
            y0=700.0 - 12 * row,
            size=7.0 if row >= len(texts) - small else 10.0,
            runs=((text, False, False),),
        )
        for row, text in enumerate(texts)
    ]


SPEECH = [f"the harbour was closed in the spring of {year} and" for year in range(1990, 2002)]


def test_a_note_below_one_column_is_no_speech_though_the_other_goes_further_down() -> None:
    left = _column(60, [*SPEECH[:8], "1 A. Author, The Port (City: Press, 2014)."], small=1)
    right = _column(320, SPEECH, small=0)
    page = Page(1, 600.0, 800.0, (*left, *right))
    paragraphs, dropped = read_pages([page])
    assert [piece.reason for piece in dropped] == ["footnote"]
    assert not any("Author" in paragraph.text for paragraph in paragraphs)


def test_small_type_between_lines_of_its_own_column_stays() -> None:
    left = _column(60, SPEECH, small=0)
    quoted = TypeLine(x0=60, x1=280, y0=695.0, size=7.0, runs=(("2 ships came in", False, False),))
    page = Page(1, 600.0, 800.0, (*left[:1], quoted, *left[2:], *_column(320, SPEECH, small=0)))
    paragraphs, dropped = read_pages([page])
    assert not dropped
    assert any("2 ships came in" in paragraph.text for paragraph in paragraphs)
