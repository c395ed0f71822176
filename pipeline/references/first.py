"""We, us, our: by whom the speaker speaks for, and by the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from spacy.tokens import Token

from pipeline.actors.names import Found
from pipeline.references.homes import Actors
from pipeline.references.memory import Memory
from pipeline.references.syntax import clause_of, is_plural, is_subject, lemma
from pipeline.references.words import Words

_IN = frozenset({"in", "at", "of", "from"})
_PAIRED = frozenset({"two", "both"})
_HELD = frozenset({"have", "hold", "conduct", "continue", "conclude"})


def resolve_we(
    token: Token,
    *,
    home: Actors,
    partner: Actors,
    guest: Actors,
    before: Actors,
    union: Actors,
    names: Mapping[int, Found],
    words: Words,
) -> Actors:
    """Return whom a first-person plural stands for; nobody for the generic and personal ones.

    Args:
        token: the pronoun.
        home: whom the speaker speaks for.
        partner: the other side, for what is done together.
        guest: the side of the other speaker of a joint press conference.
        before: whom the one before it in the sentence stands for, if there is one.
        union: the organisation named last that the speaker's side is a member of.
        names: names of the text by the index of each of their tokens.
        words: the word lists.
    """
    if (said := _named_with(token, names=names, words=words)) is not None:
        return said
    if _thinks_along(token, words) or _is_mankind(token, words):
        return ()
    if union and _names_union(token, words):
        return union
    if home and set(home) < set(before):
        return before
    if guest and home and _is_of_both(token, words):
        return tuple(dict.fromkeys((*home, *guest)))
    if partner and home and _is_joint(token, words):
        return tuple(dict.fromkeys((*home, *partner)))
    return home


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
        at += 1
        if at < len(doc) and doc[at].lower_ == "the":
            at += 1
        known = names.get(at)
        if known is None or not known.actors:
            return None
        if after.is_punct and (after.text != "," or not _closed(known, token)):
            return None
        return known.actors if after.is_punct or known.label != "GPE" else None
    if (known := names.get(at)) is not None and known.label == "NORP" and known.actors:
        following = doc[at + 1] if at + 1 < len(doc) else None
        if following is not None and following.pos_ == "NOUN" and is_plural(following):
            return () if lemma(following) in words.trades else known.actors
        return known.actors
    if token.lower_ == "we" and is_plural(after) and lemma(after) in words.trades:
        return ()
    return None


def _closed(known: Found, token: Token) -> bool:
    """Tell whether a name after "we," is set off on both sides, as an apposition is."""
    return token.doc.text[known.end : known.end + 1] in (",", "–", "—")


def _thinks_along(token: Token, words: Words) -> bool:
    """Tell whether the pronoun is anybody who thinks along: "if we look at it", "let us see"."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.head.lemma_ == "let":
        return lemma(verb) in words.talk
    if token.dep_ != "nsubj" or not ({lemma(verb)} & words.thinking):
        return False
    before = token.nbor(-1) if token.i else None
    return before is not None and before.lower_ in words.openers


def _is_mankind(token: Token, words: Words) -> bool:
    """Tell whether everybody is meant: "we as human beings", "we all know"."""
    doc, at = token.doc, token.i + 1
    verb = clause_of(token)
    if is_subject(token) and at < len(doc) and doc[at].lower_ == "all":
        return bool({lemma(verb)} & (words.thinking | words.talk))
    return any(
        child.lower_ == "as" and any(lemma(noun) in words.mankind for noun in child.children)
        for child in verb.subtree
        if child.dep_ == "prep"
    )


def _names_union(token: Token, words: Words) -> bool:
    """Tell whether the words are those for an organisation: "our association"."""
    if token.dep_ != "poss" or is_plural(token.head):
        return False
    return lemma(token.head) in words.unions


def _is_joint(token: Token, words: Words) -> bool:
    """Tell whether both sides are meant: "our two countries", "together we", "we met"."""
    if token.dep_ == "poss":
        modifiers = {child.lower_ for child in token.head.children}
        if is_plural(token.head) and lemma(token.head) in words.parties and modifiers & _PAIRED:
            return True
        if modifiers & words.joint:
            return True
        if lemma(token.head) in words.joint_nouns:
            return all(child.lower_ != "with" for child in token.head.children)
    verb = clause_of(token)
    if any(child.dep_ == "prep" and child.lower_ == "with" for child in verb.children):
        return False
    if is_subject(token) and (lemma(verb) in words.mutual or _confers(verb, words)):
        return True
    near = list(verb.subtree)
    return any(child.lower_ in words.joint_adverbs for child in near) or any(
        one.lower_ == "each" and other.lower_ == "other" for one, other in pairwise(near)
    )


def _is_of_both(token: Token, words: Words) -> bool:
    """Tell whether two hosts before the press speak for both: "our teams", "we agreed"."""
    if token.dep_ == "poss":
        noun = lemma(token.head)
        return noun in words.shared_nouns or (noun in words.each_nouns and is_plural(token.head))
    verb = clause_of(token)
    if any(child.dep_ == "prep" and child.lower_ == "with" for child in verb.children):
        return False
    return is_subject(token) and lemma(verb) in words.shared_verbs


def _confers(verb: Token, words: Words) -> bool:
    """Tell whether two sides confer: "we had a long discussion", "we have a partnership"."""
    return lemma(verb) in _HELD and any(
        child.dep_ == "dobj"
        and lemma(child) in words.conferences
        and all(one.lower_ != "with" for one in child.children)
        for child in verb.children
    )


def partner_of(memory: Memory, *, home: Actors, guest: Actors, sentence: int) -> Actors:
    """The other side of what "we" do together: the last actor named, else the other speaker's."""
    for candidate in memory.others(home, sentence=sentence, reach=1):
        if candidate.shape in ("person", "state", "people") and len(candidate.actors) == 1:
            return candidate.actors
    return guest
