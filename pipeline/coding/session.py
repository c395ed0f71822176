"""One coder at a sample: what is asked of a sentence, and what becomes of the answers.

Questions are data, so that a terminal, or a test, only shows them and passes keys on. A sentence's
label is written when its last question is answered; to undo it, a label without answers is
appended, and the sentence is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.coding.judgements import locate, mentions
from pipeline.coding.samples import Drawn
from pipeline.labels.files import HUMAN, append_labels, drawn_in
from pipeline.labels.places import LabelIndex
from pipeline.records import Label, LabelledReport
from pipeline.tables.identity import holder_of

ENTER, TYPE, NO = "", "t", "n"
CONTEXT = 2  # sentences before and after
MENTIONS = 9  # a key each
SIDES: Mapping[str, str] = {"+": "favor", "-": "against", "0": "neutral"}


@dataclass(frozen=True)
class Question:
    """A question about a sentence: its name, words, and what each key answers.

    Attributes:
        typed: what is to be typed after ``t``; empty where nothing can be.
        nothing: what ``n`` or Enter answers; empty where something must be answered.
    """

    name: str
    words: str
    keys: Mapping[str, str]
    typed: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class Context:
    """Who says a sentence, where and when, and what is said around it; empty where unknown.

    Attributes:
        who: the speaker, with affiliation and country.
        asked: the question of the interview that is answered.
        before, after: the nearest sentences of the turn.
    """

    who: str
    title: str
    date: str
    asked: str
    before: Sequence[str]
    after: Sequence[str]


COMPONENT = Question("component", "What does it do?", {"c": "claim", "p": "premise", "n": "none"})
KIND = Question("kind", "A claim of what?", {"f": "fact", "v": "value", "o": "policy"})
WEST = Question("west", "The speaker's own stance toward {}?", {**SIDES, "n": "none"})
POLARITY = Question("polarity", "What stance is reported of {}?", SIDES)


class Session:
    """The sentences of a sample that a coder's file has not yet, one question after the other."""

    def __init__(self, sample: Sequence[Drawn], *, path: Path, coder: str, bloc: str) -> None:
        self.sample = sample
        self.path = path
        self.source = f"{HUMAN}{coder}"
        self.bloc = bloc
        self.done = _done(sample, drawn_in(path))
        self.queue = [number for number in range(len(sample)) if number not in self.done]
        self._steps: list[tuple[str, Any]] = []
        self._written: list[int] = []

    @property
    def finished(self) -> bool:
        """Whether every sentence of the sample is coded."""
        return not self.queue

    @property
    def current(self) -> Drawn:
        """The sentence that is asked about."""
        return self.sample[self.queue[0]]

    @property
    def question(self) -> Question:
        """The question that is asked."""
        given, one = self.answers, self.current
        names = mentions(one.lookup, one.unit)[:MENTIONS]
        numbered = {str(number): name for number, name in enumerate(names, start=1)}
        optional = {**numbered, NO: "", ENTER: ""}
        if "component" not in given:
            return COMPONENT
        if given["component"] == "claim" and "kind" not in given:
            return KIND
        if "west" not in given:
            return replace(WEST, words=WEST.words.format(self.bloc))
        if given["west"] != "none" and "target" not in given:
            return Question("target", "Toward what?", optional, "words, or who", "not coded")
        if "holder" in given:
            return replace(POLARITY, words=POLARITY.words.format(given["holder"]))
        words = "Does it report a stance of somebody else? Of whom?"
        return Question("holder", words, optional, "holder", "no more")

    def answer(self, key: str, typed: str = "") -> None:
        """Take a key of the question, or what was typed; the last answer writes the label.

        Raises:
            KeyError: the question has no such key.
        """
        question = self.question
        value = typed.strip() if key == TYPE and question.typed else question.keys[key]
        if question.name == "polarity":
            self._steps.append(("report", (self.answers["holder"], value)))
        elif question.name == "holder" and not value:
            self._write()
        else:
            self._steps.append((question.name, value))

    def undo(self) -> None:
        """Take back the last answer, or the last sentence where none is given yet."""
        if self._steps:
            self._steps.pop()
        elif self._written:
            self.queue.insert(0, self._written.pop())
            self.done.discard(self.queue[0])
            one = self.current
            append_labels(self.path, [locate(one.lookup, one.unit, source=self.source)])

    def skip(self) -> None:
        """Put the sentence off to the end."""
        self.queue.append(self.queue.pop(0))
        self._steps = []

    @property
    def answers(self) -> dict[str, Any]:
        """The answers given on the sentence; a holder until its polarity is given."""
        found: dict[str, Any] = {}
        for name, value in self._steps:
            if name == "report":
                found.pop("holder", None)
            else:
                found[name] = value
        return found

    def context(self) -> Context:
        """Return who says the sentence, where and when, and what is said around it."""
        lookup, unit = self.current.lookup, self.current.unit
        interview, turn = lookup.interview, lookup.turn_of(unit)
        speaker, units = lookup.speaker_of(unit), lookup.units_of(turn)
        place = units.index(unit)
        asked = lookup.turns.get(turn.answers or "")
        return Context(
            who=" · ".join(filter(None, (speaker.name or speaker.id, holder_of(speaker).about))),
            title=interview.title,
            date=interview.date or "",
            asked=asked.text if asked else "",
            before=[one.text for one in units[max(0, place - CONTEXT) : place]],
            after=[one.text for one in units[place + 1 : place + 1 + CONTEXT]],
        )

    def _write(self) -> None:
        one, given = self.current, self.answers
        target = given.get("target") or None
        inside = target is not None and target in one.unit.text
        reports = [value for name, value in self._steps if name == "report"]
        label = locate(one.lookup, one.unit, source=self.source).model_copy(
            update={
                "component": given["component"],
                "kind": given.get("kind"),
                "west": given["west"],
                "target": target if inside else None,
                "implicit_target": None if inside else target,
                "attributed": tuple(LabelledReport(holder=h, stance=s) for h, s in reports),
                "coded_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "weight": one.weight,
                "stratum": one.stratum,
            }
        )
        append_labels(self.path, [label])
        number = self.queue.pop(0)
        self.done.add(number)
        self._written.append(number)
        self._steps = []


def _done(sample: Sequence[Drawn], labels: Sequence[Label]) -> set[int]:
    index = LabelIndex(labels)
    lookups = {id(one.lookup): one.lookup for one in sample}
    found = {key: index.find(lookup.interview) for key, lookup in lookups.items()}
    return {number for number, one in enumerate(sample) if one.unit.id in found[id(one.lookup)]}
