"""Text with an empty line below each printed line, and heads of its pages between them."""

from __future__ import annotations

import textwrap

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

ANSWER = (
    "We came to the harbour in the spring, when the ice was still on the piers and nobody who had "
    "a ship would have put it into the water. The cranes were frozen as well, and the few who owned "
    "a boat that was small enough for the ice went out in it, whatever the ministry paid for it."
)
TALK = (
    "MR. NORTH: Good afternoon. What did you do when the ships were not there?",
    f"MS. EAST: {ANSWER} {ANSWER} {ANSWER}",
    "MR. NORTH: And who paid?",
    f"MS. EAST: {ANSWER} {ANSWER}",
    "MR. NORTH: (Laughter) Let us hear from the hall. Yes, in the aisle over there, in the grey coat.",
    f"MS. EAST: {ANSWER}",
)
HEAD = (
    "Page {n}: THE HARBOUR BOARD 1 EASTPORT-2016/05/11 WEST COURT REPORTING 1 Pier Street, Eastport, "
    "and the Islands, Phone 555-0140 Fax 555-0141",
    "{n} EASTPORT-2016/05/11",
    "WEST COURT REPORTING",
    "1 Pier Street",
    "Eastport and the Islands",
    "Phone 555-0140 Fax 555-0141",
)


def _pages() -> str:
    lines = ["FIFTY PIERS:", "A TALK OF ICE", "P R O C E E D I N G S"]
    lines += [line for text in TALK for line in textwrap.wrap(text, 52)]
    pages = [lines[:18], lines[18:34], lines[34:]]
    printed = [
        line
        for number, page in enumerate(pages, start=1)
        for line in (*(head.format(n=number) for head in HEAD), *page)
    ]
    end = ("* * * * *", *(head.format(n=4) for head in HEAD), "CERTIFICATE OF NOTARY PUBLIC")
    below = textwrap.wrap("I hereby certify that the record was put into writing by me.", 52)
    return "\n\n".join([*printed, *end, *below])


def test_lines_with_an_empty_one_below_each_are_paragraphs_without_heads_of_pages() -> None:
    source = read_bytes(_pages().encode(), name="a.txt")
    texts = [paragraph.text for paragraph in source.paragraphs]
    assert [text for text in texts if text.startswith(("MR.", "MS."))] == list(TALK)
    assert not any("COURT REPORTING" in text or "Phone" in text for text in texts)


def test_what_stands_above_the_proceedings_and_below_their_certificate_is_not_said() -> None:
    source = read_bytes(_pages().encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert [speaker.name for speaker in interview.speakers] == ["MR. NORTH", "MS. EAST"]
    assert interview.turns[-1].text == ANSWER


def test_short_paragraphs_with_an_empty_line_between_stay_apart() -> None:
    lines = [f"The ferry of day {number} came late, and it was not full." for number in range(40)]
    source = read_bytes("\n\n".join(lines).encode(), name="a.txt")
    assert [paragraph.text for paragraph in source.paragraphs] == lines
