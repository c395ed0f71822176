"""Plain cases for the stance and component judges: templates whose labels leave no doubt.

The manner is that of CheckList (Ribeiro et al. 2020, "Beyond Accuracy: Behavioral Testing of NLP
Models with CheckList"): cases of a minimal functionality, pairs whose label must stay (another
actor, a contraction, a filler clause), and pairs whose polarity must flip. ``plain.toml`` holds the
templates and the words for their slots. The train half and the test half share neither.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.judges.loader import load_claims_judge, load_stance_judge
from pipeline.reading.reader import make_reader
from pipeline.reading.rows import Row

CaseKind = Literal["functionality", "invariance", "direction"]
HALVES = ("train", "test")
FILE = Path(__file__).with_name("cases.toml")
ACTORS = (
    *("west", "state", "people", "nation", "adj", "bloc"),
    *("other", "foe", "third", "place"),
)
"""Slots whose words can be exchanged without a change of any label."""
MORE_LIKELY_THAN_NOT = 0.5
OPPOSITE = {"favor": "against", "against": "favor", "neutral": "neutral", "none": "none"}
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence in its context, with the labels that the guidelines give it.

    Attributes:
        id: ``GROUP-TEMPLATE-NUMBER``.
        component: null where the guidelines leave it open.
        kind_of_claim: null where it is no claim, or open.
        target: exact words of the text; null where the West is only meant, or not at all.
        implicit_target: who is meant where the text does not name it.
        attributed: holders other than the speaker, each with its stance.
        pair: id of the case that this one varies; null for a case of functionality.
    """

    id: str
    group: str
    kind: CaseKind
    text: str
    question: str
    before: str
    after: str
    component: str | None
    kind_of_claim: str | None
    west: str
    target: str | None
    implicit_target: str | None
    attributed: tuple[tuple[str, str], ...]
    pair: str | None

    @property
    def row(self) -> Row:
        """The case as the judges read it, without its labels."""
        return Row(
            text=self.text,
            context_before=self.before,
            context_after=self.after,
            question=self.question,
        )


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the judges say of a case.

    Attributes:
        reports: whether a stance of others is reported.
    """

    west: str
    component: str
    reports: bool


@dataclass(frozen=True, slots=True)
class GroupScore:
    """How a group of cases fares; each share is null where no case has such a label or pair.

    Attributes:
        west: share of cases with the right own stance.
        component: share of right components.
        reports: share of cases where it is right whether a stance of others is reported.
        invariance: share of pairs that must be equal in own stance and are.
        direction: share of pairs that must have opposite own stances and have.
    """

    group: str
    cases: int
    west: float | None
    component: float | None
    reports: float | None
    invariance: float | None
    direction: float | None


def score_plain(half: str, settings: Settings, *, models: Path | None = None) -> list[GroupScore]:
    """Return the scores of the models that the settings name, a row a group and one for all.

    Args:
        models: a folder of models that is searched before the shipped ones.

    Raises:
        ArtefactError: a model is missing or altered.
        ConfigError: there is no such half.
    """
    if half not in HALVES:
        raise ConfigError(
            f"--split {half}: no such half of the plain cases; expected train or test"
        )
    cases = read_cases(half)
    return score_cases(cases, predict_cases(cases, settings, models=models))


def predict_cases(
    cases: Sequence[Case], settings: Settings, *, models: Path | None = None
) -> list[Prediction]:
    """Return what the models that the settings name say of each case, in order."""
    reader = make_reader(settings)
    rows = [case.row for case in cases]
    stance = load_stance_judge(settings.stance.model, models=models)
    claims = load_claims_judge(settings.claims.model, models=models)
    reports = [bool(p >= MORE_LIKELY_THAN_NOT) for p in stance.holders.reports(rows)[0]]
    judged = zip(stance.judge(rows, reader), claims.judge(rows, reader), reports, strict=True)
    return [Prediction(west.label, claim.component, report) for west, claim, report in judged]


def score_cases(cases: Sequence[Case], predictions: Sequence[Prediction]) -> list[GroupScore]:
    """Return a score for each group in the order of the cases, and one of all cases, ``all``."""
    predicted = {case.id: found for case, found in zip(cases, predictions, strict=True)}
    groups = list(dict.fromkeys(case.group for case in cases))
    parts = [(group, [case for case in cases if case.group == group]) for group in groups]
    return [_score(name, part, predicted) for name, part in [*parts, ("all", cases)]]


def _score(name: str, cases: Sequence[Case], predicted: Mapping[str, Prediction]) -> GroupScore:
    gold = {case.id: case for case in cases}
    said = [(case, predicted[case.id]) for case in cases]
    pairs = [(case, one.west, predicted[case.pair].west) for case, one in said if case.pair]
    return GroupScore(
        group=name,
        cases=len(cases),
        west=_share(one.west == case.west for case, one in said),
        component=_share(one.component == case.component for case, one in said if case.component),
        reports=_share(one.reports == bool(case.attributed) for case, one in said),
        invariance=_share(a == b for case, a, b in pairs if case.kind == "invariance"),
        direction=_share(
            {a, b} == {"favor", "against"}
            for case, a, b in pairs
            if case.kind == "direction" and case.west != gold[str(case.pair)].west
        ),
    )


def _share(right: Iterable[bool]) -> float | None:
    given = list(right)
    return round(sum(given) / len(given), 4) if given else None


def read_cases(half: str) -> list[Case]:
    """Return the cases of a half, always the same, by group and template."""
    return [
        case
        for group, templates in read_templates(half).items()
        for number, template in enumerate(templates, start=1)
        for case in _cases(f"{group}-{number:02}", group, template, read_slots(half))
    ]


def read_slots(half: str) -> dict[str, list[str]]:
    """Return the words for each slot of a half."""
    slots: dict[str, list[str]] = _data()["slots"][half]
    return slots


def read_templates(half: str) -> dict[str, list[dict[str, Any]]]:
    """Return the templates of a half by group, each with its group's labels where it has none."""
    return {
        name: [
            {**{key: value for key, value in group.items() if key not in HALVES}, **template}
            for template in group.get(half, [])
        ]
        for name, group in _data()["groups"].items()
    }


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _cases(
    name: str, group: str, template: Mapping[str, Any], slots: Mapping[str, Sequence[str]]
) -> Iterator[Case]:
    """Yield two fillings; of the first also another actor, another wording, the opposite."""
    rng = random.Random(name)  # nosec B311
    used = sorted(set(_SLOT.findall(str(dict(template)))))
    first = {slot: rng.choice(slots[slot]) for slot in used}
    variants: list[tuple[CaseKind, Mapping[str, Any], Mapping[str, str]]] = [
        ("functionality", template, first)
    ]
    exchanged: dict[str, str] = {}
    if actors := [slot for slot in ACTORS if slot in used]:
        slot = rng.choice(actors)
        exchanged = {slot: rng.choice(_without(slots[slot], first[slot]))}
        variants.append(("invariance", template, first | exchanged))
    if "same" in template:
        variants.append(("invariance", {**template, "text": template["same"]}, first))
    if "opposite" in template:
        variants.append(("direction", _turned(template), first))
    if used:
        second = {
            slot: rng.choice(_without(slots[slot], first[slot], exchanged.get(slot)))
            for slot in used
        }
        variants.append(("functionality", template, second))
    for number, (kind, variant, words) in enumerate(variants, start=1):
        pair = None if kind == "functionality" else f"{name}-1"
        yield _case(f"{name}-{number}", group, kind, variant, words, pair)


def _without(words: Sequence[str], *left_out: str | None) -> list[str]:
    return [word for word in words if word not in left_out]


def _turned(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return the opposite: own stance flipped, or the reported one where the own is neutral."""
    west = template["west"]
    attributed = template.get("attributed", [])
    if west == "neutral":
        turned = [holder.rpartition(":") for holder in attributed]
        attributed = [f"{holder}:{OPPOSITE[stance]}" for holder, _, stance in turned]
    return {
        **template,
        "text": template["opposite"],
        "west": OPPOSITE[west],
        "attributed": attributed,
    }


def _case(
    name: str,
    group: str,
    kind: CaseKind,
    template: Mapping[str, Any],
    words: Mapping[str, str],
    pair: str | None,
) -> Case:
    def fill(key: str) -> str:
        return _fill(template.get(key, ""), words)

    text = fill("text")
    component = template.get("component") or None
    holders = [_fill(holder, words).rpartition(":") for holder in template.get("attributed", [])]
    return Case(
        id=name,
        group=group,
        kind=kind,
        text=text,
        question=fill("question"),
        before=fill("before"),
        after=fill("after"),
        component=component,
        kind_of_claim=template.get("kind") or None if component == "claim" else None,
        west=template["west"],
        target=_as_written(fill("target"), text) or None,
        implicit_target=_SLOT.sub(lambda slot: words[slot[1]], template.get("implicit_target", ""))
        or None,
        attributed=tuple((_as_written(holder, text), stance) for holder, _, stance in holders),
        pair=pair,
    )


def _fill(text: str, words: Mapping[str, str]) -> str:
    filled = _SLOT.sub(lambda slot: words[slot[1]], text)
    return _SENTENCE_START.sub(lambda letter: letter[0].upper(), filled)


def _as_written(words: str, text: str) -> str:
    """Return the words with the capitals that they have in the text."""
    start = text.lower().find(words.lower())
    if start < 0:
        raise ValueError(f'{FILE.name}: "{words}" does not occur in "{text}"')
    return text[start : start + len(words)]
