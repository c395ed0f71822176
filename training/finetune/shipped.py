"""Read a shipped encoder's weights back into a network, so that fitting can go on from them.

What int8 rounded off is gone; the rest is the network that was exported.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.encoder.network import NETWORK, read_meta
from training.finetune.bases import BASES, MAX_LENGTH
from training.finetune.export import unpack_rows
from training.finetune.net import Shape, Tagger, Trunk


def load_shipped(folder: Path, *, size: str) -> tuple[Tagger, Tokenizer]:
    """The network of `folder` in float32, and its tokenizer.

    Its vocabulary is the one that was cut for it; its positions are those it was exported with.

    Raises:
        ArtefactError: a file is missing or is not the one that meta.json lists.
    """
    meta = read_meta(folder)
    graph = onnx.load(str(folder / NETWORK)).graph
    held = _read_tensors(graph)
    state = _plain_weights(held) | _products(graph, held)
    state["words.weight"] = _table(held, "table")
    state["positions.weight"] = _table(held, "places")
    relative = "types.weight" not in state
    depth = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    vocab, width = state["words.weight"].shape
    shape = Shape(
        vocab=vocab,
        width=width,
        layers=depth,
        heads=_heads(graph),
        inner=state["layers.0.up.bias"].shape[0],
        eps=_epsilon(graph),
        relative=relative,
        positions=len(state["positions.weight"]),
    )
    trunk = Trunk(shape, dropout=BASES[size].dropout)
    heads = {head: len(names) for head, names in meta["labels"].items()}
    model = Tagger(trunk, heads)
    trunk.load_state_dict({k: v for k, v in state.items() if not k.startswith("heads.")})
    own = {k.removeprefix("heads."): v for k, v in state.items() if k.startswith("heads.")}
    model.heads.load_state_dict(own)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_LENGTH)
    return model, tokenizer


def _read_tensors(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Every stored tensor by name; equal ones are stored once, and named by identity nodes."""
    held = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    for node in graph.node:
        if node.op_type == "Identity" and node.input[0] in held:
            held[node.output[0]] = held[node.input[0]]
    return held


def _plain_weights(held: dict[str, Tensor]) -> dict[str, Tensor]:
    """What was kept in float32 under its own name: biases, norms, small tables."""
    state = {}
    for name, value in held.items():
        if not name.startswith("model.") or name.endswith((".few", ".keep", ".apart")):
            continue
        if "_Transposed" in name or "_quantized" in name:
            continue
        short = name.removeprefix("model.trunk.").removeprefix("model.")
        state[short.replace(".linear.", ".")] = value
    return state


def _products(graph: onnx.GraphProto, held: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of the matrix products, (out, in), parted features put back."""
    few = {n.name.rsplit("/", 1)[0]: n.input[1] for n in graph.node if n.op_type == "Gather"}
    state = {}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        stem = node.input[1].removesuffix("_quantized")
        codes, zero = held[node.input[1]].float(), held[node.input[3]].float()
        weight = ((codes - zero) * held[f"{stem}_scale"]).T.contiguous()
        if stem.startswith("model.heads."):
            state[stem.removeprefix("model.").removesuffix("_Transposed")] = weight
            continue
        place = node.name.removesuffix("/MatMul_quant")
        outer = place.removesuffix("/linear")
        name = outer.strip("/").replace("/", ".")
        if outer != place:
            weight[:, held[few[outer]]] += held[f"model.trunk.{name}.apart"].T
        state[f"{name}.weight"] = weight
    return state


def _table(held: dict[str, Tensor], name: str) -> Tensor:
    rows = unpack_rows(held[f"{name}.first"], held[f"{name}.first_scale"], bits=8)
    if f"{name}.rest" not in held:
        return rows
    rest = unpack_rows(held[f"{name}.rest"], held[f"{name}.rest_scale"], bits=4)
    return torch.cat([rows, rest])


def _heads(graph: onnx.GraphProto) -> int:
    node = next(n for n in graph.node if n.op_type == "MultiHeadAttention")
    return int(next(a.i for a in node.attribute if a.name == "num_heads"))


def _epsilon(graph: onnx.GraphProto) -> float:
    node = next(n for n in graph.node if n.op_type == "LayerNormalization")
    return float(next((a.f for a in node.attribute if a.name == "epsilon"), 1e-5))
