"""The phrases of a sentence that may name the holder of a reported stance.

Candidates are the mentions of known actors, and names, pronouns and nouns for people and bodies
that are a grammatical subject, agent or possessor, except the first and second person. Which of
them holds a stance is for a model to judge. A cue is the listed word of saying, thinking or
feeling on which a candidate depends; the scheme of source, cue and content follows Pareti (2012),
"A database of attribution relations", LREC.

Example:
    >>> from pipeline.parse import load_spacy
    >>> doc = load_spacy("en_core_web_sm")("My neighbours say that NATO is finished.")
    >>> [(doc[slice(*h.span)].text, h.is_cued) for h in find_holders(doc[:], named={})]
    [('My neighbours', True), ('NATO', False)]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.attribution.words import Cues, load_cues
from pipeline.records import Entity

Tokens = tuple[int, int]
"""Half-open token offsets of a Doc."""

_NOT_THIRD = frozenset(
    {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your",
     "yours", "yourself", "yourselves", "one"}
)  # fmt: skip
_IMPERSONAL = frozenset(
    {"it", "its", "itself", "this", "that", "these", "those", "there", "what", "which", "who",
     "whom", "whose", "nobody", "none", "nothing", "no-one", "neither"}
)  # fmt: skip
_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = ("who", "which", "that")
_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")
_MODIFIERS = ("amod", "compound", "poss", "nmod")
_AMOUNTS = ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY")
_OF_WHERE = ("of", "in", "from")
_NOT_IN_PHRASE = frozenset(
    {"cc", "punct", "preconj", "prep", "advmod", "mark", "aux", "auxpass", "relcl", "advcl",
     "neg", "ccomp", "nsubj", "nsubjpass", "intj"}
)  # fmt: skip
_PREDICATES = ("xcomp", "acomp", "attr", "conj", "dobj")
_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "acomp", "attr", "oprd", "advcl", "parataxis", "pobj",
     "pcomp", "dative"}
)  # fmt: skip
_MAX_WORDS_OF_WHERE = 6


@dataclass(frozen=True, slots=True)
class Holder:
    """A phrase that may name a holder.

    Attributes:
        head: the head of the phrase.
        span: its words.
        entity: the mention that tells who it is: of the head, else of a modifier.
        cue: the cue on which it depends, else the word on which it depends.
        is_cued: the cue is in the lexicon.
        first: index of the head, or of the first head of the coordination that it is in.
    """

    head: Token
    span: Tokens
    entity: Entity | None
    cue: Token
    is_cued: bool
    first: int

    @property
    def is_actant(self) -> bool:
        """The phrase is, or is coordinated with, a subject, agent or possessor."""
        return _is_actant(self.head)

    @property
    def is_denied(self) -> bool:
        """The cue is negated: "Delhi does not support ..."."""
        return any(child.dep_ == "neg" for child in self.cue.children)


def find_holders(
    unit: Span, *, named: Mapping[int, Entity], cues: Cues | None = None
) -> list[Holder]:
    """Return the phrases of a unit that may name a holder, in text order.

    Args:
        unit: a span of a parsed Doc.
        named: the mention to which a token of the Doc belongs, by token index.
        cues: the cue lexicon; the shipped one if not given.
    """
    lexicon = cues or load_cues()
    found: dict[Tokens, Holder] = {}
    for token in unit:
        if _may_hold(token, unit, named, lexicon.people):
            start, end = _phrase(token)
            span = max(start, unit.start), min(end, unit.end)
            cue = _cue(token, lexicon.cues)
            near = cue or _governor(token)
            found[span] = Holder(
                head=token,
                span=span,
                entity=_entity(token, named),
                cue=near if unit.start <= near.i < unit.end else token,
                is_cued=cue is not None and unit.start <= cue.i < unit.end,
                first=_first(token).i,
            )
    holders = sorted(found.values(), key=lambda one: (one.span[0], -one.span[1]))
    return [one for one in holders if not _is_part(one, holders)]


def content_of(holder: Holder, unit: Span) -> Tokens:
    """Return the words reported: complements of the cue, else the rest of the unit."""
    first = min(holder.span[0], holder.cue.i)
    last = max(holder.span[1], holder.cue.i + 1)
    parts = [c for c in holder.cue.children if c.dep_ in _COMPLEMENTS and c.i >= last]
    if holder.is_cued and parts:
        end = max(part.right_edge.i for part in parts) + 1
        return max(last, min(part.left_edge.i for part in parts)), min(end, unit.end)
    after = [token.i for token in unit if token.i >= last and not token.is_punct]
    before = [token.i for token in unit if token.i < first and not token.is_punct]
    kept = after or before
    return (min(kept), max(kept) + 1) if kept else (last, last)


def _may_hold(
    token: Token, unit: Span, named: Mapping[int, Entity], people: frozenset[str]
) -> bool:
    if token.lower_ in _NOT_THIRD:
        return False
    entity = named.get(token.i)
    inside = unit.start <= token.head.i < unit.end and token.head != token
    if entity is not None and inside and named.get(token.head.i) is entity:
        return False  # the head of the name is another token
    if entity is not None and entity.actors:
        return True
    return _is_somebody(token, named, people) and _is_actant(token)


def _is_somebody(token: Token, named: Mapping[int, Entity], people: frozenset[str]) -> bool:
    """Tell whether a word names people or a body, or refers to them ("some", "they")."""
    if token.lower_ in _IMPERSONAL or token.ent_type_ in _AMOUNTS:
        return False
    if token.pos_ != "NOUN":
        return token.pos_ in _NOMINAL
    return token.lemma_.lower() in people or _entity(token, named) is not None


def _is_actant(token: Token) -> bool:
    """Tell whether a noun is, or is coordinated with, a subject, agent or possessor."""
    first = _first(token)
    if first.dep_ in _SUBJECTS or (first.dep_ == "pobj" and first.head.dep_ == "agent"):
        return True
    if first.dep_ == "poss":
        return token.pos_ != "PRON"
    return _relative_verb(first) is not None


def _relative_verb(noun: Token) -> Token | None:
    """The verb of a relative clause whose subject is a noun: "officials who say"."""
    for verb in noun.children:
        if verb.dep_ == "relcl" and any(
            child.dep_ in _SUBJECTS and child.lower_ in _RELATIVE for child in verb.children
        ):
            return verb
    return None


def _first(token: Token) -> Token:
    """The first head of a coordination."""
    while token.dep_ in ("conj", "appos") and token.head != token and token.head.pos_ in _NOMINAL:
        token = token.head
    return token


def _entity(head: Token, named: Mapping[int, Entity]) -> Entity | None:
    """The mention of a head; where it names no actor, that of a modifier: "Russian officials"."""
    own = named.get(head.i)
    if own is not None and own.actors:
        return own
    modifiers = [child for child in head.children if child.dep_ in _MODIFIERS]
    places = [child for child in head.children if child.lower_ in _OF_WHERE]
    objects = [one for prep in places for one in prep.children if one.dep_ == "pobj"]
    for token in (*reversed(modifiers), *objects):
        entity = named.get(token.i)
        if entity is not None and entity.actors:
            return entity
    return own


def _phrase(head: Token) -> Tokens:
    """The words of a holder: modifiers, head, and of what or where it is."""
    left = [child for child in head.lefts if child.dep_ not in _NOT_IN_PHRASE]
    start = min((token.i for child in left for token in child.subtree), default=head.i)
    end = head.i + 1
    for child in head.rights:
        if child.i == end and child.dep_ == "prep" and child.lower_ in _OF_WHERE:
            inner = [token.i for token in child.subtree]
            if len(inner) <= _MAX_WORDS_OF_WHERE:
                end = max(inner) + 1
    return start, end


def _is_part(one: Holder, holders: list[Holder]) -> bool:
    """Tell whether a mention only says who the holder of a longer phrase is."""
    return one.entity is not None and any(
        other is not one
        and other.entity is one.entity
        and other.span[0] <= one.span[0]
        and one.span[1] <= other.span[1]
        for other in holders
    )


def _governor(token: Token) -> Token:
    """The verb, noun or adjective on which a phrase depends."""
    first = _first(token)
    if first.dep_ not in _SUBJECTS and (verb := _relative_verb(first)) is not None:
        return verb
    up = first.head
    while up.dep_ in ("agent", "prep") and up.head != up and up.lower_ != "according":
        up = up.head
    return up


def _cue(token: Token, words: frozenset[str]) -> Token | None:
    """The listed word on which a phrase depends, or the predicate of its verb that is one."""
    governor = _governor(token)
    for word in _predicates(token, governor):
        if word.lemma_.lower() in words or word.lower_ in words:
            return word
    return None


def _predicates(token: Token, governor: Token) -> Iterator[Token]:
    """A governor, and where the phrase is its subject, what it says of it: "voiced anger"."""
    yield governor
    if _first(token).dep_ not in _SUBJECTS and governor.dep_ != "relcl":
        return
    node: Token | None = governor
    while node is not None:
        yield from (child for child in node.children if child.dep_ in _PREDICATES)
        node = next((child for child in node.children if child.dep_ == "xcomp"), None)
