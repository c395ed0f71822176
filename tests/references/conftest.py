"""A marked-up sentence or two, resolved: what each pronoun or nominal stands for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.actors import load_actors
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Entity, Interview, Speaker, Turn
from pipeline.stage import apply
from pipeline.stages.entities import Entities

Resolve = Callable[..., dict[str, tuple[str, ...]]]


@pytest.fixture(scope="session")
def entities_stage() -> Entities:
    return Entities(Parser(load_settings().parse.model), load_actors())


@pytest.fixture
def resolve(entities_stage: Entities) -> Resolve:
    """Return what the answer's references stand for, by their words; later ones win."""

    def run(
        answer: str,
        *,
        question: str = "What do you say?",
        country: str | None = None,
        affiliation: str | None = None,
        guest: str | None = None,
        date: str = "2022-05-01",
    ) -> dict[str, tuple[str, ...]]:
        speakers = [
            Speaker(id="q", role="interviewer"),
            Speaker(id="a", role="respondent", affiliation=affiliation, country=country),
        ]
        if guest is not None:
            speakers.append(Speaker(id="g", role="respondent", country=guest))
        interview = Interview(
            id="k01",
            title="A test",
            date=date,
            sha256="0" * 64,
            source_format="txt",
            convention="labels",
            convention_confidence=1.0,
            speakers=tuple(speakers),
            turns=(
                Turn(id="k01.t001", speaker_id="q", kind="question", text=question),
                Turn(id="k01.t002", speaker_id="a", kind="answer", text=answer),
            ),
            units=(),
        )
        found: tuple[Entity, ...] = apply(entities_stage, interview).entities or ()
        return {
            entity.text: entity.actors
            for entity in found
            if entity.turn_id == "k01.t002" and entity.via in ("pronoun", "nominal", "alias")
        }

    return run
