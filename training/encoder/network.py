"""The network for fitting: a transformer, with heads on the pooled tokens of units and spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from pipeline.encoder.windows import Window
from training.encoder.passages import LABELS, SPAN_LABELS
from training.encoder.trunk import Trunk

SPAN_HIDDEN = 128


@dataclass(frozen=True)
class Places:
    """Positions of units and spans in a batch of windows.

    ``units`` (n, 3): window, first token, end. ``spans`` (m, 4): index of the unit, window, first
    token and end; first and end are -1 for an implicit target.
    """

    units: Tensor
    spans: Tensor


def pool_spans(hidden: Tensor, places: Tensor) -> Tensor:
    """Return mean states (n, width) of half-open token spans ``places`` (n, 3: row, start, end)."""
    sums = nn.functional.pad(hidden.float().cumsum(1), (0, 0, 1, 0))
    row, start, end = places[:, 0], places[:, 1], places[:, 2]
    length = (end - start).clamp(min=1).unsqueeze(-1)
    return (sums[row, end] - sums[row, start]) / length


class SpanHead(nn.Module):
    """A two-layer head on the concatenated vectors of a unit and a span."""

    def __init__(self, width: int, labels: int, *, dropout: float) -> None:
        super().__init__()
        self.first = nn.Linear(width, SPAN_HIDDEN)
        self.second = nn.Linear(SPAN_HIDDEN, labels)
        self.drop = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return logits (n, labels) of vectors (n, width)."""
        logits: Tensor = self.second(self.drop(nn.functional.gelu(self.first(self.drop(vectors)))))
        return logits


class Reader(nn.Module):
    """A trunk; linear heads on unit vectors, two-layer heads on unit and span vectors.

    The vector (width,) of a unit or span is the mean state of its tokens, or ``meant``, which is
    fitted, for an implicit target. (Adding the separator's state was no better on dev.)
    """

    def __init__(self, trunk: Trunk, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.trunk = trunk
        width = trunk.shape.width
        self.drop = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({n: nn.Linear(width, len(v)) for n, v in LABELS.items()})
        self.span_heads = nn.ModuleDict(
            {n: SpanHead(2 * width, len(v), dropout=dropout) for n, v in SPAN_LABELS.items()}
        )
        self.meant = nn.Parameter(torch.zeros(width))

    def classify(self, hidden: Tensor, places: Places) -> tuple[dict[str, Tensor], Tensor]:
        """Return logits of all heads, for units (n, k) and spans (m, k), and the unit vectors."""
        units = pool_spans(hidden, places.units)
        dropped = self.drop(units)
        logits = {name: head(dropped) for name, head in self.heads.items()}
        if len(places.spans):
            spans = pool_spans(hidden, places.spans[:, 1:].clamp(min=0))
            implicit = (places.spans[:, 2] < 0).unsqueeze(-1)
            spans = torch.where(implicit, self.meant.expand_as(spans), spans)
            both = torch.cat([units[places.spans[:, 0]], spans], dim=-1)
            logits |= {name: head(both) for name, head in self.span_heads.items()}
        return logits, units


def pad_windows(windows: Sequence[Window], *, pad_id: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, mask and types, each (n, longest), padded on the right."""
    shape = (len(windows), max(len(w.ids) for w in windows))
    ids = torch.full(shape, pad_id, dtype=torch.long)
    mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for i, window in enumerate(windows):
        n = len(window.ids)
        ids[i, :n] = torch.tensor(window.ids)
        types[i, :n] = torch.tensor(window.types)
        mask[i, :n] = 1
    return ids, mask, types


def head_sizes() -> Mapping[str, int]:
    """Return the number of labels of every head."""
    return {name: len(labels) for name, labels in {**LABELS, **SPAN_LABELS}.items()}
