"""Thresholds for abstention: the least probability of each label, from a model's meta.json.

``python -m training abstention`` chooses them on dev, for one set of weights and calibration; with
any other they are refused.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from pipeline.artefacts import META, find_model, fingerprint, read_description
from pipeline.errors import ArtefactError, ConfigError

ABSTENTION = "abstention"
PRECISIONS = tuple(round(0.50 + 0.05 * step, 2) for step in range(10))
Thresholds = Mapping[str, float]

_log = logging.getLogger(__name__)


def load_thresholds(
    name: str, question: str, *, precision: float, models: Path | None = None
) -> Thresholds:
    """Find a model and return its thresholds as ``read_thresholds`` does; warn if it has none.

    Args:
        models: a folder of models to search first.
    """
    if not precision:
        return {}
    folder = find_model(name, models=models)
    found = read_thresholds(folder, question, precision=precision)
    if not found:
        _log.warning(
            "%s has no thresholds for %s: nothing is marked as abstained; %s",
            folder,
            question,
            _advice(folder),
        )
    return found


def read_thresholds(folder: Path, question: str, *, precision: float) -> Thresholds:
    """Return the probability of each label below which it counts as abstained.

    Args:
        folder: of the model.
        question: name of the head: ``stance``, ``component``, ...
        precision: to reach on decided labels; 0 for no thresholds.

    Returns:
        A threshold for each label; empty if the model has none.

    Raises:
        ArtefactError: the thresholds were chosen for other weights or another calibration.
        ConfigError: no threshold was chosen for this precision.
    """
    if not precision:
        return {}
    if round(precision, 2) not in PRECISIONS:
        steps = ", ".join(f"{step:.2f}" for step in PRECISIONS)
        raise ConfigError(
            f"precision {precision:g}: thresholds are chosen for {steps}; expected one of them, "
            "or 0 for no thresholds"
        )
    path = folder / META
    description = read_description(path)
    stored = description.get(ABSTENTION) or {}
    if question not in stored.get("questions", {}):
        return {}
    if stored.get("fingerprint") != fingerprint(description):
        raise ArtefactError(
            f"{path}: its thresholds for abstention were chosen for other weights or another "
            f"calibration than it has now; {_advice(folder)}"
        )
    labels = stored["questions"][question]["labels"]
    return {
        label: float(one["at"][f"{precision:.2f}"]["threshold"]) for label, one in labels.items()
    }


def _advice(folder: Path) -> str:
    return (
        f"run python -m training abstention {folder} DATA in a checkout, or set the precision to 0"
    )
