"""Who can hold a reported stance: actors, and people, bodies and media by their nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.reporting.cues import Cues

Span = tuple[int, int]
"""Half-open token offsets of a Doc."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
FIRST_SECOND = frozenset(
    {"i", "we", "you", "me", "us", "one", "my", "our", "your", "ourselves", "myself", "mine"}
)
_OF_WHERE = frozenset({"in", "of", "from", "at", "on", "among", "across", "around", "near"})
_QUANTITIES = frozenset(
    {"all", "both", "few", "half", "many", "most", "other", "others", "plenty", "several", "some",
     "someone", "those", "everybody", "everyone", "anybody", "anyone", "somebody", "none"}
)  # fmt: skip
_SHARES = frozenset({"cent", "majority", "percent", "quarter", "third"})
_PERSONAL = frozenset({"he", "she", "they", "it", "them", "him", "her", "his", "their", "its"})
_TIMES = frozenset({"DATE", "TIME"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom the rules may take for a holder.

    Attributes:
        names: indices of the tokens that belong to a mention of an actor or a person.
        cues: the cue lexicon, with its nouns for people and bodies.
    """

    names: Collection[int]
    cues: Cues

    def holders(self, head: Token, *, speaks: bool = False) -> Iterator[Span]:
        """Yield the spans of those who hold the stance: a head and what is coordinated with it.

        Args:
            head: the head of a noun phrase.
            speaks: the cue is one that only people do, so that any common noun will do.
        """
        head = self._antecedent(head) or head
        for token in (head, *(child for child in head.subtree if _conjoined(child, head))):
            if self._holds(token, speaks=speaks):
                yield _phrase(token)

    def phrases(self, sentence: Tokens) -> Iterator[Span]:
        """Yield the phrases of a sentence that may name a holder, whatever is said of them.

        Names of actors and people, nouns for people and bodies, and pronouns that were resolved to
        an actor, each with its modifiers, in text order.
        """
        for token in sentence:
            if token.pos_ not in _NOMINAL or token.lower_ in FIRST_SECOND or self._inside(token):
                continue
            if self._holds(token, speaks=False):
                yield _phrase(token)

    def _inside(self, token: Token) -> bool:
        """Tell whether a token is part of a name whose head is another token, or its title."""
        if token.dep_ == "compound" and token.head.i in self.names:
            return True
        low, high = sorted((token.i, token.head.i))
        return low != high and all(i in self.names for i in range(low, high + 1))

    def _holds(self, token: Token, *, speaks: bool) -> bool:
        lower = token.lower_
        if lower in FIRST_SECOND or token.lemma_.lower() in self.cues.no_holders:
            return False
        if token.i in self.names:
            return True
        if lower in _QUANTITIES:
            return any(_tells_who(child) for child in token.children)
        if token.pos_ == "NUM" or token.lemma_.lower() in _SHARES:
            return speaks  # "eighty per cent tell the pollsters"
        if token.pos_ == "PRON" or lower in _PERSONAL:
            return False
        if self.names and any(t.i in self.names for child in token.lefts for t in child.subtree):
            return token.pos_ in ("NOUN", "PROPN", "ADJ") or lower in self.cues.holder_nouns
        if token.lemma_.lower() in self.cues.holder_nouns or lower in self.cues.holder_nouns:
            return True
        named = token.pos_ == "PROPN" and token.ent_type_ not in _TIMES
        return named or (speaks and token.pos_ == "NOUN")

    def _antecedent(self, pronoun: Token) -> Token | None:
        """The coordinated actors that a plural pronoun takes up within its own sentence, if any."""
        if pronoun.lower_ not in ("they", "them", "their"):
            return None
        for token in reversed(list(pronoun.doc[pronoun.sent.start : pronoun.i])):
            pair = token.i in self.names and any(child.dep_ == "conj" for child in token.children)
            if pair and token.dep_ in (*SUBJECTS, "dobj"):
                return token
        return None


def agents(verb: Token) -> list[Token]:
    """The heads of who does what a verb says: subject, shared or controlled subject, by-agent."""
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        return [
            obj
            for child in verb.children
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
            for obj in child.children
            if obj.dep_ == "pobj"
        ]
    seen: set[int] = set()
    node: Token | None = verb
    while node is not None and node.i not in seen:
        seen.add(node.i)
        subjects = [child for child in node.children if child.dep_ in SUBJECTS] or [
            child  # "Australia sides with": the parser's usual mistake
            for child in node.children
            if child.dep_ == "compound" and node.pos_ == "VERB" and child.i == node.i - 1
        ]
        if subjects:
            return [_relative(subjects[0], node)]
        if node.dep_ in ("acl", "relcl"):
            return [owner(node.head) if node.dep_ == "acl" else node.head]
        if node.dep_ == "pcomp" and node.head.head.pos_ not in ("VERB", "AUX"):
            noun = node.head.head  # "making them natural allies in opposing ..."
            told = (c for c in noun.children if c.dep_ in ("nmod", *SUBJECTS))
            return [next(told, owner(noun))]
        node = _governor(node)
    return []


def owner(noun: Token) -> Token:
    """Whose it is: "their decision to leave", "an attempt by Moscow to", "the Russian bid to"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "of", "from"):
            return next((one for one in child.children if one.dep_ == "pobj"), noun)
    return noun


def _relative(subject: Token, verb: Token) -> Token:
    takes_up = subject.lower_ in ("which", "who", "that") and verb.dep_ == "relcl"
    return verb.head if takes_up else subject


def _governor(verb: Token) -> Token | None:
    """The verb whose subject a verb without one shares; for "urged Paris to leave", its object."""
    if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX", "ADJ"):
        return verb.head if verb.head.pos_ != "ADJ" else verb.head.head
    if verb.dep_ == "pcomp" and verb.head.lower_ not in ("against", "without"):
        return verb.head.head
    return None


def _conjoined(token: Token, head: Token) -> bool:
    while token.dep_ == "conj":
        token = token.head
        if token == head:
            return True
    return False


def _tells_who(child: Token) -> bool:
    return (child.dep_ == "prep" and child.lower_ in _OF_WHERE) or child.dep_ in ("relcl", "acl")


def _phrase(token: Token) -> Span:
    """A holder's words: its modifiers, itself, and of what or where it is."""
    left = [child for child in token.lefts if child.dep_ not in ("cc", "punct", "preconj")]
    left = [child for child in left if child.pos_ not in ("VERB", "SCONJ") or child.dep_ == "amod"]
    end = token.i + 1
    for child in token.rights:
        if child.i == end and child.dep_ == "prep" and child.lower_ in _OF_WHERE:
            inner = [t.i for t in child.subtree]
            if len(inner) <= 6:
                end = max(inner) + 1
    start = min((t.i for child in left for t in child.subtree), default=token.i)
    return start, end
