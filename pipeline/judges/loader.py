"""Loading the judge of the claims or stance stage by the name of a model."""

from __future__ import annotations

from pathlib import Path

from pipeline.artefacts import find_model
from pipeline.encoder import is_encoder
from pipeline.judges.encoder import EncodedClaims, EncodedStance, load_encoder
from pipeline.judges.judgement import ClaimsJudge, StanceJudge
from pipeline.judges.user_heads import RetrainedStance, load_retrained

ARGUNSC_HEAD = "component_argunsc"


def load_claims_judge(
    name: str, *, models: Path | None = None, argunsc: bool = False
) -> ClaimsJudge:
    """Load a claims judge: an encoder, or heads retrained on one.

    Args:
        models: a folder of models to search first.
        argunsc: judge by ArgUNSC's definition of a claim; ignored by retrained heads, which have
            the definition of their training labels.

    Raises:
        ArtefactError: it is missing, altered, of another kind, or retrained on another encoder.
    """
    folder = find_model(name, models=models)
    if is_encoder(folder):
        encoder = load_encoder(folder)
        return EncodedClaims(encoder, component=ARGUNSC_HEAD) if argunsc else EncodedClaims(encoder)
    return EncodedClaims(load_retrained(folder, models=models))


def load_stance_judge(name: str, *, models: Path | None = None) -> StanceJudge:
    """Load a stance judge: an encoder, or heads retrained on one.

    Raises:
        ArtefactError: it is missing, altered, of another kind, or retrained on another encoder.
    """
    folder = find_model(name, models=models)
    if is_encoder(folder):
        return EncodedStance(load_encoder(folder))
    return RetrainedStance(load_retrained(folder, models=models))
