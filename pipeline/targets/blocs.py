"""Which units a model of one West can judge for another bloc, by the actor table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.actors import load_actors
from pipeline.reading.mentions import Place
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row

TRAINED_ON = "west-broad"
"""The bloc of the annotation guidelines, on which the four-way heads were trained."""
IDEA = "West"
"""The actor whose membership makes a bloc a West."""

BlocReading = Literal["trained", "wider", "named", "none"]


def is_western(reader: Reader) -> bool:
    """Whether the reader's bloc is a definition of the West."""
    return reader.mentions.table.in_bloc(IDEA, reader.bloc)


def read_west(rows: Sequence[Row], reader: Reader) -> list[BlocReading]:
    """Return for each row how to judge its stance toward the reader's bloc.

    ``trained``: by the four-way head. The row names an actor of both Wests, or no Western actor, so
    that the bloc is implicit.
    ``wider``: by the four-way head, and as ``named`` if that finds no stance. The row names only
    actors of the bloc that are outside the West of training.
    ``named``: by polarity toward the named actor. The bloc is not a West.
    ``none``: not about the bloc. All Western mentions are outside it, or the bloc is not a West and
    the row names none of its actors.

    The West of training is ``west-broad`` of the shipped actor table at the row's date, even if a
    user's table redefines it; toward it every row is ``trained``.
    """
    western = is_western(reader)
    return [_read(reader.mentions.read(row.text, row.date), row, reader, western) for row in rows]


def _read(places: Sequence[Place], row: Row, reader: Reader, western: bool) -> BlocReading:
    inside = {
        actor
        for place in places
        if place.in_bloc
        for actor in reader.mentions.of_bloc(place.actors, row.date)
    }
    if not western:
        return "named" if inside else "none"
    table = load_actors()
    trained = {
        actor
        for place in places
        for actor in place.actors
        if table.in_bloc(actor, TRAINED_ON, date=row.date)
    }
    if inside & trained or not (inside or trained):
        return "trained"
    return "wider" if inside else "none"
