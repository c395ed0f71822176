"""Names that the stock recogniser finds, with its spans trimmed and its labels corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from spacy.tokens import Doc, Span, Token

from pipeline.actors.context import Context
from pipeline.actors.forms import is_no_name
from pipeline.actors.lexicon import Label
from pipeline.actors.table import ActorTable
from pipeline.records import Via

LABELS = frozenset(get_args(Label))
_LEADING = frozenset({"the", "a", "an", "this", "that", "these", "our", "his", "their", "its"})


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of one text, before it has an id: half-open code points, label, actors."""

    start: int
    end: int
    label: str | None
    actors: tuple[str, ...]
    via: Via


def find_stock(doc: Doc, actors: ActorTable) -> list[Found]:
    """Find the stock recogniser's names of one text, in its order."""
    context = actors.context
    trimmed = [_trim(span, context) for span in doc.ents if span.label_ in LABELS]
    return [
        one
        for one in trimmed
        if one is not None and not is_tongue(doc, one.start, one.end, one.label, context)
    ]


def is_tongue(doc: Doc, start: int, end: int, label: str | None, context: Context) -> bool:
    """Tell whether words mean a language or a currency: "in Dutch", "US dollars"."""
    if label not in ("NORP", "GPE"):
        return False
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    token = span[-1]
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    if label == "GPE":
        return after in ("dollar", "dollars")
    if after in context.tongues:
        return True
    if token.text.endswith("s") or after in ("-", "and", "or") or after[:1].isalpha():
        return False
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in ("in", "into", "from"):
        return head.head.lemma_.lower() in context.speech
    return token.dep_ in ("dobj", "attr") and head.lemma_.lower() in context.speech


def _trim(span: Span, context: Context) -> Found | None:
    """Return a stock span without article, title and possessive; None where nothing is left."""
    tokens = list(span)
    while tokens and (tokens[0].lower_ in _LEADING or not tokens[0].text[0].isalnum()):
        tokens.pop(0)
    label = span.label_
    while len(tokens) > 1 and _is_title(tokens[0], tokens[1], label, context):
        tokens.pop(0)
        label = "PERSON"
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    if not tokens:
        return None
    text = span.doc[tokens[0].i : tokens[-1].i + 1].text
    if is_no_name(text, context):
        return None
    end = tokens[-1].idx + len(tokens[-1])
    return Found(tokens[0].idx, end, _relabel(label, tokens[0], text), (), "name")


def _is_title(token: Token, after: Token, label: str, context: Context) -> bool:
    """Tell whether a span begins with a title, or with "Mr" and the like where it is an ORG."""
    word = token.lower_.rstrip(".")
    if label == "PERSON":
        return word in context.titles
    return word in context.addresses and after.text[:1].isupper() and label == "ORG"


def _relabel(label: str, first: Token, text: str) -> str:
    """Correct the label of a summit, and of a place after "in" that was labelled PERSON or ORG."""
    if text.lower().endswith(" summit"):
        return "EVENT"
    located = first.i > 0 and first.nbor(-1).lower_ in ("in", "near")
    return "GPE" if label in ("PERSON", "ORG") and text.istitle() and located else label
