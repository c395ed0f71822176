"""Gold turns laid over the paragraphs of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.records import Paragraph
from pipeline.turns.document import view_document
from training.gold import Rows, lay_gold, words_at

GOLD: list[dict[str, Any]] = [
    {"speaker": "Ann Roe", "role": "interviewer", "paragraphs": ["Why did the pier close?"]},
    {"speaker": "Bob Hale", "role": "respondent",
     "paragraphs": ["It rained for a week.", "Then the crane fell over."]},
]  # fmt: skip
FURNITURE = "Subscribe to our newsletter"


def _states(texts: Sequence[str], rows: Rows = GOLD) -> str:
    laid = lay_gold(view_document([Paragraph(text=text, line=1) for text in texts]), rows)
    return "".join(state[0] for state in laid.states)


@pytest.mark.parametrize(
    ("texts", "states"),
    [
        ((FURNITURE, "ROE: Why did the pier close?", "HALE: It rained for a week.",
          "Then the crane fell over.", FURNITURE), "ollco"),
        (("Ann Roe", "Why did the pier close?", "Bob Hale", "It rained for a week.",
          "Then the crane fell over."), "lclcc"),
        (("Q: Why did the pier close?", "A: It rained for a week.", "Then the crane fell over."),
         "llc"),
        (("Why did the pier close?", "It rained for a week.", FURNITURE,
          "Then the crane fell over."), "qafa"),
    ],
)  # fmt: skip
def test_each_paragraph_has_the_state_that_gold_says(texts: Sequence[str], states: str) -> None:
    assert _states(texts) == states


def test_where_labels_mark_the_turns_the_few_without_continue_the_turn_above() -> None:
    more = [("Ann Roe", "interviewer", "Will it open?"), ("Bob Hale", "respondent", "In May.")]
    rows = [*GOLD, *({"speaker": s, "role": r, "paragraphs": [text]} for s, r, text in more)]
    texts = [f"{row['speaker']}: {' '.join(row['paragraphs'])}" for row in rows[:3]]
    assert _states([*texts, "In May."], rows) == "lllc"


def test_a_name_that_gold_does_not_know_is_no_label() -> None:
    assert _states([f"NOTE: {row['paragraphs'][0]}" for row in GOLD])[0] != "l"


def test_words_have_their_offsets() -> None:
    assert words_at("It’s a _pier_.") == [("it’s", 0), ("a", 5), ("pier", 8)]
