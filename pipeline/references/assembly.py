"""We that is an assembly: what all who sit there do together, said by a state's delegate."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.actors import ActorTable
from pipeline.records import Interview, Speaker
from pipeline.references.generic import has_all, is_generic, is_part
from pipeline.references.homes import Actors
from pipeline.references.syntax import COUNTRIES, clause_of, has_with, is_let_us, is_subject, lemma
from pipeline.references.words import Words

ASSEMBLY = "United Nations"
_NOW = frozenset({"here", "just", "today"})
_DUTIES = frozenset({"must", "need", "ought", "should"})


def assembly_of(speaker: Speaker, interview: Interview, actors: ActorTable) -> Actors:
    """Return the assembly in which a speaker is a state's delegate; nobody elsewhere.

    A delegate has a state's name for a label ("Russian Federation"); the assembly is named by the
    interview's title.
    """
    label = (speaker.name or "").partition("(")[0].strip()
    mentions = actors.mentions(label, date=interview.date)
    whole = [one for one in mentions if (one.start, one.end) == (0, len(label)) and one.actors]
    if not whole or actors.actors[whole[0].actors[0]].kind != "state":
        return ()
    titled = actors.mentions(interview.title, date=interview.date)
    return (ASSEMBLY,) if any(ASSEMBLY in one.actors for one in titled) else ()


def is_of_assembly(token: Token, words: Words) -> bool:
    """Tell whether all who sit there are meant: "our meeting", "all of us", "we adopted"."""
    if token.dep_ == "poss":
        return lemma(token.head) in words.sittings or token.head.lower_ in COUNTRIES
    if token.lower_ == "us":
        opens = is_let_us(token) and not is_generic(token, words)
        return opens or is_part(token, words) or _is_all(token)
    verb = clause_of(token)
    if not is_subject(token) or has_with(verb):
        return False
    if has_all(token):
        return lemma(verb) not in words.moved
    if _is_duty(verb):
        return not {lemma(one) for one in (verb, *verb.children)} & words.remarks
    if lemma(verb) in words.hearing:
        return any(one.lower_ in _NOW or lemma(one) in words.sittings for one in verb.subtree)
    return lemma(verb) in words.sitting_verbs


def _is_all(token: Token) -> bool:
    """Tell whether the pronoun is that of "all of us"."""
    return token.i > 1 and [one.lower_ for one in token.doc[token.i - 2 : token.i]] == ["all", "of"]


def _is_duty(verb: Token) -> bool:
    """Tell whether a clause says what is to be done: "we should", "we need to"."""
    return lemma(verb) in _DUTIES or any(
        one.lower_ in _DUTIES for one in verb.children if one.dep_ == "aux"
    )
