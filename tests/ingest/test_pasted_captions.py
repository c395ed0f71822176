"""Captions pasted as text, and the page around them."""

from __future__ import annotations

from pipeline.ingest import read_bytes

CAPTIONS = "".join(f"0:{2 * n:02}\n>> the crane fell {n} times\n" for n in range(12))


def _said(text: str) -> str:
    return " ".join(one.text for one in read_bytes(text.encode(), name="a.txt").paragraphs)


def test_the_videos_listed_below_are_not_said_though_their_times_rise() -> None:
    below = "English\nAll\nRelated\nFor you\nWatched\n9:17\nThe other crane\n8:55\nA lamp\n"
    assert _said(CAPTIONS + below).endswith("fell 11 times")


def test_many_lines_below_one_time_in_the_middle_are_said() -> None:
    long = "0:12\n" + "so it\nfell\nand fell\nand\nfell\nagain\n"
    assert "and fell again" in _said(CAPTIONS.replace("0:12\n", long, 1))


def test_a_mark_at_the_end_of_a_line_opens_the_next() -> None:
    source = read_bytes(
        CAPTIONS.replace("fell 3 times\n0:08\n>>", "fell 3 times >>\n0:08\n").encode(), name="a.txt"
    )
    assert [one.text for one in source.paragraphs[3:5]] == [
        ">> the crane fell 3 times", ">> the crane fell 4 times"
    ]  # fmt: skip
