"""The entities stage: names, and references that mean an actor without naming it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from pipeline.actors import ActorTable
from pipeline.actors.agreement import settle_bodies
from pipeline.actors.names import Found, find_names
from pipeline.parse import Parser
from pipeline.records import Entity, Interview
from pipeline.references import References
from pipeline.references.homes import homes_of
from pipeline.stage import Fingerprint

__all__ = ["Entities", "Found", "find_names"]


class Entities:
    """Finds names in every turn and the actors they mean at the interview's date.

    The spans and labels of the actor table come first; the stock recogniser adds the names that
    the table does not list. Labels are those of OntoNotes 5 (Weischedel et al. 2013) without dates
    and numbers; spans have no leading article, no title and no possessive ending. Phrases that mean
    an actor without naming it ("the rules-based order"), pronouns and nominals have no label, those
    unresolved no actors (see ``pipeline.references``). Nothing overlaps except a pronoun and the
    nominal it begins ("our", "our allies").

    Each text is read by itself first; then the interview decides whose "Congress" is meant.
    ``python -m training measure-entities`` measures it beside the stock recogniser.

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.parse import load_spacy
        >>> doc = load_spacy("en_core_web_sm")("The Kremlin mocks Western unity.")
        >>> [(f.label, f.actors) for f in find_names(doc, load_actors(), date="2022")]
        [('ORG', ('Russia',)), ('NORP', ('West',))]
    """

    name = "entities"
    requires = ("units",)
    provides = ("entities",)

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self._parser = parser
        self._actors = actors
        self._references = References(actors)

    @property
    def fingerprint(self) -> Fingerprint:
        """The parser and the actor table, whose blocs a mention has, whatever the run's bloc."""
        return *self._parser.fingerprint, self._actors.sha256

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the layer ``entities``, in the order of the text."""
        docs = self._parser.docs(interview)
        names = self._names(interview, docs)
        resolved = self._references.resolve(interview, docs=docs, names=names)
        entities: list[Entity] = []
        for turn in interview.turns:
            for found in resolved[turn.id]:
                entities.append(
                    Entity(
                        id=f"{interview.id}.e{len(entities) + 1:04d}",
                        turn_id=turn.id,
                        start=found.start,
                        end=found.end,
                        text=turn.text[found.start : found.end],
                        label=found.label,
                        actors=found.actors,
                        blocs=self._blocs(found.actors, interview.date),
                        via=found.via,
                    )
                )
        return {"entities": tuple(entities)}

    def _names(self, interview: Interview, docs: Mapping[str, Doc]) -> dict[str, list[Found]]:
        """Return the names of every turn, bodies of a state as the interview means them."""
        actors = self._actors
        names = {
            turn.id: find_names(docs[turn.id], actors, date=interview.date)
            for turn in interview.turns
        }
        return settle_bodies(interview, names, actors, homes=homes_of(interview, actors))

    def _blocs(self, actors: tuple[str, ...], date: str | None) -> tuple[str, ...]:
        blocs = {bloc for actor in actors for bloc in self._actors.blocs_of(actor, date=date)}
        return tuple(sorted(blocs))
