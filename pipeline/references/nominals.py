"""Nominals that mean actors: "both countries", "the Alliance", "my country", "our government"."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from spacy.tokens import Span, Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors, Side
from pipeline.references.memory import REACH, Candidate, Memory
from pipeline.references.words import DEFINITE, Words, is_plural, lemma

_THE = frozenset({"the", "this", "these", "those"})
_PARTS = frozenset({"pobj", "conj", "appos", "compound", "amod", "nmod", "poss"})
_MEMBERS = frozenset({"of", "between", "among", "with"})
_PAIRED = frozenset({"both", "two"})
_NARROWING = frozenset({"of", "between", "for", "in", "at", "from", "that", "who"})
_RULE = frozenset({"administration", "president"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase without a name in it: its first token and its head, which is its last."""

    first: Token
    head: Token

    @property
    def start(self) -> int:
        """Code point where it starts."""
        return int(self.first.idx)

    @property
    def end(self) -> int:
        """Code point after its end."""
        return int(self.head.idx) + len(self.head)


@dataclass(frozen=True, slots=True)
class View:
    """What a nominal is read against.

    Attributes:
        side: whose side speaks.
        ours: what an "our" that begins the nominal was resolved to.
        memory: what was named before.
        sentence: the running number of the sentence.
        names: names by the index of each of their tokens.
    """

    side: Side
    ours: Actors
    memory: Memory
    sentence: int
    names: Mapping[int, Found]


def find_nominals(sentence: Span, *, taken: frozenset[int]) -> Iterator[Nominal]:
    """Yield the noun phrases of a sentence that have no name among their words.

    Args:
        sentence: a sentence of a parsed Doc.
        taken: indices of the tokens that belong to names.
    """
    for head in sentence:
        if head.pos_ not in ("NOUN", "PROPN") or head.i in taken:
            continue
        left = [t for t in head.lefts if t.dep_ in ("det", "poss", "nummod", "predet", "amod")]
        first = left[0] if left else head
        named = any(t.i in taken for t in head.doc[first.i : head.i + 1])
        if not named and not any(t.dep_ == "compound" for t in head.lefts):
            yield Nominal(first, head)


def resolve_nominal(nominal: Nominal, view: View, words: Words) -> Actors:
    """Return the actors a nominal means; empty where it is none of the known ones."""
    head, noun = nominal.head, lemma(nominal.head)
    before = {t.lower_ for t in head.doc[nominal.first.i : head.i]}
    if noun in words.groups and (group := _group(head, before, view, words)):
        return group
    if any(child.i > head.i and child.lower_ in _NARROWING for child in head.children):
        return ()
    if is_plural(head):
        return _plural(noun, before, view, words)
    if noun in words.own and (before == {"my"} or before == {"this"}):
        return view.side.home
    if "our" in before and noun in words.own | words.organs:
        return view.ours
    if noun in words.short and before and before <= _THE:
        return _short_name(head, view, words)
    if noun in _RULE and before and before <= {"the", "this", "current", "previous"}:
        return _ruler(head, view)
    return ()


def members_of(group: Token, names: Mapping[int, Found], *, owners: Actors = ()) -> Actors:
    """Return the actors that are members of a group by syntax, in order: two or more, else none.

    Args:
        group: its noun: "the Sino-Russian axis", "Iran's alliance with Syria", "a bloc of both".
        names: names by the index of each of their tokens.
        owners: the actors of a possessive pronoun; who is allied "with" others is unknown without.
    """
    own = [*owners, *_actors_below(group.lefts, names)]
    linking = _MEMBERS if own else _MEMBERS - {"with"}
    linked = _actors_below((one for one in group.rights if one.lower_ in linking), names)
    actors = tuple(dict.fromkeys([*own, *linked]))
    return actors if len(actors) > 1 else ()


def _actors_below(tokens: Iterable[Token], names: Mapping[int, Found]) -> Iterator[str]:
    """Yield the actors that phrases name, without those in their clauses."""
    waiting = deque(tokens)  # a list of names may be deeper than recursion goes
    while waiting:
        token = waiting.popleft()
        if token.i in names:
            yield from names[token.i].actors
        waiting.extend(child for child in token.children if child.dep_ in _PARTS)


def _group(head: Token, before: set[str], view: View, words: Words) -> Actors:
    """Return the members of a group: by syntax, else those last named together.

    Empty where its like was named instead ("the alliance": NATO, "the Western alliance").
    """
    latest = list(view.memory.latest(reach=REACH, sentence=view.sentence))
    theirs = (one.actors for one in latest if one.pronoun and one.head.head == head)
    if members := members_of(head, view.names, owners=next(theirs, view.ours)):
        return members
    meant = set(words.short.get(lemma(head), ()))
    if not before & DEFINITE or (before == {"the"} and meant & view.memory.named.keys()):
        return ()
    named: list[tuple[tuple[int, bool, bool], Candidate]] = []
    for one in latest:
        again = bool(one.actors) and lemma(head) in (lemma(one.head), lemma(one.head.head))
        if again or len(one.actors) > 1 or meant & set(one.actors):
            named.append(((one.sentence, again, one.subject), one))
    best = max(named, key=itemgetter(0), default=None)
    return best[1].actors if best and len(best[1].actors) > 1 else ()


def _plural(noun: str, before: set[str], view: View, words: Words) -> Actors:
    """Return the actors of "both countries", "these countries", "our allies"."""
    if noun in words.parties and before & _PAIRED and before <= {"both", "the", "two"}:
        return _pair(view)
    if noun in words.parties and before in ({"these"}, {"those"}):
        return _all_just_named(view)
    western = "our" in before and noun in words.allies and view.side.western
    return ("West",) if western else ()


def _all_just_named(view: View) -> Actors:
    """Return the states that the sentence before names, if several, for "these countries"."""
    named = {
        name
        for candidate in view.memory.latest(reach=1, sentence=view.sentence)
        if candidate.sentence == view.sentence - 1
        and candidate.shape in ("state", "people", "body")
        for name in candidate.actors
        if name not in view.side.home
    }
    return tuple(sorted(named)) if len(named) > 1 else ()


def _short_name(head: Token, view: View, words: Words) -> Actors:
    """Return what "the Alliance" or "the Commission" means: named last, or the speaker's own."""
    noun = lemma(head)
    if head.text[0].islower() and noun != "alliance":
        return ()
    meant = words.short[noun]
    return view.memory.latest_of(meant) or tuple(one for one in view.side.unions if one in meant)


def _pair(view: View) -> Actors:
    """Return the two actors of "both countries": a pair just named, else the last two.

    Where only one was named, or none, the speaker's own side is the other.
    """
    found: list[str] = []
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "pair" and len(candidate.actors) == 2:
            return candidate.actors
        if candidate.shape in ("state", "person", "people", "attribute"):
            found += [name for name in candidate.actors if name not in found]
        if len(found) == 2:
            return tuple(reversed(found))
        if len(found) > 2:
            return ()
    both = tuple(dict.fromkeys((*view.side.home, *(found or view.side.guests))))
    return both if len(both) == 2 else ()


def _ruler(head: Token, view: View) -> Actors:
    """Return whose president or administration is meant: the last person's, else the speaker's."""
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "person" and candidate.actors:
            return candidate.actors
    return view.side.home if head.text[0].isupper() else ()


def as_found(nominal: Nominal, actors: Actors, words: Words) -> Found:
    """Return a resolved nominal as an entity; a short name is a name, without its "the"."""
    if is_short_name(nominal.head.text, words):
        return Found(int(nominal.head.idx), nominal.end, "ORG", actors, "alias")
    return Found(nominal.start, nominal.end, None, actors, "nominal")


def is_short_name(text: str, words: Words) -> bool:
    """Tell whether a word is a short name: "Alliance", "Commission"."""
    return text[0].isupper() and text.lower() in words.short
