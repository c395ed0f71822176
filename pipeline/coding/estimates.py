"""Estimates of shares and net positions that carry the judge's error: ``tables/estimates.csv``.

Own voice, of each sentence that a respondent says: ``share_about`` is the share of judged units
that are about the bloc; ``share_favor``, ``share_against``, ``share_neutral`` and ``net`` are of
decided stances (``pipeline.tables.net``). Attributed voice: ``share_about`` is the share of judged
units that report a stance, the others are of the reported stances.

Where a probability sample of the run's units was coded by people, these are estimated from their
labels and the judge's answers together (``pipeline.coding.inference``), the shares of a level at
once; several coders of a unit are averaged. People decide every stance. With ten interviews or
more, whole interviews are the clusters, and the interval is about interviews like these; with
fewer, turns are, and it is about these interviews.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import numpy as np

from pipeline.coding.inference import Ints, Judged, estimate
from pipeline.coding.judgements import read_lookups
from pipeline.coding.samples import size_of
from pipeline.config import Inferred
from pipeline.errors import InputError
from pipeline.judges.heads import Floats
from pipeline.labels.files import read_drawn_labels
from pipeline.labels.places import LabelIndex, resolve
from pipeline.records import Label, Notice, Unit
from pipeline.report.update import warn_of_lost
from pipeline.runs.folder import TABLES_NAME, read_manifest, replace_outputs
from pipeline.tables.columns import ESTIMATES
from pipeline.tables.counts import Row
from pipeline.tables.fields import PERIODS, periods
from pipeline.tables.identity import UNNAMED, holder_of
from pipeline.tables.lookup import POSITIONS, Lookup
from pipeline.tables.net import (
    MIN_STANCES,
    MIN_TURNS,
    NET,
    SHARE,
    SIDES,
    Clusters,
    Measured,
    Sides,
    clustered_by,
    measure_sums,
    share,
)
from pipeline.tables.totals import VOICES, Counted, Fact, counted_of, fact_of, facts_of, has_target
from pipeline.tables.writer import write_rows

ABOUT = "share_about"
SCORES = {**{f"share_{side}": SHARE[side] for side in SIDES}, "net": NET}
LEVELS = ("all", "year", "month", "interview", "speaker", "target", "holder")
FRAME_TOLERANCE = 0.02
RAW = "raw: the judge's error is not in it"
NEEDED = f"{MIN_STANCES} in {MIN_TURNS} turns are needed"
OF_THESE = "of these interviews; clustered by turn"
NO_SAMPLE = f"{RAW}; code a sample with `westward code`"
Group = tuple[str, str]
"""Level and key: a month, the id of an interview or holder, a target in lower case."""
Key = tuple[str, str, str]
"""Level, key and voice."""
ALL: Group = ("all", "all")
Taken = dict[str, Floats]
"""How often each side is taken, by target (own voice) or holder (attributed)."""


@dataclass(slots=True)
class _Answer:
    """The judge's answers on one unit, and people's where it was coded, by voice."""

    interview: str
    turn: str
    predicted: dict[str, Taken]
    coded: dict[str, Taken] = field(default_factory=dict)
    stratum: str | None = None
    weight: float = 0.0


class Estimates:
    """What a run has, counted interview by interview; numbers alone are kept of it.

    Args:
        labels: people's, of this run or an earlier one over the same transcripts; those without a
            sampling weight are of no probability sample, and are left out.
        inferred: whether counts by target have those that are only meant.

    Attributes:
        answers: of a group, where there are labels.
    """

    def __init__(self, labels: Sequence[Label] = (), inferred: Inferred = "exclude") -> None:
        drawn = [label for label in labels if label.weight is not None]
        self.inferred, self._all_labels = inferred, bool(labels)
        self._index = LabelIndex(drawn) if drawn else None
        self.answers: defaultdict[Group, list[_Answer]] = defaultdict(list)
        self.targets_coded = True
        self._spelt: defaultdict[Group, Counter[str]] = defaultdict(Counter)
        self._turns: defaultdict[Group, array[int]] = defaultdict(_numbers)
        self._said: defaultdict[Key, array[int]] = defaultdict(_numbers)
        self._interviews = 0
        self._of_turns = {name: _numbers() for name in ("interview", "units", *VOICES)}
        self._of_facts = {name: _numbers() for name in ("turn", "position")}

    @property
    def by_text(self) -> bool:
        """Whether there are labels to find in the sentences of interviews."""
        return self._index is not None

    def add(self, counted: Counted, facts: Iterable[Fact]) -> None:
        """Count an interview, and its stances as the judge has them."""
        times = periods(counted.date)
        places: list[Group] = [
            ALL, *((level, times[level]) for level in LEVELS if level in times),
            ("interview", counted.interview_id),
        ]  # fmt: skip
        turns: dict[str, tuple[int, tuple[Group, ...]]] = {}
        for turn in counted.turns:
            number, groups = len(self._of_turns["units"]), (*places, ("speaker", turn.speaker.id))
            turns[turn.turn_id] = number, groups
            found = self._interviews, turn.units, turn.own, turn.attributed
            for column, value in zip(self._of_turns.values(), found, strict=True):
                column.append(value)
            for group in groups:
                self._turns[group].append(number)
            self._spelt["speaker", turn.speaker.id][turn.speaker.name] += turn.units
        for fact in facts:
            self._count(fact, *turns[fact.turn_id])
        self._interviews += 1

    def _count(self, fact: Fact, turn: int, groups: tuple[Group, ...]) -> None:
        number, is_own = len(self._of_facts["turn"]), fact.who.voice == "own"
        self._of_facts["turn"].append(turn)
        self._of_facts["position"].append(POSITIONS.index(fact.position))
        level, (name, spelling) = "target" if is_own else "holder", self.name(fact)
        self._spelt[level, name][spelling] += 1
        # what a speaker reports is counted by its holder
        for group in (*(groups if is_own else groups[:-1]), *([(level, name)] if name else ())):
            self._said[*group, fact.who.voice].append(number)

    def add_text(self, lookup: Lookup) -> None:
        """Count an interview, and the labels of its sentences."""
        self.add(counted_of(lookup), facts_of(lookup))
        if self._index is None or lookup.interview.stances is None:
            return
        found = self._index.find(lookup.interview)
        for unit in lookup.coded_units():
            answer = _Answer(lookup.interview.id, unit.turn_id, _predict(self, lookup, unit))
            _add_labels(self, answer, found.get(unit.id, ()), lookup, unit)
            for group in _groups_of(lookup, unit):
                self.answers[group].append(answer)

    def lost(self) -> list[Label]:
        """Return the labels with a weight that are of no judged sentence of the interviews."""
        return self._index.lost() if self._index else []

    def name(self, fact: Fact) -> tuple[str, str]:
        """Return what a stance is grouped by, its target or who is reported: key and spelling.

        The key is empty where a target is only meant, and left out of counts by target.
        """
        if fact.who.voice == "own":
            return (fact.on[0].casefold() if has_target(fact, self.inferred) else ""), fact.on[0]
        return fact.who.id, fact.spelling

    def shown(self, level: str, key: str) -> str:
        """Return the name of a group: of several spellings the most frequent."""
        spelt = self._spelt.get((level, key))
        return spelt.most_common(1)[0][0] if spelt else key

    def units(self, group: Group) -> int:
        """Return the number of judged units of a group."""
        return int(_taken(self._of_turns["units"], self._turns[group]).sum())

    def keys(self) -> list[Key]:
        """Return the groups by voice, in the order of the table."""
        keys = {*self._said, *((*group, "own") for group in self._turns)}
        return sorted(
            keys,
            key=lambda key: (
                LEVELS.index(key[0]), VOICES.index(key[2]),
                0 if key[0] in PERIODS else -len(self._said.get(key, ())),
                self.shown(key[0], key[1]).casefold(), key[1],
            ),
        )  # fmt: skip

    def raw(self, key: Key, group: Group, *, about: bool) -> dict[str, Row]:
        """Return the judge's shares with their intervals, as the other tables count them."""
        found: dict[str, Row] = {}
        if about:
            turns = self._turns[group]
            units, sums, interviews = (
                _taken(self._of_turns[name], turns) for name in ("units", key[2], "interview")
            )
            measured = measure_sums(sums, units, interviews.tolist(), turns, least=0.0)
            found[ABOUT] = _cells(share(int(sums.sum()), int(units.sum())), measured)
        said = self._said.get(key, _numbers())
        positions = _taken(self._of_facts["position"], said)
        decided = positions != POSITIONS.index("abstained")
        turns = _taken(self._of_facts["turn"], said)[decided]
        interviews = _taken(self._of_turns["interview"], turns).tolist()
        sides = Sides(*np.bincount(positions, minlength=len(POSITIONS))[: len(SIDES)].tolist())
        values_of = {**{f"share_{side}": sides.share(side) for side in SIDES}, "net": sides.net}
        for name, value in values_of.items():
            scores = np.array([SCORES[name][side] for side in SIDES])[positions[decided]]
            least, ones = min(SCORES[name].values()), np.ones(len(scores))
            measured = measure_sums(scores, ones, interviews, turns.tolist(), least=least)
            found[name] = _cells(value, measured)
        return found

    def rows(self) -> Iterator[Row]:
        """Yield the rows of estimates.csv."""
        reason = NO_SAMPLE
        if self._all_labels and self._index is None:
            reason = f"{RAW}; the labels have no sampling weight, so they are of no probability "
            reason += "sample"
        samples = {}
        for voice in VOICES:
            if coded := [one for one in self.answers[ALL] if voice in one.coded]:
                weights = _weigh(coded, len(self.answers[ALL]))
                if isinstance(weights, str):
                    reason = weights
                else:
                    samples[voice] = weights
        for key in self.keys():
            yield from _rows(self, key, samples, reason)


def _numbers() -> array[int]:
    return array("q")


def _taken(column: array[int], places: array[int] | Ints) -> Ints:
    """Return the numbers of a column at some places."""
    found: Ints = np.asarray(column)[np.asarray(places)]
    return found


def estimate_rows(
    lookups: Iterable[Lookup], labels: Sequence[Label], *, inferred: Inferred = "exclude"
) -> list[Row]:
    """Return the rows of estimates.csv of the interviews of a run, one after the other."""
    counted = Estimates(labels, inferred)
    for lookup in lookups:
        counted.add_text(lookup)
    return list(counted.rows())


def write_estimates(
    run: Path, *, coders: Sequence[str] | None = None
) -> tuple[list[Row], list[Notice]]:
    """Write tables/estimates.csv of a run again, from the labels of coders, or of everybody.

    Return its rows, and warnings.

    Raises:
        InputError: the folder is not of a run, or a coder has no labels.
    """
    settings = read_manifest(run)["settings"]
    by_coder = read_drawn_labels(run)
    for name in coders or ():
        if name not in by_coder:
            there = ", ".join(by_coder) or "none; run `westward code` first"
            raise InputError(f'{run}: no labels of coder "{name}"; coders: {there}')
    labels = [one for name in coders or by_coder for one in by_coder[name]]
    counted = Estimates(labels, settings["targets"]["inferred"])
    for lookup in read_lookups(run):
        counted.add_text(lookup)
    rows = list(counted.rows())
    stream = StringIO(newline="")
    write_rows(stream, ESTIMATES, rows, header=True)
    data = stream.getvalue().encode(settings["tables"]["encoding"])
    replace_outputs(run, {f"{TABLES_NAME}/{ESTIMATES.name}.csv": data})
    return rows, warn_of_lost(counted.lost())


def _groups_of(lookup: Lookup, unit: Unit) -> tuple[Group, ...]:
    found = periods(lookup.interview.date)
    times = ((level, period) for level, period in found.items() if level in LEVELS)
    speaker = holder_of(lookup.speaker_of(unit))
    return (ALL, *times, ("interview", lookup.interview.id), ("speaker", speaker.id))


def _predict(counted: Estimates, lookup: Lookup, unit: Unit) -> dict[str, Taken]:
    """Return the judge's probabilities of each side, or its best guess where it states none."""
    own = lookup.own_stance(unit)
    found: dict[str, Taken] = {"own": {}, "attributed": {}}
    for stance in (*((own,) if own else ()), *lookup.attributed(unit)):
        given = stance.probabilities or {stance.polarity: 1.0}
        sides = np.array([given.get(side, 0.0) for side in SIDES])
        if stance.voice == "attributed" and stance.probabilities:
            sides[2] = 0.0  # there it is the probability that nothing is reported
        name, _ = counted.name(fact_of(lookup, unit, stance))
        said = found[stance.voice]
        said[name] = said.get(name, np.zeros(len(SIDES))) + sides
    return found


def _add_labels(
    counted: Estimates, answer: _Answer, labels: Sequence[Label], lookup: Lookup, unit: Unit
) -> None:
    """Put people's answers beside the judge's, averaged over the coders of the unit."""
    own = [label for label in labels if label.west is not None]
    reported = [label for label in labels if label.attributed is not None]
    for voice, mine in (("own", own), ("attributed", reported)):
        said: Taken = {}
        for label in mine:
            for name, side in _sides(counted, label, voice, lookup, unit):
                one = np.array([float(side == known) for known in SIDES]) / len(mine)
                said[name] = said.get(name, np.zeros(len(SIDES))) + one
        if mine:
            answer.coded[voice] = said
            answer.stratum, answer.weight = mine[0].stratum, float(mine[0].weight or 0)


def _sides(
    counted: Estimates, label: Label, voice: str, lookup: Lookup, unit: Unit
) -> Iterator[tuple[str, str]]:
    if voice == "attributed":
        for report in label.attributed or ():
            who = lookup.reported_holder(resolve(report.holder, lookup.interview, unit))
            yield who.id, report.stance
    elif label.west not in (None, "none"):
        target = label.target or label.implicit_target
        counted.targets_coded &= target is not None
        kept = label.target is not None or counted.inferred == "include"
        name = resolve(target, lookup.interview, unit) if target else UNNAMED
        yield (name.casefold() if kept else ""), str(label.west)


def _weigh(coded: Sequence[_Answer], n_units: int) -> dict[int, float] | str:
    """Return sampling weights by answer, or why the sample is not of these units.

    A stratum weighs its size over what was coded of it: its units are coded in a random order, so
    that it may be coded in part, or further than it was first drawn.
    """
    counts = Counter(one.stratum for one in coded)
    sizes = {stratum: size_of(stratum) for stratum in counts}
    drawn_of = sum(size or 0 for size in sizes.values())
    if None not in sizes.values() and abs(drawn_of - n_units) > FRAME_TOLERANCE * n_units:
        return (
            f"{RAW}; the coded sentences were drawn from {drawn_of:,} units, and the run judges "
            f"{n_units:,}: other transcripts, a stratum without a coded unit, or several samples"
        )
    return {
        id(one): size / counts[one.stratum] if (size := sizes[one.stratum]) else one.weight
        for one in coded
    }


def _rows(
    counted: Estimates, key: Key, samples: Mapping[str, Mapping[int, float]], reason: str
) -> Iterator[Row]:
    level, name, voice = key
    by_name = level in ("target", "holder")
    group = ALL if by_name else (level, name)
    weights = samples.get(voice)
    answers = counted.answers[group] if weights else []
    n_coded = sum(voice in one.coded for one in answers)
    n_named = sum(name in one.coded.get(voice, ()) for one in answers)
    if weights and level == "target" and not counted.targets_coded:
        reason, answers = f"{RAW}; not every coded stance has its target coded", []
    elif weights and by_name and n_named < MIN_STANCES:
        reason, answers = f"{RAW}; {n_named} coded stances; {NEEDED}", []
    over = clustered_by([one.interview for one in answers])
    judged = _judged(answers, voice, weights or {}, name if by_name else None, over)
    corrected = {} if judged is None else _corrected(judged, over, about=not by_name)
    for estimand, raw in counted.raw(key, group, about=not by_name).items():
        row: Row = {
            "estimand": estimand, "level": level, "voice": voice, **raw, "corrected": None,
            "low": None, "high": None, "method": "raw", "n_coded": n_coded, "note": reason,
            "name": counted.shown(level, name), "n_judged": counted.units(group),
            "holder_id": name if level in ("speaker", "holder") else None,
        }  # fmt: skip
        yield row | corrected.get(estimand, {})


def _cells(value: float | None, found: Measured | None) -> Row:
    ends: Row = {"raw_low": found.low, "raw_high": found.high} if found else {}
    return {"raw": value, "raw_low": None, "raw_high": None} | ends


def _judged(
    answers: Sequence[_Answer], voice: str, weights: Mapping[int, float], name: str | None,
    over: Clusters,
) -> Judged | None:  # fmt: skip
    """Return the units of a group, with the sides taken in each as the parts."""
    coded = [number for number, one in enumerate(answers) if voice in one.coded]
    if not coded:
        return None
    clusters = (one.turn if over == "turns" else one.interview for one in answers)
    return Judged(
        predicted=np.array([_total(one.predicted[voice], name) for one in answers]),
        clusters=_numbered(clusters),
        coded=np.array(coded),
        labels=np.array([_total(answers[i].coded[voice], name) for i in coded]),
        weights=np.array([weights[id(answers[i])] for i in coded]),
        strata=_numbered(answers[i].stratum or "" for i in coded),
    )


def _total(said: Taken, name: str | None) -> Floats:
    """The sides taken in a unit: on one target or by one holder, or on and by all."""
    zero = np.zeros(len(SIDES))
    return said.get(name, zero) if name is not None else sum(said.values(), zero)


def _numbered(names: Iterable[str]) -> Ints:
    numbers: Ints = np.unique(np.array(list(names)), return_inverse=True)[1]
    return numbers


def _corrected(sides: Judged, over: Clusters, *, about: bool) -> dict[str, Row]:
    """Return cells by estimand, those of a level; only a note where too little was coded."""
    found: dict[str, Row] = {}
    if about:
        halves = replace(sides, predicted=_halves(sides.predicted), labels=_halves(sides.labels))
        found |= _estimated(halves, {ABOUT: (1.0, 0.0)}, "coded sentences", over)
    scores = {name: tuple(score[side] for side in SIDES) for name, score in SCORES.items()}
    return found | _estimated(sides, scores, "coded stances", over)


def _halves(sides: Floats) -> Floats:
    """Whether a unit has a stance, and whether it has none: ``(n, 2)``."""
    about = np.minimum(sides.sum(axis=1), 1.0)
    return np.column_stack([about, 1 - about])


def _estimated(
    judged: Judged, scores: Mapping[str, Sequence[float]], what: str, over: Clusters
) -> dict[str, Row]:
    base = judged.labels.sum(axis=1) > 0
    n_base, n_clusters = int(base.sum()), len(np.unique(judged.clusters[judged.coded[base]]))
    if n_base < MIN_STANCES or n_clusters < MIN_TURNS:
        note = f"{RAW}; {n_base} {what} in {n_clusters}; {NEEDED}"
        return {name: {"note": note} for name in scores}
    found = estimate(judged, list(scores.values()))
    if found is None:
        return {name: {"note": f"{RAW}; the {what} leave no share to estimate"} for name in scores}
    note = "clustered by interview" if over == "interviews" else OF_THESE
    return {
        name: {
            "corrected": one.value, "low": one.low, "high": one.high, "method": "ppi", "note": note,
        }
        for name, one in zip(scores, found.scores, strict=True)
    }  # fmt: skip
