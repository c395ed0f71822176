"""Reproduce the shipped encoders: fit the teacher, judge unlabelled text, distil, export, join.

Every stage leaves its result in `work` and is skipped when it is there; fitting resumes from its
last checkpoint. Needs the extra `training` (torch) and the two base models' folders
(config.json, model.safetensors, tokenizer.json), whose SHA-256 is checked.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from pipeline.encoder import Encoder
from training.finetune.bases import BASES, MAX_LENGTH, pad_id, start_model
from training.finetune.batches import Encoded, encode_pairs, load_tokenizer
from training.finetune.ensemble import make_ensemble
from training.finetune.export import choose_tokens, cut_vocabulary
from training.finetune.fit import Fitter, Plan
from training.finetune.measure import predict_items, score_heads, softmax
from training.finetune.net import Tagger
from training.finetune.package import (
    UNLABELLED,
    build_folder,
    describe_data,
    fingerprint_rows,
)
from training.finetune.rows import FILES, LABELS, Row
from training.finetune.tasks import read_rows
from training.finetune.unlabelled import read_unlabelled

log = logging.getLogger(__name__)
VERSION = "0.10.0"
CHUNK = 1024
FINAL = "final.pt"
Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
TEACHER = Plan(epochs=3, minutes=240)
STUDENT = Plan(
    epochs=5,
    minutes=240,
    rate=2.5e-4,
    head_rate=1e-3,
    decay=0.9,
    frozen=0,
    soft=0.7,
    hint=0.5,
    average=0.998,
    balance=0.3,
    save_every=300,
)


def encode_rows(tokenizer: Tokenizer, rows: Sequence[Row]) -> list[Encoded]:
    """Token ids of the rows' segments."""
    return encode_pairs(tokenizer, [(r.first, r.second) for r in rows])


def watch_dev(
    tokenizer: Tokenizer, dev: Sequence[Row], folder: Path
) -> Callable[[Tagger, str], None]:
    """A check for `Fitter.run`: logs dev scores and keeps the averaged weights."""
    items = encode_rows(tokenizer, dev)

    def check(model: Tagger, name: str) -> None:
        logits, _ = predict_items(model, items, pad_id=pad_id(tokenizer))
        scores = {k: round(v, 4) for k, v in score_heads(logits, dev).items()}
        log.info("%s %s", name, json.dumps(scores))
        torch.save(model.state_dict(), folder / "mean.pt")

    return check


def load_final(model: Tagger, work: Path) -> bool:
    """Load the fitted weights into `model` where `work` has them; make `work` where it has not."""
    if (work / FINAL).exists():
        model.load_state_dict(torch.load(work / FINAL, weights_only=True))
        model.eval()
        return True
    work.mkdir(parents=True, exist_ok=True)
    return False


def fit_teacher(rows: Sequence[Row], base: Path, work: Path, plan: Plan = TEACHER) -> Tagger:
    """Fit the teacher on the train rows, or load it where `work` has it."""
    model, tokenizer = start_model("standard", base, seed=plan.seed)
    return fit_labelled(model, tokenizer, rows, work, plan)


def fit_labelled(
    model: Tagger, tokenizer: Tokenizer, rows: Sequence[Row], work: Path, plan: Plan
) -> Tagger:
    """Fit `model` on the labels of the train rows, or load what `work` has of it."""
    if load_final(model, work):
        return model
    train = [r for r in rows if r.split == "train"]
    check = watch_dev(tokenizer, [r for r in rows if r.split == "dev"], work)
    items = encode_rows(tokenizer, train)
    fitter = Fitter(model, train, items, plan, pad_id=pad_id(tokenizer), folder=work)
    fitted = fitter.run(check)
    torch.save(fitted.state_dict(), work / FINAL)
    return fitted


def teach(
    model: Tagger, tokenizer: Tokenizer, rows: Sequence[Row], work: Path, *, minutes: float
) -> None:
    """Write the teacher's probabilities and states for `rows` to `work`, a file a chunk.

    Chunks are taken in a seeded random order until `minutes` have passed, so that what is
    judged when the time is over is a fair sample of the rest.
    """
    work.mkdir(parents=True, exist_ok=True)
    items = encode_rows(tokenizer, rows)
    order = np.random.default_rng(TEACHER.seed).permutation(len(items))
    begun = time.monotonic()
    for start in range(0, len(order), CHUNK):
        path = work / f"{start:06d}.npz"
        if path.exists():
            continue
        if time.monotonic() - begun > 60 * minutes:
            log.info("time is over: judged %d of %d", start, len(items))
            break
        at = order[start : start + CHUNK]
        logits, states = predict_items(model, [items[i] for i in at], pad_id=pad_id(tokenizer))
        shares = {head: softmax(scores) for head, scores in logits.items()}
        np.savez(
            path.with_suffix(".new.npz"),
            at=at,
            states=states.astype(np.float16),
            allow_pickle=False,
            **shares,
        )
        path.with_suffix(".new.npz").rename(path)
        log.info("judged %d of %d", start + len(at), len(items))


def read_taught(rows: Sequence[Row], work: Path) -> tuple[dict[str, Floats], Halves]:
    """What `teach` wrote: probabilities a head, (n, k), NaN where none; states (n, d'), else 0.

    Polarity is taught on rows with a target marked, the holder head on rows with a holder marked,
    the other heads on the rest.
    """
    parts = [dict(np.load(path)) for path in sorted(work.glob("[0-9]*[0-9].npz"))]
    states: Halves = np.zeros((len(rows), parts[0]["states"].shape[1]), np.float16)
    shares = {h: np.full((len(rows), len(v)), np.nan, np.float32) for h, v in LABELS.items()}
    opens = {"polarity": "target: ", "holder": "holder: "}
    kinds = np.array(
        [next((h for h, o in opens.items() if r.first.startswith(o)), "") for r in rows]
    )
    for part in parts:
        at = part["at"]
        states[at] = part["states"]
        for head, values in shares.items():
            fits = kinds[at] == (head if head in opens else "")
            values[at[fits]] = part[head][fits]
    return shares, states


def leave_unknown(
    rows: Sequence[Row], shares: Mapping[str, Floats], states: Halves
) -> tuple[list[Row], dict[str, Floats], Halves]:
    """Leave out the rows that have no label and were not judged, as where the time was over."""
    use = [i for i, row in enumerate(rows) if row.labels or states[i].any()]
    return [rows[i] for i in use], {head: of[use] for head, of in shares.items()}, states[use]


def distil(
    rows: Sequence[Row],
    dev: Sequence[Row],
    taught: Path,
    base: Path,
    work: Path,
    plan: Plan = STUDENT,
) -> Tagger:
    """Fit the student on labelled and unlabelled `rows` and the teacher's judgements of them."""
    model, tokenizer = start_model("small", base, seed=plan.seed)
    if load_final(model, work):
        return model
    rows, shares, states = leave_unknown(rows, *read_taught(rows, taught))
    log.info("%d rows, %d of them judged by the teacher", len(rows), int(states.any(1).sum()))
    return fit_student(model, tokenizer, rows, dev, shares, states, work, plan)


def fit_student(
    model: Tagger,
    tokenizer: Tokenizer,
    rows: Sequence[Row],
    dev: Sequence[Row],
    shares: Mapping[str, Floats],
    states: Halves,
    work: Path,
    plan: Plan,
) -> Tagger:
    """Fit on the labels of `rows` and what is taught of them: see ``read_taught``."""
    items, pad = encode_rows(tokenizer, rows), pad_id(tokenizer)
    fitter = Fitter(model, rows, items, plan, pad_id=pad, folder=work, soft=shares, states=states)
    fitted = fitter.run(watch_dev(tokenizer, dev, work))
    torch.save(fitted.state_dict(), work / FINAL)
    return fitted


def package(
    size: str,
    model: Tagger,
    tokenizer: Tokenizer,
    rows: Sequence[Row],
    extra: Sequence[Row],
    data: Path,
    folder: Path,
    plan: Plan,
    *,
    before: Mapping[str, Any] | None = None,
) -> Encoder:
    """Cut, export, quantise and calibrate `model` into `folder`.

    `before` says which shipped encoder the fit went on from; its vocabulary is not cut again.
    """
    base = BASES[size]
    train = [r for r in rows if r.split == "train"]
    if base.vocab and not before:
        texts = sorted({text for r in [*train, *extra] for text in (r.first, r.second)})
        tokenizer = cut_vocabulary(
            model, tokenizer, choose_tokens(tokenizer, texts, size=base.vocab)
        )
    facts = {
        "base": {"name": base.name, "sha256": base.sha256, "licence": "Apache-2.0"},
        "data": describe_data(data, (*FILES, *UNLABELLED) if size == "small" else FILES),
        "rows_sha256": fingerprint_rows(train),
        "plan": dataclasses.asdict(plan),
        **({"went_on_from": before} if before else {}),
    }
    dev = [r for r in rows if r.split == "dev"]
    return build_folder(
        model,
        tokenizer,
        dev,
        folder,
        name=f"encoder-{size}",
        version=VERSION,
        max_length=MAX_LENGTH,
        fine=base.fine,
        sample=random.Random(plan.seed).sample(train, base.parted),
        facts=facts,
    )


def finetune(
    data: Path,
    corpus: Path,
    bases: Path,
    work: Path,
    models: Path,
    *,
    threads: int,
    minutes: float = 240.0,
) -> None:
    """Build `models`/encoder-standard, -small and -ensemble from `data`/train and `corpus`.

    `bases` holds the folders standard and small; `minutes` bounds each of the two fits.
    """
    torch.set_num_threads(threads)
    train = data / "train"
    rows = read_rows(train, corpus=corpus)
    extra = read_unlabelled(train, corpus, seed=TEACHER.seed)
    plans = {
        "standard": dataclasses.replace(TEACHER, minutes=minutes),
        "small": dataclasses.replace(STUDENT, minutes=minutes),
    }
    teacher = fit_teacher(rows, bases / "standard", work / "teacher", plans["standard"])
    tokenizer = load_tokenizer(bases / "standard", max_length=MAX_LENGTH)
    judged = [*(r for r in rows if r.split == "train"), *extra]
    dev = [r for r in rows if r.split == "dev"]
    teach(teacher, tokenizer, judged, work / "taught", minutes=minutes)
    student = distil(
        judged, dev, work / "taught", bases / "small", work / "student", plans["small"]
    )
    plain = load_tokenizer(bases / "small", max_length=MAX_LENGTH)
    fitted = {"standard": (teacher, tokenizer), "small": (student, plain)}
    for size, (model, reader) in fitted.items():
        folder = models / f"encoder-{size}"
        package(size, model, reader, rows, extra, train, folder, plans[size])
    make_ensemble(models, train)
