"""Gold turns in other layouts: each paragraph keeps its state."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pipeline.records import Paragraph
from pipeline.turns.chain import STATES, UNSAID
from training.renderings import _LAYOUTS, Furniture, Row, render

TALK = (
    ("interviewer", "Ann Roe", ("Why did the pier close?",)),
    ("respondent", "Bob Hale", ("It rained for a week.", "Then the crane fell over.")),
    ("interviewer", "Ann Roe", ("Will it open again?",)),
    ("respondent", "Bob Hale", ("In spring, I hope.",)),
)
ANSWERS = [text for role, _, texts in TALK for text in texts if role == "respondent"]


def _spoken(rows: Sequence[Row]) -> str:
    return " ".join(paragraph.text for paragraph, state in rows if state not in UNSAID)


@pytest.mark.parametrize("layout", range(len(_LAYOUTS)))
def test_each_layout_holds_all_words_in_order_and_a_state_a_paragraph(layout: int) -> None:
    for seed in range(5):
        rows = _LAYOUTS[layout](TALK, random.Random(seed))
        text, at = _spoken(rows), 0
        for one in ANSWERS:  # a question may be put as a request
            at = text.index(one, at) + len(one)
        assert {state for _, state in rows} <= set(STATES)
        assert rows[0][1] in ("label", "question")


def test_what_is_printed_around_a_talk_is_outside_it() -> None:
    furniture = Furniture(
        *[tuple(Paragraph(text=f"{place} {n}", line=1) for n in range(30)) for place in "xyz"]
    )
    rows = [row for seed in range(30) for row in render(TALK, furniture, random.Random(seed))]
    printed = [(one.text[0], state) for one, state in rows if one.text[0] in "xz"]
    assert {place for place, _ in printed} == {"x", "z"}
    assert {state for _, state in printed} == {"outside"}


def test_the_same_seed_gives_the_same_rendering() -> None:
    empty = Furniture((), (), ())
    assert render(TALK, empty, random.Random(3)) == render(TALK, empty, random.Random(3))
