"""Times: out of the text, and kept where they date a paragraph."""

from __future__ import annotations

import pytest

from pipeline.ingest.times import take_times
from pipeline.records import GivenTurn, Paragraph


def take(*texts: str) -> list[tuple[float | None, str]]:
    kept, _ = take_times([Paragraph(text=t, line=n) for n, t in enumerate(texts, 1)])
    return [(paragraph.start_s, paragraph.text) for paragraph in kept]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[00:01:05] Anna: Why?", (65.0, "Anna: Why?")),
        ("[00:21.500 --> 00:25.000] Why is it dark?", (21.5, "Why is it dark?")),
        (r"\[08:08\] Why?", (488.0, "Why?")),
        ("Anna (1:05): Why?", (65.0, "Anna: Why?")),
        ("Anna Host: (01:05)", (65.0, "Anna Host:")),
        ("Anna [01:05]:", (65.0, "Anna:")),
        ("Anna Host [(1:05)]", (65.0, "Anna Host")),
        ("00:01:05 --> 00:01:09 Why is it dark?", (65.0, "Why is it dark?")),
        ("We left [00:10:12] and came back.", (None, "We left and came back.")),
        ("Yes. [crosstalk 00:06:15] No.", (None, "Yes. [crosstalk 00:06:15] No.")),
        ("At 10:30 we left.", (None, "At 10:30 we left.")),
        ("3:30 P.M. EDT", (None, "3:30 P.M. EDT")),
    ],
)  # fmt: skip
def test_a_time_in_a_paragraph(text: str, expected: tuple[float | None, str]) -> None:
    assert take(text) == [expected]


def test_bare_times_count_where_they_recur() -> None:
    assert take("0:01 Anna: Why?", "0:05 Carl: So.", "1:00:09 Anna: And?") == [
        (1.0, "Anna: Why?"), (5.0, "Carl: So."), (3609.0, "Anna: And?")]  # fmt: skip
    assert take("Anna Host   0:01", "Carl Guest   0:05", "Speaker 3 | 0:09") == [
        (1.0, "Anna Host"), (5.0, "Carl Guest"), (9.0, "Speaker 3")]  # fmt: skip


def test_a_time_alone_dates_the_paragraph_below() -> None:
    kept, dropped = take_times(
        [Paragraph(text="00:00:07 - 00:00:09", line=1), Paragraph(text="Why?", line=2)]
    )
    assert [(p.start_s, p.end_s, p.text) for p in kept] == [(7.0, 9.0, "Why?")]
    assert [(d.text, d.line) for d in dropped] == [("00:00:07 - 00:00:09", 1)]


def test_a_time_that_separates_a_label_leaves_a_colon() -> None:
    talk = ("Anna Host [0:01] Why?", "Carl Guest [0:04] So.", "Anna Host [0:08] And?")
    assert [text for _, text in take(*talk)] == [
        "Anna Host: Why?", "Carl Guest: So.", "Anna Host: And?"]  # fmt: skip


def test_bold_spans_move_with_the_text() -> None:
    said = Paragraph(text="[0:01] Anna: Why [0:02] now?", line=1, bold=((7, 12), (24, 28)))
    (paragraph,), _ = take_times([said])
    assert [paragraph.text[a:b] for a, b in paragraph.bold] == ["Anna:", "now?"]


def test_times_leave_given_turns() -> None:
    turns = [
        GivenTurn(speaker="Anna", text="[0:12] Why?", line=1),
        GivenTurn(speaker="Carl", text="[0:20]", line=2),
        GivenTurn(speaker="Carl", text="At 10:30.", line=3, start_s=21.0),
    ]
    kept, dropped = take_times(turns)
    assert [(t.speaker, t.start_s, t.text) for t in kept] == [
        ("Anna", 12.0, "Why?"), ("Carl", 21.0, "At 10:30.")]  # fmt: skip
    assert [piece.line for piece in dropped] == [2]
