"""Names in a parsed text: the stock recogniser's, corrected and resolved by the actor table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.actors.context import Context
from pipeline.actors.patterns import find_patterns, load_cities
from pipeline.actors.places import read_place
from pipeline.actors.senses import Sense
from pipeline.actors.table import ActorTable, Mention
from pipeline.records import Via

LABELS = frozenset(
    {"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}
)
# Stock spans of these labels are kept whole where they hold a table mention and more.
_WHOLE = frozenset({"ORG", "PERSON", "EVENT", "LAW", "FAC", "PRODUCT"})
_LEADING = frozenset({"the", "a", "an", "this", "that", "these", "our", "his", "their", "its"})
_TOWARD = frozenset({"from", "to", "near", "at", "around", "outside", "through", "leave", "left"})
_PLACE = _TOWARD | {"in", "between", "toward", "towards", "via", "across", "over"}
_SUMMIT = re.compile(r" [Ss]ummit\b")


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of one text, before it has an id: half-open code points, label, actors."""

    start: int
    end: int
    label: str | None
    actors: tuple[str, ...]
    via: Via


def find_names(doc: Doc, actors: ActorTable, *, date: str | None) -> list[Found]:
    """Find the names of one text: none overlap, sorted by start."""
    context = actors.context
    mentions = tuple(
        _placed(mention, sense, doc, context)
        for mention, sense in actors.meanings(doc.text, date=date)
    )
    stock = [found for span in doc.ents if (found := _trim(span, context)) is not None]
    wider = [
        found for span in stock if (found := _widen(span, mentions, doc.text, context)) is not None
    ]
    taken = list(_formed(doc.text, mentions))
    taken += [found for found in wider if not _overlaps(found, taken)]
    for mention in mentions:
        if not _overlaps(mention, taken):
            taken.append(_from_table(mention, doc.text))
    taken += [found for found in stock if not _overlaps(found, taken)]
    return sorted(taken, key=lambda found: found.start)


def _placed(mention: Mention, sense: Sense, doc: Doc, context: Context) -> Mention:
    """A capital, with its actor where the parse says that it acts, without where a mere place."""
    if not (sense.place and sense.label == "GPE" and sense.actor is not None):
        return mention
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    reading = "open" if span is None else read_place(span.root, context)
    if reading == "acts" and not mention.actors:
        return mention.model_copy(update={"actors": (sense.actor.name,), "via": sense.via})
    if reading == "place" and mention.actors:
        return mention.model_copy(update={"actors": (), "via": "name"})
    return mention


def _formed(text: str, mentions: tuple[Mention, ...]) -> Iterator[Found]:
    """Treaties and events by their form, unless the table knows words that reach beyond."""
    end = 0
    for start, after, label in sorted(find_patterns(text)):
        inside = [m for m in mentions if m.start < after and start < m.end]
        if start < end or any(m.start < start or m.end > after for m in inside):
            continue
        if any((m.start, m.end) == (start, after) for m in inside):
            continue
        end = after
        yield Found(start, after, label, (), "name")


def _from_table(mention: Mention, text: str) -> Found:
    """A mention as an entity; a place with "summit" after it is the event."""
    if mention.label == "GPE" and (event := _SUMMIT.match(text, mention.end)):
        return Found(mention.start, event.end(), "EVENT", (), "name")
    return Found(mention.start, mention.end, mention.label, mention.actors, mention.via)


def _trim(span: Span, context: Context) -> Found | None:
    """A stock span without article, title and possessive; none where nothing is left."""
    if span.label_ not in LABELS:
        return None
    tokens = list(span)
    while tokens and (tokens[0].lower_ in _LEADING or not tokens[0].text[0].isalnum()):
        tokens.pop(0)
    while (
        len(tokens) > 1
        and span.label_ == "PERSON"
        and tokens[0].lower_.rstrip(".") in context.titles
    ):
        tokens.pop(0)
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    if not tokens:
        return None
    text = span.doc[tokens[0].i : tokens[-1].i + 1].text
    if text in context.no_names or not any(map(str.isupper, text)):
        return None
    end = tokens[-1].idx + len(tokens[-1])
    return Found(tokens[0].idx, end, _relabel(span.label_, tokens[0], text), (), "name")


def _relabel(label: str, first: Token, text: str) -> str:
    """Correct the stock label: a summit is an event, and "in Batam" is a place, no person."""
    if text.lower().endswith(" summit"):
        return "EVENT"
    if label not in ("PERSON", "ORG"):
        return label
    before = first.nbor(-1).lower_ if first.i else ""
    if text.istitle() and (before in ("in", "near") or _is_side_of(first)):
        return "GPE"
    if text in load_cities() and (label == "ORG" or before in _TOWARD or _is_in_a_place(first)):
        return "GPE"
    return label


def _is_in_a_place(first: Token) -> bool:
    """Tell whether a name goes on where a place preposition began: "in Quito or Lima"."""
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    return first.dep_ == "pobj" and first.head.lower_ in _PLACE


def _is_side_of(first: Token) -> bool:
    """Tell whether a name tells where something is: "north of Narva"."""
    if first.i < 2 or first.nbor(-1).lower_ != "of":
        return False
    return first.nbor(-2).lower_ in ("north", "south", "east", "west", "outside")


def _widen(span: Found, mentions: tuple[Mention, ...], text: str, context: Context) -> Found | None:
    """A stock span that holds a table mention and more, where it is the better reading."""
    if span.label not in _WHOLE:
        return None
    inside = [m for m in mentions if m.start < span.end and span.start < m.end]
    if not inside or any(m.start < span.start or m.end > span.end for m in inside):
        return None
    if len(inside) > 1 or (inside[0].start, inside[0].end) == (span.start, span.end):
        return None
    if not _longer_name(span, inside[0], text, context):
        return None
    words = set(text[span.start : span.end].split())
    organ = span.label == "ORG" and inside[0].via != "metonym" and words & context.organs
    actors = inside[0].actors if organ else ()
    return Found(span.start, span.end, span.label, actors, "alias" if actors else "name")


def _longer_name(span: Found, mention: Mention, text: str, context: Context) -> bool:
    """Tell whether what a stock span adds to a mention makes another name."""
    before, rest = text[span.start : mention.start], text[mention.end : span.end].strip()
    if before.endswith("-") or before.startswith(("Government", "Minister", "Foreign Minister")):
        return False
    if span.label == "PERSON" and before and mention.label != "PERSON":
        return False
    if before:
        return True
    return rest[:1] not in "'’" and rest not in context.common_heads and not rest.islower()


def _overlaps(span: Found | Mention, others: list[Found]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
