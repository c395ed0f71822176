"""We that is two sides: what the speaker's side does or shares with another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from spacy.tokens import Span, Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.memory import Memory
from pipeline.references.syntax import (
    COUNTRIES,
    clause_of,
    has_with,
    is_let_us,
    is_plural,
    is_subject,
    lemma,
)
from pipeline.references.words import Words

_CONTINENTS = frozenset({"Africa", "Asia", "Europe"})
_JOINING = frozenset({"and", "-", "–"})
_AND = _JOINING | {"the"}
_OPENING = 6  # words of the sentence before in which both must be named
_PAIRED = frozenset({"two", "both"})
_REACH = 1  # sentences back that a counterpart may have been named


def is_joint(token: Token, words: Words) -> bool:
    """Tell whether both sides are meant: "our countries", "between us", "together we", "we met"."""
    if token.dep_ == "poss":
        modifiers = {child.lower_ for child in token.head.children}
        if is_plural(token.head) and lemma(token.head) in words.parties and modifiers & _PAIRED:
            return True
        if token.head.lower_ in COUNTRIES or modifiers & words.joint:
            return True
        if lemma(token.head) in words.joint_nouns:
            return not has_with(token.head)
    if token.i and token.nbor(-1).lower_ == "between":
        return True
    verb = clause_of(token)
    if is_subject(token) and token.sent[0].lower_ == "together" and token.i - token.sent.start < 5:
        return True  # "Together, therefore, we decided with our partners to"
    if has_with(verb):
        return False
    if is_subject(token) and (lemma(verb) in words.mutual or confers(verb, words)):
        return True
    near = list(verb.subtree)
    return any(one.lower_ in words.joint_adverbs and not has_with(one) for one in near) or any(
        one.lower_ == "each" and other.lower_ == "other" for one, other in pairwise(near)
    )


def is_of_both(token: Token, words: Words) -> bool:
    """Tell whether two hosts before the press speak for both: "our teams", "we agreed"."""
    if token.dep_ == "poss":
        noun = lemma(token.head)
        shared = noun in words.shared_nouns and not has_with(token.head)
        return shared or (noun in words.each_nouns and is_plural(token.head))
    if token.lower_ == "us" and token.i > 1 and token.nbor(-1).lower_ == "of":
        return token.nbor(-2).lower_ in ("both", "each", "two")
    verb = clause_of(token)
    if not is_subject(token) or has_with(verb):
        return False
    return lemma(verb) in words.shared_verbs or any(
        one.lower_ == "our" and one.i > token.i and _owns_shared(one, words) for one in verb.subtree
    )


def _owns_shared(token: Token, words: Words) -> bool:
    """Tell whether what is had is two sides': "we can deepen our cooperation"."""
    return token.dep_ == "poss" and (is_joint(token, words) or is_of_both(token, words))


def confers(verb: Token, words: Words) -> bool:
    """Tell whether two sides confer: "we had a long discussion", "we have a partnership"."""
    return lemma(verb) in words.held and any(
        child.dep_ == "dobj" and lemma(child) in words.conferences and not has_with(child)
        for child in verb.children
    )


def is_agreed(token: Token, words: Words) -> bool:
    """Tell whether the other side is asked to join in: "let us agree on this"."""
    return is_let_us(token) and lemma(token.head) in words.mutual


def partner_of(memory: Memory, *, home: Actors, guest: Actors, sentence: int) -> Actors:
    """The other side of what "we" do together.

    Whom the sentence says that the speaker was with, else the guest, else the person, state or
    people named last, alone, in this sentence or the one before.
    """
    near = [
        candidate
        for candidate in memory.others(home, sentence=sentence, reach=_REACH)
        if candidate.shape in ("person", "state", "people") and len(candidate.actors) == 1
    ]
    if not guest:
        return near[0].actors if near else ()
    for candidate in near:
        with_them = candidate.head.dep_ == "pobj" and candidate.head.head.lower_ == "with"
        if with_them and candidate.shape == "person" and candidate.sentence == sentence:
            return candidate.actors
    return guest


def named_beside(token: Token, home: Actors, names: Mapping[int, Found]) -> Actors:
    """Whom a sentence names beside the speaker's side before "we": "Russia and India ... we".

    Looked for in the words before the pronoun, then at the start of the sentence before.
    """
    doc, start = token.doc, token.sent.start
    if found := _beside(doc[start : token.i], home, names):
        return found
    if not start:
        return ()
    return _beside(doc[doc[start - 1].sent.start : start][:_OPENING], home, names)


def _beside(span: Span, home: Actors, names: Mapping[int, Found]) -> Actors:
    """The one actor named right before or after the speaker's side, joined by "and" or a dash."""
    named = [token for token in span if token.i in names and names[token.i].actors]
    for first, second in pairwise(named):
        one, other = names[first.i].actors, names[second.i].actors
        between = [token.lower_ for token in span.doc[first.i + 1 : second.i]]
        joined = bool(between) and set(between) <= _AND and set(between) & _JOINING
        if joined and home in (one, other) and one != other and not _CONTINENTS & {*one, *other}:
            return other if one == home else one
    return ()
