"""The fine-tuned encoder: answers to unit vectors and calibrated probabilities."""

from pipeline.encoder.network import Encoder, Reading, Singles, is_encoder
from pipeline.encoder.windows import Window, build_windows

__all__ = ["Encoder", "Reading", "Singles", "Window", "build_windows", "is_encoder"]
