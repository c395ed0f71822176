"""The fine-tuned encoder: answers to unit vectors and calibrated heads, in one pass."""

from pipeline.encoder.network import Encoder, Reading, is_encoder
from pipeline.encoder.windows import Window, build_windows

__all__ = ["Encoder", "Reading", "Window", "build_windows", "is_encoder"]
