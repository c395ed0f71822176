"""One name, one label: what an interview calls a place or a person is that in all of its turns.

Corrects the stock recogniser, which reads every text by itself, by what it or the speakers' names
say elsewhere in the interview. Only names that the table does not know, and without an actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.actors.forms import label_by_form
from pipeline.actors.patterns import load_cities
from pipeline.actors.stock import Found
from pipeline.actors.table import ActorTable
from pipeline.records import Interview

_MISREAD = frozenset({"ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})
_MOST_WORDS = 4


def agree_labels(
    interview: Interview, names: Mapping[str, Sequence[Found]], actors: ActorTable
) -> dict[str, list[Found]]:
    """Return the names of every turn, one word with one label in all of them.

    Args:
        interview: with the names of its speakers.
        names: the names found in each turn, by its id.
        actors: the table.
    """
    texts = {turn.id: turn.text for turn in interview.turns}
    named = [
        (texts[turn][one.start : one.end], one) for turn, found in names.items() for one in found
    ]
    full = {text for text, one in named if one.label == "PERSON"}
    full |= {speaker.name for speaker in interview.speakers if speaker.name}
    forenames, others = _parts(full, actors)
    places = {text for text, one in named if one.label == "GPE"} - forenames - others

    def agreed(text: str, one: Found) -> Found:
        if one.actors or " " in text or actors.senses_of(text):
            return one
        if text in forenames and one.label in _MISREAD:
            return replace(one, label="PERSON")
        is_place = text in places and one.label in ("ORG", "PERSON")
        return replace(one, label="GPE") if is_place else one

    return {
        turn: [agreed(texts[turn][one.start : one.end], one) for one in found]
        for turn, found in names.items()
    }


def _parts(full: Iterable[str], actors: ActorTable) -> tuple[set[str], set[str]]:
    """The forenames of persons named in full, and the other words of their names."""
    forenames: set[str] = set()
    others: set[str] = set()
    for first, *rest in _split(full, actors):
        others.update(rest)
        if first in actors.forenames or first not in load_cities():
            forenames.add(first)
    return forenames, others


def _split(full: Iterable[str], actors: ActorTable) -> Iterator[list[str]]:
    """The words of names that have a forename: "Ada Byron", not "Minister" or "Narva River"."""
    context = actors.context
    for name in full:
        words = name.split()
        if not 2 <= len(words) <= _MOST_WORDS or label_by_form(name, context) is not None:
            continue
        first = words[0]
        named = first.istitle() and first.isalpha() and first.lower() not in context.titles
        if named and all(word[0].isupper() for word in words):
            yield words
