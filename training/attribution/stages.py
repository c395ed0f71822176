"""The stages that attributed stances need, for fitting and measuring them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.actors import ActorTable, load_actors
from pipeline.config import load_settings
from pipeline.judges.loader import load_stance_judge
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.records import Interview, Stance
from pipeline.stage import apply
from pipeline.stages.attribution import Attributions
from pipeline.stages.entities import Entities
from pipeline.stages.stance import Stances

_MODELS = "models="


class AttributionJudge:
    """Reads an interview whose units are given: entities, attributions, attributed stances."""

    def __init__(self, parser: Parser, actors: ActorTable, stances: Stances, *, bloc: str) -> None:
        self.actors = actors
        self.bloc = bloc
        self.stances = stances
        self._stages = (Entities(parser, actors), Attributions(parser, actors))

    @classmethod
    def load(cls, overrides: Sequence[str] = ()) -> AttributionJudge:
        """Load the stages with the default settings, or some of them as ``key=value``.

        ``models=FOLDER`` names a folder of models that is searched first.
        """
        named = [one.partition("=")[2] for one in overrides if one.startswith(_MODELS)]
        models = Path(named[-1]) if named else None
        settings = load_settings(
            overrides=[one for one in overrides if not one.startswith(_MODELS)]
        )
        parser, actors = Parser(settings.parse.model), load_actors()
        reader = Reader(parser, actors, bloc=settings.bloc.name)
        stances = Stances(load_stance_judge(settings.stance.model, models=models), reader)
        return cls(parser, actors, stances, bloc=settings.bloc.name)

    def read(self, interview: Interview) -> Interview:
        """Return the interview with entities and attributions."""
        for stage in self._stages:
            interview = apply(stage, interview)
        return interview

    def judge(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the attributed stances of an interview."""
        return self.stances.attributed(self.read(interview))
