"""Reports by a noun or a preposition: "Beijing's narrative", "according to", "for Moscow it is"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.reporting.holders import Cast, agents
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
from pipeline.reporting.verbs import in_places

_VIEWPOINTS = frozenset(
    {"account", "estimation", "estimate", "eye", "judgement", "judgment", "language", "mind",
     "narrative", "opinion", "perspective", "phrase", "propaganda", "reading", "standpoint",
     "telling", "version", "view", "viewpoint", "word", "world"}
)  # fmt: skip
_SHOWING = frozenset(
    {"be", "bear", "carry", "cite", "demand", "express", "feel", "harbour", "harbor", "have",
     "hear", "hide", "hold", "keep", "lay", "lodge", "make", "nurse", "pin", "put", "raise",
     "register", "share", "show", "voice", "wage", "win"}
)  # fmt: skip
_SOURCES = frozenset({"from", "by", "among", "in", "of", "on", "across", "within"})
_CLAIMING = frozenset({"be", "claim", "attempt", "try", "hold", "say", "run", "go"})


def noun_reports(noun: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """Yield the reports whose cue is this noun: "the Russian claim that", "anger in Tehran at"."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma not in cast.cues.reporting_nouns:
        return
    parts = [child for child in noun.children if child.i > noun.i and child.dep_ != "punct"]
    content = [extent(child, sentence) for child in parts]
    verb = noun.head
    if verb.lemma_ in _CLAIMING and noun.dep_ in ("nsubj", "dobj", "attr"):
        content += [
            extent(c, sentence) for c in verb.children if c.i > noun.i and c.dep_ != "punct"
        ]
    shown = lemma_of(verb) in _SHOWING and noun.dep_ in ("dobj", "attr", "nsubj")
    flags = flags_of(verb if shown else noun, sentence)
    lost = is_refused(noun)
    if lost and "denied" not in flags:
        flags = ("denied", *flags)
    named = f"not {lemma}" if lost or is_denied(verb if shown else noun) else lemma
    held = [holder for head in _bearers(noun, cast, shown=shown) for holder in cast.holders(head)]
    if not held and shown:  # "In Pretoria the view is that ..."
        held = list(in_places(verb, cast))
    for holder in held:
        if holder[0] <= noun.i < holder[1]:
            continue
        rest = [span for span in content if not (span[0] <= holder[0] < span[1])]
        between = (min(holder[0], noun.i), max(holder[1], noun.i + 1))
        span = cover(rest) if rest else without(sentence, between)
        yield Report(holder, named, noun.i, span, "reporting-noun", flags)


def _bearers(noun: Token, cast: Cast, *, shown: bool) -> Iterator[Token]:
    """Whose narrative or anger it is: genitive, adjective, "from" and "among", who shows it."""
    for child in noun.children:
        if child.dep_ == "poss" or child.i in cast.names:
            yield child
        elif child.dep_ == "prep" and child.lower_ in _SOURCES:
            yield from (one for one in child.children if one.dep_ == "pobj")
    if shown and noun.dep_ != "nsubj":
        yield from agents(noun.head)


def viewpoint_reports(token: Token, sentence: Tokens, cast: Cast) -> Iterator[Report]:
    """Yield "according to Moscow", "in the eyes of Beijing": the rest is the content."""
    if token.lemma_.lower() == "accord" or token.lower_ == "according":
        heads = [one for p in token.children if p.lower_ == "to" for one in p.children]
        outer = token
    elif token.lemma_.lower() in _VIEWPOINTS and token.head.lower_ in ("in", "from", "to", "by"):
        of = [one for p in token.children if p.lower_ == "of" for one in p.children]
        heads = [*of, *(c for c in token.children if c.dep_ in ("poss", "amod", "compound"))]
        outer = token.head
    elif token.lower_ in ("for", "to") and token.dep_ == "prep" and _opens(token, sentence):
        heads, outer = list(token.children), token
    else:
        return
    inner = extent(outer, sentence)
    for head in heads:
        for holder in cast.holders(head):
            content = without(sentence, inner)
            yield Report(holder, token.lemma_.lower(), token.i, content, "viewpoint", ())


def _opens(prep: Token, sentence: Tokens) -> bool:
    """Tell whether "for" or "to" says to whom something is what it is: "To Moscow, NATO is ..."."""
    if prep.head.lemma_ not in (
        "be",
        "look",
        "seem",
        "mean",
        "remain",
        "sound",
        "become",
        "matter",
    ):
        return False
    if any(c.dep_ in ("attr", "acomp") and c.tag_ == "CD" for c in prep.head.children):
        return False  # "for Vietnam it was forty-six"
    first = next((t for t in sentence if not t.is_punct and t.pos_ not in ("CCONJ", "ADV")), None)
    return first is not None and first.i == prep.i
