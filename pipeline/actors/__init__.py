"""The actor table: states, organisations, seats and leaders, and their dated blocs."""

from pipeline.actors.table import ActorTable, Mention, examine_actors, load_actors

__all__ = ["ActorTable", "Mention", "examine_actors", "load_actors"]
