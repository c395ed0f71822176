"""You, your: whom the words themselves name, or the state of the one addressed where it acts."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.syntax import is_plural, lemma
from pipeline.references.words import Words

_HYPOTHETICAL = frozenset({"if", "unless", "whether", "when", "whenever"})


def resolve_you(
    token: Token, *, addressee: Actors, names: Mapping[int, Found], words: Words
) -> Actors:
    """Return whom a second-person pronoun stands for; nobody where no state is plainly addressed.

    Args:
        token: the pronoun.
        addressee: the side of the one who is spoken to.
        names: names of the text by the index of each of their tokens.
        words: the word lists.
    """
    if token.lower_ == "you" and (said := _named_after(token, names)):
        return said
    if token.dep_ == "poss":
        return addressee if lemma(token.head) in words.of_states else ()
    return addressee if _did_as_a_state(token, words) else ()


def _named_after(token: Token, names: Mapping[int, Found]) -> Actors:
    """Whom the words right after name: "you Americans", "you in the West"."""
    doc, at = token.doc, token.i + 1
    if at < len(doc) and doc[at].lower_ in ("in", "at"):
        at += 1
        if at < len(doc) and doc[at].lower_ == "the":
            at += 1
        known = names.get(at)
        return known.actors if known is not None and known.label in ("LOC", "ORG") else ()
    known = names.get(at)
    if known is None or known.label != "NORP" or not is_plural(doc[at]):
        return ()
    return known.actors


def _did_as_a_state(token: Token, words: Words) -> bool:
    """Tell whether a past act of states is laid to the one addressed: "you sent tanks"."""
    verb = token.head
    if token.dep_ != "nsubj" or not _is_of_states(verb, words):
        return False
    children = [one.lower_ for one in verb.children]
    if _HYPOTHETICAL & set(children):
        return False
    done = verb.tag_ == "VBN" and not {"have", "'ve", "’ve"}.isdisjoint(children)
    return done or verb.tag_ == "VBD"


def _is_of_states(verb: Token, words: Words) -> bool:
    """Tell whether only states do it, or do it with that: "annex", "send tanks"."""
    return lemma(verb) in words.state_acts or (
        lemma(verb) in words.state_gifts
        and any(one.dep_ == "dobj" and lemma(one) in words.state_goods for one in verb.children)
    )
