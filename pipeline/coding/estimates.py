"""Estimates of shares and net positions that carry the judge's error: ``tables/estimates.csv``.

Own voice, of each sentence that a respondent says: ``share_about`` is the share of judged units
that are about the bloc; ``share_favor``, ``share_against`` and ``share_neutral`` are shares of the
units about it, and ``net`` is ``share_favor - share_against``. Attributed voice: ``share_about`` is
the share of judged units that report a stance, the others are shares of the reported stances.

Where a probability sample of the run's units was coded by people, these are estimated from their
labels and the judge's answers together (``pipeline.coding.inference``); several coders of a unit
are averaged. With ten interviews or more, whole interviews are the clusters, and the interval is
about interviews like these; with fewer, turns are, and it is about these interviews.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import numpy as np

from pipeline.coding.inference import Ints, Judged, estimate_share
from pipeline.coding.judgements import read_lookups
from pipeline.coding.samples import size_of
from pipeline.errors import InputError
from pipeline.judges.heads import Floats
from pipeline.labels.files import read_drawn_labels
from pipeline.labels.places import LabelIndex, resolve
from pipeline.records import Label, Stance, Unit
from pipeline.runs.folder import TABLES_NAME, read_manifest, replace_outputs
from pipeline.tables.columns import ESTIMATES
from pipeline.tables.counts import DIGITS, MIN_STANCES, MIN_TURNS, Row, share
from pipeline.tables.identity import UNNAMED, holder_of
from pipeline.tables.lookup import Lookup, position
from pipeline.tables.totals import VOICES
from pipeline.tables.writer import write_rows

SIDES = ("favor", "against", "neutral")
SHARES = tuple(f"share_{side}" for side in SIDES)
LEVELS = ("all", "month", "interview", "speaker", "target", "holder")
MIN_INTERVIEWS = 10  # fewer clusters do not carry a variance (Cameron and Miller 2015)
FRAME_TOLERANCE = 0.02
RAW = "raw: the judge's error is not in it"
NEEDED = f"{MIN_STANCES} in {MIN_TURNS} are needed"
NO_SAMPLE = f"{RAW}; code a sample with `westward code`"
Group = tuple[str, str]
"""Level and key: a month, the id of an interview or holder, a target in lower case."""
Key = tuple[str, str, str]
"""Level, key and voice."""
ALL: Group = ("all", "all")
Said = dict[str, Floats]
"""How often each side is taken, by target (own voice) or holder (attributed)."""


@dataclass(slots=True)
class _Answer:
    """The judge's answers on one unit, and people's where it was coded, by voice."""

    interview: str
    turn: str
    predicted: dict[str, Said]
    coded: dict[str, Said] = field(default_factory=dict)
    stratum: str | None = None
    weight: float = 0.0


class _Counted:
    """Counts of a run: judged units by group, the judge's positions and units about by key."""

    def __init__(self) -> None:
        self.judged: Counter[Group] = Counter()
        self.positions: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.about: Counter[Key] = Counter()
        self.answers: defaultdict[Group, list[_Answer]] = defaultdict(list)
        self.spelt: defaultdict[Group, Counter[str]] = defaultdict(Counter)
        self.targets_coded = True

    def shown(self, level: str, key: str) -> str:
        """Return the name of a group: of several spellings the most frequent."""
        spelt = self.spelt.get((level, key))
        return spelt.most_common(1)[0][0] if spelt else key


def estimate_rows(lookups: Iterable[Lookup], labels: Sequence[Label]) -> list[Row]:
    """Return the rows of estimates.csv.

    Args:
        lookups: the interviews of a run, one after the other.
        labels: people's, of this run or an earlier one over the same transcripts; those without a
            sampling weight are of no probability sample, and are left out.
    """
    drawn = [label for label in labels if label.weight is not None]
    counted = _count(lookups, LabelIndex(drawn) if drawn else None)
    reason = NO_SAMPLE
    if labels and not drawn:
        reason = f"{RAW}; the labels have no sampling weight, so they are of no probability sample"
    samples = {}
    for voice in VOICES:
        if coded := [one for one in counted.answers[ALL] if voice in one.coded]:
            weights = _weigh(coded, len(counted.answers[ALL]))
            if isinstance(weights, str):
                reason = weights
            else:
                samples[voice] = weights
    return [row for key in _ordered(counted) for row in _rows(counted, key, samples, reason)]


def write_estimates(run: Path, *, coders: Sequence[str] | None = None) -> list[Row]:
    """Write tables/estimates.csv of a run again, from the labels of coders, or of everybody.

    Raises:
        InputError: the folder is not of a run, or a coder has no labels.
    """
    encoding = read_manifest(run)["settings"]["tables"]["encoding"]
    by_coder = read_drawn_labels(run)
    for name in coders or ():
        if name not in by_coder:
            there = ", ".join(by_coder) or "none; run `westward code` first"
            raise InputError(f'{run}: no labels of coder "{name}"; coders: {there}')
    labels = [one for name in coders or by_coder for one in by_coder[name]]
    rows = estimate_rows(read_lookups(run), labels)
    stream = StringIO(newline="")
    write_rows(stream, ESTIMATES, rows, header=True)
    data = stream.getvalue().encode(encoding)
    replace_outputs(run, {f"{TABLES_NAME}/{ESTIMATES.name}.csv": data})
    return rows


def _count(lookups: Iterable[Lookup], index: LabelIndex | None) -> _Counted:
    counted = _Counted()
    for lookup in lookups:
        found = index.find(lookup.interview) if index is not None else {}
        for unit in lookup.coded_units() if lookup.interview.stances is not None else ():
            groups = _groups_of(lookup, unit)
            counted.judged.update(groups)
            _count_unit(counted, lookup, unit, groups)
            if index is not None:
                predicted = _predict(lookup, unit)
                answer = _Answer(lookup.interview.id, unit.turn_id, predicted)
                _add_labels(counted, answer, found.get(unit.id, ()), lookup, unit)
                for group in groups:
                    counted.answers[group].append(answer)
    return counted


def _groups_of(lookup: Lookup, unit: Unit) -> tuple[Group, ...]:
    date = lookup.interview.date or ""
    month = (("month", date[:7]),) if len(date) >= 7 else ()
    speaker = holder_of(lookup.speaker_of(unit))
    return (ALL, *month, ("interview", lookup.interview.id), ("speaker", speaker.id))


def _count_unit(counted: _Counted, lookup: Lookup, unit: Unit, groups: Sequence[Group]) -> None:
    own, reported = lookup.own_stance(unit), lookup.attributed(unit)
    speaker = holder_of(lookup.speaker_of(unit))
    counted.spelt["speaker", speaker.id][speaker.name] += 1
    wide = groups[:-1]  # what a speaker reports is counted by its holder
    for voice, stances, level, keys in (
        ("own", [own] if own else [], "target", groups),
        ("attributed", reported, "holder", wide),
    ):
        counted.about.update((*key, voice) for key in keys if stances)
        for stance in stances:
            name, spelling = _named(lookup, stance)
            counted.spelt[level, name][spelling] += 1
            for key in (*keys, (level, name)):
                counted.positions[*key, voice][position(stance)] += 1


def _named(lookup: Lookup, stance: Stance) -> tuple[str, str]:
    """Return what a stance is grouped by, its target or who is reported: the key, the spelling."""
    if stance.voice == "own":
        spelling = stance.target_actor or (stance.target_text or UNNAMED).casefold()
        return spelling.casefold(), spelling
    return lookup.holder(stance).id, lookup.holder_name(stance)


def _predict(lookup: Lookup, unit: Unit) -> dict[str, Said]:
    """Return the judge's probabilities of each side, or its best guess where it states none."""
    own = lookup.own_stance(unit)
    found: dict[str, Said] = {"own": {}, "attributed": {}}
    for stance in (*((own,) if own else ()), *lookup.attributed(unit)):
        given = stance.probabilities or {stance.polarity: 1.0}
        sides = np.array([given.get(side, 0.0) for side in SIDES])
        if stance.voice == "attributed" and stance.probabilities:
            sides[2] = 0.0  # there it is the probability that nothing is reported
        name, _ = _named(lookup, stance)
        said = found[stance.voice]
        said[name] = said.get(name, np.zeros(len(SIDES))) + sides
    return found


def _add_labels(
    counted: _Counted, answer: _Answer, labels: Sequence[Label], lookup: Lookup, unit: Unit
) -> None:
    """Put people's answers beside the judge's, averaged over the coders of the unit."""
    own = [label for label in labels if label.west is not None]
    reported = [label for label in labels if label.attributed is not None]
    for voice, mine in (("own", own), ("attributed", reported)):
        said: Said = {}
        for label in mine:
            for name, side in _sides(counted, label, voice, lookup, unit):
                one = np.array([float(side == known) for known in SIDES]) / len(mine)
                said[name] = said.get(name, np.zeros(len(SIDES))) + one
        if mine:
            answer.coded[voice] = said
            answer.stratum, answer.weight = mine[0].stratum, float(mine[0].weight or 0)


def _sides(
    counted: _Counted, label: Label, voice: str, lookup: Lookup, unit: Unit
) -> Iterator[tuple[str, str]]:
    if voice == "attributed":
        for report in label.attributed or ():
            who = lookup.reported_holder(resolve(report.holder, lookup.interview, unit))
            yield who.id, report.stance
    elif label.west not in (None, "none"):
        target = label.target or label.implicit_target
        counted.targets_coded &= target is not None
        name = resolve(target, lookup.interview, unit) if target else UNNAMED
        yield name.casefold(), str(label.west)


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


def _ordered(counted: _Counted) -> list[Key]:
    keys = {*counted.positions, *((*group, "own") for group in counted.judged)}
    return sorted(
        keys,
        key=lambda key: (
            LEVELS.index(key[0]), VOICES.index(key[2]),
            0 if key[0] == "month" else -counted.positions[key].total(),
            counted.shown(key[0], key[1]).casefold(), key[1],
        ),
    )  # fmt: skip


def _rows(
    counted: _Counted, key: Key, samples: Mapping[str, Mapping[int, float]], reason: str
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
    few = len({one.interview for one in answers}) < MIN_INTERVIEWS
    judged = _judged(answers, voice, weights or {}, name if by_name else None, by_turn=few)
    for estimand, raw in _raw(counted, key, counted.judged[group], by_name).items():
        row: Row = {
            "estimand": estimand, "level": level, "voice": voice, "raw": raw, "corrected": None,
            "low": None, "high": None, "method": "raw", "n_coded": n_coded, "note": reason,
            "name": counted.shown(level, name), "n_judged": counted.judged[group],
            "holder_id": name if level in ("speaker", "holder") else None,
        }  # fmt: skip
        yield row | (_corrected(judged, estimand, by_turn=few) if judged is not None else {})


def _raw(counted: _Counted, key: Key, judged: int, by_name: bool) -> Row:
    """The judge's shares as the other tables count them: what is not decided is in n alone."""
    found = counted.positions[key]
    n = found.total()
    about: Row = {} if by_name else {"share_about": share(counted.about[key], judged)}
    shares: Row = {f"share_{side}": share(found[side], n) for side in SIDES}
    return {**about, **shares, "net": share(found["favor"] - found["against"], n)}


def _judged(
    answers: Sequence[_Answer], voice: str, weights: Mapping[int, float], name: str | None, *,
    by_turn: bool,
) -> Judged | None:  # fmt: skip
    """Return the units of a group, by side in place of numerator and denominator."""
    coded = [number for number, one in enumerate(answers) if voice in one.coded]
    if not coded:
        return None
    return Judged(
        predicted=np.array([_total(one.predicted[voice], name) for one in answers]),
        clusters=_numbered(one.turn if by_turn else one.interview for one in answers),
        coded=np.array(coded),
        labels=np.array([_total(answers[i].coded[voice], name) for i in coded]),
        weights=np.array([weights[id(answers[i])] for i in coded]),
        strata=_numbered(answers[i].stratum or "" for i in coded),
    )


def _total(said: Said, name: str | None) -> Floats:
    """The sides taken in a unit: on one target or by one holder, or on and by all."""
    zero = np.zeros(len(SIDES))
    return said.get(name, zero) if name is not None else sum(said.values(), zero)


def _numbered(names: Iterable[str]) -> Ints:
    numbers: Ints = np.unique(np.array(list(names)), return_inverse=True)[1]
    return numbers


def _corrected(sides: Judged, estimand: str, *, by_turn: bool) -> Row:
    """Return the cells of an estimate; only a note where too little was coded."""
    predicted, labels = _parts(sides.predicted, estimand), _parts(sides.labels, estimand)
    base = labels[:, 1] > 0
    n_base, n_clusters = int(base.sum()), len(np.unique(sides.clusters[sides.coded[base]]))
    what = "coded sentences" if estimand == "share_about" else "coded stances"
    if n_base < MIN_STANCES or n_clusters < MIN_TURNS:
        needed = f"{MIN_STANCES} are needed, in {MIN_TURNS} {'turns' if by_turn else 'interviews'}"
        return {"note": f"{RAW}; {n_base} {what} in {n_clusters}; {needed}"}
    judged = replace(sides, predicted=predicted, labels=labels)
    found = estimate_share(judged, least=-1.0 if estimand == "net" else 0.0)
    if found is None:
        return {"note": f"{RAW}; all {n_base} {what} are alike, which bounds nothing"}
    value, low, high = (round(one, DIGITS) + 0.0 for one in (found.value, found.low, found.high))
    note = "of these interviews; clustered by turn" if by_turn else "clustered by interview"
    return {"corrected": value, "low": low, "high": high, "method": "ppi", "note": note}


def _parts(sides: Floats, estimand: str) -> Floats:
    """Return numerator and denominator of an estimand by unit, ``(n, 2)``."""
    about = sides.sum(axis=1)
    if estimand == "share_about":
        return np.column_stack([np.minimum(about, 1.0), np.ones(len(sides))])
    top = sides[:, 0] - sides[:, 1] if estimand == "net" else sides[:, SHARES.index(estimand)]
    return np.column_stack([top, about])
