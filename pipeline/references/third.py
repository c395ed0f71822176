"""They, it, he and she: the likeliest of the actors just named, if likely enough.

Each earlier mention is given a probability of being meant, by a logistic model over salience
factors in the manner of Lappin and Leass (1994), "An algorithm for pronominal anaphora
resolution", Computational Linguistics 20(4): recency, subjecthood, number, kind, how often it was
named, and the nouns for no actor ("the sanctions ... they") that stand between. Where the best
mention is not likely enough the pronoun is left unresolved. The weights stand in
``lexicons/salience.toml``; ``pipeline.learn.reference_fit`` fits them on annotated sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from pipeline.references.homes import Actors
from pipeline.references.memory import REACH, Candidate, Memory
from pipeline.references.syntax import clause_of, is_subject, lemma
from pipeline.references.words import HE, IT, THEY, Salience, Words

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
    best, likeliest = (), model.least
    for candidate, factors in weigh(token, memory=memory, sentence=sentence, home=home, words=words):
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
    token: Token, *, memory: Memory, sentence: int, home: Actors, words: Words
) -> list[tuple[Candidate, dict[str, float]]]:
    """Return the actors a pronoun may stand for, latest first, each with its factors."""
    before = [
        candidate
        for candidate in memory.latest(reach=REACH, sentence=sentence)
        if candidate.shape != "person" and _may_bind(candidate, token, sentence)
    ]
    weighed: list[tuple[Candidate, dict[str, float]]] = []
    rivals: list[Candidate] = []
    for candidate in before:
        if candidate.shape == "rival":
            if candidate.plural == (token.lower_ in THEY):
                rivals.append(candidate)
        elif token.lower_ not in IT or not candidate.plural:
            rank = len({one.actors for one, _ in weighed} - {candidate.actors})
            factors = _factors(candidate, token, sentence, home=home, rivals=rivals, rank=rank)
            factors["agent"] = float(_is_agent(token, words))
            factors["agent without rival"] = factors["agent"] * (not rivals)
            factors["people nearby"] = float(
                candidate.plural and candidate.sentence == sentence and not rivals
            )
            factors["topic"] = float(memory.is_topic(candidate.actors))
            factors["named"] = math.log(sum(one.actors == candidate.actors for one in before))
            weighed.append((candidate, factors))
    return weighed


def _factors(
    candidate: Candidate,
    token: Token,
    sentence: int,
    *,
    home: Actors,
    rivals: Sequence[Candidate],
    rank: int,
) -> dict[str, float]:
    """The salience factors of one candidate: 0 or 1, and counts up to 3."""
    subject = is_subject(token)
    own = token.dep_ == "poss"
    distance = sentence - candidate.sentence
    factors = {
        f"back {distance}": 1.0,
        f"shape {candidate.shape}": 1.0,
        "rank": float(min(rank, 3)),
        "rivals": float(min(len(rivals), 3)),
        "rival subject": float(any(rival.subject for rival in rivals)),
        "home": float(bool(home) and bool(set(candidate.actors) & set(home))),
        "subject": float(candidate.subject),
        "subject of both": float(candidate.subject and subject),
        "plural": float(candidate.plural),
        "pronoun": float(candidate.pronoun),
        "own": float(own),
        "first": float(subject and token.i == token.sent.start),
    }
    if distance == 0:
        same = clause_of(candidate.head).i == clause_of(token).i
        factors["subject of this clause"] = float(candidate.subject and same and own)
        factors["in this clause"] = float(same)
    return factors


def _is_agent(token: Token, words: Words) -> bool:
    """Tell whether what a pronoun does, or has done to it, is done only by or to people."""
    return token.dep_ != "poss" and lemma(token.head) in words.minded


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
    """The last person named, if one who stands for an actor."""
    for candidate in memory.latest(reach=REACH, sentence=sentence):
        if candidate.shape == "person" and _may_bind(candidate, token, sentence):
            return candidate.actors
    return ()


def _is_expletive(token: Token, words: Words) -> bool:
    """Tell whether "it" stands for nothing or for what was said: "it is clear that"."""
    if token.dep_ == "expl" or not is_subject(token):
        return True
    verb = token.head
    if lemma(verb) in words.expletive_verbs or lemma(verb) == "be":
        return True
    return token.dep_ == "nsubjpass" or verb.head.lemma_ in ("let", "make")
