"""Which units a model that learnt one West can answer for another, by the actor table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.actors import load_actors
from pipeline.features.featuriser import Reader
from pipeline.features.mentions import Place
from pipeline.features.rows import Row

LEARNT = "west-broad"
"""The bloc of the annotation guidelines, on which the models' four-way heads were trained."""
IDEA = "West"
"""The actor that makes a bloc a West."""

BlocReading = Literal["learnt", "wider", "named", "none"]


def is_western(reader: Reader) -> bool:
    """Tell whether the reader's bloc is one of the definitions of the West."""
    return reader.mentions.table.in_bloc(IDEA, reader.bloc)


def read_west(rows: Sequence[Row], reader: Reader) -> list[BlocReading]:
    """Say for each row how its stance toward the reader's bloc is to be found.

    ``learnt``: by the model of the learnt West. The row names an actor that is in both, or no
    Western actor at all, so that the bloc is only meant, as it would be by "we" or "they"; that
    it is then one that only the learnt West holds, nothing in the row can tell.
    ``wider``: by that model too, and where it finds nothing, as ``named``: all the actors of the
    bloc that the row names are outside the learnt West.
    ``named``: by polarity toward the actor that it names; the bloc is no West.
    ``none``: not about the bloc. All its Western mentions are outside it; or the bloc is no West,
    and the row names none of its actors.

    The learnt West is ``west-broad`` at the row's date as Westward ships it, whatever a user's own
    table makes of that name; toward it every row is ``learnt``.
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
    learnt = {
        actor
        for place in places
        for actor in place.actors
        if table.in_bloc(actor, LEARNT, date=row.date)
    }
    if inside & learnt or not (inside or learnt):
        return "learnt"
    return "wider" if inside else "none"
