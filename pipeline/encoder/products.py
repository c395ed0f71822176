"""Whether this processor adds the products of bytes exactly, asked of it by a sum known before.

Processors without VNNI instructions add two products of an unsigned and a signed byte in 16 bits,
which overflow with full-range int8 weights and leave answers at random. onnxruntime's precision
mode turns the weights to unsigned bytes, and every processor then gives the same answers; but it
costs those with VNNI instructions up to half their speed, and they do not need it. Names of
processors and their flags lie under emulation, so that a product is tried.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.encoder.runtime import onnxruntime

PROBE = Path(__file__).with_name("products.onnx")
"""A product of bytes, written by ``pipeline.learn.finetune.products``."""
ROWS, COLUMNS, LARGEST_WEIGHT = 64, 16, 127
_LARGEST = 255
_PRECISION_MODE = ("session.x64quantprecision", "1")


def ask_for_exact_products(options: onnxruntime.SessionOptions) -> None:
    """Turn the precision mode on where this processor's own products overflow."""
    if not has_exact_products():
        options.add_session_config_entry(*_PRECISION_MODE)


@lru_cache(maxsize=1)
def has_exact_products() -> bool:
    """Tell whether the largest products of bytes add up on this processor."""
    session = onnxruntime.InferenceSession(str(PROBE), providers=["CPUExecutionProvider"])
    (sums,) = session.run(None, {"row": np.full((1, ROWS), _LARGEST, np.uint8)})
    return bool((sums == ROWS * _LARGEST * LARGEST_WEIGHT).all())
