"""The transformer, with MPNet or BERT weights from safetensors.

Sources: Song et al. 2020 (MPNet, relative positions as in Raffel et al. 2020, T5), Devlin et al.
2019 (BERT), Wang et al. 2020 (MiniLM).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

FUSED_FROM = 128
"""Least length for which the fused product is faster (CPU, bfloat16)."""


@dataclass(frozen=True)
class Shape:
    """Sizes of a transformer; `relative` is true for MPNet's bucketed position bias."""

    vocab: int
    width: int
    layers: int
    heads: int
    inner: int
    eps: float
    relative: bool
    positions: int = 512

    @classmethod
    def read(cls, folder: Path) -> Shape:
        """Read the sizes from `folder`/config.json."""
        raw = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(
            vocab=raw["vocab_size"],
            width=raw["hidden_size"],
            layers=raw["num_hidden_layers"],
            heads=raw["num_attention_heads"],
            inner=raw["intermediate_size"],
            eps=raw["layer_norm_eps"],
            relative=raw["model_type"] == "mpnet",
            positions=raw["max_position_embeddings"],
        )


def bucket_distances(length: int, *, buckets: int = 32, furthest: int = 128) -> Tensor:
    """Return T5's buckets of signed token distances, (length, length)."""
    steps = torch.arange(length)
    ahead = steps[None, :] - steps[:, None]
    half, exact = buckets // 2, buckets // 4
    far = ahead.abs().clamp(min=1).float()
    log = exact + (far / exact).log() / math.log(furthest / exact) * (half - exact)
    size = torch.where(ahead.abs() < exact, ahead.abs(), log.long().clamp(max=half - 1))
    return size + half * (ahead > 0).long()


class TiedDropout(nn.Module):
    """Dropout with one mask per sequence, shared by its tokens (Gal and Ghahramani 2016)."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, hidden: Tensor) -> Tensor:
        """Drop whole features of (n, length, width) while training."""
        if not self.training or self.rate == 0.0:
            return hidden
        keep = torch.rand(hidden.shape[0], 1, hidden.shape[2]) >= self.rate
        return hidden * (keep / (1.0 - self.rate)).to(hidden.dtype)


Mix = Callable[[Tensor, Tensor, Tensor, Tensor, int], Tensor]


def mix_heads(q: Tensor, k: Tensor, v: Tensor, bias: Tensor, heads: int) -> Tensor:
    """Return scaled dot-product attention by head; q, k, v and result are (n, length, width)."""
    n, length, width = q.shape
    q, k, v = (x.reshape(n, length, heads, width // heads).transpose(1, 2) for x in (q, k, v))
    if length > FUSED_FROM:
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    else:
        scores = q @ k.transpose(-1, -2) * (q.shape[-1] ** -0.5) + bias
        mixed = scores.softmax(-1).to(v.dtype) @ v
    return mixed.transpose(1, 2).reshape(n, length, width)


class Layer(nn.Module):
    """One transformer block: attention, then a feed-forward net, LayerNorm after each residual."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.width = shape.heads, shape.width
        self.mix: Mix = mix_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm_a = nn.LayerNorm(shape.width, eps=shape.eps)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_b = nn.LayerNorm(shape.width, eps=shape.eps)
        self.drop = TiedDropout(dropout)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Map (n, length, width) to the same shape; `bias` (n or 1, heads or 1, length, length)."""
        q, k, v = self.qkv(hidden).split(self.width, dim=-1)
        mixed = self.mix(q, k, v, bias.to(q.dtype), self.heads)
        hidden = self.norm_a(hidden + self.drop(self.out(mixed)))
        inner = self.down(functional.gelu(self.up(hidden)))
        normed: Tensor = self.norm_b(hidden + self.drop(inner))
        return normed


class Trunk(nn.Module):
    """Embeddings and blocks; `lower` runs the frozen part, `upper` the trained part."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocab, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.types = None if shape.relative else nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.eps)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.distance = nn.Embedding(32, shape.heads) if shape.relative else None
        self.register_buffer("buckets", bucket_distances(512).to(torch.uint8), persistent=False)
        self.buckets: Tensor

    def bias(self, mask: Tensor) -> Tensor:
        """Return the attention bias of `mask` (n, length): position bias, and -1e4 on padding."""
        length = mask.shape[1]
        bias = (1.0 - mask.float())[:, None, None, :] * -1e4
        if self.distance is not None:
            buckets = self.buckets[:length, :length].long()
            near: Tensor = self.distance(buckets).permute(2, 0, 1)[None]
            return near + bias
        return bias.expand(-1, 1, length, length)

    def embed(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the normalised sum of word, position and (BERT) segment embeddings."""
        offset = 2 if self.shape.relative else 0
        place = torch.arange(ids.shape[1], device=ids.device) + offset
        hidden = self.words(ids) + self.positions(place)[None]
        if self.types is not None:
            hidden = hidden + self.types(types)
        normed: Tensor = self.norm(hidden)
        return normed

    def run(self, hidden: Tensor, bias: Tensor, *, start: int, stop: int) -> Tensor:
        """Run blocks `start` to `stop` (half-open)."""
        for layer in self.layers[start:stop]:
            hidden = layer(hidden, bias)
        return hidden

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Return token states (n, length, width)."""
        bias = self.bias(mask)
        return self.run(self.embed(ids, types), bias, start=0, stop=len(self.layers))


_BERT = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "out": "attention.output.dense",
    "norm_a": "attention.output.LayerNorm",
}
_MPNET = {
    "q": "attention.attn.q",
    "k": "attention.attn.k",
    "v": "attention.attn.v",
    "out": "attention.attn.o",
    "norm_a": "attention.LayerNorm",
}
_BOTH = {"up": "intermediate.dense", "down": "output.dense", "norm_b": "output.LayerNorm"}


def load_trunk(folder: Path, *, dropout: float = 0.1) -> Trunk:
    """Build a trunk from `folder`'s config.json and model.safetensors (MPNet or BERT names)."""
    shape = Shape.read(folder)
    raw = load_file(str(folder / "model.safetensors"))
    trunk = Trunk(shape, dropout=dropout)
    names = {**(_MPNET if shape.relative else _BERT), **_BOTH}
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "positions.weight": raw["embeddings.position_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    if shape.relative:
        state["distance.weight"] = raw["encoder.relative_attention_bias.weight"]
    else:
        state["types.weight"] = raw["embeddings.token_type_embeddings.weight"]
    for i in range(shape.layers):
        for part in ("weight", "bias"):
            found = {k: raw[f"encoder.layer.{i}.{name}.{part}"] for k, name in names.items()}
            state[f"layers.{i}.qkv.{part}"] = torch.cat([found.pop(k) for k in ("q", "k", "v")])
            state |= {f"layers.{i}.{k}.{part}": value for k, value in found.items()}
    trunk.load_state_dict(state)
    return trunk
