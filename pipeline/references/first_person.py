"""We, us, our: the speaker's own side, unless the sentence says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from spacy.tokens import Doc, Span, Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors, Side
from pipeline.references.words import (
    COUNTRIES,
    Words,
    clause_of,
    has_with,
    is_let_us,
    is_plural,
    is_subject,
    lemma,
)

_PLACED = frozenset({"in", "at", "of", "from"})
_DUTIES = frozenset({"must", "need", "ought", "should"})
_CONTINENTS = frozenset({"Africa", "Asia", "Europe"})
_JOINING = frozenset({"and", "-", "–"})
_MARKS = frozenset('“”„«»"')
_LONGEST = 120  # tokens; a longer quotation is a stray mark
_NEAR = 9  # tokens before and after a quotation that may tell who said it
_FAR = 250  # tokens that are looked at in a sentence without end
_OPENING = 6  # words of the sentence before in which both sides must be named


@dataclass(frozen=True, slots=True)
class Situation:
    """What a first-person plural is read against.

    Attributes:
        side: whose side speaks.
        partner: another side named just before, for what is done together.
        before: what the last "we" of this sentence was resolved to.
        quoted: who is quoted; None outside quotation marks.
    """

    side: Side
    partner: Actors = ()
    before: Actors = ()
    quoted: Actors | None = None


def resolve_we(token: Token, now: Situation, names: Mapping[int, Found], words: Words) -> Actors:
    """Return the actors a first-person plural means; empty for generic and personal ones.

    Args:
        token: the pronoun.
        now: who speaks, and beside whom.
        names: names of the text by the index of each of their tokens.
        words: the word lists.
    """
    side, home = now.side, now.side.home
    if (named := _named_with(token, names, words)) is not None:
        return named
    if now.quoted is not None:
        return now.quoted
    if side.assembly and _is_of_assembly(token, words):
        return side.assembly
    if _is_generic(token, words):
        return ()
    goes_on = now.before not in ((), home)
    if goes_on and (token.lower_ != "we" or now.before != side.assembly):
        return now.before
    if home and (both := _both_sides(token, now, names, words)):
        return tuple(dict.fromkeys((*home, *both)))
    return () if side.private else home


def _named_with(token: Token, names: Mapping[int, Found], words: Words) -> Actors | None:
    """Return what the next words name: "we Europeans", "we in NATO"; empty for "we scholars"."""
    doc, at = token.doc, token.i + 1
    if token.lower_ not in ("we", "us") or at >= len(doc):
        return None
    if doc[at].lower_ in _PLACED:
        at += 2 if at + 1 < len(doc) and doc[at + 1].lower_ == "the" else 1
        found = names.get(at)
        return found.actors if found and found.actors and found.label != "GPE" else None
    found = names.get(at)
    if found is not None and found.label == "NORP" and found.actors:
        return found.actors
    trade = is_plural(doc[at]) and lemma(doc[at]) in words.trades
    return () if token.lower_ == "we" and trade else None


def _is_generic(token: Token, words: Words) -> bool:
    """Tell whether anybody is meant: "if we look at it", "let us see", "we all know"."""
    if is_let_us(token):
        return _opens_remark(token, words)
    if not is_subject(token):
        return False
    verb = clause_of(token)
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    if after == "all":
        return lemma(verb) in words.thinking
    if token.i and token.nbor(-1).lower_ in words.openers:
        return lemma(token.head) in words.thinking
    return lemma(token.head) in words.pondering and any(
        one.lower_ in ("can", "could", "may", "might") for one in token.head.children
    )


def _opens_remark(token: Token, words: Words) -> bool:
    """Tell whether "let us" opens a remark: "let us say", "let us be honest"."""
    following = [one for one in token.doc[token.i + 1 : token.i + 5] if one.pos_ != "ADV"]
    verb = next((one for one in following if one.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lower_ != "be":
        return verb is not None and lemma(verb) in words.talk
    return any(one.lower_ in words.candid for one in following)


def _is_of_assembly(token: Token, words: Words) -> bool:
    """Tell whether a delegate means the assembly: "our meeting", "all of us", "we adopted"."""
    if token.dep_ == "poss":
        return lemma(token.head) in words.sittings or token.head.lower_ in COUNTRIES
    if token.lower_ == "us":
        of_us = token.i > 1 and token.nbor(-1).lower_ == "of"
        return of_us or (is_let_us(token) and not _opens_remark(token, words))
    verb = clause_of(token)
    if not is_subject(token) or has_with(verb):
        return False
    duty = {one.lower_ for one in (verb, *verb.children) if one is verb or one.dep_ == "aux"}
    if duty & _DUTIES:
        return not {lemma(one) for one in (verb, *verb.children)} & words.remarks
    return lemma(verb) in words.sitting_verbs


def _both_sides(token: Token, now: Situation, names: Mapping[int, Found], words: Words) -> Actors:
    """Return the other side where words say that two sides are meant; empty elsewhere."""
    home, guests = now.side.home, now.side.guests
    if guests and (_is_shared(token, words) or _is_said_of_both(token, words)):
        return guests
    if now.partner and _is_shared(token, words):
        return now.partner
    return () if token.lower_ == "us" else _named_beside(token, home, names)


def _is_shared(token: Token, words: Words) -> bool:
    """Tell whether two sides are meant: "our countries", "between us", "together we", "we met"."""
    if token.dep_ == "poss":
        modifiers = {child.lower_ for child in token.head.children}
        if token.head.lower_ in COUNTRIES or modifiers & words.joint:
            return True
        return lemma(token.head) in words.joint_nouns and not has_with(token.head)
    if token.i and token.nbor(-1).lower_ == "between":
        return True
    verb = clause_of(token)
    if has_with(verb):
        return False
    if is_subject(token) and lemma(verb) in words.mutual:
        return True
    near = list(islice(verb.subtree, _FAR))
    each_other = any(a.lower_ == "each" and b.lower_ == "other" for a, b in pairwise(near))
    return each_other or any(
        one.lower_ in words.joint_adverbs and not has_with(one) for one in near
    )


def _is_said_of_both(token: Token, words: Words) -> bool:
    """Tell whether one of two hosts facing the press speaks for both: "our teams", "we signed"."""
    if token.dep_ == "poss":
        noun = lemma(token.head)
        shared = noun in words.shared_nouns and not has_with(token.head)
        return shared or (noun in words.each_nouns and is_plural(token.head))
    verb = clause_of(token)
    return is_subject(token) and not has_with(verb) and lemma(verb) in words.shared_verbs


def _named_beside(token: Token, home: Actors, names: Mapping[int, Found]) -> Actors:
    """Return the actor named beside the speaker's side before "we": "Russia and India ... we".

    Looked for in the words before the pronoun, then at the start of the sentence before.
    """
    doc, start = token.doc, token.sent.start
    if (found := _beside(doc[max(start, token.i - _FAR) : token.i], home, names)) or not start:
        return found
    return _beside(doc[doc[start - 1].sent.start : start][:_OPENING], home, names)


def _beside(span: Span, home: Actors, names: Mapping[int, Found]) -> Actors:
    """Return the one actor joined to the speaker's side by "and" or a dash."""
    named = [token for token in span if token.i in names and names[token.i].actors]
    for first, second in pairwise(named):
        one, other = names[first.i].actors, names[second.i].actors
        between = {token.lower_ for token in span.doc[first.i + 1 : second.i]}
        joined = between & _JOINING and between <= _JOINING | {"the"}
        if joined and home in (one, other) and one != other and not _CONTINENTS & {*one, *other}:
            return other if one == home else one
    return ()


def quoted_by(doc: Doc, words: Words) -> Mapping[int, Token]:
    """Return who says it, by the index of each token between quotation marks.

    Marks around words without a verb of saying beside them are no quotation.
    """
    said: dict[int, Token] = {}
    for start, end in _quotations(doc):
        before, after = doc[max(0, start - _NEAR) : start - 1], doc[end : end + _NEAR]
        verb = _saying(reversed(list(before)), words) or _saying(after, words)
        if verb is not None and (subject := _subject(verb)) is not None:
            said.update(dict.fromkeys(range(start, end), subject))
    return said


def _quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the first token and the one after the last of each pair of marks.

    A mark opens or closes by the spaces around it, since not all sources curl it.
    """
    start: int | None = None
    for token in doc:
        if token.text not in _MARKS:
            continue
        if not token.whitespace_ and (not token.i or token.nbor(-1).whitespace_):
            start = token.i + 1
        elif start is not None and token.i - start <= _LONGEST:
            yield start, token.i
            start = None
    if start is not None and len(doc) - start <= _LONGEST:
        yield start, len(doc)


def _saying(near: Iterable[Token], words: Words) -> Token | None:
    """Return the first verb of saying among the words next to a quotation, in one sentence."""
    for token in takewhile(lambda one: one.text != ".", near):
        if token.pos_ == "VERB" and lemma(token) in words.saying:
            return token
    return None


def _subject(verb: Token) -> Token | None:
    while verb.dep_ in ("conj", "xcomp") and not any(is_subject(one) for one in verb.children):
        verb = verb.head
    return next((one for one in verb.children if is_subject(one)), None)
