"""One reader of mentions and syntax for a run: what the stages ask of a text, kept by text."""

from __future__ import annotations

from copy import copy
from typing import Any

from pipeline.actors import ActorTable, load_actors
from pipeline.config import Settings
from pipeline.parse import Parser
from pipeline.reading.mentions import MentionReader
from pipeline.reading.syntax import SyntaxReader


class Reader:
    """Finds actors and parses texts; caches both, so that stages may share one reader."""

    def __init__(self, parser: Parser, table: ActorTable, *, bloc: str) -> None:
        self.bloc = bloc
        self.syntax = SyntaxReader(parser)
        self.mentions = MentionReader(table, bloc=bloc)

    @property
    def fingerprint(self) -> tuple[Any, ...]:
        """What a reading depends on: the parser, the actor table and the bloc."""
        return *self.syntax.parser.fingerprint, self.mentions.table.sha256, self.bloc

    def toward(self, bloc: str) -> Reader:
        """Return a reader for another bloc that shares this one's parses."""
        other = copy(self)
        other.bloc = bloc
        other.mentions = MentionReader(self.mentions.table, bloc=bloc)
        return other

    def forget(self) -> None:
        """Empty the caches, so that memory does not grow with the corpus."""
        self.syntax.forget()
        self.mentions.forget()


def make_reader(settings: Settings) -> Reader:
    """Return a reader for the settings' bloc and parser, with the shipped actors."""
    return Reader(Parser(settings.parse.model), load_actors(), bloc=settings.bloc.name)
