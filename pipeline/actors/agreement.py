"""Agreement on a name over all turns of an interview: its label, its state, if it is a name.

Corrects the stock recogniser, which reads every text by itself, by what it or the speakers' names
say elsewhere in the interview. Only names that the table does not know, and without an actor.

Bodies: several states have a "Congress" or a "Treasury". One sentence alone is read as the table
reads it: of the state that is usually meant. In an interview, what counts is whose body it can be:
the speaker's own state's, unless it is "their Senate", then that of a state just named, and so on.

Stress: where one common word is printed in capitals ("they told US, not YOU"), "US" without an
article and without a noun after it is the pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.actors.forms import label_by_form, load_cities
from pipeline.actors.stock import Found
from pipeline.actors.table import ActorTable
from pipeline.records import Interview

_MISREAD = frozenset({"ORG", "GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART"})
_MOST_WORDS = 4
_ANOTHERS = re.compile(r"\b(?:its|their|your|his|her)(?: own)? $", re.IGNORECASE)
_SHORTEST = 4
_OTHER = frozenset({"PROPN", "X", "NUM"})
_GOVERNS = frozenset({"VERB", "ADP"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
_LINKS = frozenset({"POS", "HYPH"})


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


def settle_bodies(
    interview: Interview,
    names: Mapping[str, Sequence[Found]],
    actors: ActorTable,
    *,
    homes: Mapping[str, tuple[str, ...]],
) -> dict[str, list[Found]]:
    """Return the names of every turn, each such body with the state whose it is.

    Args:
        interview: whose turns are read in order.
        names: the names found in each turn, by its id.
        actors: the table, which knows the bodies and the states that have them.
        homes: whom each speaker speaks for, by id.
    """
    settled: dict[str, list[Found]] = {}
    titled = actors.mentions(interview.title, date=interview.date)
    named = [name for one in titled for name in one.actors]
    everybody = [state for home in homes.values() for state in home]
    for turn in interview.turns:
        settled[turn.id] = []
        here: list[str] = []
        meant: dict[str, str] = {}
        for found in names[turn.id]:
            body = turn.text[found.start : found.end]
            owners = actors.bodies.get(body) if found.actors else None
            if owners is not None and body not in meant:
                own = not _ANOTHERS.search(turn.text, 0, found.start)
                home = homes.get(turn.speaker_id, ()) if own else ()
                usual = owners[:1] if owners[0] in named else ()
                told = (*home, *reversed(here), *usual, *reversed(named), *everybody)
                meant[body] = next((state for state in told if state in owners), owners[0])
            if owners is not None:
                found = replace(found, actors=(meant[body],))
            settled[turn.id].append(found)
            here += found.actors
        named += here
    return settled


def has_stress(docs: Iterable[Doc]) -> bool:
    """Return whether a common word of four letters or more is alone in capitals somewhere.

    A run of words in capitals is a heading; the tagger mostly separates common words from acronyms.
    """
    return any(_is_stressed(token) for doc in docs for token in doc)


def _is_stressed(token: Token) -> bool:
    if not (token.is_upper and token.is_alpha and len(token) >= _SHORTEST):
        return False
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return token.pos_ not in _OTHER and sum(word.is_upper for word in around) == 1


def without_stressed(names: Iterable[Found], doc: Doc) -> list[Found]:
    """Return the names of a text without a "US" that is the pronoun: "he told US about it"."""
    return [one for one in names if not _is_pronoun(one, doc)]


def _is_pronoun(found: Found, doc: Doc) -> bool:
    if doc.text[found.start : found.end] != "US":
        return False
    span = doc.char_span(found.start, found.end)
    if span is None or not span.start or doc[span.start - 1].pos_ not in _GOVERNS:
        return False
    after = doc[span.end] if span.end < len(doc) else None
    return after is None or not (after.pos_ in _NOUNS or after.tag_ in _LINKS)
