"""Write the network that tests whether a processor adds products of bytes without overflow.

Run ``python -m training products``; ``pipeline.encoder.runtime`` runs the network. It multiplies
unsigned bytes by full-range signed ones, as the encoders' layers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from pipeline.encoder.runtime import COLUMNS, LARGEST_WEIGHT, PROBE, ROWS
from training.usage import run_module

_OPSET, _IR = 17, 8


def write_probe(path: Path = PROBE) -> None:
    """Write the network: ``row``, (1, ROWS) of uint8, by a constant; ``sums``, (1, COLUMNS)."""
    weights = np.full((ROWS, COLUMNS), LARGEST_WEIGHT, np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["row", "weights"], ["sums"])],
        "products",
        [helper.make_tensor_value_info("row", TensorProto.UINT8, [1, ROWS])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, [1, COLUMNS])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = _IR
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def main(arguments: Sequence[str]) -> int:
    """Write the network; return the exit code."""

    def work(words: Sequence[str]) -> None:
        write_probe()

    return run_module(__doc__, arguments, work, expected="no arguments", least=0, most=0)
