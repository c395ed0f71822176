"""The fine-tuned sentence encoders: pairs of segments to embeddings and calibrated heads."""

from pipeline.encoder.ensemble import Ensemble, is_encoder, open_encoder
from pipeline.encoder.network import BaseEncoder, Encoder, Judgement
from pipeline.encoder.templates import frame_holder, frame_plain, frame_target

__all__ = [
    "BaseEncoder",
    "Encoder",
    "Ensemble",
    "Judgement",
    "frame_holder",
    "frame_plain",
    "frame_target",
    "is_encoder",
    "open_encoder",
]
