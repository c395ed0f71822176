"""The actor table: names, people, seats and leaders, and the dated blocs they belong to."""

from pipeline.actors.lexicon import Actor, Bloc, Membership, Office
from pipeline.actors.table import ActorTable, Mention, examine_actors, load_actors

__all__ = [
    "Actor",
    "ActorTable",
    "Bloc",
    "Membership",
    "Mention",
    "Office",
    "examine_actors",
    "load_actors",
]
