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
from pipeline.labels.files import HUMAN, append_labels, coded_in, drawn_in
from pipeline.labels.places import LabelIndex
from pipeline.records import Label, LabelledReport, Unit
from pipeline.tables.identity import holder_of

ENTER, TYPE, NO = "", "t", "n"
CONTEXT, CONTEXT_OF_LINKS = 2, 10  # sentences before and after
MENTIONS = 9  # a key each
NONE = "none"
KEPT = {
    "component", "kind", "west", "target", "implicit_target", "weight", "stratum", "note",
    "coded_at",
}  # fmt: skip
"""What continuing a label without a relation keeps of it."""
SIDES: Mapping[str, str] = {"+": "favor", "-": "against", "0": "neutral"}


@dataclass(frozen=True)
class Question:
    """A question about a sentence: its name, words, and what each key answers.

    Attributes:
        typed: what is to be typed after ``t``; empty where nothing can be.
        nothing: what ``n`` or Enter answers; empty where something must be answered.
        numbers: keys are numbers of sentences; what is typed is one of them.
    """

    name: str
    words: str
    keys: Mapping[str, str]
    typed: str = ""
    nothing: str = ""
    numbers: bool = False


@dataclass(frozen=True)
class Context:
    """Who says a sentence, where and when, and what is said around it; empty where unknown.

    Attributes:
        who: the speaker, with affiliation and country.
        asked: the question of the interview that is answered.
        before, after: the nearest sentences of the turn.
        number: of the sentence in its turn, from 1; None where the coder needs no numbers.
    """

    who: str
    title: str
    date: str
    asked: str
    before: Sequence[str]
    after: Sequence[str]
    number: int | None = None


COMPONENT = Question("component", "What does it do?", {"c": "claim", "p": "premise", "n": "none"})
KIND = Question("kind", "A claim of what?", {"f": "fact", "v": "value", "o": "policy"})
WEST = Question("west", "The speaker's own stance toward {}?", {**SIDES, "n": "none"})
POLARITY = Question("polarity", "What stance is reported of {}?", SIDES)
RELATION = Question("relation", "Does it back or attack it?", {"b": "support", "a": "attack"})
PARENT = "Of which sentence is it a reason, or an objection?"


class Session:
    """The sentences of a sample that a coder's file has not yet, one question after the other.

    With ``relations``, a sentence that is no ``none`` is also asked for its parent in the answer.
    Of what was coded without, this alone is asked.
    """

    def __init__(
        self,
        sample: Sequence[Drawn],
        *,
        path: Path,
        coder: str,
        bloc: str,
        relations: bool = False,
    ) -> None:
        self.sample = sample
        self.path = path
        self.source = f"{HUMAN}{coder}"
        self.bloc = bloc
        self.relations = relations
        coded, counting = (_coded(sample, labels) for labels in (drawn_in(path), coded_in(path)))
        self._corrected = {n: one for n, one in counting.items() if one.batch is not None}
        self._earlier = {
            n: one for n, one in coded.items() if relations and _is_open(counting[n], sample[n])
        }
        self.done = coded.keys() - self._earlier.keys()
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
        if "parent" in given:
            return RELATION
        if given.get("holder") == "":
            return self._parent()
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
        if question.numbers:
            value = question.keys[value]
        if question.name == "polarity":
            self._steps.append(("report", (self.answers["holder"], value)))
        else:
            self._steps.append((question.name, value))
        if self._is_answered():
            self._write()

    def undo(self) -> None:
        """Take back the last answer, or the last sentence where none is given yet."""
        if self._steps:
            self._steps.pop()
        elif self._written:
            self.queue.insert(0, self._written.pop())
            self.done.discard(self.queue[0])
            number, one = self.queue[0], self.current
            label = locate(one.lookup, one.unit, source=self.source)
            if earlier := self._earlier.get(number):
                label = label.model_copy(update=_kept(earlier))
            append_labels(self.path, [label, *self._correction(number, {})])

    def skip(self) -> None:
        """Put the sentence off to the end."""
        self.queue.append(self.queue.pop(0))
        self._steps = []

    @property
    def answers(self) -> dict[str, Any]:
        """The answers given on the sentence; a holder until its polarity is given, or no more."""
        found: dict[str, Any] = {}
        if earlier := self._earlier.get(self.queue[0]):
            counting = self._corrected.get(self.queue[0], earlier)
            found = {"component": counting.component, "holder": ""}
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
        around = CONTEXT_OF_LINKS if self.relations else CONTEXT
        asked = lookup.turns.get(turn.answers or "")
        return Context(
            who=" · ".join(filter(None, (speaker.name or speaker.id, holder_of(speaker).about))),
            title=interview.title,
            date=interview.date or "",
            asked=asked.text if asked else "",
            before=[one.text for one in units[max(0, place - around) : place]],
            after=[one.text for one in units[place + 1 : place + 1 + around]],
            number=place + 1 if self.relations else None,
        )

    def _around(self) -> dict[str, Unit]:
        """Return the sentences that can be the parent, by number."""
        lookup, unit = self.current.lookup, self.current.unit
        units = lookup.units_of(lookup.turn_of(unit))
        place = units.index(unit)
        return {
            str(number): one
            for number, one in enumerate(units, start=1)
            if one is not unit and abs(number - 1 - place) <= CONTEXT_OF_LINKS
        }

    def _parent(self) -> Question:
        keys = {number: number for number in self._around()}
        keys |= {NO: "", ENTER: ""}
        return Question("parent", PARENT, keys, "its number", "none", numbers=True)

    def _is_answered(self) -> bool:
        """Tell whether nothing is left to ask of the sentence."""
        given = self.answers
        if given.get("holder") != "":
            return False
        if not self.relations or given["component"] == NONE or not self._around():
            return True
        return "relation" in given or given.get("parent") == ""

    def _write(self) -> None:
        one, number = self.current, self.queue[0]
        label = locate(one.lookup, one.unit, source=self.source)
        earlier = self._earlier.get(number)
        update = {
            **(_kept(earlier) if earlier else self._coded()),
            **(self._linked() if self.relations else _link_of(self._corrected.get(number))),
            "coded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        correction = self._correction(number, self._linked()) if self.relations else ()
        append_labels(self.path, [label.model_copy(update=update), *correction])
        self.queue.pop(0)
        self.done.add(number)
        self._written.append(number)
        self._steps = []

    def _correction(self, number: int, update: Mapping[str, Any]) -> Sequence[Label]:
        """Return what corrected a label that is continued, to be put after it, where it counts."""
        if number not in self._earlier or number not in self._corrected:
            return ()
        return (self._corrected[number].model_copy(update=update),)

    def _coded(self) -> dict[str, Any]:
        """Return what a label says of the sentence itself, and of the sample."""
        one, given = self.current, self.answers
        target = given.get("target") or None
        inside = target is not None and target in one.unit.text
        reports = [value for name, value in self._steps if name == "report"]
        return {
            "component": given["component"],
            "kind": given.get("kind"),
            "west": given["west"],
            "target": target if inside else None,
            "implicit_target": None if inside else target,
            "attributed": tuple(LabelledReport(holder=h, stance=s) for h, s in reports),
            "weight": one.weight,
            "stratum": one.stratum,
        }

    def _linked(self) -> dict[str, Any]:
        """Return what a label says of the sentence's parent."""
        given = self.answers
        parent = self._around().get(given.get("parent") or "")
        return {
            "relation": given["relation"] if parent else NONE,
            "parent": parent.text if parent else None,
            "parent_start": parent.start if parent else None,
        }


def _coded(sample: Sequence[Drawn], labels: Sequence[Label]) -> dict[int, Label]:
    """Return what a coder coded of a sample, by number."""
    index = LabelIndex(labels)
    lookups = {id(one.lookup): one.lookup for one in sample}
    found = {key: index.find(lookup.interview) for key, lookup in lookups.items()}
    labelled = ((n, found[id(one.lookup)].get(one.unit.id)) for n, one in enumerate(sample))
    return {number: given[-1] for number, given in labelled if given}


def _is_open(label: Label, one: Drawn) -> bool:
    """Tell whether a sentence may have a parent, and its coder was not asked."""
    alone = len(one.lookup.units_of(one.lookup.turn_of(one.unit))) == 1
    return label.relation is None and label.component != NONE and not alone


def _link_of(label: Label | None) -> dict[str, Any]:
    """Return the link of a label, so that one that replaces it and has none does not lose it."""
    return label.model_dump(include={"relation", "parent", "parent_start"}) if label else {}


def _kept(label: Label) -> dict[str, Any]:
    """Return what a label says, for one of the same sentence where it is now."""
    return label.model_dump(include=KEPT) | {"attributed": label.attributed}
