"""Labels that stand inside paragraphs too, before each sentence, and marks of captions."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes


def _texts(data: str) -> list[str]:
    return [p.text for p in read_bytes(data.encode(), name="a.txt").paragraphs]


@pytest.mark.parametrize("label", ["[SPEAKER_0{}]:", "SPEAKER_0{}:", "Speaker {}:", "[Guest {}]:"])
def test_each_speaker_has_a_paragraph_and_a_label_that_stands_once(label: str) -> None:
    one, two = label.format(0), label.format(1)
    text = (
        f"{one} Why was it closed? {one} And for how long?\n\n"
        f"{two} The crane fell. {two} It was old. {one} How old? {two} Older than I am.\n\n"
        f"{one} Who paid for it?\n"
    )
    assert _texts(text) == [
        f"{one} Why was it closed? And for how long?",
        f"{two} The crane fell. It was old.",
        f"{one} How old?",
        f"{two} Older than I am.",
        f"{one} Who paid for it?",
    ]
    source = read_bytes(text.encode(), name="a.txt")
    assert [(piece.text, piece.reason, piece.line) for piece in source.dropped] == [
        (one, "speaker label", 1),
        (two, "speaker label", 3),
    ]


def test_a_note_in_brackets_that_opens_no_paragraph_is_no_label() -> None:
    text = (
        "[SPEAKER_00]: Why was it closed?\n\n[SPEAKER_01]: The sign said [in Latin]: no harbour.\n\n"
        "[SPEAKER_00]: Who wrote it?\n"
    )
    assert _texts(text)[1] == "[SPEAKER_01]: The sign said [in Latin]: no harbour."


def test_chevrons_behind_a_sentence_open_a_paragraph_as_the_others_do() -> None:
    lines = (">> WHY?", ">> THE CRANE FELL. >> WHEN?", ">> IN MAY.", "IT WAS OLD -- >> HOW OLD?",
             ">> TEN >> NINE YEARS.", ">> WHO PAID?", ">> THE CITY.")  # fmt: skip
    expected = [">> WHY?", ">> THE CRANE FELL.", ">> WHEN?", ">> IN MAY.", "IT WAS OLD --",
                ">> HOW OLD?", ">> TEN >> NINE YEARS.", ">> WHO PAID?", ">> THE CITY."]  # fmt: skip
    html = "".join(f"<p>{line.replace('>', '&gt;')}</p>" for line in lines)
    source = read_bytes(html.encode(), name="a.html")
    assert [paragraph.text for paragraph in source.paragraphs] == expected
