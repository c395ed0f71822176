"""The weights of a shipped encoder as the start of another fit.

Embeddings and the frozen blocks are those of the published base model; the fitted blocks are read
from the int8 network (weight = code x scale, with the outlier features in float32), the heads from
heads.npz. What the rounding of the codes costs at the start was not measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from pipeline.artefacts import verify_model
from pipeline.encoder.network import HEADS, MEANT, NETWORK
from training.encoder.network import Reader

_QUANTISED = {"qkv": "qkv", "out": "out", "up": "up/linear", "down": "down/linear"}


def load_shipped(model: Reader, folder: Path, *, frozen: int) -> None:
    """Set the fitted blocks and the heads of ``model`` to those of the encoder in ``folder``.

    Args:
        frozen: lower blocks, left as they are.

    Raises:
        ArtefactError: the folder is no encoder, or a file of it is altered.
    """
    verify_model(folder.name, models=folder.parent)
    graph = onnx.load(str(folder / NETWORK)).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    inputs = {node.name: list(node.input) for node in graph.node}
    alike = [node for node in graph.node if node.op_type == "Identity" and node.input[0] in arrays]
    arrays |= {node.output[0]: arrays[node.input[0]] for node in alike}
    with torch.no_grad():
        for number, layer in enumerate(model.trunk.layers):
            if number < frozen:
                continue
            name = f"trunk.layers.{number}"
            for part in ("norm_a", "norm_b"):
                for kind in ("weight", "bias"):
                    tensor = torch.from_numpy(arrays[f"{name}.{part}.{kind}"].copy())
                    getattr(getattr(layer, part), kind).copy_(tensor)
            for part, path in _QUANTISED.items():
                node = inputs[f"/layers.{number}/{path}/MatMul_quant"]
                weight = _dequantised(arrays, node[1].removesuffix("_quantized"))
                if part in ("up", "down"):
                    few = arrays[f"{name}.{part}.few"]
                    weight[:, few] = arrays[f"{name}.{part}.apart"].T
                getattr(layer, part).weight.copy_(torch.from_numpy(weight))
                bias = arrays[f"{name}.{path.replace('/', '.')}.bias"]
                getattr(layer, part).bias.copy_(torch.from_numpy(bias.copy()))
        _load_heads(model, folder)


def _dequantised(arrays: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    """The float weight of a product, (outputs, inputs)."""
    codes = arrays[f"{name}_quantized"].astype(np.float32)
    zero = arrays[f"{name}_zero_point"].astype(np.float32)
    return np.ascontiguousarray(((codes - zero) * arrays[f"{name}_scale"]).T)


def _load_heads(model: Reader, folder: Path) -> None:
    with np.load(folder / HEADS, allow_pickle=False) as stored:
        found = {key: torch.from_numpy(stored[key].astype(np.float32)) for key in stored.files}
    model.meant.copy_(found[MEANT])
    for name, head in model.heads.items():
        head.weight.copy_(found[f"{name}/weight"])
        head.bias.copy_(found[f"{name}/bias"])
    for name, span_head in model.span_heads.items():
        for part in ("first", "second"):
            layer = getattr(span_head, part)
            layer.weight.copy_(found[f"{name}/{part}/weight"])
            layer.bias.copy_(found[f"{name}/{part}/bias"])
