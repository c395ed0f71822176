"""Make the ensemble of the two encoders: weights and calibration chosen on dev, meta.json, card.

Run ``python -m training ensemble MODELS DATA``: MODELS holds the members and takes
the ensemble, DATA the annotated files. The small encoder's weight is the one with the lowest log
loss on dev, summed over the heads that judge the speaker.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.artefacts import MEMBERS, META, fingerprint, write_description
from pipeline.encoder import Encoder
from pipeline.encoder.ensemble import mean_logits
from training.finetune.calibrate import (
    calibrate_heads,
    calibration_rows,
    log_loss,
    state_calibration,
)
from training.finetune.rows import Row
from training.finetune.tasks import read_rows
from training.model_cards import write_card
from training.usage import run_module

log = logging.getLogger(__name__)
NAME, VERSION = "encoder-ensemble", "0.5.0"
JOINED = ("encoder-standard", "encoder-small")
GRID = tuple(round(0.05 * step, 2) for step in range(11))
DECIDING = ("component", "component_argunsc", "kind", "west", "polarity", "stance")
Shares = Mapping[str, npt.NDArray[np.float32]]


def choose_weight(shares: Sequence[Shares], dev: Sequence[Row]) -> tuple[float, list[float]]:
    """The second member's weight of `GRID`, and the summed log loss at each."""
    losses = []
    for weight in GRID:
        logits = mean_logits(shares, [1 - weight, weight])
        fitted = calibrate_heads({head: logits[head] for head in DECIDING}, dev)
        found = 0.0
        for head, one in fitted.items():
            at, truth = calibration_rows(head, dev)
            found += log_loss(one.apply(logits[head][at]), truth)
        losses.append(found)
        log.info("weight %.2f of %s: log loss %.4f", weight, JOINED[1], found)
    return GRID[int(np.argmin(losses))], losses


def make_ensemble(models: Path, data: Path) -> Path:
    """Write `models`/encoder-ensemble of the members that lie beside it; return its folder.

    Raises:
        ArtefactError: a member is missing or altered.
    """
    members = [Encoder(models / name) for name in JOINED]
    dev = [row for row in read_rows(data) if row.split == "dev"]
    pairs = [(row.first, row.second) for row in dev]
    shares = [member.predict(pairs) for member in members]
    weight, losses = choose_weight(shares, dev)
    weights = [round(1 - weight, 2), weight]
    calibration = calibrate_heads(mean_logits(shares, weights), dev)
    folder = models / NAME
    folder.mkdir(exist_ok=True)
    meta = {
        "name": NAME,
        "version": VERSION,
        "labels": members[0].meta["labels"],
        "width": sum(member.width for member in members),
        "template": members[0].meta["template"],
        MEMBERS: [
            {
                "name": member.meta["name"],
                "version": member.meta["version"],
                "fingerprint": fingerprint(member.meta),
                "weight": share,
            }
            for member, share in zip(members, weights, strict=True)
        ],
        "chosen": {
            "split": "dev",
            "log_loss": dict(zip(map(str, GRID), (round(x, 4) for x in losses), strict=True)),
        },
        "calibration": state_calibration(calibration),
        "files": {},
    }
    write_description(folder / META, meta)
    write_card(folder)
    return folder


def main(arguments: Sequence[str]) -> int:
    """Make the ensemble as the module says; return the exit code."""

    def make(words: Sequence[str]) -> None:
        sys.stdout.write(f"{make_ensemble(Path(words[0]), Path(words[1]))}\n")

    return run_module(__doc__, arguments, make, expected="MODELS DATA", least=2, most=2)
