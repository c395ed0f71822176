"""Export of a fitted transformer to one int8 ONNX file, and cutting of its vocabulary.

Matrix products run in int8 (onnxruntime's dynamic quantisation, weights per channel) except for
outlier features; word embeddings have 8 or 4 bits and a scale per row; norms stay float32.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

import pipeline.encoder.runtime  # noqa: F401  # before onnxruntime: it turns telemetry off
from training.encoder.trunk import Layer, Trunk, mix_heads

Batch = tuple[Tensor, Tensor, Tensor]
OUTLIERS = 4
"""Features of a layer that are kept out of int8 products."""


def pack_rows(table: Tensor, *, bits: int) -> tuple[Tensor, Tensor]:
    """Quantise each row of `table` (n, d); return codes and scales (n, 1).

    Codes are int8 (n, d) with 8 bits, uint8 (n, d / 2) with 4: the first half of the row in the
    high bits. A row's scale is the one of ten clips with the least squared error.
    """
    top = 2 ** (bits - 1) - 1
    largest = table.abs().amax(1, keepdim=True).clamp(min=1e-8)
    best, scale = torch.full_like(largest, torch.inf), largest / top
    for clip in torch.linspace(0.55, 1.0, 10):
        tried = largest * clip / top
        gap = (
            ((table / tried).round().clamp(-top, top) * tried - table).square().sum(1, keepdim=True)
        )
        scale = torch.where(gap < best, tried, scale)
        best = torch.minimum(gap, best)
    codes = (table / scale).round().clamp(-top, top)
    if bits == 8:
        return codes.to(torch.int8), scale
    high, low = (codes + 8).to(torch.uint8).chunk(2, dim=1)
    return high * 16 + low, scale


def unpack_rows(codes: Tensor, scale: Tensor, *, bits: int) -> Tensor:
    """Return the floats of codes (..., d or d / 2) and scales (..., 1) of `pack_rows`."""
    values = codes.float()
    if bits == 4:
        high = torch.floor(values / 16)
        values = torch.cat([high, values - 16 * high], dim=-1) - 8
    return values * scale


class FusedAttention(torch.autograd.Function):
    """`mix_heads` for tracing, exported as one node: onnxruntime's MultiHeadAttention."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, heads: int) -> Tensor:
        """Return `mix_heads` of the arguments."""
        return mix_heads(q, k, v, bias, heads)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, bias: Any, heads: int) -> Any:
        """Return the ONNX node; its fourth and fifth inputs (biases, padding mask) are unused."""
        none = g.op("prim::Constant")
        none.setType(torch._C.NoneType.get())
        name = "com.microsoft::MultiHeadAttention"
        return g.op(name, q, k, v, none, none, bias, num_heads_i=heads).setType(q.type())


class OutlierLinear(nn.Module):
    """A linear layer as two products: most features for int8, the few outliers in float32."""

    def __init__(self, linear: nn.Linear, largest: Tensor, *, apart: int) -> None:
        super().__init__()
        few = largest.topk(apart).indices.sort().values
        keep = torch.ones_like(largest)
        keep[few] = 0.0
        self.register_buffer("few", few)
        self.register_buffer("keep", keep)
        self.register_buffer("apart", linear.weight.detach()[:, few].T.contiguous())
        self.few: Tensor
        self.keep: Tensor
        self.apart: Tensor
        self.linear = copy.deepcopy(linear)
        self.linear.weight.data *= keep

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the output of the original layer."""
        mapped: Tensor = self.linear(hidden * self.keep)
        return mapped + hidden[..., self.few] @ self.apart


def split_outliers(trunk: Trunk, batches: Iterable[Batch], *, apart: int = OUTLIERS) -> None:
    """Split the largest features from the feed-forward layers' int8 products, in place.

    A few features are fifty times the median in all inputs, and would leave int8 no resolution for
    the others (LLM.int8, Dettmers et al. 2022).
    """
    layers = [(layer, part) for layer in trunk.layers for part in ("up", "down")]
    largest: dict[int, Tensor] = {}

    def watch(place: int) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def note(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            seen = inputs[0].detach().abs().flatten(0, -2).amax(0)
            largest[place] = torch.maximum(largest.get(place, seen), seen)

        return note

    hooks = [getattr(x, part).register_forward_hook(watch(i)) for i, (x, part) in enumerate(layers)]
    with torch.no_grad():
        for ids, mask, types in batches:
            trunk(ids, mask, types)
    for hook in hooks:
        hook.remove()
    for place, (layer, part) in enumerate(layers):
        setattr(layer, part, OutlierLinear(getattr(layer, part), largest[place], apart=apart))


class Table(nn.Module):
    """Packed embeddings: the first `fine` rows in 8 bits, the others in 4."""

    def __init__(self, table: Tensor, *, fine: int) -> None:
        super().__init__()
        self.fine, self.rows = min(fine, len(table)), len(table)
        first, scale = pack_rows(table[: self.fine], bits=8)
        self.register_buffer("first", first)
        self.register_buffer("first_scale", scale)
        self.first: Tensor
        self.first_scale: Tensor
        if self.fine < self.rows:
            rest, scale = pack_rows(table[self.fine :], bits=4)
            self.register_buffer("rest", rest)
            self.register_buffer("rest_scale", scale)
            self.rest: Tensor
            self.rest_scale: Tensor

    def forward(self, ids: Tensor) -> Tensor:
        """Return the embeddings (n, length, width) of ids (n, length)."""
        if self.fine == self.rows:
            return unpack_rows(self.first[ids], self.first_scale[ids], bits=8)
        low, high = ids.clamp(max=self.fine - 1), (ids - self.fine).clamp(min=0)
        first = unpack_rows(self.first[low], self.first_scale[low], bits=8)
        rest = unpack_rows(self.rest[high], self.rest_scale[high], bits=4)
        return torch.where((ids < self.fine).unsqueeze(-1), first, rest)


class Portable(nn.Module):
    """The transformer as exported: packed word table, one window at a time, token states."""

    def __init__(self, trunk: Trunk, *, positions: int, fine: int) -> None:
        super().__init__()
        self.table = Table(trunk.words.weight.detach(), fine=fine)
        self.places = Table(trunk.positions.weight.detach()[:positions], fine=positions)
        self.trunk = trunk
        for layer in trunk.layers:
            if isinstance(layer, Layer):
                layer.mix = FusedAttention.apply

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return token states (1, length, width) of ids (1, length)."""
        trunk = self.trunk
        offset = 2 if trunk.shape.relative else 0
        place = torch.arange(ids.shape[1]) + offset
        hidden = self.table(ids) + self.places(place)[None]
        if trunk.types is not None:
            hidden = hidden + trunk.types(types)
        bias = trunk.bias(torch.ones_like(ids))
        return trunk.run(trunk.norm(hidden), bias, start=0, stop=len(trunk.layers))


def export_float(trunk: Trunk, path: Path, *, positions: int, fine: int) -> None:
    """Write the transformer as float32 ONNX with a packed word table, for any length."""
    portable = Portable(trunk.eval(), positions=positions, fine=fine).eval()
    ids = torch.full((1, 16), 5)
    types = torch.tensor([[0] * 8 + [1] * 8])
    names = ["input_ids", "token_type_ids"]
    torch.onnx.export(
        portable,
        (ids, types),
        str(path),
        input_names=names,
        output_names=["states"],
        dynamic_axes={name: {1: "length"} for name in (*names, "states")},
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Write `source` with int8 matrix products, except those of outlier features."""
    graph = onnx.load(str(source)).graph
    small = {tensor.name for tensor in graph.initializer if tensor.dims[:1] == [OUTLIERS]}
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=[
            n.name for n in graph.node if n.op_type == "MatMul" and n.input[1] in small
        ],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def choose_tokens(tokenizer: Tokenizer, texts: Iterable[str], *, size: int) -> list[int]:
    """Return the ids to keep: special tokens, single characters, then the most frequent.

    Frequency is that in `texts`, and for rare tokens the rank in the vocabulary, which is by
    frequency in the tokenizer's own corpus.
    """
    vocab = tokenizer.get_vocab(with_added_tokens=True)
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.ids)
    special = {token["id"] for token in json.loads(tokenizer.to_str())["added_tokens"]}
    ascii_single = {i for t, i in vocab.items() if len(t.removeprefix("##")) == 1 and t.isascii()}
    keep = special | ascii_single
    usable = [
        (counts[i] + 3000.0 / (i + 1000), -i, i)
        for t, i in vocab.items()
        if i not in keep and not t.startswith("[unused") and t.isascii()
    ]
    keep |= {i for t, i in vocab.items() if not t.isascii() and counts[i] >= 3}
    ranked = [i for _, _, i in sorted(usable, reverse=True) if i not in keep]
    chosen = [*keep, *ranked[: size - len(keep)]]
    return sorted(chosen, key=lambda i: (i not in special, -counts[i], i))


def cut_vocabulary(trunk: Trunk, tokenizer: Tokenizer, kept: Sequence[int]) -> Tokenizer:
    """Shrink the word table to `kept` in place; return a tokenizer with the new ids."""
    raw = json.loads(tokenizer.to_str())
    new = {old: i for i, old in enumerate(kept)}
    raw["model"]["vocab"] = {t: new[i] for t, i in raw["model"]["vocab"].items() if i in new}
    for token in raw["added_tokens"]:
        token["id"] = new[token["id"]]
    raw["post_processor"] = None
    table = trunk.words.weight.detach()[list(kept)].clone()
    trunk.words = nn.Embedding(table.shape[0], table.shape[1], _weight=table)
    return Tokenizer.from_str(json.dumps(raw))
