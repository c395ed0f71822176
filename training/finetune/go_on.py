"""Go on fitting a shipped encoder on the data as they are now, and package it anew.

For labels that have come since, in about an hour, where fitting from the published weights takes
several. Of standard only the upper blocks move; the vocabulary stays the one that was cut. How much
is kept of the weights it began with was chosen on dev. Small may learn from what standard and it
itself, together, make of labelled and unlabelled text: ``taught_by``.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from pipeline.encoder import Encoder
from pipeline.encoder.network import read_meta
from pipeline.errors import ConfigError
from training.finetune.bases import BASES
from training.finetune.fit import Plan
from training.finetune.make import fit_labelled, package
from training.finetune.net import Tagger
from training.finetune.shipped import load_shipped
from training.finetune.tasks import read_rows
from training.finetune.taught import TAUGHT, fit_taught
from training.finetune.unlabelled import read_unlabelled

ON = {
    "standard": Plan(
        epochs=1.0,
        rate=3e-5,
        head_rate=2e-4,
        frozen=6,
        average=0.99,
        seed=29,
        save_every=100,
        kept=0.5,
        sampled={
            "newsmtsc": 0.35,
            "ibm": 0.2,
            "written": 0.2,
            "answers": 0.25,
            "annotations": 0.6,
        },
    ),
    "small": Plan(
        epochs=2.0,
        rate=2e-4,
        decay=0.9,
        frozen=0,
        average=0.996,
        balance=0.3,
        seed=17,
        save_every=200,
        sampled={"newsmtsc": 1.0, "ibm": 0.3, "written": 0.4},
        kept=0.5,
    ),
}


def go_on(
    data: Path,
    corpus: Path,
    start: Path,
    work: Path,
    models: Path,
    *,
    threads: int,
    minutes: float,
    taught_by: Path | None = None,
) -> Encoder:
    """Fit the encoder of folder `start` further and write it to `models`, under its own name.

    `taught_by` is the folder of a standard encoder whose judgements a small one learns besides.

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
    if taught_by is not None and size != "small":
        raise ConfigError(f"{start}: found {meta['name']}; expected encoder-small with a teacher")
    plan = dataclasses.replace(TAUGHT if taught_by else ON[size], minutes=minutes)
    rows = read_rows(data / "train", corpus=corpus)
    model, tokenizer = load_shipped(start, size=size)
    began = copy.deepcopy(model.state_dict())
    before = {"name": meta["name"], "version": meta["version"], "sha256": meta["files"]}
    if taught_by is not None:
        extra = read_unlabelled(data / "train", corpus, seed=plan.seed)
        model = fit_taught(model, tokenizer, rows, extra, taught_by, work / size, plan)
        teacher = read_meta(taught_by)
        before["taught_by"] = {"name": teacher["name"], "version": teacher["version"]}
    else:
        model = fit_labelled(model, tokenizer, rows, work / size, plan)
    keep_share(model, began, plan.kept)
    folder = models / meta["name"]
    return package(size, model, tokenizer, rows, (), data / "train", folder, plan, before=before)


def keep_share(model: Tagger, began: Mapping[str, Tensor], share: float) -> None:
    """Average the weights of `model`, in place, with those it began with, which get `share`.

    The mean of both ends of a fit often beats either (Wortsman et al. 2022, WiSE-FT).
    """
    with torch.no_grad():
        for name, weight in model.state_dict().items():
            if weight.is_floating_point():
                weight.lerp_(began[name], share)
