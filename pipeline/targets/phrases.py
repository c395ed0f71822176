"""Phrases of a unit that may name its target, and their syntactic factors.

Four kinds: ``name``, an actor of the bloc; ``place``, a name of the bloc that denotes a place, an
attribute or a past leader; ``nominal``, words resolved to an actor ("the Alliance"); ``noun``, any
other noun phrase ("the sanctions", "the President", "our values", "your Congress").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.actors import ActorTable, Mention
from pipeline.actors.senses import Sense
from pipeline.reading.mentions import Place
from pipeline.reading.rows import Span
from pipeline.reading.syntax import Token, head_token, target_phrase
from pipeline.targets.weights import Factors, TargetWeights, load_target_weights, score

Kind = Literal["name", "place", "nominal", "noun"]

_LEFT = frozenset({"poss", "amod", "compound", "nmod"})
_OWNERS = frozenset({"poss", "amod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
_ATTRIBUTES = frozenset({"amod", "compound", "nmod", "poss", "appos"})
_CLAUSES = frozenset({"advcl", "relcl", "acl", "ccomp", "xcomp", "csubj", "pcomp"})
_PREPOSITIONS = frozenset({"of", "in", "at", "from", "with", "by", "to", "against", "for", "on"})
_PERSONS = frozenset({"they", "we", "he", "she", "you"})
_OURS = frozenset({"our", "my"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a unit, as half-open code points, with their actor and head token.

    ``theirs``: a noun that means actors outside the bloc, and so names no target of it.
    """

    words: Span
    actor: str | None
    kind: Kind
    head: int
    theirs: bool = False


Meanings = Sequence[tuple[Mention, Sense]]
"""The mentions of a unit, each with its sense."""


def named_places(
    meanings: Meanings, tokens: Sequence[Token], table: ActorTable, *, bloc: str, date: str | None
) -> Iterator[tuple[Span, str]]:
    """Yield span and actor of each name of the bloc that denotes a place, attribute or past leader.

    Spans are widened by ``target_phrase``.
    """
    for mention, sense in meanings:
        if mention.actors:
            continue
        inside = [name for name in _names_in(sense) if table.in_bloc(name, bloc, date=date)]
        if inside:
            yield target_phrase(tokens, (mention.start, mention.end)), inside[-1]


def name_phrases(places: Sequence[Place], tokens: Sequence[Token]) -> list[Phrase]:
    """Return the phrases that name actors of the bloc, in order."""
    return [
        Phrase(
            target_phrase(tokens, place.span), place.actors[0], "name", head_of(tokens, place.span)
        )
        for place in places
        if place.in_bloc
    ]


def others_names(
    meanings: Meanings, table: ActorTable, *, bloc: str, date: str | None
) -> Iterator[Span]:
    """Yield the spans that name an actor outside the bloc, attributes included."""
    for mention, sense in meanings:
        names = _names_in(sense)
        known = (*names, *mention.actors)
        if names and not any(table.in_bloc(name, bloc, date=date) for name in known):
            yield mention.start, mention.end


def _names_in(sense: Sense) -> list[str]:
    """Return the actor of a sense and those of its offices."""
    if sense.actor is None:
        return []
    return [sense.actor.name, *(office.actor for office in sense.actor.offices)]


def noun_phrases(
    places: Sequence[Place], tokens: Sequence[Token], *, others: Sequence[Span] = ()
) -> Iterator[Phrase]:
    """Yield every noun that names no actor, with its premodifiers, in order.

    Excludes predicates of persons and outsiders ("they are our allies", "Taiwan is the better
    partner") and nouns of outsiders ("an Indian colleague").

    Args:
        places: the actors that the unit names.
        others: spans that name an actor outside the bloc.
    """
    for index, token in enumerate(tokens):
        if token.pos not in ("NOUN", "PROPN") or token.dep == "compound":
            continue
        if any(place.start < token.end and token.start < place.end for place in places):
            continue
        if _is_predicated_of_another(index, tokens, places):
            continue
        left = [i for i, t in enumerate(tokens[:index]) if t.head == index and t.dep in _LEFT]
        if any(_is_of(tokens[i], others) for i in left if tokens[i].dep in _OWNERS):
            continue
        first = min((i for i in left if tokens[i].pos != "PUNCT"), default=index)
        first = _start_of_hyphenated(tokens, first)
        yield Phrase((tokens[first].start, token.end), None, "noun", index)


def _is_of(token: Token, others: Sequence[Span]) -> bool:
    return any(start < token.end and token.start < end for start, end in others)


def _start_of_hyphenated(tokens: Sequence[Token], first: int) -> int:
    """Return the first token of a hyphenated word: "so" of "so-called"."""
    while first > 1 and tokens[first - 1].lower == "-":
        if not tokens[first - 2].end == tokens[first - 1].start == tokens[first].start - 1:
            break
        first -= 2
    return first


def without_overlaps(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases in text order; of two that overlap, the one listed first."""
    kept: list[Phrase] = []
    for phrase in phrases:
        start, end = phrase.words
        if all(end <= one.words[0] or one.words[1] <= start for one in kept):
            kept.append(phrase)
    return sorted(kept, key=lambda phrase: phrase.words)


def describe(
    phrases: Sequence[Phrase],
    tokens: Sequence[Token],
    *,
    weights: TargetWeights,
    home: str | None = None,
    western: bool = False,
) -> list[Factors]:
    """Return the factors of each phrase for choosing the target.

    Args:
        phrases: of one unit, in text order.
        tokens: of the unit.
        weights: for their word lists.
        home: the actor of the bloc that the speaker represents, if any.
        western: whether the speaker's own side belongs to the bloc.
    """
    order = {"name": 0, "place": 0, "nominal": 0, "noun": 0}
    actors = [phrase.actor for phrase in phrases if phrase.actor]
    described = []
    for phrase in phrases:
        kind, group = phrase.kind, "noun" if phrase.kind == "noun" else "named"
        role, prep = _role(tokens, phrase.head)
        depth = _depth(tokens, phrase.head)
        factors: Factors = {
            kind: 1.0,
            f"{group} {role}": 1.0,
            f"{group} depth {depth}": 1.0,
            f"{group} first": float(order[kind] == 0),
            f"{group} place in text": tokens[phrase.head].start / max(1, tokens[-1].end),
            f"{kind} home": float(phrase.actor is not None and phrase.actor == home),
            "named again": float(phrase.actor is not None and actors.count(phrase.actor) > 1),
        }
        if prep:
            factors[f"{group} {prep}"] = 1.0
        if kind != "name":
            factors.update(_lexical(phrase, tokens, weights, western=western))
        order[kind] += 1
        described.append({name: value for name, value in factors.items() if value})
    return described


def _lexical(
    phrase: Phrase, tokens: Sequence[Token], weights: TargetWeights, *, western: bool
) -> Factors:
    """Return factors of the class, determiner and possessor of a phrase's head."""
    head = tokens[phrase.head]
    before = {t.lower for t in tokens[: phrase.head] if t.head == phrase.head}
    kind = phrase.kind
    side = "western" if western else "other"
    factors: Factors = {f"{kind} {name}": 1.0 for name in weights.classes_of(head.lemma)}
    if before & _OURS:
        factors[f"{kind} ours, {side}"] = 1.0
        factors.update({f"ours {name}, {side}": 1.0 for name in weights.classes_of(head.lemma)})
    if "your" in before:
        factors[f"{kind} yours, {side}"] = 1.0
    if before & {"their", "his", "her", "its"}:
        factors[f"{kind} theirs"] = 1.0
    if before & {"this", "these", "that", "those"}:
        factors[f"{kind} this"] = 1.0
    if "the" in before:
        factors[f"{kind} the"] = 1.0
    if head.pos == "PROPN":
        factors[f"{kind} proper"] = 1.0
    if any(t.lower in weights.modifiers for t in tokens if t.head == phrase.head):
        factors[f"{kind} outside"] = 1.0
    return factors


def _is_predicated_of_another(index: int, tokens: Sequence[Token], places: Sequence[Place]) -> bool:
    """Whether a noun is predicated of a personal pronoun or of an actor outside the bloc."""
    token = tokens[index]
    if token.dep != "attr":
        return False
    outside = [place for place in places if not place.in_bloc]
    return any(
        other.dep in _SUBJECTS
        and other.head == token.head
        and (
            other.lower in _PERSONS
            or any(place.start <= other.start < place.end for place in outside)
        )
        for other in tokens
    )


def head_of(tokens: Sequence[Token], span: Span) -> int:
    """Return the index of the head token of a span; 0 if it contains no token."""
    found = head_token(tokens, span)
    return 0 if found is None else found


def _role(tokens: Sequence[Token], head: int) -> tuple[str, str | None]:
    """Return a token's role in its clause, and its preposition if it has one."""
    node = head
    while tokens[node].dep == "conj" and tokens[node].head != node:
        node = tokens[node].head
    dep, up = tokens[node].dep, tokens[node].head
    if dep in _SUBJECTS:
        return "subject", None
    if dep in _OBJECTS:
        return "object", None
    if dep in _ATTRIBUTES:
        noun = _role(tokens, up) if up != node else ("other", None)
        return f"of {noun[0].removeprefix('of ')}" if up != node else "other", None
    if dep == "attr":
        return "attribute", None
    if dep == "pobj":
        prep = tokens[up].lower
        on = "noun" if tokens[tokens[up].head].pos in ("NOUN", "PROPN", "PRON") else "verb"
        return f"under {on}", prep if prep in _PREPOSITIONS else "other"
    return "root" if dep == "ROOT" else "other", None


def _depth(tokens: Sequence[Token], index: int) -> str:
    """Return how many clauses below the main one a token is: 0, 1, or 2 for more."""
    depth = 0
    for _ in range(len(tokens)):
        token = tokens[index]
        if token.head == index:
            break
        depth += token.dep in _CLAUSES
        index = token.head
    return str(min(depth, 2))


def main_target(places: Sequence[Place], syntax: Sequence[Token]) -> Place | None:
    """Return the actor of the bloc with the highest phrase score; None if none is named."""
    inside = [place for place in places if place.in_bloc]
    if len(inside) < 2:
        return next(iter(inside), None)
    weights = load_target_weights()
    factors = describe(name_phrases(inside, syntax), syntax, weights=weights)
    scores = [score(one, weights.phrases) for one in factors]
    return inside[max(range(len(inside)), key=lambda index: (scores[index], -index))]
