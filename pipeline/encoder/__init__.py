"""The fine-tuned sentence encoder: pairs of segments to embeddings and calibrated heads."""

from pipeline.encoder.network import Encoder, Judgement
from pipeline.encoder.templates import frame_holder, frame_plain, frame_target

__all__ = ["Encoder", "Judgement", "frame_holder", "frame_plain", "frame_target"]
