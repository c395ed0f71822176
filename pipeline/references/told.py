"""Where a speaker of unknown country is from, as far as they say so: "we in Chile", "as a Finn"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from pipeline.actors import ActorTable
from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.syntax import lemma

_PLACED = frozenset({"in", "from"})
_OWNED = frozenset({"country", "government", "homeland", "nation"})
_GRANTING = frozenset({"allow", "forgive", "let", "pardon", "permit"})
_SERVED = frozenset({"delegation", "embassy", "government", "mission", "ministry"})
_BORN = frozenset({"citizen", "man", "native", "patriot", "person", "woman"})


def tell_home(doc: Doc, names: Mapping[int, Found], actors: ActorTable) -> Counter[str]:
    """Count the states that a speaker's words place them in.

    Args:
        doc: a parsed turn of the speaker.
        names: its names by the index of each of their tokens.
        actors: the actor table, for kinds.
    """
    return Counter(
        name
        for token in doc
        for found in _placing(token, names)
        for name in found.actors
        if len(found.actors) == 1 and _is_state(name, actors)
    )


def likeliest(counts: Counter[str]) -> Actors:
    """The state named most often; nobody where two tie."""
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ()
    return (best[0][0],)


def _placing(token: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """Yield the names that place the speaker, at the word that says so."""
    word = token.lower_
    if word in ("we", "us") and token.text != "US":
        yield from _after(token, names)
    elif word in ("my", "our") and token.dep_ == "poss" and lemma(token.head) in _OWNED:
        yield from _apposed(token.head, names)
    elif word == "i" and token.dep_ == "nsubj" and token.head.lemma_ == "be":
        yield from _being(token.head, names)
    elif word == "a" or word == "an":
        yield from _granted(token, names)
    elif word in _SERVED:
        yield from _formerly_of(token, names)


def _after(token: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """Names right after: "we Finns", "we in Finland", "we, in Finland,", "us here in Finland"."""
    doc, at = token.doc, token.i + 1
    found = names.get(at)
    if found is not None and found.label == "NORP":
        yield found
        return
    while at < len(doc) and doc[at].lower_ in (",", "here"):
        at += 1
    if at < len(doc) and doc[at].lower_ in _PLACED:
        at += 2 if at + 1 < len(doc) and doc[at + 1].lower_ == "the" else 1
        if (found := names.get(at)) is not None and found.label == "GPE":
            yield found


def _apposed(noun: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """A name set beside a noun: "my country, Finland,"."""
    at = noun.i + 1
    if at < len(noun.doc) and noun.doc[at].text == ",":
        at += 1
    if (found := names.get(at)) is not None and found.label == "GPE":
        yield found


def _being(verb: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """A nationality that somebody says to have: "I am Finnish", "I am a Finn"."""
    for child in verb.children:
        if child.dep_ not in ("acomp", "attr"):
            continue
        of = [child, *child.lefts] if lemma(child) in _BORN else [child]
        for one in of:
            if (found := names.get(one.i)) is not None and found.label == "NORP":
                yield found


def _granted(article: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """A nationality that asks to be heard: "if you will allow a Finn to say so"."""
    doc, at = article.doc, article.i + 1
    found = names.get(at)
    if found is None or found.label != "NORP" or not article.i:
        return
    heard = [token.lower_ for token in doc[at + 1 : at + 3]]
    if lemma(doc[article.i - 1]) in _GRANTING and heard in (["to", "say"], ["say", "so"]):
        yield found


def _formerly_of(body: Token, names: Mapping[int, Found]) -> Iterator[Found]:
    """A state whose body somebody gives after the name: "formerly of the mission of Finland"."""
    doc, at = body.doc, body.i
    before = [token.lower_ for token in doc[max(0, at - 4) : at] if token.lower_ != "the"]
    if before[-2:] not in (["formerly", "of"], ["formerly", "at"], ["formerly", "with"]):
        return
    if at + 2 < len(doc) and doc[at + 1].lower_ == "of":
        after = at + 3 if doc[at + 2].lower_ == "the" else at + 2
        if (found := names.get(after)) is not None and found.label == "GPE":
            yield found


def _is_state(name: str, actors: ActorTable) -> bool:
    actor = actors.actors.get(name)
    return actor is not None and actor.kind == "state"
