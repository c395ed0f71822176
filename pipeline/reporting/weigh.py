"""How far a report is to be believed as a stance toward the bloc: two small logistic models.

The rules propose; these weigh. One gives the probability that a report is a stance of its holder
toward the bloc, the other that this stance is favourable. Both read named features of the report
and no words of it, and their weights stand in ``lexicons/attribution_weights.toml``, written by
``python -m training attribution`` from the annotated sentences.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from statistics import fmean
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ArtefactError
from pipeline.features.cues import load_cues as load_words
from pipeline.records import Attribution, Entity, Unit
from pipeline.reporting.cues import CuePolarity
from pipeline.reporting.described import RULE

Place = Literal["content", "unit", "context"]
Features = dict[str, float]
WEIGHTS = "attribution_weights.toml"
_TONES = ("negative", "positive", "evaluation", "obligation")
_VOICES = ("opinion", "hedging", "self_group")
Group = tuple[str, str, int, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that may be a stance, with its target.

    Attributes:
        target: the mention of the bloc, the first of the unit; for ``context`` the last before.
        place: where the target is: in the reported content, elsewhere in the unit, or before it.
        targets: how many mentions of the bloc stand there.
        holder_in_bloc: the holder belongs to the bloc itself.
        holder_pronoun: the holder is a pronoun.
        before: the bloc was mentioned in what was said just before.
        asked: the bloc is mentioned in the question.
        own: the holder is of the bloc, and the target no other's that is named behind it.
        barred: the report is a question, only supposed, or denied, and so no stance.
    """

    attribution: Attribution
    unit: Unit
    cue: CuePolarity
    target: Entity
    place: Place
    targets: int
    holder_in_bloc: bool
    holder_pronoun: bool
    before: bool
    asked: bool
    own: bool = False
    barred: bool = False

    @property
    def rule(self) -> str:
        """The rule that found the report."""
        return self.attribution.source.removeprefix("rule:attribution.")


class Heard(BaseModel):
    """Weights used where a model has read the unit and each of its holders (``heard``).

    ``presence`` says whether the unit reports a stance, ``holder`` whether it is this one's, and
    ``favor`` that it is favourable.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str
    threshold: float
    presence: dict[str, float]
    holder: dict[str, float]
    favor: dict[str, float]


class Weights(BaseModel):
    """Weights of the features, ``intercept`` among them, and the least probability of a stance.

    ``heard`` holds those used where a model judges holders; null until they are fitted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    data: str
    threshold: float
    presence: dict[str, float]
    favor: dict[str, float]
    heard: Heard | None = None


def describe(candidate: Candidate, read: Mapping[str, float]) -> Features:
    """Return the features by which a report is weighed.

    Args:
        candidate: the report.
        read: what the polarity model reads toward the target (``read_candidate``).
    """
    one, place = candidate.attribution, candidate.place
    unit = candidate.unit
    content = unit.text[one.content_start - unit.start : one.content_end - unit.start]
    tones, voices = load_words().counts(content), load_words().counts(unit.text)
    features: Features = {
        f"place {place}": 1.0,
        f"rule {candidate.rule} {candidate.cue}": 1.0,
        f"rule {candidate.rule} {candidate.cue} {place}": 1.0,
        f"holder {'actor' if one.holder_actor else 'noun'}": 1.0,
        f"holder in bloc, {place}": float(candidate.holder_in_bloc),
        "holder pronoun": float(candidate.holder_pronoun),
        f"target {candidate.target.via}, {place}": 1.0,
        "targets": min(3, candidate.targets) / 3,
        "words": min(60, len(unit.text.split())) / 60,
        "words of content": min(40, len(content.split())) / 40,
        f"bloc before, {place}": float(candidate.before),
        f"bloc in question, {place}": float(candidate.asked),
        "quotation": float(any(mark in unit.text for mark in "\"“”‘'")),
        "denied": float("denied" in one.flags),
        f"neutral, {candidate.cue} {place}": read["neutral"],
    }
    features.update({f"content {name}": min(2, tones.get(name, 0)) / 2 for name in _TONES})
    features.update({f"unit {name}": min(1.0, voices.get(name, 0)) for name in _VOICES})
    return {name: value for name, value in features.items() if value}


def describe_polarity(candidate: Candidate, read: Mapping[str, float]) -> Features:
    """Return the features by which favor is told from against.

    What is read counts for nothing where it speaks against the side that the cue itself takes.

    Args:
        candidate: the report.
        read: what the polarity model reads toward the target (``read_candidate``).
    """
    ratio = math.log((read["favor"] + 0.01) / (read["against"] + 0.01))
    least = 0.0 if candidate.cue == "favor" else -3.0
    most = 0.0 if candidate.cue == "against" else 3.0
    return {f"cue {candidate.cue}": 1.0, "read": max(least, min(most, ratio))}


def favor_of(
    candidate: Candidate, read: Mapping[str, float], weights: Mapping[str, float]
) -> float:
    """Return the probability of favor by a report's features, never against its cue's own side.

    Args:
        candidate: the report.
        read: what the polarity model reads toward the target (``read_candidate``).
        weights: of the features of favor.
    """
    favor = probability(describe_polarity(candidate, read), weights)
    if candidate.cue == "favor":
        return max(favor, 1.0 - favor)
    return min(favor, 1.0 - favor) if candidate.cue == "against" else favor


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic model's probability; features without a weight count nothing."""
    score = weights["intercept"]
    score += sum(weights.get(name, 0.0) * value for name, value in sorted(features.items()))
    return 1.0 / (1.0 + math.exp(-score))


def logit(value: float) -> float:
    """Return the log-odds of a probability, kept between .002 and .998."""
    value = max(0.002, min(0.998, value))
    return math.log(value / (1.0 - value))


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Read and validate ``lexicons/attribution_weights.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a key is missing or unknown.
    """
    data = files("pipeline.lexicons").joinpath(WEIGHTS).read_bytes()
    try:
        return Weights.model_validate(tomllib.loads(data.decode("utf8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ArtefactError(
            f"pipeline/lexicons/{WEIGHTS}: {error}; "
            "write it anew with python -m training attribution"
        ) from error


def group_of(candidate: Candidate) -> Group:
    """Say which reports of an interview have one cue; a phrase without a cue is by itself."""
    one = candidate.attribution
    alone = (one.holder_start, one.holder_end) if candidate.rule == RULE else None
    return one.unit_id, one.source, one.cue_start, alone


def shared(groups: Sequence[Hashable], values: Iterable[float]) -> list[float]:
    """Return for each value the mean of its group.

    Example:
        >>> shared(["declare", "fear", "declare"], [0.5, 0.1, 0.75])
        [0.625, 0.1, 0.625]
    """
    by_group: dict[Hashable, list[float]] = {}
    for group, value in zip(groups, values, strict=True):
        by_group.setdefault(group, []).append(float(value))
    means = {group: fmean(found) for group, found in by_group.items()}
    return [means[group] for group in groups]
