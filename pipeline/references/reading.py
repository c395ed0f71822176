"""What a turn is read with, and whom the words quoted in it are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.memory import REACH, Memory
from pipeline.references.voices import Voice


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn is read with: what was named, its names and quotations, who speaks."""

    memory: Memory
    names: Mapping[int, Found]
    voice: Voice
    quoted: Mapping[int, Token]


def quoted_actors(token: Token, number: int, reading: Reading) -> Actors | None:
    """Whom the one stands for whose words a pronoun is quoted from; None outside quotations."""
    speaker = reading.quoted.get(token.i)
    if speaker is None or speaker.lower_ in ("i", "we"):
        return None
    if (known := reading.names.get(speaker.i)) is not None and known.actors:
        return known.actors
    for candidate in reading.memory.latest(reach=REACH, sentence=number):
        if candidate.head.i == speaker.i and candidate.head.doc is speaker.doc:
            return candidate.actors
    return ()
