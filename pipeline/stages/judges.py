"""Who judges: the models that the claims and stance stages can be given, by name."""

from __future__ import annotations

from pathlib import Path

from pipeline.artefacts import find_model
from pipeline.encoder import is_encoder
from pipeline.stages import embedded
from pipeline.stages.claims import ClaimsModel
from pipeline.stages.encoded import EncodedClaims, EncodedStance, load_encoder
from pipeline.stages.judgement import ClaimsJudge, StanceJudge
from pipeline.stages.stance_model import StanceModel

ARGUNSC_MODEL = "claims-argunsc"
ARGUNSC_HEAD = "component_argunsc"


def load_claims_judge(
    name: str, *, models: Path | None = None, argunsc: bool = False
) -> ClaimsJudge:
    """Load the claims judge of a name: encoders, heads retrained on one, or a linear model.

    Args:
        models: a folder of models that is searched first.
        argunsc: judge by ArgUNSC's definition of a claim instead of the interviews'. Retrained
            heads have one definition, that of the labels they were trained on.

    Raises:
        ArtefactError: it is missing or altered, or retrained on another encoder.
    """
    folder = find_model(name, models=models)
    if is_encoder(folder):
        encoder = load_encoder(folder)
        return EncodedClaims(encoder, component=ARGUNSC_HEAD) if argunsc else EncodedClaims(encoder)
    if embedded.is_retrained(folder):
        return embedded.load_claims(folder, models=models)
    return ClaimsModel.load(ARGUNSC_MODEL if argunsc else name, models=models)


def load_stance_judge(name: str, *, models: Path | None = None) -> StanceJudge:
    """Load the stance judge of a name: encoders, heads retrained on one, or a linear model.

    Raises:
        ArtefactError: it is missing or altered, or retrained on another encoder.
    """
    folder = find_model(name, models=models)
    if is_encoder(folder):
        return EncodedStance(load_encoder(folder))
    if embedded.is_retrained(folder):
        return embedded.load_stance(folder, models=models)
    return StanceModel.load(name, models=models)
