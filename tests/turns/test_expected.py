"""Labels that stand once, between two turns of the one who answers all."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

ANSWER = "Minister Orlo: The harbour stays open in times of global ice, as it was last year."
PRESS = ("Daily Telegram: Who shut it?", "Coast Radio: And when?", "Daily Telegram: Why?")


def count(*between: str) -> int:
    talk = [line for asked in (*PRESS, *between) for line in (asked, ANSWER)]
    source = read_bytes("\n\n".join(talk).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    return len(interview.turns)


def test_an_agency_whose_name_is_of_common_words_asks_once() -> None:
    assert count("Global Times: What of the boats?") == 8


def test_words_before_a_colon_that_ask_nothing_are_said() -> None:
    assert count("Global Ice: it comes in winter.") == 6


def test_a_rhetorical_question_within_an_answer_is_said() -> None:
    repeated = "Global Ice: what of it?\n\nIt comes in winter, and the harbour opens in spring."
    assert count(repeated) == 6


def test_who_is_labelled_at_each_paragraph_follows_himself() -> None:
    alone = [ANSWER.replace("The", f"Twice{n} the") for n in range(3)]
    assert count(*alone, "Global Ice: what of it?") == 6
