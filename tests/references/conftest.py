"""A marked-up sentence or two, resolved: what each pronoun or nominal means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.actors import load_actors
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Interview, Speaker, Turn
from pipeline.stage import apply
from pipeline.stages.entities import Entities

Resolve = Callable[..., dict[str, tuple[str, ...]]]


@pytest.fixture(scope="session")
def entities_stage() -> Entities:
    return Entities(Parser(load_settings().parse.model), load_actors())


def answered(
    answer: str,
    *,
    question: str = "What do you say?",
    title: str = "A test",
    guest: str | None = None,
    date: str = "2022-05-01",
    **speaker: str | None,
) -> Interview:
    """Return an interview of one question and one answer, not yet read.

    Args:
        answer: the text of the turn ``t2``.
        question: the text of ``t1``.
        title: of the interview.
        guest: country of another respondent, without a turn.
        date: of the interview.
        speaker: name, affiliation and country of the respondent.
    """
    speakers = [
        Speaker(id="q", role="interviewer"),
        Speaker(id="a", role="respondent", **speaker),
    ]
    if guest is not None:
        speakers.append(Speaker(id="g", role="respondent", country=guest))
    return Interview(
        id="k01",
        title=title,
        date=date,
        sha256="0" * 64,
        source_format="txt",
        convention="labels",
        convention_confidence=1.0,
        speakers=tuple(speakers),
        turns=(
            Turn(id="t1", speaker_id="q", kind="question", text=question),
            Turn(id="t2", speaker_id="a", kind="answer", text=answer),
        ),
        units=(),
    )


@pytest.fixture
def resolve(entities_stage: Entities) -> Resolve:
    """Return what the answer's references mean, by their words; later ones win."""

    def run(answer: str, **told: Any) -> dict[str, tuple[str, ...]]:
        found = apply(entities_stage, answered(answer, **told)).entities or ()
        return {
            entity.text: entity.actors
            for entity in found
            if entity.turn_id == "t2" and entity.via in ("pronoun", "nominal", "alias")
        }

    return run
