"""The counts over all interviews: claims, stances and their holders, what is contested, warnings.

Only respondents' units are counted. It is filled interview by interview and keeps no text. A row is
a dictionary of counts, as ``tally`` and ``contest`` return them.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from pipeline.config import Inferred
from pipeline.labels.files import coder_of
from pipeline.notices import HARDLY_ABOUT, sentence
from pipeline.records import Claim, Interview, Label, RelationKind
from pipeline.report.arguments import argued_in, most_argued
from pipeline.tables.counts import contest, tally
from pipeline.tables.identity import Holder, holder_of, is_passing
from pipeline.tables.ledger import Ledger
from pipeline.tables.lookup import Lookup, Position
from pipeline.tables.net import SIDES, Sides, measure
from pipeline.tables.totals import Fact, facts_of, has_target
from pipeline.turns.confidence import DOUBTFUL_BELOW

MIN_SIDES = 5
"""Stances for or against, under which a target is not listed as contested: with two, one each way,
it would be as contested as can be."""
FEW = 5
"""Decided stances under which a share says little."""
MANY_MONTHS = 24
"""Months from the first talk to the last over which time is shown by year."""
KINDS = ("fact", "value", "policy")
Component = Literal["claim", "premise", "none", "undecided"]
Line = dict[str, Any]
Positions = Counter[Position]


@dataclass(frozen=True)
class Talk:
    """What is counted of an interview besides its stances.

    Attributes:
        row: its row among the interviews, without the respondents.
        codes: sentences, components and kinds of claims by respondent.
        claimed: claims by the actors they name.
        coders: sentences that people's labels decide, by who they are.
        labelled, disputed, unlinked: how many sentences these are, in how many people differ, and
            in how many what they say of a link cannot count.
        argued: claims most argued for, and against.
    """

    row: Line
    respondents: Sequence[Holder]
    codes: Sequence[tuple[Holder, Mapping[str, int]]]
    claimed: Mapping[str, int]
    coders: Mapping[str, int]
    labelled: int
    disputed: int
    unlinked: int
    argued: Mapping[RelationKind, Sequence[Line]]


def talk_of(lookup: Lookup, facts: Iterable[Fact], bloc: str) -> Talk:
    """Return what is counted of an interview and its stances, in a run about a bloc."""
    interview, units = lookup.interview, lookup.coded_units()
    codes: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    claimed: Counter[str] = Counter()
    claims = 0
    for unit in units:
        claim = lookup.claims.get(unit.id)
        counts = codes[holder_of(lookup.speaker_of(unit))]
        component = component_of(claim)
        counts.update(["sentences", component or "unjudged"])
        if claim is not None and component == "claim":
            counts[claim.kind or "other"] += 1
            claimed.update(lookup.actors_in(unit))
            claims += 1
    own = [one for one in facts if one.who.voice == "own"]
    row = {
        **interview.model_dump(include={"id", "title", "date", "language"}),
        "warnings": [*map(sentence, interview.warnings)],
        "doubtful": interview.convention_confidence < DOUBTFUL_BELOW,
        "judged": interview.stances is not None,
        "sentences": len(units), "claims": claims,
        "failed": sum(lookup.is_failed(one) for one in lookup.units.values()
                      if lookup.is_of_respondent(one)),
        "own": tally(one.position for one in own), "meant": sum(one.inferred for one in own),
        "rare": any(one.code in HARDLY_ABOUT and one.values["bloc"] == bloc
                    for one in interview.warnings),
    }  # fmt: skip
    decisions = interview.decisions or ()
    return Talk(
        row,
        [holder_of(one) for one in interview.speakers if one.role == "respondent"],
        list(codes.items()),
        claimed,
        Counter(coder_of(who) for one in decisions for who in one.by),
        sum(bool(one.by) for one in decisions),
        sum(bool(one.disputed) for one in decisions),
        sum(bool(one.left_out) for one in decisions),
        argued_in(lookup),
    )


@dataclass
class Overview:
    """Counts of the interviews added so far.

    Attributes:
        bloc: that stance is about.
        inferred: whether counts by target have those that are only meant.
        estimates: net positions corrected by people's labels, by level and name or holder_id;
            empty if raw.
        talks: a row for each interview.
        codes: sentences, components and kinds of claims by respondent.
        claimed: claims by the actors they name.
        stances: positions by holder and target; None for one that is left out of counts by target.
        facts: the stances of all interviews.
        months: own stances by month of the interview, as places in ``facts``.
        said: own stances by respondent, likewise.
        passing: holders of one interview alone, as "they".
        coders: sentences that people's labels decide, by who they are.
        labelled: how many sentences these are.
        disputed: sentences in which people differ, and the judge's answer stands.
        unlinked: sentences in which what people say of a link cannot count.
        argued: claims most argued for, and against.
        lost: people's labels that decide nothing here.
    """

    bloc: str
    inferred: Inferred = "exclude"
    estimates: Mapping[tuple[str, str], Line] = field(default_factory=dict)
    talks: list[Line] = field(default_factory=list)
    codes: dict[Holder, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    claimed: Counter[str] = field(default_factory=Counter)
    stances: Counter[tuple[Holder, str | None, Position]] = field(default_factory=Counter)
    facts: Sequence[Fact] = ()
    months: dict[str, array[int]] = field(default_factory=dict)
    said: dict[Holder, array[int]] = field(default_factory=lambda: defaultdict(_places))
    passing: set[Holder] = field(default_factory=set)
    coders: Counter[str] = field(default_factory=Counter)
    labelled: int = 0
    disputed: int = 0
    unlinked: int = 0
    argued: dict[RelationKind, list[Line]] = field(default_factory=dict)
    lost: Sequence[Label] = ()

    def add(self, talk: Talk) -> None:
        """Count an interview, but for its stances."""
        for who, counts in talk.codes:
            self.codes[who].update(counts)
        self.claimed.update(talk.claimed)
        self.coders.update(talk.coders)
        self.labelled += talk.labelled
        self.disputed += talk.disputed
        self.unlinked += talk.unlinked
        for kind, claims in talk.argued.items():
            self.argued[kind] = most_argued([*self.argued.get(kind, ()), *claims], kind)
        if talk.row["date"]:
            self.months.setdefault(talk.row["date"][:7], _places())
        self.talks.append({**talk.row, "respondents": talk.respondents})

    def count(self, facts: Sequence[Fact]) -> None:
        """Count the stances of all interviews, which are kept."""
        self.facts = facts
        for place, fact in enumerate(facts):
            target = fact.on[0] if has_target(fact, self.inferred) else None
            self.stances[fact.who, target, fact.position] += 1
            if fact.who.voice == "own":
                self.said[fact.who].append(place)
                if fact.date:
                    self.months[fact.date[:7]].append(place)
            elif is_passing(fact.spelling):
                self.passing.add(fact.who)

    def add_all(self, interviews: Iterable[Interview]) -> Overview:
        """Count interviews, and all their stances."""
        every = Ledger(Fact)
        for interview in interviews:
            lookup = Lookup(interview)
            facts = facts_of(lookup)
            self.add(talk_of(lookup, facts, self.bloc))
            every.extend(facts)
        self.count(every)
        return self

    @property
    def by_people(self) -> str:
        """Whose labels decide how many sentences, as "anna 12, ben 3"; empty where none do."""
        return ", ".join(f"{name} {n:,}" for name, n in sorted(self.coders.items()))

    def total(self, voice: str = "own") -> Line:
        """All stances of respondents' own, or those they report of others."""
        sides = Positions()
        for (who, _, side), n in self.stances.items():
            sides[side] += n * (who.voice == voice)
        return tally(sides)

    @property
    def net(self) -> Line:
        """The net position of all own stances, with its interval."""
        return self._net(("all", "all"), [one for said in self.said.values() for one in said])

    @property
    def correction(self) -> str:
        """How many of the net positions shown are corrected: "raw", "corrected", or both."""
        raw = {row["raw"] for row in (self.net, *self.respondents(len(self.said)))}
        return "raw" if raw == {True} else "corrected" if raw == {False} else "partly corrected"

    def _net(self, place: tuple[str, str], said: Iterable[int]) -> Line:
        """A net position: the estimate where there is one, else what the judge says (``raw``)."""
        if place in self.estimates:
            return dict(self.estimates[place])
        decided = [one for one in (self.facts[at].said for at in said) if one.position in SIDES]
        found, sides = measure(decided), Sides.of(one.position for one in decided)
        low, high = (found.low, found.high) if found else (None, None)
        return {"net": sides.net, "low": low, "high": high, "raw": True}

    @cached_property
    def claims(self) -> Line:
        """Sentences, components and kinds of claims of all respondents."""
        return _named(sum(self.codes.values(), Counter()))

    @cached_property
    def speakers(self) -> list[Line]:
        """The same for each respondent, the most claims first."""
        rows = [{**_who(who), **_named(counts)} for who, counts in self.codes.items()]
        return sorted(rows, key=lambda row: (-row["claims"], row["name"]))

    @property
    def namesakes(self) -> list[str]:
        """Names in several rows, since affiliation or country differ between interviews."""
        names = Counter(who.name for who in self.codes)
        return sorted(name for name, n in names.items() if n > 1)

    def targets(self, voice: str = "own") -> list[Line]:
        """A row for each target in a voice, the most frequent first."""
        groups: defaultdict[str, list[tuple[Holder, Position]]] = defaultdict(list)
        for (who, target, side), n in self.stances.items():
            if who.voice == voice and target is not None:
                groups[target] += [(who, side)] * n
        return _ranked(
            {"name": name, **tally(side for _, side in said), **contest(said)}
            for name, said in groups.items()
        )

    def left_out(self, voice: str = "own") -> int:
        """Stances in a voice that are in no count by target, as theirs is only meant."""
        found = self.stances.items()
        return sum(n for (who, target, _), n in found if target is None and who.voice == voice)

    def holders(self, voice: str = "own") -> list[Line]:
        """A row for each holder in a voice, the most frequent first."""
        groups: defaultdict[Holder, Positions] = defaultdict(Counter)
        for (who, _, side), n in self.stances.items():
            if who.voice == voice:
                groups[who][side] += n
        return _ranked({**_who(who), **tally(sides)} for who, sides in groups.items())

    @cached_property
    def contested(self) -> list[Line]:
        """Targets with enough stances for or against, the most contested first."""
        rows = [row for row in self.targets() if row["sides"] >= MIN_SIDES and row["contested"]]
        return sorted(rows, key=lambda row: (-row["contested"], -row["sides"], row["name"]))

    def respondents(self, most: int) -> list[Line]:
        """The most frequent respondents with own stances, with net position and interval.

        Those with few decided stances come last, since one stance makes a net of 1.
        """
        rows = [
            {**row, **self._net(("speaker", row["who"].id), self.said[row["who"]])}
            for row in self.holders()[:most]
        ]
        return sorted(rows, key=lambda row: (few(row), -(row["net"] or 0)))

    def matrix(self, voice: str, targets: Sequence[str], most: int) -> list[Line]:
        """A row for each holder, with the counts of its positions on each target as cells."""
        found: defaultdict[tuple[Holder, str | None], Positions] = defaultdict(Counter)
        for (who, target, side), n in self.stances.items():
            found[who, target][side] += n
        rows = sorted(self.holders(voice), key=lambda row: row["who"] in self.passing)
        return [
            {**row, "cells": [tally(found[row["who"], t]) for t in targets]} for row in rows[:most]
        ]

    @cached_property
    def periods(self) -> list[Line]:
        """A row for each month with a talk; each year if they span many, or a date has no month."""
        exact = all(len(one) >= 7 for one in self.months)
        places = [place_in_time(one) for one in self.months] if exact else []
        by_year = not exact or (bool(places) and max(places) - min(places) >= MANY_MONTHS)
        level, digits = ("year", 4) if by_year else ("month", 7)
        groups: defaultdict[str, array[int]] = defaultdict(_places)
        for month, said in self.months.items():
            groups[month[:digits]].extend(said)
        return [
            {
                "name": name, "place": place_in_time(name),
                **tally(self.facts[one].position for one in groups[name]),
                **self._net((level, name), groups[name]),
            }
            for name in sorted(groups) if groups[name]
        ]  # fmt: skip

    @property
    def timeline(self) -> list[Line]:
        """The periods, with a row that has only a text for each gap between them."""
        rows: list[Line] = []
        for row in self.periods:
            if rows and (missing := row["place"] - rows[-1]["place"] - 1):
                what = "month" if "-" in row["name"] else "year"
                ending = "" if missing == 1 else "s"
                rows.append({"gap": f"{missing} {what}{ending} without a stance"})
            rows.append({**row, "gap": ""})
        return rows


def _places() -> array[int]:
    return array("i")


def place_in_time(period: str) -> int:
    """Return the number of a year or a month among all: 2024, or 2024 * 12 + 4 for 2024-05."""
    year, _, month = period.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def component_of(claim: Claim | None) -> Component | None:
    """Return how a component is counted; None if it was not judged."""
    if claim is None:
        return None
    return "undecided" if claim.abstained else claim.component


def few(row: Line) -> bool:
    """Whether a row has too few decided stances for its share to say much, and no correction."""
    return bool(row.get("raw", True) and row["decided"] < FEW)


def _who(who: Holder) -> Line:
    return {"who": who, "name": who.shown}


def _ranked(rows: Iterable[Line]) -> list[Line]:
    return sorted(rows, key=lambda row: (-row["n"], row["name"]))


def _named(counts: Counter[str]) -> Line:
    parts = {"claims": "claim", "premises": "premise", "none": "none", "undecided": "undecided"}
    kept = {name: counts[name] for name in ("sentences", *KINDS)}
    return {**kept, **{plural: counts[name] for plural, name in parts.items()}}
