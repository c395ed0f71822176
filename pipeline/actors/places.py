"""Whether a capital acts or is only a place, by the grammar of its sentence.

"London said" and "the view in London" mean the government; "he left London", "the London talks"
and "the flight from London to Kyiv" a city. The token rules of ``context`` (after "in", "near")
come first; what they let pass, and what they reject, is read again with the parse. The word lists
are in ``context.toml``.
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

from pipeline.actors.context import Context

Reading = Literal["acts", "place", "open"]

_WHERE = frozenset({"in", "at"})
_WAYS = frozenset({"to", "from", "into", "for", "through", "via", "towards", "toward"})
_ONE = frozenset({"i", "you", "he", "she", "we"})
_MODIFIES = frozenset({"compound", "nmod", "amod"})


def read_place(head: Token, context: Context) -> Reading:
    """Return whether a capital acts, is only a place, or is left to the rules without a parse.

    Args:
        head: the last token of the name.
        context: the word lists.
    """
    while head.dep_ == "conj" and head.head.i != head.i and head.head.pos_ == "PROPN":
        head = head.head
    governor = head.head
    if head.dep_ in _MODIFIES:
        return _before_noun(governor, context)
    if head.dep_ == "poss":
        return "acts" if _lemma(governor) not in context.sights else "place"
    if head.dep_ in ("dobj", "nsubjpass"):
        return "place" if _lemma(governor) in context.visited else "open"
    if head.dep_ == "pobj":
        return _after_preposition(governor, context)
    return "open"


def _before_noun(noun: Token, context: Context) -> Reading:
    """Read "the Kyiv authorities" and "the Kyiv suburbs"."""
    while noun.dep_ == "compound" and noun.head.i != noun.i:
        noun = noun.head
    if _lemma(noun) in context.sites:
        return "place"
    return "acts" if _lemma(noun) in context.powers else "open"


def _after_preposition(preposition: Token, context: Context) -> Reading:
    if _is_on_the_way(preposition):
        return "place"
    word, governor = preposition.lower_, preposition.head
    while preposition.dep_ in ("conj", "prep") and governor.dep_ == "prep":
        governor = governor.head
    lemma = _lemma(governor)
    if word in _WHERE:
        if lemma in context.opinions and _said_by_somebody(governor):
            return "place"
        if lemma in context.powers or lemma in context.opinions:
            return "acts"
        # "In Washington one hears": the clause is of saying, thinking or being so
        speaks = _lemma(preposition.head) in (*context.opinions, "be")
        return "acts" if speaks and preposition.i == preposition.sent.start else "open"
    if word in _WAYS and lemma in context.ways:
        return "place"
    if word == "of" and lemma in context.sights:
        return "place"
    if word == "on" and lemma in context.assaults:
        return "place"
    return "open"


def _is_on_the_way(preposition: Token) -> bool:
    """Return whether a preposition by itself is about a route: "from Lima to Oslo via Rome".

    A "to" attached to a "from" does, and that "from"; not those of "a note from Lima to Oslo".
    """
    word, governor = preposition.lower_, preposition.head
    if word == "via" or (word == "of" and governor.lower_ == "way" and governor.dep_ == "pobj"):
        return True
    if word == "to":
        return bool(governor.lower_ == "from")
    return word == "from" and any(child.lower_ == "to" for child in preposition.children)


def _said_by_somebody(verb: Token) -> bool:
    """Tell whether one person said it: "he said in Oslo", not "you hear in Oslo"."""
    if verb.tag_ not in ("VBD", "VBN"):
        return False
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return any(child.lower_ in _ONE or child.ent_type_ == "PERSON" for child in subjects)


def _lemma(token: Token) -> str:
    return token.lemma_.lower()
