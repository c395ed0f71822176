"""Nominals that stand for actors: "both countries", "the Alliance", "my country"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.references.homes import Actors
from pipeline.references.memory import Candidate, Memory
from pipeline.references.syntax import is_plural, lemma
from pipeline.references.words import Words

_THE = frozenset({"the", "this", "these", "those"})
_PAIRED = frozenset({"both", "two"})
_ALLIANCE = frozenset({"alliance"})
_UNIONS = ("European Union", "Soviet Union")
_RULE = frozenset({"administration", "president"})


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
    if any(child.dep_ in ("prep", "relcl", "acl", "poss") and _narrows(child) for child in head.children):
        return ()
    if noun in words.parties and is_plural(head) and before and before <= {"both", "the", "two"}:
        return _pair(view) if before & _PAIRED else ()
    if noun in words.own and before == {"my"} and not is_plural(head):
        return view.home
    if noun in ("country", "nation") and before == {"this"} and not is_plural(head):
        return view.home
    if noun in _ALLIANCE and before and before <= _THE:
        return ("NATO",) if "NATO" in view.memory.named else ()
    if head.text == "Union" and before == {"the"}:
        return next(((one,) for one in _UNIONS if one in view.memory.named), ())
    if noun in _RULE and before and before <= {"the", "this", "current", "previous"}:
        return _ruler(nominal, view)
    return ()


def _narrows(child: Token) -> bool:
    """Tell whether what follows a noun makes it another: "the president of the bank"."""
    return child.i > child.head.i and child.lower_ in ("of", "between", "for", "that", "who")


def _pair(view: View) -> Actors:
    """The two actors that "both countries" are: a pair just named, else the last two."""
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
    if len(found) == 1 and view.home and view.home != tuple(found):
        return (*view.home, *found)
    return tuple(dict.fromkeys((*view.home, *view.partner))) if view.home and view.partner else ()


def _ruler(nominal: Nominal, view: View) -> Actors:
    """Whose president or administration is meant: the last person's, else the speaker's own."""
    for candidate in view.memory.latest(reach=2, sentence=view.sentence):
        if candidate.shape == "person" and candidate.actors:
            return candidate.actors
    return view.home if nominal.head.text[0].isupper() else ()


def as_candidate(nominal: Nominal, actors: Actors, *, sentence: int, subject: bool) -> Candidate:
    """A resolved nominal as something a pronoun may stand for."""
    person = lemma(nominal.head) == "president"
    shape = "person" if person else "pair" if len(actors) > 1 else "body"
    return Candidate(
        actors=actors,
        shape=shape,  # type: ignore[arg-type]
        sentence=sentence,
        head=nominal.head,
        subject=subject,
        plural=len(actors) > 1,
    )
