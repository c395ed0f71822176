"""Turning the names and other nouns of a sentence into what a later pronoun may stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from pipeline.actors import ActorTable
from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.memory import Candidate, Shape
from pipeline.references.syntax import is_plural, is_subject, lemma
from pipeline.references.words import HE, IT, THEY, Words

_BODIES = frozenset({"coalition", "leadership"})
_PEOPLE = frozenset({"NNPS", "NNS"})


def list_candidates(
    sentence: Span,
    *,
    number: int,
    names: Mapping[int, Found],
    actors: ActorTable,
    words: Words,
) -> Iterator[Candidate]:
    """Yield the candidates of one sentence in the order of the text.

    Args:
        sentence: of a parsed Doc.
        number: its running number in the interview.
        names: names by the index of each of their tokens.
        actors: the actor table, for kinds.
        words: the word lists.
    """
    last: dict[int, Candidate] = {}
    seen: set[tuple[int, int]] = set()
    for token in sentence:
        found = names.get(token.i)
        if found is None:
            if token.pos_ == "NOUN" and not _is_inside(token, names):
                yield _rival(token, number)
            continue
        if (found.start, found.end) in seen:
            continue
        seen.add((found.start, found.end))
        candidate = _named(token, found, number, names, actors, words)
        if candidate is None:
            continue
        yield candidate
        first = _first_of_pair(candidate.head)
        if first is not None and first.i in last and candidate.actors and last[first.i].actors:
            candidate = _pair(last[first.i], candidate, number)
            yield candidate
            last[first.i] = candidate
        last[candidate.head.i] = candidate


def _named(
    token: Token,
    found: Found,
    number: int,
    names: Mapping[int, Found],
    actors: ActorTable,
    words: Words,
) -> Candidate | None:
    head = token
    while head.head.i != head.i and names.get(head.head.i) is found:
        head = head.head
    plural = is_plural(head)
    shape: Shape
    if found.label == "PERSON":
        shape = "person"
    elif not found.actors:
        return None if found.label in ("GPE", "LOC", "NORP") else _rival(head, number)
    elif found.label == "NORP":
        shape, plural, head = _people(head, words)
    else:
        kinds = {actors.actors[name].kind for name in found.actors if name in actors.actors}
        shape = "state" if kinds & {"state", "place"} else "body"
        if head.dep_ in ("compound", "poss", "nmod") and head.head.pos_ in ("NOUN", "PROPN"):
            if lemma(head.head) in words.leaders and not is_plural(head.head):
                head, shape = head.head, "person"
            elif lemma(head.head) in words.officials and head.dep_ != "poss":
                head, plural = head.head, is_plural(head.head)
                shape = "people" if plural else shape
            elif head.dep_ == "compound":
                shape = "attribute"
    return Candidate(found.actors, shape, number, head, is_subject(head), plural)


def _people(head: Token, words: Words) -> tuple[Shape, bool, Token]:
    """Read a nationality: "Russians" and "the Russian officials" are people, not "Russian gas"."""
    noun = head.head
    if head.tag_ in _PEOPLE or head.dep_ not in ("amod", "compound", "nmod"):
        return "people", True, head
    if lemma(noun) in words.leaders and not is_plural(noun):
        return "person", False, noun
    if lemma(noun) in words.officials:
        return ("people", True, noun) if is_plural(noun) else ("body", False, noun)
    if lemma(noun) in words.organs | words.polities | _BODIES:
        return "body", is_plural(noun), noun
    return "attribute", is_plural(noun), head


def _rival(token: Token, number: int) -> Candidate:
    plural = is_plural(token) or any(child.dep_ == "conj" for child in token.children)
    return Candidate((), "rival", number, token, is_subject(token), plural)


def _is_inside(token: Token, names: Mapping[int, Found]) -> bool:
    """Tell whether a noun carries a name as its modifier: "Russian officials", "the US side"."""
    return any(
        child.i in names and child.dep_ in ("amod", "compound", "nmod") and names[child.i].actors
        for child in token.lefts
    )


def _first_of_pair(head: Token) -> Token | None:
    """What a head is coordinated with: Russia for China in "Russia and China"."""
    return head.head if head.dep_ == "conj" else None


def _pair(one: Candidate, other: Candidate, number: int) -> Candidate:
    return Candidate(
        actors=tuple(dict.fromkeys((*one.actors, *other.actors))),
        shape="pair",
        sentence=number,
        head=other.head,
        subject=one.subject,
        plural=True,
    )


def again(token: Token, actors: Actors, number: int) -> Candidate:
    """A resolved pronoun as something that the next one may stand for."""
    word = token.lower_
    shape: Shape = "pair" if len(actors) > 1 else "people"
    if word in HE:
        shape = "person"
    elif word in IT:
        shape = "state"
    return Candidate(
        actors=actors,
        shape=shape,
        sentence=number,
        head=token,
        subject=is_subject(token),
        plural=word in THEY,
        pronoun=True,
    )
