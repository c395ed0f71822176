"""Token ids, length-bucketed batches and padded tensors for the multi-task network."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from torch import Tensor

from training.finetune.rows import LABELS, Row

Pair = tuple[str, str]


@dataclass(frozen=True)
class Encoded:
    """Token ids and segment numbers of one pair, without padding."""

    ids: list[int]
    types: list[int]


def load_tokenizer(folder: Path, *, max_length: int) -> Tokenizer:
    """The base model's tokenizer, with segment 1 on the second text and truncation, no padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    if tokenizer.token_to_id("<s>") is not None:
        tokenizer.post_processor = TemplateProcessing(
            single="<s>:0 $A:0 </s>:0",
            pair="<s>:0 $A:0 </s>:0 </s>:0 $B:1 </s>:1",
            special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("<s>", "</s>")],
        )
    return tokenizer


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[Encoded]:
    """Tokenise every pair."""
    return [Encoded(e.ids, e.type_ids) for e in tokenizer.encode_batch(list(pairs))]


def sample_rows(
    sources: Sequence[str], shares: Mapping[str, float], *, rng: random.Random
) -> list[int]:
    """Indices of an epoch's rows: all of a source, or a random share of it, always as many."""
    by_source: dict[str, list[int]] = {}
    for i, source in enumerate(sources):
        by_source.setdefault(source, []).append(i)
    taken: list[int] = []
    for source, rows in by_source.items():
        taken += rng.sample(rows, round(len(rows) * shares.get(source, 1.0)))
    return sorted(taken)


def make_batches(
    rows: Sequence[int], lengths: Sequence[int], *, size: int, rng: random.Random
) -> list[list[int]]:
    """Shuffle `rows`, sort pools of 50 batches by length, cut into batches, shuffle these.

    `lengths` gives the length of every row, by index.
    """
    order = list(rows)
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), size * 50):
        near = sorted(order[start : start + size * 50], key=lambda i: lengths[i])
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    rng.shuffle(batches)
    return batches


def pad(items: Sequence[Encoded], *, pad_id: int) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and types, each (n, longest), padded on the right."""
    shape = (len(items), max(len(item.ids) for item in items))
    ids = torch.full(shape, pad_id, dtype=torch.long)
    mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for i, item in enumerate(items):
        n = len(item.ids)
        ids[i, :n] = torch.tensor(item.ids)
        types[i, :n] = torch.tensor(item.types)
        mask[i, :n] = 1
    return ids, mask, types


def label_matrix(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    """Hard labels a head, (n,) int64; -100 where a row has none."""
    return {h: np.array([r.labels.get(h, -100) for r in rows], dtype=np.int64) for h in LABELS}
