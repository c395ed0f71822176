"""They, it, he and she: the likeliest of the actors just named, if likely enough.

Each earlier mention is given a probability of being meant, by a logistic model over salience
factors in the manner of Lappin and Leass (1994), "An algorithm for pronominal anaphora
resolution", Computational Linguistics 20(4): recency, subjecthood, number, whether it is the
speaker's own side, and the nouns for no actor that stand between. Where the best mention is not
likely enough the pronoun is left unresolved. The weights stand in
``lexicons/salience.toml``; ``pipeline.learn.reference_fit`` fits them on annotated sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.references.homes import Actors
from pipeline.references.memory import REACH, Candidate, Memory
from pipeline.references.syntax import clause_of, is_subject, lemma
from pipeline.references.words import HE, THEY, Salience, Words

_PARTS = frozenset({"all", "any", "both", "each", "either", "half", "many", "most", "none", "some"})


def resolve_third(
    token: Token, *, memory: Memory, sentence: int, home: Actors, words: Words, salience: Salience
) -> Actors:
    """Return whom a third-person pronoun stands for; nobody where it cannot be told."""
    if token.lower_ in HE:
        return _person(token, memory, sentence)
    if is_out(token, words):
        return ()
    model = salience.they if token.lower_ in THEY else salience.it
    best: Actors = ()
    likeliest = model.least
    for candidate, factors in weigh(token, memory=memory, sentence=sentence, home=home):
        score = model.bias + sum(model.weights.get(name, 0.0) * x for name, x in factors.items())
        if (probability := 1 / (1 + math.exp(-score))) > likeliest:
            best, likeliest = candidate.actors, probability
    return best


def is_out(token: Token, words: Words) -> bool:
    """Tell whether a pronoun can stand for no actor: "it is clear that", "half of them"."""
    word = token.lower_
    if word == "it":
        return _is_expletive(token, words)
    if word == "them" and token.dep_ == "pobj" and token.head.lower_ == "of":
        return token.head.head.lower_ in _PARTS
    return False


def weigh(
    token: Token, *, memory: Memory, sentence: int, home: Actors
) -> list[tuple[Candidate, dict[str, float]]]:
    """Return the actors a pronoun may stand for, latest first, each with its factors."""
    before = [
        candidate
        for candidate in memory.latest(reach=REACH, sentence=sentence)
        if candidate.shape != "person" and _may_bind(candidate, token, sentence)
    ]
    many = token.lower_ in THEY
    weighed: list[tuple[Candidate, dict[str, float]]] = []
    rivals: list[Candidate] = []
    for candidate in before:
        if candidate.shape == "rival":
            if candidate.plural == many:
                rivals.append(candidate)
        elif many:
            weighed.append((candidate, _factors_of_they(candidate, token, sentence, home)))
        elif not candidate.plural:
            weighed.append((candidate, _factors_of_it(candidate, sentence, rivals)))
    return weighed


def _factors_of_they(
    candidate: Candidate, token: Token, sentence: int, home: Actors
) -> dict[str, float]:
    """The salience factors of one candidate, 0 or 1."""
    own_subject = (
        candidate.sentence == sentence
        and candidate.subject
        and token.dep_ == "poss"
        and clause_of(candidate.head).i == clause_of(token).i
    )
    return {
        f"back {sentence - candidate.sentence}": 1.0,
        "home": float(bool(home) and bool(set(candidate.actors) & set(home))),
        "plural": float(candidate.plural),
        "subject": float(candidate.subject),
        "pronoun": float(candidate.pronoun),
        "first word": float(is_subject(token) and token.i == token.sent.start),
        "subject of this clause": float(own_subject),
    }


def _factors_of_it(
    candidate: Candidate, sentence: int, rivals: Sequence[Candidate]
) -> dict[str, float]:
    """The salience factors of one candidate, 0 or 1; rivals are the nouns since then."""
    return {
        f"back {sentence - candidate.sentence}": 1.0,
        "subject": float(candidate.subject),
        "rival subject": float(any(rival.subject for rival in rivals)),
        "pronoun": float(candidate.pronoun),
    }


def _may_bind(candidate: Candidate, token: Token, sentence: int) -> bool:
    """Tell whether a candidate can be taken up: it comes first, and is not of the same clause.

    A pronoun that is no possessive and no reflexive is somebody else than the subject of its own
    clause ("Russia attacked them").
    """
    if candidate.sentence != sentence:
        return True
    if candidate.head.i >= token.i:
        return False
    if token.dep_ == "poss" or token.lower_.endswith(("self", "selves")):
        return True
    return clause_of(candidate.head).i != clause_of(token).i or not candidate.subject


def _person(token: Token, memory: Memory, sentence: int) -> Actors:
    """The last person named, if one who stands for an actor; of one sentence, its subject first."""
    last: Candidate | None = None
    for candidate in memory.latest(reach=REACH, sentence=sentence):
        if candidate.shape != "person" or not _may_bind(candidate, token, sentence):
            continue
        if last is not None and candidate.sentence != last.sentence:
            break
        if last is None or (candidate.subject and not last.subject and is_subject(token)):
            last = candidate
    return last.actors if last is not None else ()


def _is_expletive(token: Token, words: Words) -> bool:
    """Tell whether "it" stands for nothing or for what was said: "it is clear that"."""
    if token.dep_ == "expl" or not is_subject(token):
        return True
    verb = token.head
    if lemma(verb) in words.expletive_verbs or lemma(verb) == "be":
        return True
    return token.dep_ == "nsubjpass" or verb.head.lemma_ in ("let", "make")
