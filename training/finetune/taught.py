"""Fit a shipped small encoder further on what standard and it itself, together, make of text.

The two together judge better than either, so their mean teaches: on a sample of the labelled rows,
beside their labels, and on unlabelled ones. The student's states are drawn to those of standard.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.finetune.bases import pad_id
from training.finetune.fit import Plan
from training.finetune.make import (
    STUDENT,
    encode_rows,
    fit_student,
    leave_unknown,
    load_final,
    read_taught,
    teach,
)
from training.finetune.measure import predict_items, softmax
from training.finetune.net import Tagger
from training.finetune.rows import Row
from training.finetune.shipped import load_shipped

TAUGHT = dataclasses.replace(
    STUDENT,
    epochs=4,
    minutes=40,
    rate=2e-4,
    head_rate=5e-4,
    seed=23,
    save_every=200,
    sampled={
        "newsmtsc": 1.0,
        "ibm": 0.5,
        "written": 0.6,
        "answers": 0.6,
        "plain": 0.5,
        "marked": 0.6,
    },
    kept=0.3,
)
TEACHER_SHARE = 0.6
"""The share of standard in what is taught; the rest is the student's own, as it was before."""
_JUDGED = {"written": 0.5, "answers": 0.45, "ibm": 0.3}
_UNLABELLED = {"plain": 5000, "marked": 6000}


def fit_taught(
    model: Tagger,
    tokenizer: Tokenizer,
    rows: Sequence[Row],
    extra: Sequence[Row],
    teacher: Path,
    work: Path,
    plan: Plan = TAUGHT,
) -> Tagger:
    """Fit `model` on labels and judgements, or load what `work` has of it.

    Args:
        model: the student, as it ships.
        tokenizer: the student's.
        rows: labelled ones, of train and dev.
        extra: unlabelled ones, of the sources plain and marked.
        teacher: the folder of a standard encoder.
        work: where judgements and checkpoints are kept; what is there is not done again.
        plan: how to fit; its minutes bound the judging, and then the fit.
    """
    if load_final(model, work):
        return model
    judged = sample_judged(rows, extra, seed=plan.seed)
    big, reader = load_shipped(teacher, size="standard")
    teach(big, reader, judged, work / "taught", minutes=plan.minutes)
    judged, shares, states = leave_unknown(judged, *read_taught(judged, work / "taught"))
    items = encode_rows(tokenizer, judged)
    logits, _ = predict_items(model, items, pad_id=pad_id(tokenizer))
    for head, own in logits.items():
        mean = TEACHER_SHARE * shares[head] + (1 - TEACHER_SHARE) * softmax(own)
        shares[head] = mean.astype(np.float32)
    dev = [r for r in rows if r.split == "dev"]
    return fit_student(model, tokenizer, judged, dev, shares, states, work, plan)


def sample_judged(rows: Sequence[Row], extra: Sequence[Row], *, seed: int) -> list[Row]:
    """The rows that are judged: a share of some sources, all train rows of the others."""
    rng = random.Random(seed)
    labelled = [r for r in rows if r.split == "train" and rng.random() < _JUDGED.get(r.source, 1)]
    unlabelled: list[Row] = []
    for source, most in _UNLABELLED.items():
        of_source = [r for r in extra if r.source == source]
        unlabelled += rng.sample(of_source, min(most, len(of_source)))
    return [*labelled, *unlabelled]
