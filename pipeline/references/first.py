"""We, us, our: by whom the speaker speaks for, and by the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.actors.names import Found
from pipeline.references.assembly import is_of_assembly
from pipeline.references.generic import is_generic
from pipeline.references.homes import Actors
from pipeline.references.joint import is_agreed, is_joint, is_of_both, named_beside
from pipeline.references.syntax import clause_of, is_plural, lemma
from pipeline.references.words import Words

_IN = frozenset({"in", "at", "of", "from"})


@dataclass(frozen=True, slots=True)
class Situation:
    """What a first-person plural is read against.

    Attributes:
        home: whom the speaker speaks for.
        private: the speaker's firm or charity is no actor, though their country is one.
        partner: the other side, for what is done together.
        guest: the side of the other speaker of a joint press conference.
        absent: the others with whom the title says that there were talks.
        before: whom the one before it in the sentence stands for, if there is one.
        last: whom the last one of the sentence before stands for.
        union: the organisation named last that the speaker's side is a member of.
        club: the same, if it was named in the last few sentences.
        assembly: in which the speaker is a state's delegate.
        quoted: whose words it stands in, if between quotation marks; None outside.
    """

    home: Actors = ()
    private: bool = False
    partner: Actors = ()
    guest: Actors = ()
    absent: Actors = ()
    before: Actors = ()
    last: Actors = ()
    union: Actors = ()
    club: Actors = ()
    assembly: Actors = ()
    quoted: Actors | None = None


def resolve_we(token: Token, now: Situation, names: Mapping[int, Found], words: Words) -> Actors:
    """Return whom a first-person plural stands for; nobody for the generic and personal ones.

    Args:
        token: the pronoun.
        now: who speaks, to whom, of whom.
        names: names of the text by the index of each of their tokens.
        words: the word lists.
    """
    if (said := _named_with(token, names=names, words=words)) is not None:
        return said
    if (said := _named_as(token, names)) is not None:
        return said
    if now.quoted is not None:
        return now.quoted
    if now.union and _names_union(token, words):
        return now.union
    if (
        now.guest
        and token.lower_ != "we"
        and (both := _of_two(token, now, names, words)) is not None
    ):
        return both
    if now.assembly and is_of_assembly(token, words):
        return now.assembly
    if is_generic(token, words):
        return ()
    taken_up = now.before != now.assembly or token.lower_ != "we"
    if now.before and now.before != now.home and taken_up:
        return now.before
    if (both := _of_two(token, now, names, words)) is not None:
        return both
    return () if now.private and not _is_of_state(token, words) else now.home


def _of_two(
    token: Token, now: Situation, names: Mapping[int, Found], words: Words
) -> Actors | None:
    """The speaker's side and another, or a club of theirs, where the words are those for it."""
    if not now.home:
        return None
    hosts = tuple(dict.fromkeys((*now.home, *now.guest, *now.absent)))
    if len(hosts) > len(now.home) and is_of_both(token, words):
        return hosts
    if now.guest and now.last == hosts and _goes_on(token, names):
        return hosts
    if now.partner and (is_joint(token, words) or is_agreed(token, words)):
        return tuple(dict.fromkeys((*now.home, *now.partner)))
    if token.lower_ != "us" and (beside := named_beside(token, now.home, names)):
        return tuple(dict.fromkeys((*now.home, *beside)))
    if now.club and any(_is_of_states(one, words) for one in [token, *_after(token)]):
        return now.club
    return None


def _after(token: Token) -> list[Token]:
    """The pronouns of the first person that come later in the sentence of a subject."""
    if token.lower_ != "we":
        return []
    return [one for one in token.doc[token.i + 1 : token.sent.end] if one.lower_ == "our"]


def _goes_on(token: Token, names: Mapping[int, Found]) -> bool:
    """Tell whether a sentence goes on about both hosts: it names nobody, and nothing of one."""
    if token.lower_ == "us" or any(one.i in names and names[one.i].actors for one in token.sent):
        return False
    return not any(one.lower_ in ("i", "my", "you", "your") for one in token.sent)


def _named_with(token: Token, *, names: Mapping[int, Found], words: Words) -> Actors | None:
    """Whom the words right after the pronoun name: "we Europeans", "we in NATO", "we, the EU"."""
    doc, at = token.doc, token.i + 1
    if (
        token.lower_ not in ("we", "us")
        or at >= len(doc)
        or (doc[at].is_punct and token.lower_ == "us")
    ):
        return None
    after = doc[at]
    if after.lower_ in _IN or after.is_punct:
        return _named_in(token, names)
    if (known := names.get(at)) is not None and known.label == "NORP" and known.actors:
        following = doc[at + 1] if at + 1 < len(doc) else None
        if following is not None and following.pos_ == "NOUN" and is_plural(following):
            return () if lemma(following) in words.trades else known.actors
        return known.actors
    apart = token.lower_ == "we" or token.dep_ == "pobj"
    return () if apart and is_plural(after) and lemma(after) in words.trades else None


def _named_in(token: Token, names: Mapping[int, Found]) -> Actors | None:
    """Whom a place or an apposition names: "we in the West", "we, the European Union,"."""
    doc, at = token.doc, token.i + 2
    after = token.nbor()
    if at < len(doc) and doc[at].lower_ == "the":
        at += 1
    known = names.get(at)
    if known is None or not known.actors:
        return None
    if after.is_punct:
        return known.actors if after.text == "," and _closed(known, token) else None
    if known.label == "GPE" or (token.lower_ == "us" and after.lower_ == "at"):
        return None
    return known.actors


def _closed(known: Found, token: Token) -> bool:
    """Tell whether a name after "we," is set off on both sides, as an apposition is."""
    return token.doc.text[known.end : known.end + 1] in (",", "–", "—")


def _named_as(token: Token, names: Mapping[int, Found]) -> Actors | None:
    """Whom "as" names in the clause of the pronoun: "as Europeans, we pay", "we, as NATO"."""
    if token.lower_ != "we":
        return None
    verb = clause_of(token)
    for child in [*verb.children, *token.children]:
        if child.dep_ == "prep" and child.lower_ == "as":
            for noun in child.children:
                known = names.get(noun.i)
                if known is not None and known.actors and known.label in ("NORP", "ORG", "LOC"):
                    return known.actors
    return None


def _names_union(token: Token, words: Words) -> bool:
    """Tell whether the words are those for an organisation: "our association"."""
    if token.dep_ != "poss" or is_plural(token.head):
        return False
    return lemma(token.head) in words.unions


def _is_of_state(token: Token, words: Words) -> bool:
    """Tell whether what is had is a state's: "our army", "our borders"."""
    return token.dep_ == "poss" and lemma(token.head) in words.of_states


def _is_of_states(token: Token, words: Words) -> bool:
    """Tell whether what is had is several states': "our economies", "our peoples"."""
    if token.dep_ != "poss" or not is_plural(token.head):
        return False
    noun = lemma(token.head)
    return token.head.lower_ == "peoples" or (noun in words.of_each and noun != "people")
