"""Interviews of our own for the tests of names, read by the stage."""

from __future__ import annotations

from pipeline.actors import load_actors
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Entity, Interview, Speaker, Turn
from pipeline.stage import apply
from pipeline.stages.entities import Entities


def interview_of(*texts: str, speaker: Speaker | None = None, title: str = "A talk") -> Interview:
    """Build an undated interview whose turns are all one respondent's."""
    who = speaker or Speaker(id="k.s1", role="respondent")
    turns = tuple(
        Turn(id=f"k.t{number}", speaker_id=who.id, kind="answer", text=text)
        for number, text in enumerate(texts)
    )
    return Interview(
        id="k", title=title, sha256="0", source_format="txt", convention="labels",
        convention_confidence=1.0, speakers=(who,), turns=turns, units=(),
    )  # fmt: skip


def names_of(*texts: str, speaker: Speaker | None = None, title: str = "A talk") -> list[Entity]:
    """Return the names, without pronouns and nominals, that the stage finds in such an interview."""
    stage = Entities(Parser(load_settings().parse.model), load_actors())
    found = apply(stage, interview_of(*texts, speaker=speaker, title=title)).entities or ()
    return [one for one in found if one.label is not None]


def actors_of(words: str, *texts: str, speaker: Speaker | None = None) -> tuple[str, ...]:
    """Return whom the last mention of some words refers to; nobody where they are no name."""
    named = [one.actors for one in names_of(*texts, speaker=speaker) if one.text == words]
    return named[-1] if named else ()
