"""Attribution: what the speaker reports that somebody else says, thinks or feels.

``pipeline.attribution`` finds the phrases that may name a holder; this stage records those that
depend on a cue. Whether they hold a stance toward the bloc is judged by the stage ``stance``
(``pipeline.attribution.stances``), which also asks about the phrases without a cue.

Example:
    >>> from pipeline.actors import load_actors
    >>> from pipeline.parse import Parser
    >>> parser = Parser("en_core_web_sm")
    >>> stage = Attributions(parser, load_actors())
    >>> stage.requires, stage.provides
    (('units', 'entities'), ('attributions',))
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.actors import ActorTable
from pipeline.attribution.candidates import HolderReader
from pipeline.parse import Parser
from pipeline.records import Attribution, Interview
from pipeline.stage import Fingerprint


class Attributions:
    """The stage that records reports with a cue, one record a holder."""

    name = "attribution"
    requires: tuple[str, ...] = ("units", "entities")
    provides: tuple[str, ...] = ("attributions",)

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self.holders = HolderReader(parser, actors)

    @property
    def fingerprint(self) -> Fingerprint:
        """The parser and the actor table."""
        return *self.holders.parser.fingerprint, self.holders.actors.sha256

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Attribution, ...]]:
        """Return the attributions of all units that are judged, in text order."""
        found = (
            one.attribution
            for _, candidates in self.holders.read(interview)
            for one in candidates
            if one.cued
        )
        return {"attributions": tuple(found)}
