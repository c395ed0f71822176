"""We that is nobody: everybody, those who talk, a trade, a study, a few of us."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.references.syntax import clause_of, is_let_us, is_plural, is_subject, lemma
from pipeline.references.words import Words

_PLACES = frozenset({"here", "there"})


def is_generic(token: Token, words: Words) -> bool:
    """Tell whether a first-person plural stands for no actor, as far as its sentence tells."""
    return (
        _thinks_along(token, words)
        or _is_everybody(token, words)
        or is_part(token, words)
        or _is_taught(token, words)
        or _is_of_the_talk(token, words)
        or _studies(token, words)
        or _is_owned_by_nobody(token, words)
    )


def _thinks_along(token: Token, words: Words) -> bool:
    """Tell whether the pronoun is anybody who thinks along: "if we look at it", "let us see"."""
    if is_let_us(token):
        return _lets(token, words)
    if not is_subject(token):
        return False
    verb, before = token.head, token.nbor(-1) if token.i else None
    if before is not None and before.lower_ in words.openers:
        known = lemma(verb) == "tell" and _could(verb)
        return known or lemma(verb) in words.thinking or _is_candid(verb, words)
    return lemma(verb) in words.pondering and _could(verb) and not _has_object(verb)


def _is_candid(verb: Token, words: Words) -> bool:
    """Tell whether one says how one speaks: "if we are honest", "if we are being fair"."""
    said = [one for one in verb.children if one.i > verb.i and one.dep_ in ("acomp", "advmod")]
    return verb.pos_ == "AUX" and any(
        lemma(one) in words.candid and (one.i + 1 == len(one.doc) or one.nbor().is_punct)
        for one in said
    )


def _lets(token: Token, words: Words) -> bool:
    """Tell whether "let us" opens a remark: "let us say", "let us be honest"."""
    following = [one for one in token.doc[token.i + 1 : token.i + 5] if one.pos_ != "ADV"]
    verb = next((one for one in following if one.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lower_ != "be":
        return verb is not None and lemma(verb) in words.talk
    return any(one.lower_ in words.candid for one in following)


def _has_object(verb: Token) -> bool:
    return any(one.dep_ in ("dative", "dobj") for one in verb.children)


def _could(verb: Token) -> bool:
    return any(one.lower_ in ("can", "could", "may", "might") for one in verb.children)


def _is_everybody(token: Token, words: Words) -> bool:
    """Tell whether everybody is meant: "we as human beings", "we all know", "as scholars we"."""
    verb = clause_of(token)
    if is_subject(token) and has_all(token):
        return lemma(verb) in words.thinking | words.talk | words.moved
    return any(
        lemma(noun) in words.mankind or (lemma(noun) in words.trades and is_plural(noun))
        for child in [*verb.children, *token.children]
        if child.dep_ == "prep" and child.lower_ == "as"
        for noun in child.children
    )


def has_all(token: Token) -> bool:
    """Tell whether "all" goes with a subject: "we all", "we were all", "we have all"."""
    doc, at = token.doc, token.i + 1
    while at < len(doc) and doc[at].pos_ == "AUX":
        at += 1
    return at < len(doc) and doc[at].lower_ == "all"


def is_part(token: Token, words: Words) -> bool:
    """Tell whether only some of a group are meant: "those of us who", "none of us"."""
    if token.lower_ != "us" or token.i < 2 or token.nbor(-1).lower_ != "of":
        return False
    after = list(token.doc[token.i + 1 : token.i + 3])
    here = [one.lower_ for one in after[:1]] == ["here"] or (
        len(after) == 2 and after[0].lower_ in ("in", "at") and after[1].pos_ == "PROPN"
    )
    return not here and token.nbor(-2).lower_ in words.parts


def _is_taught(token: Token, words: Words) -> bool:
    """Tell whether everybody is taught: "history shows us"."""
    return token.dep_ in ("dative", "dobj") and any(
        lemma(one) in words.teachers for one in token.head.children if is_subject(one)
    )


def _is_of_the_talk(token: Token, words: Words) -> bool:
    """Tell whether those who talk are meant: "we can stop there", "our listeners"."""
    if token.dep_ == "poss":
        return lemma(token.head) in words.talk_nouns
    verb = token.head
    if token.dep_ != "nsubj" or verb.pos_ not in ("VERB", "AUX"):
        return False
    if lemma(verb) in ("get", "have") and _has_time(verb, words):
        return True
    if lemma(verb) in ("speak", "talk") and verb.tag_ == "VBG":
        return _speaks_now(verb)
    return lemma(verb) in words.talk_verbs and _goes_on(verb, words)


def _has_time(verb: Token, words: Words) -> bool:
    """Tell whether time for the talk is left: "we have ten minutes", "how long have we got"."""
    return any(
        (one.dep_ == "dobj" and lemma(one) in words.talk_times)
        or (one.lower_ == "long" and any(how.lower_ == "how" for how in one.children))
        for one in verb.children
    )


def _speaks_now(verb: Token) -> bool:
    """Tell whether one says what one is speaking about: "we are talking about billions"."""
    about = any(one.lower_ == "about" for one in verb.children)
    return about and any(one.dep_ == "aux" and one.tag_ == "VBP" for one in verb.children)


def _goes_on(verb: Token, words: Words) -> bool:
    """Tell whether a verb of going on takes up the talk: "now we come to", "we can stop there"."""
    if any(one.dep_ in ("dobj", "xcomp", "neg") for one in verb.children):
        return False
    if lemma(verb) in words.halting and any(one.lower_ in _PLACES for one in verb.children):
        return True
    preps = [one for child in verb.children for one in (child, *child.children)]
    return any(_is_topical(one, words) for one in preps)


def _is_topical(prep: Token, words: Words) -> bool:
    """Tell whether a preposition leads to what is talked about: "to that", "with the question"."""
    return prep.dep_ == "prep" and any(
        noun.lower_ in ("that", "this", "it") or lemma(noun) in words.topics
        for noun in prep.children
    )


def _studies(token: Token, words: Words) -> bool:
    """Tell whether those who study or report are meant: "we surveyed", "our data"."""
    if token.dep_ == "poss":
        return lemma(token.head) in words.study_nouns
    verb = clause_of(token)
    if not is_subject(token):
        return False
    if lemma(verb) in words.study_verbs:
        return True
    return lemma(verb) in ("conduct", "publish", "run", "use", "write") and any(
        one.dep_ == "dobj" and lemma(one) in words.study_nouns for one in verb.children
    )


def _is_owned_by_nobody(token: Token, words: Words) -> bool:
    """Tell whether it is everybody's: "the threats of our time", "on our planet"."""
    noun = token.head
    if token.dep_ != "poss" or noun.dep_ != "pobj" or lemma(noun) not in words.everybodys:
        return False
    return noun.head.lower_ != "of" or noun.head.head.pos_ in ("NOUN", "PROPN")
