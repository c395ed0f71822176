"""They, it, he and she: the likeliest of the actors just named, if likely enough.

Each earlier mention gets a probability of being meant, by a logistic model over salience factors
in the manner of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution",
Computational Linguistics 20(4): recency, subjecthood, number, whether it is the speaker's own side,
and the nouns between that are no actor. Below a threshold the pronoun is left unresolved. The
weights are in ``lexicons/salience.toml``; ``python -m training references`` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.references.homes import Actors
from pipeline.references.memory import REACH, Candidate, Memory
from pipeline.references.words import HE, THEY, Salience, Words, clause_of, is_subject, lemma


def resolve_third(
    token: Token, *, memory: Memory, sentence: int, home: Actors, words: Words, salience: Salience
) -> Actors:
    """Return the actors a third-person pronoun means; empty where it cannot be told."""
    if token.lower_ in HE:
        return _person(token, memory, sentence)
    if is_expletive(token, words):
        return ()
    model = salience.they if token.lower_ in THEY else salience.it
    best: Actors = ()
    likeliest = model.least
    for candidate, factors in weigh(token, memory=memory, sentence=sentence, home=home):
        score = model.bias + sum(model.weights.get(name, 0.0) * x for name, x in factors.items())
        if (probability := 1 / (1 + math.exp(-score))) > likeliest:
            best, likeliest = candidate.actors, probability
    return best


def is_expletive(token: Token, words: Words) -> bool:
    """Tell whether "it" means nothing or what was said: "it is clear that"."""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl" or not is_subject(token):
        return True
    verb = token.head
    if lemma(verb) in words.expletive_verbs or lemma(verb) == "be":
        return True
    return token.dep_ == "nsubjpass" or lemma(verb.head) in ("let", "make")


def weigh(
    token: Token, *, memory: Memory, sentence: int, home: Actors
) -> list[tuple[Candidate, dict[str, float]]]:
    """Return the actors a pronoun may mean, latest first, each with its factors."""
    many = token.lower_ in THEY
    weighed: list[tuple[Candidate, dict[str, float]]] = []
    rivals: list[Candidate] = []
    for candidate in memory.latest(reach=REACH, sentence=sentence):
        if candidate.shape in ("person", "attribute") or not _may_bind(candidate, token, sentence):
            continue
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
    """Return the salience factors of one candidate, each 0 or 1."""
    own_subject = (
        candidate.sentence == sentence
        and candidate.subject
        and token.dep_ == "poss"
        and clause_of(candidate.head).i == clause_of(token).i
    )
    return {
        f"back {sentence - candidate.sentence}": 1.0,
        "home": float(bool(set(candidate.actors) & set(home))),
        "plural": float(candidate.plural),
        "subject": float(candidate.subject),
        "pronoun": float(candidate.pronoun),
        "first word": float(is_subject(token) and bool(token.is_sent_start or not token.i)),
        "subject of this clause": float(own_subject),
    }


def _factors_of_it(
    candidate: Candidate, sentence: int, rivals: Sequence[Candidate]
) -> dict[str, float]:
    """Return the salience factors of one candidate, each 0 or 1; rivals are the nouns since it."""
    return {
        f"back {sentence - candidate.sentence}": 1.0,
        "subject": float(candidate.subject),
        "rival subject": float(any(rival.subject for rival in rivals)),
        "pronoun": float(candidate.pronoun),
    }


def _may_bind(candidate: Candidate, token: Token, sentence: int) -> bool:
    """Tell whether a candidate precedes a pronoun and is not the subject of its own clause.

    Possessives and reflexives may mean that subject: not "them" of "Russia attacked them".
    """
    if candidate.sentence != sentence:
        return True
    if candidate.head.i >= token.i:
        return False
    if token.dep_ == "poss" or token.lower_.endswith(("self", "selves")):
        return True
    return clause_of(candidate.head).i != clause_of(token).i or not candidate.subject


def _person(token: Token, memory: Memory, sentence: int) -> Actors:
    """Return the actors of the last person named; of several in a sentence, of its subject."""
    last: Candidate | None = None
    for candidate in memory.latest(reach=REACH, sentence=sentence):
        if candidate.shape != "person" or not _may_bind(candidate, token, sentence):
            continue
        if last is not None and candidate.sentence != last.sentence:
            break
        if last is None or (candidate.subject and not last.subject and is_subject(token)):
            last = candidate
    return last.actors if last is not None else ()
