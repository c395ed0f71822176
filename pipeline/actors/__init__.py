"""The actor table: states, organisations, seats and leaders, and their dated blocs."""

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
