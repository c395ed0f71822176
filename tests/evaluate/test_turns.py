"""Scoring turns against gold."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluate.turns import score_turns
from pipeline.records import Interview, Role, Speaker, Turn

GOLD: list[dict[str, Any]] = [
    {"speaker": "Ann", "role": "interviewer", "paragraphs": ["Why did it close?"]},
    {"speaker": "Mayor Bob Hale", "role": "respondent", "paragraphs": ["It rained."]},
    {"speaker": "Bob Hale", "role": "respondent", "paragraphs": ["All summer long."]},
]


def _interview(*turns: tuple[str, Role, str]) -> Interview:
    names = list(dict.fromkeys((name, role) for name, role, _ in turns))
    ids = {name: f"k.s{n}" for n, (name, _) in enumerate(names)}
    return Interview(
        id="k", title="k", sha256="", source_format="txt", convention="", convention_confidence=1,
        speakers=tuple(Speaker(id=ids[name], name=name, role=role) for name, role in names),
        turns=tuple(
            Turn(id=f"k.t{n}", speaker_id=ids[name], kind="statement", text=text)
            for n, (name, _, text) in enumerate(turns)
        ),
    )  # fmt: skip


def test_the_same_turns_agree_wholly() -> None:
    score = score_turns(
        _interview(
            ("X", "interviewer", "Why did it close?"),
            ("Y", "respondent", "It rained.\n\nAll summer long."),
        ),
        GOLD,
    )
    assert (score.role_share, score.speaker_share, score.missing, score.furniture) == (1, 1, 0, 0)


def test_words_under_another_speaker_and_role_are_counted() -> None:
    score = score_turns(
        _interview(
            ("X", "interviewer", "Why did it close? It rained."),
            ("Y", "respondent", "All summer long."),
        ),
        GOLD,
    )
    assert score.role_share == pytest.approx(7 / 9)
    assert score.speaker_share == pytest.approx(7 / 9)


def test_furniture_and_missing_words_are_named() -> None:
    score = score_turns(
        _interview(("X", "interviewer", "Menu Why did it close?"), ("Y", "respondent", "It")),
        GOLD,
    )
    assert (score.furniture, score.furniture_text) == (1, "menu")
    assert (score.missing, score.missing_text) == (4, "rained all summer long")
