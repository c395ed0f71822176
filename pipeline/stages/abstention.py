"""When a judge holds back: the least probability of each label, as a model's meta.json states it.

The thresholds are chosen on dev by ``python -m training abstention`` and hold for the very
weights and calibration they were chosen for: any other are refused.
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
    """Find a model and return its thresholds; where it states none, that is logged.

    Args and errors are those of ``read_thresholds``, and:

    Args:
        name: of the model.
        models: a folder of models that is searched first.
    """
    if not precision:
        return {}
    folder = find_model(name, models=models)
    found = read_thresholds(folder, question, precision=precision)
    if not found:
        _log.warning(
            "%s states no thresholds for %s: nothing is set aside; %s",
            folder,
            question,
            _again(folder),
        )
    return found


def read_thresholds(folder: Path, question: str, *, precision: float) -> Thresholds:
    """Return the probability under which each label of a question is not decided.

    Args:
        folder: of the model.
        question: the head that answers it: ``stance``, ``component``, ...
        precision: that the labels which are decided shall reach; 0 for no thresholds.

    Returns:
        A threshold for each label; empty where the model states none.

    Raises:
        ArtefactError: the thresholds were chosen for other weights or another calibration.
        ConfigError: nothing was chosen for this precision.
    """
    if not precision:
        return {}
    if round(precision, 2) not in PRECISIONS:
        steps = ", ".join(f"{step:.2f}" for step in PRECISIONS)
        raise ConfigError(
            f"precision {precision:g}: thresholds are chosen for {steps}; expected one of them, "
            "or 0 for no such thresholds"
        )
    path = folder / META
    description = read_description(path)
    stored = description.get(ABSTENTION) or {}
    if question not in stored.get("questions", {}):
        return {}
    if stored.get("fingerprint") != fingerprint(description):
        raise ArtefactError(
            f"{path}: its thresholds for abstention were chosen for other weights or another "
            f"calibration than it has now; {_again(folder)}"
        )
    labels = stored["questions"][question]["labels"]
    return {
        label: float(one["at"][f"{precision:.2f}"]["threshold"]) for label, one in labels.items()
    }


def _again(folder: Path) -> str:
    return (
        f"run python -m training abstention {folder} DATA in a checkout, or set the precision to 0"
    )
