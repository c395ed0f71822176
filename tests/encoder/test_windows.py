"""Answers become windows: every unit once, in context, never longer than a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer

from pipeline.encoder.windows import (
    MAX_TOKENS,
    QUESTION_TOKENS,
    UNIT_TOKENS,
    Placed,
    build_windows,
)
from pipeline.reading.rows import Answer

SMALL = Path(__file__).parents[2] / "models" / "encoder-small"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(SMALL / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def placed_units(answer: Answer, tokenizer: Tokenizer) -> list[Placed]:
    return [placed for window in build_windows(answer, tokenizer) for placed in window.placed]


@pytest.mark.parametrize("count", [0, 1, 7, 60, 400])
def test_every_unit_is_in_one_window(count: int, tokenizer: Tokenizer) -> None:
    answer = Answer("Why?", tuple(f"The bridge at gate {i} holds." for i in range(count)))
    assert sorted(one.unit for one in placed_units(answer, tokenizer)) == list(range(count))


def test_no_window_is_longer_than_the_network_reads(tokenizer: Tokenizer) -> None:
    answer = Answer("why " * 500, tuple("word " * n for n in (3, 900, 40, 200, 1, 350)))
    windows = build_windows(answer, tokenizer)
    assert max(len(window.ids) for window in windows) <= MAX_TOKENS
    assert all(sum(t == 0 for t in w.types) <= QUESTION_TOKENS + 2 for w in windows)
    longest = max(placed_units(answer, tokenizer), key=lambda one: one.end - one.start)
    assert longest.end - longest.start == UNIT_TOKENS


def test_a_unit_of_a_long_answer_is_read_with_both_neighbours(tokenizer: Tokenizer) -> None:
    answer = Answer("Why?", tuple(f"The bridge at gate {i} holds." for i in range(200)))
    for window in build_windows(answer, tokenizer):
        first, last = window.placed[0], window.placed[-1]
        assert first.unit == 0 or first.start > window.types.index(1)
        assert last.unit == 199 or last.end + 1 < len(window.ids)


def test_the_end_of_a_question_is_kept(tokenizer: Tokenizer) -> None:
    question = "filler " * 100 + "Does the alliance hold?"
    (window,) = build_windows(Answer(question, ("Yes.",)), tokenizer)
    asked = [i for i, kind in zip(window.ids, window.types, strict=True) if kind == 0]
    assert tokenizer.decode(asked).endswith("does the alliance hold?")


def test_tokens_are_found_by_code_points(tokenizer: Tokenizer) -> None:
    text = "🙂 I blame NATO for it."
    (placed,) = placed_units(Answer("", (text,)), tokenizer)
    start = text.index("NATO")
    span = placed.tokens_of((start, start + 4))
    assert span is not None
    (window,) = build_windows(Answer("", (text,)), tokenizer)
    assert tokenizer.decode(list(window.ids[slice(*span)])) == "nato"
    assert placed.tokens_of((500, 510)) is None
