"""Reports by a verb: what somebody says, thinks, feels or does toward the content."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.reporting.holders import Cast, Span, agents
from pipeline.reporting.report import (
    Report,
    cover,
    extent,
    flags_of,
    is_denied,
    is_refused,
    lemma_of,
    without,
)

_OBJECTS = ("dobj", "obj", "attr", "dative", "oprd", "nsubjpass")
_COMPLEMENTS = (
    *_OBJECTS, "ccomp", "xcomp", "prep", "advcl", "acomp", "parataxis", "advmod", "npadvmod",
)  # fmt: skip
_BEING = frozenset(
    {"be", "become", "feel", "get", "grow", "look", "remain", "seem", "sound", "stay"}
)
_HEARING = frozenset({"hear"})
_PLACES = frozenset({"in", "on", "at", "among", "across", "from"})
_ADVERBIAL = frozenset({"want in", "want out"})
"""Cues whose last word governs nothing: who "wants peace in Syria" does not want in."""
_NOT_A_LIKING = frozenset({"like", "love", "prefer", "hate", "fear"})


def verb_reports(verb: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """Yield the reports whose cue is this verb, one a holder."""
    if verb.pos_ not in ("VERB", "AUX"):
        return
    cues = cast.cues
    if verb.lemma_.lower() in _HEARING:
        yield from _hearsay(verb, sentence, cast)
        return
    for cue, content in _cue_contents(verb, sentence, cast):
        rule = "reporting-verb" if cue in cues.reporting else "alignment"
        speaks = cue in cues.speaking
        flags = flags_of(verb, sentence)
        refused = is_refused(verb) and cues.polarity(cue, rule=rule) != "open"
        if refused and "denied" not in flags:
            flags = ("denied", *flags)
        named = f"not {cue}" if refused or is_denied(verb) else cue
        heads = agents(verb)
        for head in heads:
            for holder in cast.holders(head, speaks=speaks):
                yield Report(holder, named, verb.i, content, rule, flags)
        if rule == "reporting-verb" and holds_nobody(heads):
            for holder in in_places(verb, cast):
                rest = content if content[0] < content[1] else without(sentence, holder)
                yield Report(holder, named, verb.i, rest, "place", flags)


def state_reports(word: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """Yield the reports of a state of mind: "Tehran is hostile to", "they are grateful for"."""
    verb = word.head
    if word.dep_ not in ("acomp", "attr", "prep", "ROOT", "ccomp", "conj", "relcl", "advcl"):
        return
    if word.lemma_.lower() not in cast.cues.states and word.lower_ not in cast.cues.states:
        return
    cue = word.lower_ if word.lower_ in cast.cues.states else word.lemma_.lower()
    passive = word.pos_ == "VERB" and any(c.dep_ in ("auxpass", "nsubjpass") for c in word.children)
    if word.dep_ in ("acomp", "prep", "attr") and verb.lemma_.lower() in _BEING:
        heads, governs = agents(verb), [*word.children, *_after(verb, word)]
    elif passive or (word.pos_ == "ADJ" and word.dep_ in ("ROOT", "conj")):
        heads = [c for c in word.children if c.dep_ in ("nsubj", "nsubjpass")]
        governs = [c for c in word.children if c.i > word.i]
    else:
        return
    parts = [c for c in governs if c.dep_ in ("prep", "ccomp", "xcomp", "pobj", "agent", "advcl")]
    if not parts:
        return
    governor = verb if word.dep_ in ("acomp", "prep", "attr") else word
    flags = flags_of(governor, sentence)
    named = f"not {cue}" if is_denied(governor) else cue
    content = cover(extent(part, sentence) for part in parts)
    for head in heads:
        for holder in cast.holders(head):
            yield Report(holder, named, word.i, content, "state", flags)
    if holds_nobody(heads):
        for holder in in_places(verb, cast):
            yield Report(holder, named, word.i, content, "state", flags)


def _after(verb: Token, word: Token) -> list[Token]:
    return [child for child in verb.children if child.i > word.i]


def _cue_contents(verb: Token, sentence: Tokens, cast: Cast) -> Iterator[tuple[str, Span]]:
    """Yield the cue that a verb is, alone or with particle or preposition, and what it governs."""
    cues = cast.cues
    lemma = lemma_of(verb)
    particles = [child.lower_ for child in verb.children if child.dep_ == "prt"]
    stems = [f"{lemma} {particle}" for particle in particles] or [lemma]
    known = cues.alignment | cues.reporting
    for prep in (child for child in verb.subtree if child.dep_ in ("prep", "agent", "advmod")):
        near = prep.i > verb.i and verb in (prep.head, prep.head.head)
        governs = any(child.dep_ == "pobj" for child in prep.children)
        for cue in (f"{stem} {prep.lower_}" for stem in stems):
            if near and cue in known and not (governs and cue in _ADVERBIAL):
                yield cue, _from(prep, verb, sentence)
                return
    for aim in (child for child in verb.children if child.dep_ == "xcomp"):
        cue, objects = f"{lemma} to {lemma_of(aim)}", _objects(aim)
        if cue in known and objects:
            yield cue, extent(objects[0], sentence)
            return
    alone = [stem for stem in (*stems, lemma) if stem in known]
    if not alone:
        return
    cue = alone[0]
    if cue in cues.reporting:
        wishes = lemma in _NOT_A_LIKING and any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)
        if not wishes:  # "would like to weaken" is no liking
            yield cue, _governed(verb, sentence)
    else:
        objects = _objects(verb)
        if objects:
            yield cue, extent(objects[0], sentence)


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in _OBJECTS]


def _from(prep: Token, verb: Token, sentence: Tokens) -> Span:
    """What a preposition governs, with what the verb governs after it ("speak of NATO as")."""
    parts = [prep, *(c for c in verb.children if c.dep_ == "prep" and c.i > prep.i)]
    passive = [child for child in verb.children if child.dep_ == "nsubjpass"]
    return cover(extent(part, sentence) for part in (*parts, *passive))


def _governed(verb: Token, sentence: Tokens) -> Span:
    """What a reporting verb governs: complements after it, or a fronted quotation before it."""
    parts = [
        child
        for child in verb.children
        if child.dep_ in _COMPLEMENTS and (child.i > verb.i or child.dep_ in (*_OBJECTS, "ccomp"))
    ]
    inserted = verb.dep_ in ("parataxis", "ccomp", "advcl") and verb.head != verb
    if inserted and not any(part.i > verb.i and part.dep_ != "advmod" for part in parts):
        inner = {token.i for token in verb.subtree}
        rest = [token.i for token in verb.head.subtree if token.i not in inner]
        if rest:  # "The sanctions failed, Moscow says."
            return min(rest), max(rest) + 1
    if verb.dep_ == "relcl" and not any(part.dep_ in _OBJECTS for part in parts):
        parts.append(verb.head)  # "a trick that Moscow calls ..."
        return cover([(verb.head.left_edge.i, verb.head.i + 1), *_extents(parts[:-1], sentence)])
    if not parts:
        return without(sentence, (verb.left_edge.i, verb.i + 1))
    return cover(_extents(parts, sentence))


def _extents(parts: list[Token], sentence: Tokens) -> list[Span]:
    return [extent(part, sentence) for part in parts]


def holds_nobody(heads: list[Token]) -> bool:
    """Tell whether a cue's subject is nobody in particular: "they say", "it is said"."""
    nobody = ("they", "it", "one", "people", "you", "everyone", "everybody", "there")
    return not heads or all(head.lower_ in nobody for head in heads)


def _hearsay(verb: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """ "What one hears from Moscow is ...": who is heard holds the rest."""
    for holder in in_places(verb, cast):
        content = without(sentence, (min(holder[0], verb.i), max(holder[1], verb.i + 1)))
        yield Report(
            holder, verb.lemma_.lower(), verb.i, content, "place", flags_of(verb, sentence)
        )


def misread_reports(token: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """Yield "Brazil regards ..." where the parser took the verb for a noun or an adjective."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.i in (sentence.start, sentence.end - 1):
        return
    before, after = token.nbor(-1), token.nbor(1)
    if before.i not in cast.names or before.i < sentence.start:
        return
    finite = token.lower_.endswith(("s", "ed")) or before.lower_.endswith("s")
    stem = token.lower_.removesuffix("ed") if token.pos_ == "ADJ" else token.lemma_.lower()
    known = cast.cues.reporting | cast.cues.alignment
    cue = next((cue for cue in (f"{stem} {after.lower_}", stem) if cue in known), None)
    if not finite or cue is None or (cue == stem and after.pos_ == "ADP"):
        return
    content = without(sentence, (before.i, token.i + 1))
    if content[0] > token.i:
        rule = "reporting-verb" if cue in cast.cues.reporting else "alignment"
        for holder in cast.holders(before):
            flags = flags_of(token, sentence)
            yield Report((holder[0], before.i + 1), cue, token.i, content, rule, flags)


def in_places(verb: Token, cast: Cast) -> Iterator[Span]:
    """Holders that are told by where it is said: "in Beijing they say", "on state television"."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in _PLACES:
            for head in (child for child in prep.children if child.dep_ == "pobj"):
                yield from cast.holders(head)
