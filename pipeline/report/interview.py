"""An interview for the reading view: its text in pieces for the template, its codes for the script.

The codes are arrays of numbers, with the words in a table of their own, since every sentence has
some; ``page.js`` has the same order. Probabilities are in per cent, -1 where the judge
states none, -2 of what people say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from pipeline.config import Inferred
from pipeline.labels.files import coder_of, is_human
from pipeline.records import Claim, Decision, Stance, Turn, Unit
from pipeline.report.arguments import Links, links_of, parts_of
from pipeline.report.comparison import group_names
from pipeline.report.decided import asked, people, replaced
from pipeline.report.overview import KINDS, Line, component_of
from pipeline.tables.arguments import Arguments
from pipeline.tables.groups import Observed
from pipeline.tables.identity import UNNAMED, Holder, holder_of
from pipeline.tables.lookup import POSITIONS, Lookup, Position
from pipeline.tables.quotations import clearness
from pipeline.tables.totals import fact_of, has_target

COMPONENTS = ("claim", "premise", "none", "undecided")
DETAILS = 12
"""Numbers of a unit before those of what people decided."""
BYTES_AROUND = 130
"""Bytes of mark-up of a sentence or turn, on 25 real interviews."""
MEANT = "only meant"
"""The flag, on the page, of a stance whose target is not named."""
SIDES = ("favor", "against", "neutral", "none")


class Code(NamedTuple):
    """A stance as it is counted, and its record.

    Attributes:
        target: as the tables name it; "NATO (only meant)" where it is in no count of NATO.
    """

    holder: Holder
    target: str
    position: Position
    stance: Stance


def codes_of(lookup: Lookup, unit: Unit, inferred: Inferred) -> Iterator[Code]:
    """Yield the stances of a unit, the speaker's own first."""
    for stance in (*lookup.own(unit), *lookup.attributed(unit)):
        fact = fact_of(lookup, unit, stance)
        name = fact.on[0]
        apart = name != UNNAMED and not has_target(fact, inferred)
        target = f"{name} {UNNAMED}" if apart else name
        yield Code(fact.who, target, fact.position, stance)


@dataclass(frozen=True)
class Piece:
    """An interview as the pages of a run have it, as HTML and JSON.

    Attributes:
        reading: its text with the codes.
        answers: the sentences of respondents alone.
        codes, index: as those of ``Reading``.
        size: about how many bytes of a page it takes.
    """

    reading: str
    answers: str
    codes: str
    index: str
    size: int


class Reading:
    """An interview for the template.

    Attributes:
        stances: of each judged unit.
        codes: of every judged unit, with all details, as JSON.
        index: of the units that are counted, without ids and details, as JSON.
    """

    def __init__(
        self, lookup: Lookup, talk: Line, inferred: Inferred, observed: Iterable[Observed] = ()
    ) -> None:
        self.interview, self.lookup, self.talk = lookup.interview, lookup, talk
        self.stances: Mapping[str, Sequence[Code]] = {
            unit.id: tuple(codes_of(lookup, unit, inferred))
            for unit in lookup.units.values()
            if lookup.is_judged(unit)
        }
        self.groups = {one.who.shown: group_names(one.fields) for one in observed}
        self._arguments = Arguments(lookup)
        self._mentions = self.interview.entities_by_turn()
        self.codes, self.index = self._embed(details=True), self._embed(details=False)

    @property
    def size(self) -> int:
        """About how many bytes of a page it takes."""
        texts = [turn.text for turn in self.interview.turns]
        around = BYTES_AROUND * (len(texts) + len(self.lookup.units))
        return len(self.codes.encode()) + len("".join(texts).encode()) + around

    @property
    def answers(self) -> list[tuple[Turn, list[Unit]]]:
        """The turns of respondents with their units that are counted, in order."""
        turns = ((turn, self.lookup.units_of(turn)) for turn in self.interview.turns)
        found = [(turn, [*filter(self.lookup.is_coded, units)]) for turn, units in turns]
        return [(turn, units) for turn, units in found if units]

    def component(self, unit: Unit) -> str:
        """Return how the component of a unit is counted; empty where none was judged."""
        if self.lookup.is_failed(unit):
            return "failed"
        return component_of(self.lookup.claims.get(unit.id)) or ""

    def links(self, unit: Unit) -> Links | None:
        """Return the decided links of a unit to others of its answer; None if it has none."""
        return links_of(self._arguments, unit)

    def pieces(self, unit: Unit) -> Iterator[tuple[str, bool]]:
        """Yield the text of a unit in pieces, each with whether it is a mention.

        Of mentions that overlap, the first counts.
        """
        at = 0
        for mention in self._mentions.get(unit.turn_id, ()):
            start, end = mention.start - unit.start, mention.end - unit.start
            if at <= start < end <= len(unit.text):
                yield unit.text[at:start], False
                yield unit.text[start:end], True
                at = end
        yield unit.text[at:], False

    def _embed(self, *, details: bool) -> Markup:
        strings = Strings()
        shown = [
            self.lookup.units[name]
            for name in self.stances
            if details or self.lookup.is_coded(self.lookup.units[name])
        ]
        units = [self._unit(one, self.stances[one.id], strings, details=details) for one in shown]
        head = {"id": self.interview.id, "title": self.interview.title}
        if details:
            head["sha256"] = self.interview.sha256
        date = self.interview.date or ""
        groups = {
            strings[who]: [strings[one] for one in names] for who, names in self.groups.items()
        }
        clear: dict[str, Any] = {}
        if details:
            clear["clear"] = [self._clear(*one) for one in self.stances.items()]
        if self.interview.relations:
            clear["parts"] = [parts_of(self._arguments, one) for one in shown]
        more = {"groups": groups, **clear, "strings": list(strings), "units": units}
        return embed({**head, "date": date, **more})

    def _clear(self, name: str, codes: Sequence[Code]) -> list[int]:
        """How clear a quotation each stance of a unit is."""
        text = self.lookup.units[name].text
        return [clearness(code.stance, text) for code in codes]

    def _unit(
        self, unit: Unit, codes: Sequence[Code], strings: Strings, *, details: bool
    ) -> list[Any]:
        """Return [id, speaker, counted, component, kind, probability, actors, stances, details]."""
        claim = self.lookup.claims.get(unit.id)
        row: list[Any] = [
            unit.id.removeprefix(self.interview.id) if details else 0,
            strings[holder_of(self.lookup.speaker_of(unit)).shown],
            int(self.lookup.is_coded(unit)),
            COMPONENTS.index(component_of(claim) or "none") if claim else -1,
            KINDS.index(claim.kind) if claim and claim.kind else -1,
            certainty(claim) if claim else -1,
            [strings[actor] for actor in self.lookup.actors_in(unit)],
            [_stance(code, strings, details=details) for code in codes],
        ]
        if details and claim:
            row += [
                [percent(claim.probabilities.get(name)) for name in COMPONENTS[:3]],
                [percent(claim.kind_probabilities.get(name)) for name in KINDS],
                strings[claim.source],
                COMPONENTS.index(claim.component),
            ]
        if details and (decision := self.lookup.decisions.get(unit.id)):
            row += [*[0, 0, 0, 0][: DETAILS - len(row)], _decision(decision, strings)]
        return row


def _decision(decision: Decision, strings: Strings) -> list[Any]:
    """Return [people, what they decide, on what people differ, the judge's answers, remarks]."""
    words = (
        people(decision), asked(decision.questions), asked(decision.disputed), replaced(decision)
    )  # fmt: skip
    notes = (f"{coder_of(who)}: {text}" for who, text in decision.notes.items())
    return [*(strings[one] for one in words), [strings[one] for one in notes]]


class Strings(dict[str, int]):
    """Words by number, so that each is written once."""

    def __missing__(self, word: str) -> int:
        return self.setdefault(word, len(self))


def _stance(code: Code, strings: Strings, *, details: bool) -> list[Any]:
    """Return [voice, holder, target, position, probability, flags, details]."""
    stance = code.stance
    row: list[Any] = [
        int(stance.voice == "attributed"),
        strings[code.holder.shown],
        strings[code.target],
        POSITIONS.index(code.position),
        certainty(stance),
        [strings[flag] for flag in (*stance.flags, *([] if stance.target_text else [MEANT]))],
    ]
    if details:
        row += [
            strings[stance.target_text or ""],
            [percent(stance.probabilities.get(name)) for name in SIDES],
            [strings[one.text] for one in stance.evidence],
            strings[stance.source],
            POSITIONS.index(stance.polarity),
            strings[stance.target_actor or ""],
            strings[stance.holder],
        ]
    return row


def embed(value: object) -> Markup:
    """Return JSON that may be in a script element: no sign in it opens or closes an element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # nosec B704: no element can begin


def certainty(one: Claim | Stance) -> int:
    """Return the probability of a judgement in per cent; -1 for none, -2 of what people say."""
    return -2 if is_human(one.source) else percent(one.probability)


def percent(value: float | None) -> int:
    """Return a probability in per cent; -1 for none."""
    return -1 if value is None else round(100 * value)
