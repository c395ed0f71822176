"""Question, answer, statement, aside."""

from __future__ import annotations

import pytest

from pipeline.turns.kinds import find_kinds
from tests.turns.talks import Pair, roles_of, segments_of


@pytest.mark.parametrize(
    ("turns", "kinds"),
    [
        ((("HOST", "Does it hold?"), ("Ana North", "It does.")), "question answer"),
        ((("Ana North", "It holds for a year."), ("HOST", "Why?"), ("Ana North", "Why not.")),
         "statement question answer"),
        ((("HOST", "You signed it."), ("Ana North", "I had to.")), "question answer"),
        ((("HOST", "Why?"), ("Ana North", "It rained."), ("HOST", "Right. Go on."),
          ("Ana North", "And it snowed.")), "question answer aside answer"),
        ((("HOST", "Why?"), ("Ana North", "It rained."), ("HOST", "Thank you very much.")),
         "question answer aside"),
        ((("HOST", "Welcome to the pier."), ("Ana North", "Thank you."), ("HOST", "Why?"),
          ("Ana North", "It rained.")), "aside aside question answer"),
        ((("HOST", "good evening everybody is the pact a threat"), ("Ana North", "yes it is")),
         "question answer"),
    ],
)  # fmt: skip
def test_a_turn_has_a_kind(turns: tuple[Pair, ...], kinds: str) -> None:
    segments = segments_of(turns)
    assert find_kinds(segments, roles_of(segments)) == kinds.split()


def test_other_voices_answer_nothing() -> None:
    segments = segments_of([("HOST", "Why?"), ("NARRATOR", "A bell."), ("NARRATOR", "Rain. " * 20)])
    roles = {**roles_of(segments), segments[1].key: "other"}
    assert find_kinds(segments, roles) == ["question", "aside", "statement"]
