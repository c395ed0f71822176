"""People's labels over the judge's answers: the one place where they are applied.

A question of a sentence that people answered is theirs: the component, the kind of a claim, the own
stance, its target, the stances reported of others, and the sentence that it backs or attacks
(``links.py``). Where people differ (``answers.py``) the judge's answer stands, and the question is
in ``Decision.disputed``. What is decided has the people as its source and no probability. Estimates
compare the judge with people, and read the interviews as they were.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

from pipeline.actors import ActorTable, load_actors
from pipeline.labels.answers import Settled, given, settle
from pipeline.labels.files import is_coded, is_human, read_human_labels
from pipeline.labels.links import Links, find_links
from pipeline.labels.places import LabelIndex, resolve
from pipeline.records import (
    Claim,
    ClaimKind,
    Component,
    Decision,
    Evidence,
    Interview,
    Label,
    LabelledReport,
    Polarity,
    Relation,
    Stance,
    Unit,
)
from pipeline.runs.folder import interviews_of, read_manifest
from pipeline.runs.manifest import actors_of

QUESTIONS = {
    "component": "component", "kind": "kind", "west": "own stance", "target": "target",
    "attributed": "reported stances", "relation": "relation",
}  # fmt: skip
"""The questions of a sentence by the names that labels have for them, in words."""
UNNAMED_FLAG = "unnamed"
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


class Decisions:
    """What people's labels of a run decide.

    Args:
        labels: people's, in the order in which they were given.
        actors: gives the run's table of actors, for what a sentence does not name.
    """

    def __init__(
        self, labels: Iterable[Label] = (), actors: Callable[[], ActorTable] = load_actors
    ) -> None:
        every = [*labels]
        self._index = LabelIndex(one for one in every if is_human(one.source))
        self._others = [one for one in every if not is_human(one.source) and is_coded(one)]
        self._load = actors

    @cached_property
    def _actors(self) -> ActorTable:
        return self._load()

    def touches(self, interview_id: str, sha256: str | None) -> bool:
        """Tell whether there are labels of a transcript."""
        return self._index.has(interview_id, sha256)

    def lost(self) -> list[Label]:
        """Return the labels that decide nothing in the interviews so far.

        They are of no sentence that is judged there, or of no person.
        """
        return [*self._index.lost(), *self._others]

    def apply(self, interview: Interview) -> Interview:
        """Return an interview with people's answers in the place of the judge's.

        A layer that was not computed stays so, and so does what was never asked about; but what
        people say of relations is a layer of its own where no judge says anything.
        """
        if interview.units is None or not (found := self._index.find(interview)):
            return interview
        sheet = _Sheet(interview, find_links(interview, found))
        for unit in interview.judged_units():
            if labels := found.get(unit.id):
                self._decide(sheet, unit, labels)
        return sheet.interview()

    def _decide(self, sheet: _Sheet, unit: Unit, labels: list[Label]) -> None:
        settled: dict[str, Settled] = {}
        if sheet.claims is not None:
            settled["component"] = component = settle(given(labels, "component"))
            if component.label and component.label.component == "claim":
                claims = [one for one in labels if one.component == "claim"]
                settled["kind"] = settle(given(claims, "kind"))
        if sheet.stances is not None:
            settled["west"] = west = settle(given(labels, "west"))
            if west.label and west.label.west != "none":
                settled["target"] = settle(self._targets(sheet, unit, labels, west.label))
            reports = {
                one.source: (self._holders(sheet.before, unit, one), one)
                for one in labels
                if one.attributed is not None
            }
            settled["attributed"] = settle(reports)
        settled["relation"] = sheet.links.settled[unit.id]
        by = sorted({source for one in settled.values() for source in one.by})
        disputed = tuple(name for name, one in settled.items() if one.disputed)
        left_out = ("relation",) if unit.id in sheet.links.left_out else ()
        if not by and not disputed and not left_out:
            return
        claim, stances = sheet.claim(unit), sheet.stances_of(unit)
        if (component := settled.get("component", Settled())).label:
            sheet.put_claim(unit, _claim(unit, claim, component, settled.get("kind", Settled())))
        own = [one for one in stances if one.voice == "own"]
        reported = [one for one in stances if one.voice == "attributed"]
        if (west := settled.get("west", Settled())).label:
            target = settled.get("target", Settled())
            own = list(self._own(sheet, unit, own, west, target))
        if (reports_by := settled.get("attributed", Settled())).label:
            reported = list(self._reported(sheet.before, unit, reported, reports_by))
        sheet.put_stances(unit, (*own, *reported))
        sheet.decisions.append(
            Decision(
                unit_id=unit.id,
                by=tuple(by),
                questions=tuple(name for name, one in settled.items() if one.label),
                disputed=disputed,
                left_out=left_out,
                notes={one.source: one.note for one in labels if one.note},
                claim=claim if component.label else None,
                stances=tuple(one for one in stances if one not in (*own, *reported)),
                relation=sheet.judged_relation(unit) if settled["relation"].label else None,
            )
        )

    def _actor(self, words: str, interview: Interview, unit: Unit) -> str | None:
        """Return the actor that a person's words name, in the sentence or by the table."""
        name = resolve(words, interview, unit)
        if name in self._actors.actors:
            return name
        named = self._actors.mentions(words, date=interview.date)
        meant = {actor for one in named for actor in one.actors}
        return meant.pop() if len(meant) == 1 else None

    def _targets(
        self, sheet: _Sheet, unit: Unit, labels: Iterable[Label], decided: Label
    ) -> dict[str, tuple[object, Label]]:
        """Return the targets that those state who agree on the own stance."""
        found: dict[str, tuple[object, Label]] = {}
        for label in labels:
            words = label.target or label.implicit_target
            if label.west == decided.west and words:
                actor = self._actor(words, sheet.before, unit)
                found[label.source] = actor or _plain(words), label
        return found

    def _own(
        self,
        sheet: _Sheet,
        unit: Unit,
        before: list[Stance],
        west: Settled,
        target: Settled,
    ) -> Iterator[Stance]:
        """Yield the own stance of a sentence; none where it is not about the bloc."""
        said = cast(Label, west.label)
        if said.west in (None, "none"):
            return
        words, actor = None, None
        if (stated := target.label) is not None:
            name = stated.target or stated.implicit_target or ""
            words = stated.target if stated.target and stated.target in unit.text else None
            actor = self._actor(name, sheet.before, unit)
        elif before:
            first = max(before, key=lambda one: one.probability or 0.0)
            words, actor = first.target_text, first.target_actor
        shown = words if words and words in unit.text else unit.text
        start = unit.start + unit.text.index(shown)
        yield Stance(
            unit_id=unit.id,
            holder=sheet.speaker_of(unit),
            voice="own",
            target_text=words,
            target_actor=actor,
            polarity=cast(Polarity, said.west),
            probability=None,
            probabilities={},
            evidence=(Evidence(start=start, end=start + len(shown), text=shown),),
            flags=() if words else (UNNAMED_FLAG,),
            source=" ".join(west.by),
        )

    def _reported(
        self, interview: Interview, unit: Unit, before: list[Stance], reports: Settled
    ) -> Iterator[Stance]:
        """Yield the reported stances; target and evidence are the judge's of the same holder."""
        rest, source = list(before), " ".join(reports.by)
        for report in (reports.label and reports.label.attributed) or ():
            holder = self._holder(report, interview, unit)
            names = _plain(holder), _plain(report.holder)
            same = [one for one in rest if _plain(one.holder) in names]
            same.sort(key=lambda one: one.polarity != report.stance)
            match = same[0] if same else None
            stance = Stance(
                unit_id=unit.id,
                holder=match.holder if match else holder,
                voice="attributed",
                target_text=match.target_text if match else None,
                target_actor=match.target_actor if match else None,
                polarity=report.stance,
                probability=None,
                probabilities={},
                evidence=match.evidence if match else (),
                flags=match.flags if match else (UNNAMED_FLAG,),
                source=source,
            )
            if match:
                rest.remove(match)
            yield stance

    def _holder(self, report: LabelledReport, interview: Interview, unit: Unit) -> str:
        found = resolve(report.holder, interview, unit)
        return self._actor(found, interview, unit) or found

    def _holders(self, interview: Interview, unit: Unit, label: Label) -> tuple[object, ...]:
        """Return the reports of a label, in an order of their own, to compare them."""
        pairs = (
            (_plain(self._holder(one, interview, unit)), one.stance)
            for one in label.attributed or ()
        )
        return tuple(sorted(pairs))


class _Sheet:
    """An interview while it is decided."""

    def __init__(self, interview: Interview, links: Links) -> None:
        self.before, self.links = interview, links
        self.decisions: list[Decision] = []
        self.claims: dict[str, Claim] | None = None
        if interview.claims is not None:
            self.claims = {one.unit_id: one for one in interview.claims}
        self.stances: dict[str, tuple[Stance, ...]] | None = None
        if interview.stances is not None:
            groups: defaultdict[str, list[Stance]] = defaultdict(list)
            for stance in interview.stances:
                groups[stance.unit_id].append(stance)
            self.stances = {unit: tuple(found) for unit, found in groups.items()}
        self._relations = {one.from_unit: one for one in interview.relations or ()}
        self._speakers = {turn.id: turn.speaker_id for turn in interview.turns}

    def speaker_of(self, unit: Unit) -> str:
        return self._speakers[unit.turn_id]

    def claim(self, unit: Unit) -> Claim | None:
        return (self.claims or {}).get(unit.id)

    def stances_of(self, unit: Unit) -> tuple[Stance, ...]:
        return (self.stances or {}).get(unit.id, ())

    def judged_relation(self, unit: Unit) -> Relation | None:
        return self._relations.get(unit.id)

    def put_claim(self, unit: Unit, claim: Claim) -> None:
        if self.claims is not None:
            self.claims[unit.id] = claim

    def put_stances(self, unit: Unit, stances: tuple[Stance, ...]) -> None:
        if self.stances is not None:
            self.stances[unit.id] = stances

    def interview(self) -> Interview:
        """Return the interview as decided, its records in the order of the units."""
        order = [unit.id for unit in self.before.units or ()]
        answered = {
            one.unit_id for one in self.decisions if {"component", "west"} <= set(one.questions)
        }
        failed = self.before.failed
        update: dict[str, object] = {"decisions": tuple(self.decisions)}
        if failed is not None:
            update["failed"] = tuple(one for one in failed if one.unit_id not in answered)
        if self.claims is not None:
            update["claims"] = tuple(self.claims[one] for one in order if one in self.claims)
        if self.stances is not None:
            given = [one for unit in order for one in self.stances.get(unit, ())]
            # the speakers' own first, as the stage gives them
            update["stances"] = tuple(sorted(given, key=lambda one: one.voice != "own"))
        if (relations := self.links.beside(self.before.relations)) is not None:
            at = {unit: place for place, unit in enumerate(order)}
            update["relations"] = tuple(sorted(relations, key=lambda one: at[one.from_unit]))
        return self.before.model_copy(update=update)


def _claim(unit: Unit, before: Claim | None, component: Settled, kind: Settled) -> Claim:
    said = cast(Label, component.label)
    chosen: ClaimKind | None = None
    if said.component == "claim":
        judged = before.kind if before is not None and before.component == "claim" else None
        chosen = kind.label.kind if kind.label else judged
    return Claim(
        unit_id=unit.id,
        component=cast(Component, said.component),
        kind=chosen,
        probability=None,
        probabilities={},
        source=" ".join(component.by),
    )


def _plain(words: str) -> str:
    """Return words in a form in which two spellings of one holder are equal."""
    return _ARTICLE.sub("", " ".join(words.replace(";", ",").split())).casefold()


def read_decisions(run: Path) -> Decisions:
    """Return what people's labels of a run decide.

    Raises:
        InputError: a file of labels cannot be read.
    """
    labels = (one for coded in read_human_labels(run).values() for one in coded)
    return Decisions(labels, lambda: actors_of(run, read_manifest(run)))


def decided_interviews(
    run: Path, only: str | None = None, *, labels: bool = True
) -> Iterator[Interview]:
    """Yield the interviews of a run, by a folder or its JSONL, as people's labels decide them.

    Args:
        run: the folder or file.
        only: id of the only one.
        labels: whether people's labels apply; else it is the judge alone.

    Raises:
        InputError: the run or a file of labels cannot be read, or there is no such interview.
    """
    decisions = read_decisions(run) if labels and run.is_dir() else Decisions()
    return map(decisions.apply, interviews_of(run, only))
