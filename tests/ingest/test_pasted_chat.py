"""A chat pasted as text, and what the program shows between its messages."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes

CHAT = """\
# harbour-talk
2 members
Tuesday, November 18th

Ann Roe
  8:58 AM
joined #harbour-talk.
Ann Roe
  9:01 AM
Good morning. Why was the pier closed?
9:02
And who paid for it: the ministry?
Bob Hale
  9:09 AM
The crane fell into the basin :grin:

Nobody could raise it
:joy:
2
9:11
The ministry: never
 (edited)
crane.png
Ann Roe
  9:12 AM
When does it open?
Bob Hale
  9:14 AM
Today
1 reply
Today at 11:20 AM
View thread
New
Ann Roe
  4:12 PM
pinned a message to this channel.
Message #harbour-talk
"""
SAID = [
    ("Ann Roe", "Good morning. Why was the pier closed?\n\nAnd who paid for it: the ministry?", 8),
    (
        "Bob Hale",
        "The crane fell into the basin :grin:\n\nNobody could raise it\n\nThe ministry: never",
        13,
    ),
    ("Ann Roe", "When does it open?", 24),
    ("Bob Hale", "Today", 27),
]


def _said(text: str) -> list[tuple[str | None, str, int]]:
    source = read_bytes(text.encode(), name="a.txt")
    return [(turn.speaker, turn.text, turn.line) for turn in source.turns]


def test_messages_stand_below_who_wrote_them_and_the_time_of_day() -> None:
    assert _said(CHAT) == SAID


def test_times_without_am_are_of_the_day_where_the_program_shows_itself() -> None:
    assert _said(CHAT.replace(" AM\n", "\n").replace(" PM\n", "\n")) == SAID


@pytest.mark.parametrize(
    "head",
    [
        "{name}  {time}\n",
        "{name} — Today at {time}\n",
        "[{time}] {name}\n",
        "{name}, [18.11.2025 {time}]\n",
    ],
)
def test_name_and_time_may_stand_on_one_line(head: str) -> None:
    messages = [("Ann Roe", "Why was it closed?"), ("Bob Hale", "The crane fell.")] * 3
    lines = [head.format(name=name, time="9:03 AM") + words for name, words in messages]
    assert [one[:2] for one in _said("\n".join(lines))] == messages


def test_what_is_left_out_is_accounted_for() -> None:
    source = read_bytes(CHAT.encode(), name="a.txt")
    left_out = [piece.text for piece in source.dropped]
    assert {"2 members", "joined #harbour-talk.", ":joy:", "2", "crane.png", "1 reply"} <= {
        *left_out
    }


def test_times_from_the_start_of_a_recording_make_no_chat() -> None:
    text = "Ann Roe\n0:05\nWhy was it closed?\nBob Hale\n0:09\nThe crane fell into it.\n" * 3
    assert not _said(text)


def test_a_transcript_with_wrapped_lines_is_no_chat() -> None:
    answer = (
        "The crane fell into the basin in the night of the flood, and nobody\n"
        "in the harbour could raise it until the winter after, when the men of\n"
        "the other port came with a beam and a rope and took it away again.\n"
    )
    assert not _said(f"Ann Roe  9:03 AM\n{answer}\nBob Hale  9:05 AM\n{answer}\n" * 3)
