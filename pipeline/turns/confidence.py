"""The confidence in a reading: the probability that 95 % of the words have their role and speaker.

A logistic regression of a few signs of a reading (weights in ``models/turns/confidence.json``),
fitted on readings of real transcripts whose source the segmenter and the role model had not seen
(``python -m training confidence``), so that it is calibrated for layouts that are new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from typing import cast

from pipeline.artefacts import find_model, read_file
from pipeline.records import Dropped
from pipeline.turns.leftovers import LABEL, STAGE
from pipeline.turns.roles import MODEL
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

WEIGHTS = "confidence.json"
ALL_RIGHT = 0.95
"""Least share of words in the right role and under the right speaker of a reading that is right."""
DOUBTFUL_BELOW = 0.8
"""Of transcripts over it, nine of ten are right."""
_SUREST = 0.999
Signs = dict[str, float]


def find_signs(
    segments: Sequence[Segment],
    sure: Mapping[Key, float],
    left_out: Sequence[Dropped],
    *,
    states: float | None,
) -> Signs:
    """Return the signs that a reading is right or wrong, by name.

    Args:
        segments: the turns.
        sure: probability of each speaker's role.
        left_out: text of the source that is in no turn.
        states: mean probability of the paragraphs' states; None for given turns.
    """
    words = dict.fromkeys(sure, 0)
    turns = dict.fromkeys(sure, 0)
    for segment in segments:
        words[segment.key] += len(segment.text.split())
        turns[segment.key] += 1
    total = max(1, sum(words.values()))
    unsaid = sum(len(one.text.split()) for one in left_out if one.reason not in (LABEL, STAGE))
    once = sum(words[key] for key, count in turns.items() if count == 1)
    return {
        "turns are given": float(states is None),
        "doubt of turns": 0.0
        if states is None
        else log(1 - min(_SUREST, states)) - log(1 - _SUREST),
        "doubt of roles": sum(words[key] * (1 - sure[key]) for key in sure) / total,
        "one speaker": float(len(sure) == 1),
        "share left out": unsaid / (unsaid + total),
        "share of speakers heard once": once / total,
    }


def judge_reading(signs: Mapping[str, float], *, models: Path | None = None) -> float:
    """Return the probability that a reading with these signs is right.

    Raises:
        ArtefactError: the weights are missing or altered.
    """
    return probability(signs, _load(find_model(MODEL, models=models)))


def probability(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability by the weights of the signs; that of "bias" is the bias."""
    score = weights["bias"] + sum(weights[name] * value for name, value in signs.items())
    return 1 / (1 + exp(-score))


@cache
def _load(folder: Path) -> dict[str, float]:
    return cast(dict[str, float], json.loads(read_file(folder, WEIGHTS)))
