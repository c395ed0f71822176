"""Text with a blank line behind every printed line."""

from __future__ import annotations

from textwrap import wrap

from pipeline.ingest import read_bytes

QUESTION = (
    "When the northern ports were closed in the spring, nobody in the ministry seemed to know who "
    "had signed the order. Did you ever find out whose hand it was?"
)
ANSWER = (
    "We found out in the summer, and then only because the clerk who had typed it came to see us. "
    "It had been signed on a ship, by a man who was not a minister any more, and who had thought "
    "that he was signing for a delivery of lamps."
)
AFTER = "What I would add is that the lamps came, and that they are very good lamps indeed."


def _texts(data: str) -> list[str]:
    return [paragraph.text for paragraph in read_bytes(data.encode(), name="a.txt").paragraphs]


def _spaced(*paragraphs: str, width: int = 80) -> str:
    return "\n\n\n".join("\n\n".join(wrap(text, width)) for text in paragraphs)


def test_lines_are_joined_and_two_blank_lines_part_paragraphs() -> None:
    asked = [f"{QUESTION} And in port {n}?" for n in "ABCDEF"]
    talk = [text for one in asked for text in (one, ANSWER)]
    assert _texts(_spaced(*talk)) == talk


def test_a_direction_and_a_heading_stay_apart() -> None:
    talk = _spaced(*(f"{QUESTION} {ANSWER}" for _ in range(6)))
    texts = _texts(f"PROCEEDINGS\n\n{talk}\n\n(Laughter)\n\n{AFTER}")
    assert texts[0] == "PROCEEDINGS"
    assert texts[-2:] == ["(Laughter)", AFTER]


def test_paragraphs_that_end_as_sentences_do_are_not_joined() -> None:
    talk = [QUESTION, ANSWER, AFTER] * 10
    assert _texts("\n\n".join(talk)) == talk


def test_lines_wider_than_print_are_paragraphs() -> None:
    talk = [f"{QUESTION} {ANSWER} We have, as one says,", AFTER] * 12
    assert _texts("\n\n".join(talk)) == talk
