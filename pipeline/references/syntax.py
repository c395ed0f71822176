"""What reference resolution reads from a parse."""

from __future__ import annotations

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
COUNTRIES = frozenset({"countries", "nations", "peoples", "states"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis"})


def clause_of(token: Token) -> Token:
    """Return the verb (or other head) of the clause that a token belongs to."""
    while token.dep_ not in _CLAUSES and token.head.i != token.i:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            return token
        token = token.head
    return token


def is_subject(token: Token) -> bool:
    """Tell whether a token, or what it is coordinated with, is the subject of a clause."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in SUBJECTS


def is_plural(token: Token) -> bool:
    """Tell whether a noun is plural."""
    return token.tag_ in ("NNS", "NNPS")


def lemma(token: Token) -> str:
    """Return the lemma in lower case."""
    return token.lemma_.lower()


def is_let_us(token: Token) -> bool:
    """Tell whether a pronoun is that of "let us"."""
    return token.lower_ == "us" and token.i > 0 and token.nbor(-1).lemma_.lower() == "let"


def has_with(head: Token) -> bool:
    """Tell whether a verb or noun has a partner: "we agreed with them", "together with them"."""
    return any(
        (child.dep_ == "prep" and child.lower_ == "with")
        or (child.lower_ == "together" and has_with(child))
        for child in head.children
    )
