"""The stances of a run as the tables over all interviews count them, and which repeats count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from pipeline.config import Duplicates
from pipeline.write.counts import Row
from pipeline.write.lookup import Position

UNNAMED = "(only meant)"


class Holder(NamedTuple):
    """A holder in one voice; speakers are one holder where all of this is the same.

    What is not known, and affiliation and country of who is no speaker, is empty. The name of a
    holder known by words alone is without case.
    """

    voice: str
    name: str
    kind: str
    affiliation: str
    country: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One stance: where, who holds it, on what, and how it is counted.

    Attributes:
        date: of the interview; empty where it is not known.
        on: the target and its kind.
        spelling: the holder's name as the transcript has it.
    """

    interview_id: str
    date: str
    turn_id: str
    who: Holder
    on: tuple[str, str]
    position: Position
    spelling: str

    @property
    def voice(self) -> str:
        """Own or attributed."""
        return self.who.voice


def fact_of(row: Row) -> Fact:
    """Return what the tables over all interviews count of a row of stances.csv."""
    if row["target_actor"]:
        target, kind = str(row["target_actor"]), "actor"
    elif row["target_text"]:
        target, kind = str(row["target_text"]).casefold(), "words"
    else:
        target, kind = UNNAMED, "unnamed"
    return Fact(
        interview_id=str(row["interview_id"]),
        date=str(row["date"] or ""),
        turn_id=str(row["turn_id"]),
        who=holder_of(row),
        on=(target, kind),
        position=cast(Position, row["counted_as"]),
        spelling=str(row["holder_name"]),
    )


def holder_of(row: Row) -> Holder:
    """Return the holder of a row that has a stance's holder and the speaker who says it."""
    own, name = row["voice"] == "own", str(row["holder_name"])
    return Holder(
        voice=str(row["voice"]),
        name=name.casefold() if row["holder_kind"] == "words" else name,
        kind=str(row["holder_kind"]),
        affiliation=str(row["affiliation"] or "") if own else "",
        country=str(row["country"] or "") if own else "",
    )


def spellings(facts: Iterable[Fact]) -> dict[Holder, str]:
    """Return each holder's commonest spelling, the first of equals."""
    found: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        found[fact.who][fact.spelling] += 1
    return {who: counts.most_common(1)[0][0] for who, counts in found.items()}


def without_repeats(facts: Iterable[Fact], duplicates: Duplicates) -> Iterator[Fact]:
    """Yield the facts that count: of those that repeat each other, the first.

    A fact repeats another where the same holder takes the same position on the same target in
    the same voice, within one document, week, month or year, or anywhere (``acrossrange``): the
    rules of Discourse Network Analyzer, under its names.
    """
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        if duplicates != "include":
            key = (_span(fact, duplicates), fact.who, fact.on, fact.position)
            if key in seen:
                continue
            seen.add(key)
        yield fact


def _span(fact: Fact, duplicates: Duplicates) -> str:
    """Within what a repeat is one; the document where its date is not exact enough."""
    if duplicates == "acrossrange":
        return ""
    if duplicates == "year" and fact.date:
        return fact.date[:4]
    if duplicates == "month" and len(fact.date) >= 7:
        return fact.date[:7]
    if duplicates == "week" and len(fact.date) == 10:
        year, week, _ = date.fromisoformat(fact.date).isocalendar()
        return f"{year}-W{week:02}"
    return f"document {fact.interview_id}"
