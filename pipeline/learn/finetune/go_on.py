"""Go on fitting a shipped encoder on the data as they are now, and package it anew.

For labels that have come since, in about an hour, where fitting from the published weights takes
several. Only the upper blocks move; the vocabulary stays the one that was cut.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch

from pipeline.encoder import Encoder
from pipeline.encoder.network import read_meta
from pipeline.errors import ConfigError
from pipeline.learn.finetune.bases import BASES
from pipeline.learn.finetune.fit import Plan
from pipeline.learn.finetune.make import fit_labelled, package
from pipeline.learn.finetune.shipped import load_shipped
from pipeline.learn.finetune.tasks import read_rows

ON = Plan(
    epochs=1.15,
    rate=3e-5,
    head_rate=2e-4,
    frozen=6,
    average=0.99,
    save_every=100,
    sampled={"newsmtsc": 0.3, "ibm": 0.2, "written": 0.3},
)


def go_on(
    data: Path,
    corpus: Path,
    start: Path,
    work: Path,
    models: Path,
    *,
    threads: int,
    minutes: float,
) -> Encoder:
    """Fit the encoder of folder `start` further and write it to `models`, under its own name.

    Raises:
        ConfigError: `start` and what would be written are the same folder.
        ArtefactError: `start` is no whole encoder.
    """
    torch.set_num_threads(threads)
    meta = read_meta(start)
    size = str(meta["name"]).removeprefix("encoder-")
    if size not in BASES or (models / meta["name"]).resolve() == start.resolve():
        raise ConfigError(
            f"{start}: found {meta['name']}; expected an encoder outside {models}, where the new "
            "one goes; name another folder with --out"
        )
    plan = dataclasses.replace(ON, minutes=minutes)
    rows = read_rows(data / "train", corpus=corpus)
    model, tokenizer = load_shipped(start, size=size)
    model = fit_labelled(model, tokenizer, rows, work / size, plan)
    before = {"name": meta["name"], "version": meta["version"], "sha256": meta["files"]}
    folder = models / meta["name"]
    return package(size, model, tokenizer, rows, (), data / "train", folder, plan, before=before)
