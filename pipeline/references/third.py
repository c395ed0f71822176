"""They, it, he and she: the likeliest of the actors just named, if likely enough.

Each earlier mention is given a probability of being meant, by a logistic model over salience
factors in the manner of Lappin and Leass (1994), "An algorithm for pronominal anaphora
resolution", Computational Linguistics 20(4): recency, subjecthood, number, whether it is the
speaker's own side, and the nouns for no actor that stand between. Where the best mention is not
likely enough the pronoun is left unresolved. The weights stand in
``lexicons/salience.toml``; ``python -m training references`` fits them on annotated sentences.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.references.homes import Actors
from pipeline.references.memory import REACH, Candidate, Memory
from pipeline.references.syntax import clause_of, is_subject, lemma
from pipeline.references.words import HE, IT, THEY, Salience, Words

_FRAGMENT = 8  # tokens, at most, of a question that only names somebody
_PHASES = frozenset({"begin", "continue", "go", "start", "tend", "use"})
_PARTS = frozenset({"all", "any", "both", "each", "either", "half", "many", "most", "none", "some"})


def resolve_third(
    token: Token, *, memory: Memory, sentence: int, home: Actors, words: Words, salience: Salience
) -> Actors:
    """Return whom a third-person pronoun stands for; nobody where it cannot be told."""
    if token.lower_ in HE:
        return _person(token, memory, sentence)
    if is_out(token, words):
        return ()
    if asked := _asked_about(token, memory, sentence):
        return asked
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


def _asked_about(token: Token, memory: Memory, sentence: int) -> Actors:
    """Whom a question names and says nothing of, for the first word of the answer.

    "And the Americans?" "They wait."
    """
    if token.i or not is_subject(token):
        return ()
    named = [one for one in memory.latest(reach=1, sentence=sentence) if one.actors]
    if not named or len({one.actors for one in named}) > 1:
        return ()
    asked = named[0].head.sent
    bare = not any(one.pos_ in ("VERB", "AUX") for one in asked)
    whole = bare and len(asked) <= _FRAGMENT and asked.text.rstrip().endswith("?")
    return named[0].actors if whole and asked.end == len(asked.doc) else ()


def weigh(
    token: Token, *, memory: Memory, sentence: int, home: Actors
) -> list[tuple[Candidate, dict[str, float]]]:
    """Return the actors a pronoun may stand for, latest first, each with its factors."""
    many = token.lower_ in THEY
    single = _taken_up(memory, sentence) if many else set()
    before = [
        candidate
        for candidate in memory.latest(reach=REACH, sentence=sentence)
        if candidate.shape not in ("person", "attribute")
        and candidate.actors not in single
        and _may_bind(candidate, token, sentence)
    ]
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


def _taken_up(memory: Memory, sentence: int) -> set[Actors]:
    """The actors that "it" or "its" stands for in this sentence: no "they" of it takes them up."""
    return {
        candidate.actors
        for candidate in memory.latest(reach=0, sentence=sentence)
        if candidate.pronoun and candidate.head.lower_ in IT
    }


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
    verb = _main_verb(token.head)
    if lemma(verb) in words.expletive_verbs or lemma(verb) == "be" or _depends(verb):
        return True
    return token.dep_ == "nsubjpass" or token.head.head.lemma_ in ("let", "make")


def _main_verb(verb: Token) -> Token:
    """The verb that a phase verb is said of: take in "it used to take a month"."""
    while lemma(verb) in _PHASES and (
        inner := next((child for child in verb.children if child.dep_ == "xcomp"), None)
    ):
        verb = inner
    return verb


def _depends(verb: Token) -> bool:
    """Tell whether it depends, and not on somebody or something that is named."""
    if lemma(verb) != "depend":
        return False
    return not any(
        child.dep_ == "pobj"
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in ("on", "upon")
        for child in prep.children
    )
