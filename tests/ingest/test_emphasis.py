"""Plain text with stars around its labels."""

from __future__ import annotations

from pipeline.ingest import read_bytes
from pipeline.records import Paragraph


def paragraphs(*lines: str) -> tuple[Paragraph, ...]:
    return read_bytes("\n\n".join(lines).encode(), name="a.txt").paragraphs


def test_stars_around_labels_set_their_type() -> None:
    found = paragraphs(
        "Q41 **Chair:** Good afternoon. Is it open?",
        "*Dr North:* It is *mostly* open, 3 * 4 doors.",
        "**Vale:** Since when?",
        "\t*On resuming—*",
    )
    assert [one.text for one in found] == [
        "Q41 Chair: Good afternoon. Is it open?",
        "Dr North: It is mostly open, 3 * 4 doors.",
        "Vale: Since when?",
        "On resuming—",
    ]
    assert found[0].bold == ((4, 10),)
    assert found[1].italic == ((0, 9), (16, 22))


def test_stars_stay_where_no_labels_have_them() -> None:
    text = "It was **very** cold, and *nobody* came."
    assert [one.text for one in paragraphs(text, "**Travels")] == [text, "**Travels"]


def test_a_note_in_brackets_on_a_numbered_line_is_a_paragraph() -> None:
    lines = [f" {number:2}   It was cold that year." for number in range(1, 20)]
    lines[9] = " 10        (A paper was marked for"
    lines[10] = " 11   identification.)"
    lines[11] = " 12        Q    Was it cold?"
    found = [one.text for one in read_bytes("\n".join(lines).encode(), name="a.txt").paragraphs]
    assert "(A paper was marked for identification.)" in found
