"""Several encoders asked together: the weighted mean of their calibrated probabilities.

Networks that were fitted apart err apart, so that their mean is right more often, and is surer of
what it is right about, than the best of them (Lakshminarayanan et al. 2017). An ensemble's folder
holds no network: its meta.json names the members, which lie beside it, with the hash of all that
decides their probabilities, the weight of each, and the ensemble's own calibration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.artefacts import MEMBERS, META, find_model, fingerprint, read_description
from pipeline.encoder.network import NETWORK, BaseEncoder, Encoder, Floats, Pair
from pipeline.errors import ArtefactError

_FLOOR = 1e-7


class Ensemble(BaseEncoder):
    """An ensemble's folder and its members, verified and loaded; answers as an ``Encoder``.

    Logits are the logarithms of the mean probabilities; embeddings the members' side by side.

    Raises:
        ArtefactError: a member is missing, altered, or not the one that the ensemble was made of.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        super().__init__(read_description(folder / META))
        self.members: list[Encoder] = []
        self.weights: list[float] = []
        for stated in self.meta[MEMBERS]:
            member = Encoder(find_model(stated["name"], models=folder.parent), threads=threads)
            if fingerprint(member.meta) != stated["fingerprint"]:
                raise ArtefactError(
                    f"{folder}: made of {stated['name']}@{stated['version']}, found "
                    f"{member.source} with other weights or another calibration; make it again: "
                    f"python -m training ensemble {folder.parent} DATA"
                )
            self.members.append(member)
            self.weights.append(float(stated["weight"]))

    def run(self, pairs: Sequence[Pair]) -> tuple[dict[str, Floats], Floats]:
        """Logarithms of mean probabilities a head, each (n, k), and embeddings (n, d)."""
        judged = [member.judge(pairs) for member in self.members]
        logits = mean_logits([one.probabilities for one in judged], self.weights)
        return logits, np.hstack([one.states for one in judged])


def mean_logits(
    shares: Sequence[Mapping[str, Floats]], weights: Sequence[float]
) -> dict[str, Floats]:
    """Logarithms of the weighted mean, a head, of the members' probabilities, each (n, k)."""
    logits: dict[str, Floats] = {}
    for head in shares[0]:
        mean = np.tensordot(
            np.asarray(weights, np.float32), np.stack([one[head] for one in shares]), axes=1
        )
        logits[head] = np.log(np.maximum(mean, np.float32(_FLOOR)))
    return logits


def is_encoder(folder: Path) -> bool:
    """Say whether a model folder is an encoder's or an ensemble's."""
    return (folder / NETWORK).is_file() or is_ensemble(folder)


def is_ensemble(folder: Path) -> bool:
    """Say whether a model folder is an ensemble's."""
    return MEMBERS in read_description(folder / META)


def open_encoder(folder: Path, *, threads: int | None = None) -> BaseEncoder:
    """Verify and load the encoder or the ensemble of a folder.

    Raises:
        ArtefactError: it, or a member of it, is missing or altered.
    """
    kind = Ensemble if is_ensemble(folder) else Encoder
    return kind(folder, threads=threads)
