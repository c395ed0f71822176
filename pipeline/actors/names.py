"""Names in a parsed text: those of the stock recogniser, corrected by the actor table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from spacy.tokens import Doc

from pipeline.actors.context import Context
from pipeline.actors.forms import find_leader, find_patterns
from pipeline.actors.places import read_place
from pipeline.actors.senses import Sense
from pipeline.actors.stock import Found, find_stock, is_tongue
from pipeline.actors.table import ActorTable, Mention

__all__ = ["Found", "find_names"]

# Stock spans of these labels are kept whole where they hold a table mention and more.
_WHOLE = frozenset({"ORG", "PERSON", "EVENT", "LAW", "FAC", "PRODUCT"})
_SUMMIT = re.compile(r" [Ss]ummit\b")
# "the Committee on Missing Persons in " before a state that it does not act for.
_LOCATED = re.compile(r"\b(?:in|on|about) (?:the )?$")


def find_names(doc: Doc, actors: ActorTable, *, date: str | None) -> list[Found]:
    """Find the names of one text: none overlap, sorted by start."""
    context, text = actors.context, doc.text
    read = [
        _placed(mention, sense, doc, context) for mention, sense in actors.meanings(text, date=date)
    ]
    tongues = {(m.start, m.end) for m in read if is_tongue(doc, m.start, m.end, m.label, context)}
    mentions = tuple(mention for mention in read if (mention.start, mention.end) not in tongues)
    stock = [one for one in find_stock(doc, actors) if (one.start, one.end) not in tongues]
    taken: list[Found] = []
    covered: set[int] = set()
    for more in (
        _formed(text, mentions),
        _leaders(stock, text, mentions, actors, date),
        (wider for span in stock if (wider := _widen(span, mentions, text, actors))),
        (_from_table(mention, text) for mention in mentions),
        stock,
    ):
        free = [one for one in more if covered.isdisjoint(range(one.start, one.end))]
        covered.update(place for one in free for place in range(one.start, one.end))
        taken += free
    return sorted(taken, key=lambda found: found.start)


def _leaders(
    stock: list[Found],
    text: str,
    mentions: tuple[Mention, ...],
    actors: ActorTable,
    date: str | None,
) -> Iterator[Found]:
    """Leaders whose full name is spelt as the table does not list it."""
    listed = {(mention.start, mention.end) for mention in mentions}
    for span in stock:
        if span.label != "PERSON" or (span.start, span.end) in listed:
            continue
        leader = find_leader(text[span.start : span.end], actors)
        if leader is not None:
            meant = actors.represented(leader, date)
            yield Found(span.start, span.end, "PERSON", meant, "alias" if meant else "name")


def _placed(mention: Mention, sense: Sense, doc: Doc, context: Context) -> Mention:
    """A capital, with its actor if it acts by the parse, without it if it is only a place."""
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
    """Treaties and events by their form, unless words of the table extend beyond them."""
    end = 0
    for start, after, label in sorted(find_patterns(text)):
        inside = _touching(mentions, start, after)
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


def _widen(
    span: Found, mentions: tuple[Mention, ...], text: str, actors: ActorTable
) -> Found | None:
    """A stock span that holds a table mention and more, where it is the better reading."""
    context = actors.context
    if span.label not in _WHOLE:
        return None
    inside = _touching(mentions, span.start, span.end)
    if not inside or any(m.start < span.start or m.end > span.end for m in inside):
        return None
    if (inside[0].start, inside[0].end) == (span.start, span.end):
        return None
    if len(inside) > 1 and {(m.label, m.actors) for m in inside} != {("ORG", inside[0].actors)}:
        return None
    if not _longer_name(span, inside[0], text, actors):
        return None
    words = set(text[span.start : span.end].split())
    organ = span.label == "ORG" and inside[0].via != "metonym" and words & context.organs
    if _LOCATED.search(text[span.start : inside[0].start]):
        organ = False
    meant = inside[0].actors if organ or len(inside) > 1 else ()
    return Found(span.start, span.end, span.label, meant, "alias" if meant else "name")


def _longer_name(span: Found, mention: Mention, text: str, actors: ActorTable) -> bool:
    """Tell whether what a stock span adds to a mention makes another name."""
    context = actors.context
    before, rest = text[span.start : mention.start], text[mention.end : span.end].strip()
    if before.endswith("-") or before.startswith(("Government", "Minister", "Foreign Minister")):
        return False
    words = before.lower().split()
    if words and (words[-1] if mention.label == "PERSON" else words[0]) in context.titles:
        return False
    if span.label == "PERSON" and before and mention.label != "PERSON":
        return before.split()[0] in actors.forenames
    if before:
        return True
    return rest[:1] not in "'’" and rest not in context.common_heads and not rest.islower()


def _touching(mentions: tuple[Mention, ...], start: int, end: int) -> tuple[Mention, ...]:
    """Mentions, in order and without overlaps, that share a character with a span."""
    first = bisect_right(mentions, start, key=attrgetter("end"))
    return mentions[first : bisect_left(mentions, end, key=attrgetter("start"))]
