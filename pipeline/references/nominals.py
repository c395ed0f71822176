"""Nominals that stand for actors: "both countries", "the Alliance", "my country"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.memory import Candidate, Memory, Shape
from pipeline.references.syntax import clause_of, is_plural, is_subject, lemma
from pipeline.references.words import Words

_THE = frozenset({"the", "this", "these", "those"})
_PAIRED = frozenset({"both", "two"})
_NARROWING = frozenset({"of", "between", "for", "in", "at", "from", "that", "who"})
_RULE = frozenset({"administration", "president"})
_LANDS = frozenset({"country", "homeland"})
_OF_THIRD = frozenset({"his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase without a name in it: its first and last token and its head."""

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
    """What a nominal is read against: who speaks, what was named, the sentence's number."""

    home: Actors
    partner: Actors
    western: bool
    unions: Actors
    club: Actors
    memory: Memory
    sentence: int


def find_nominals(sentence: Span, *, taken: frozenset[int]) -> Iterator[Nominal]:
    """Yield the noun phrases with a determiner, without a name among their words.

    Args:
        sentence: a sentence of a parsed Doc.
        taken: indices of the tokens that belong to names.
    """
    for head in sentence:
        if head.pos_ not in ("NOUN", "PROPN") or head.i in taken:
            continue
        left = [t for t in head.lefts if t.dep_ in ("det", "poss", "nummod", "predet", "amod")]
        first = left[0] if left else head
        if any(t.i in taken for t in head.doc[first.i : head.i + 1]):
            continue
        if any(t.dep_ == "compound" for t in head.lefts):
            continue
        yield Nominal(first, head)


def resolve_nominal(nominal: Nominal, view: View, words: Words) -> Actors:
    """Return whom a nominal stands for; nobody where it is none of the known ones."""
    head = nominal.head
    noun = lemma(head)
    before = {t.lower_ for t in head.doc[nominal.first.i : head.i]}
    if (named := _apposed(nominal, view, words)) is not None:
        return named
    if any(_narrows(child) for child in head.children):
        return ()
    if noun in words.parties and is_plural(head) and before and before <= {"both", "the", "two"}:
        return _pair(view, beside=_is_joined(head)) if before & _PAIRED else ()
    if noun in words.own and before == {"my"} and not is_plural(head):
        return view.home
    if noun in ("country", "nation") and before == {"this"} and not is_plural(head):
        return view.home
    if (meant := _short_name(nominal, before, view, words)) is not None:
        return meant
    if noun in words.unions and not is_plural(head) and len(before) == 1:
        return _union(before, view)
    if noun in words.parties and is_plural(head) and before in ({"these"}, {"those"}):
        return _all_just_named(view)
    if noun in words.allies and is_plural(head) and "our" in before:
        return ("West",) if view.western else ()
    if noun in words.organs and before == {"our"} and not is_plural(head):
        return view.home
    if noun in words.own and len(before) == 1 and before & _OF_THIRD and not is_plural(head):
        return _owner(nominal, view)
    if noun == "side" and before == {"the", "other"}:
        return _last_state(view, apart_from=view.home) if view.home else ()
    if noun in words.polities and before == {"the"} and _stands_alone(head):
        return _polity(head, view)
    if noun in _RULE and before and before <= {"the", "this", "current", "previous"}:
        return _ruler(nominal, view)
    return ()


def _apposed(nominal: Nominal, view: View, words: Words) -> Actors | None:
    """Whom the name before names: "the United States, our partners". None where there is none."""
    head = nominal.head
    if head.dep_ != "appos" or lemma(head) not in words.officials | words.allies:
        return None
    for candidate in view.memory.latest(reach=0, sentence=view.sentence):
        if candidate.head.i == head.head.i and candidate.shape != "rival":
            return candidate.actors
    return None


def _union(before: set[str], view: View) -> Actors:
    """Which organisation "our association" or "the bloc" is."""
    if before == {"our"}:
        return view.club
    if not before <= {"the", "this"}:
        return ()
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "body":
            return candidate.actors if len(candidate.actors) == 1 else ()
    return ()


def _all_just_named(view: View) -> Actors:
    """The states that "these countries" are: all that the sentence before names, if several."""
    named = [
        name
        for candidate in view.memory.latest(reach=1, sentence=view.sentence)
        if candidate.sentence == view.sentence - 1
        and candidate.shape in ("state", "people", "body")
        for name in candidate.actors
        if name not in view.home
    ]
    return tuple(sorted(set(named))) if len(set(named)) > 1 else ()


def _owner(nominal: Nominal, view: View) -> Actors:
    """Whose country "their country" is: the pronoun's, resolved just before."""
    for candidate in view.memory.latest(reach=0, sentence=view.sentence):
        if candidate.head.i == nominal.first.i:
            return candidate.actors if len(candidate.actors) == 1 else ()
    return ()


def _last_state(view: View, *, apart_from: Actors = ()) -> Actors:
    """The state named last, in this sentence or the two before; nobody where two tie."""
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "rival" or set(candidate.actors) & set(apart_from):
            continue
        return candidate.actors if len(candidate.actors) == 1 else ()
    return ()


def _polity(head: Token, view: View) -> Actors:
    """Whose "the government" or "the country" is: of the state named last, not who acts on it.

    A country is a state's that is itself named: "American troops are in the country".
    """
    land = lemma(head) in _LANDS
    acting = {
        candidate.actors
        for candidate in view.memory.latest(reach=0, sentence=view.sentence)
        if _acts_on(candidate, head)
    }
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        here = candidate.sentence == view.sentence
        landless = here and land and candidate.shape != "state" and not candidate.pronoun
        if candidate.shape == "rival" or landless or candidate.actors in acting:
            continue
        return candidate.actors if len(candidate.actors) == 1 else ()
    return view.home if head.text[0].isupper() else ()


def _acts_on(candidate: Candidate, head: Token) -> bool:
    """Tell whether somebody does something to whom a noun names: "they got the army to sign"."""
    clause = clause_of(head)
    done = not is_subject(head)
    if any(child.tag_ == "TO" for child in clause.children):
        clause, done = clause_of(clause.head), True
    return done and candidate.subject and clause_of(candidate.head).i == clause.i


def _stands_alone(head: Token) -> bool:
    """Tell whether no word narrows a noun down, and it is not of some other noun."""
    return all(child.dep_ in ("det", "punct", "cc", "conj") for child in head.children)


def _short_name(nominal: Nominal, before: set[str], view: View, words: Words) -> Actors | None:
    """Whom "the Alliance" or "the Commission" stands for; None where it is no short name."""
    noun = lemma(nominal.head)
    if noun not in words.short or is_plural(nominal.head) or not before <= _THE or not before:
        return None
    if nominal.head.text[0].islower() and noun != "alliance":
        return None
    meant = words.short[noun]
    return view.memory.latest_of(meant) or tuple(one for one in view.unions if one in meant)


def _narrows(child: Token) -> bool:
    """Tell whether what follows a noun makes it another: "the president of the bank"."""
    return child.i > child.head.i and child.lower_ in _NARROWING


def _is_joined(head: Token) -> bool:
    """Tell whether somebody else is named beside: "both governments and the neighbours"."""
    return any(child.dep_ == "conj" for child in head.children)


def _pair(view: View, *, beside: bool) -> Actors:
    """The two actors that "both countries" are: a pair just named, else the last two.

    Else the speaker's side is one of them, unless both stand ``beside`` a third.
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
    if beside:
        return ()
    if len(found) == 1 and view.home and view.home != tuple(found):
        return (*view.home, *found)
    return tuple(dict.fromkeys((*view.home, *view.partner))) if view.home and view.partner else ()


def _ruler(nominal: Nominal, view: View) -> Actors:
    """Whose president or administration is meant: the last person's, else the speaker's own."""
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "person" and candidate.actors:
            return candidate.actors
    return view.home if nominal.head.text[0].isupper() else ()


def as_candidate(nominal: Nominal, actors: Actors, *, sentence: int) -> Candidate:
    """A resolved nominal as something a pronoun may stand for."""
    shape: Shape = "pair" if len(actors) > 1 else "body"
    if lemma(nominal.head) == "president":
        shape = "person"
    return Candidate(
        actors=actors,
        shape=shape,
        sentence=sentence,
        head=nominal.head,
        subject=is_subject(nominal.head),
        plural=len(actors) > 1,
    )


def as_found(nominal: Nominal, actors: Actors, words: Words) -> Found:
    """A resolved nominal as an entity: a short name with a capital is a name, without its "the"."""
    if is_short_name(nominal.head.text, words):
        return Found(int(nominal.head.idx), nominal.end, "ORG", actors, "alias")
    return Found(nominal.start, nominal.end, None, actors, "nominal")


def is_short_name(text: str, words: Words) -> bool:
    """Tell whether a word is a short name: "Alliance", "Commission"."""
    return text[0].isupper() and text.lower() in words.short
