"""What an interview has named so far: the actors and other nouns that a reference may mean."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span, Token

from pipeline.actors import ActorTable
from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.words import HE, IT, THEY, Words, is_plural, is_subject, lemma

Shape = Literal["person", "state", "body", "people", "attribute", "pair", "rival"]
REACH = 3  # sentences that a third-person pronoun looks back
MOST = 250  # candidates that it looks back on, where sentences have no end
_MODIFIERS = ("amod", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase or resolved pronoun that a later reference may mean.

    Attributes:
        actors: the actors meant; empty for a ``rival``, a noun that is no actor.
        shape: what kind of thing it is.
        sentence: running number of its sentence in the interview.
        head: its head.
        subject: is the subject of a clause.
        plural: agrees with "they" by its number.
        pronoun: is itself a resolved pronoun.
    """

    actors: Actors
    shape: Shape
    sentence: int
    head: Token
    subject: bool
    plural: bool
    pronoun: bool = False


class Memory:
    """The candidates of one interview, latest last; only the last few sentences are kept."""

    def __init__(self) -> None:
        self._candidates: deque[Candidate] = deque(maxlen=MOST)
        self.named: dict[str, int] = {}
        self._we: tuple[int, Actors] = (0, ())

    def add(self, candidate: Candidate) -> None:
        """Add a candidate."""
        self._candidates.append(candidate)
        self.named.update(dict.fromkeys(candidate.actors, candidate.sentence))

    def note_we(self, sentence: int, actors: Actors) -> None:
        """Record the actors that a "we" was resolved to."""
        self._we = sentence, actors

    def last_we(self, sentence: int) -> Actors:
        """Return the actors of the last "we" of this sentence; empty where there was none."""
        return self._we[1] if self._we[0] == sentence else ()

    def latest_of(self, actors: Iterable[str]) -> Actors:
        """Return the one of some actors that the interview named last; empty if none was."""
        known = [name for name in actors if name in self.named]
        return (max(known, key=lambda name: self.named[name]),) if known else ()

    def forget_before(self, sentence: int) -> None:
        """Drop candidates of earlier sentences; that an actor was named at all is kept."""
        while self._candidates and self._candidates[0].sentence < sentence:
            self._candidates.popleft()

    def latest(self, *, reach: int, sentence: int) -> Iterator[Candidate]:
        """Yield the candidates of the last ``reach`` sentences and this one, latest first."""
        for candidate in reversed(self._candidates):
            if sentence - candidate.sentence <= reach:
                yield candidate


def list_candidates(
    sentence: Span,
    *,
    number: int,
    names: Mapping[int, Found],
    actors: ActorTable,
    words: Words,
) -> Iterator[Candidate]:
    """Yield the candidates of one sentence in the order of the text.

    Args:
        sentence: of a parsed Doc.
        number: its running number in the interview.
        names: names by the index of each of their tokens.
        actors: the actor table, for kinds.
        words: the word lists.
    """
    last: dict[int, Candidate] = {}
    seen: set[tuple[int, int]] = set()
    for token in sentence:
        found = names.get(token.i)
        if found is None:
            if token.pos_ == "NOUN" and not _has_name(token, names):
                yield _rival(token, number)
            continue
        if (found.start, found.end) in seen:
            continue
        seen.add((found.start, found.end))
        candidate = _named(token, found, number, names, actors, words)
        if candidate is None:
            continue
        yield candidate
        head = candidate.head
        joined = last.get(head.head.i) if head.dep_ == "conj" else None
        if joined is not None and candidate.actors and joined.actors:
            candidate = _pair(joined, candidate, number)
            yield candidate
            last[head.head.i] = candidate
        last[head.i] = candidate


def _named(
    token: Token,
    found: Found,
    number: int,
    names: Mapping[int, Found],
    actors: ActorTable,
    words: Words,
) -> Candidate | None:
    head = token
    while head.head.i != head.i and names.get(head.head.i) is found:
        head = head.head
    if not found.actors and found.label in ("GPE", "LOC", "NORP"):
        return None
    if not found.actors and found.label != "PERSON":
        return _rival(head, number)
    plural, shape, noun = is_plural(head), _shape(found, actors), head.head
    if shape == "people" and not _is_noun(head):
        shape, plural, head = _modified(noun, head, words)
    elif shape in ("state", "body") and head.dep_ in ("compound", "poss", "nmod"):
        if lemma(noun) in words.leaders and not is_plural(noun):
            head, shape = noun, "person"
        elif head.dep_ != "poss" and lemma(noun) in words.officials:
            head, plural = noun, is_plural(noun)
            shape = "people" if plural else shape
        elif head.dep_ == "compound":
            shape = "attribute"
    elif shape == "people":
        plural = True
    return Candidate(found.actors, shape, number, head, is_subject(head), plural)


def _shape(found: Found, actors: ActorTable) -> Shape:
    if found.label in ("PERSON", "NORP"):
        return "person" if found.label == "PERSON" else "people"
    kinds = {actors.actors[name].kind for name in found.actors if name in actors.actors}
    return "state" if kinds & {"state", "place"} else "body"


def _is_noun(nationality: Token) -> bool:
    """Tell whether a nationality means people: "Russians", not "Russian" of "Russian gas"."""
    return nationality.tag_ in ("NNPS", "NNS") or nationality.dep_ not in _MODIFIERS


def _modified(noun: Token, nationality: Token, words: Words) -> tuple[Shape, bool, Token]:
    """Read the noun after a nationality: "the Russian officials" are people, "the ministry" not."""
    if lemma(noun) in words.leaders and not is_plural(noun):
        return "person", False, noun
    if lemma(noun) in words.officials:
        return ("people", True, noun) if is_plural(noun) else ("body", False, noun)
    if lemma(noun) in words.organs | words.polities:
        return "body", is_plural(noun), noun
    return "attribute", is_plural(noun), nationality


def _rival(token: Token, number: int) -> Candidate:
    plural = is_plural(token) or any(child.dep_ == "conj" for child in token.children)
    return Candidate((), "rival", number, token, is_subject(token), plural)


def _has_name(noun: Token, names: Mapping[int, Found]) -> bool:
    """Tell whether a noun has a name as its modifier: "Russian officials", "the US side"."""
    return any(
        child.i in names and child.dep_ in _MODIFIERS and names[child.i].actors
        for child in noun.lefts
    )


def _pair(one: Candidate, other: Candidate, number: int) -> Candidate:
    return Candidate(
        actors=tuple(dict.fromkeys((*one.actors, *other.actors))),
        shape="pair",
        sentence=number,
        head=other.head,
        subject=one.subject,
        plural=True,
    )


def as_candidate(token: Token, actors: Actors, number: int) -> Candidate:
    """Return a resolved pronoun or nominal as a candidate for the next reference."""
    word = token.lower_
    shape: Shape = "pair" if len(actors) > 1 else "body"
    if word in HE or lemma(token) == "president":
        shape = "person"
    elif word in IT:
        shape = "state"
    elif word in THEY and len(actors) == 1:
        shape = "people"
    return Candidate(
        actors=actors,
        shape=shape,
        sentence=number,
        head=token,
        subject=is_subject(token),
        plural=word in THEY or len(actors) > 1,
        pronoun=word in HE | IT | THEY,
    )
