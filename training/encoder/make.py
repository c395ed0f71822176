"""Fit the encoders: standard on labels, small also on standard's logits.

A fit starts from published weights, or goes on from encoders that were shipped (``--start``). A
fitted encoder in the work folder is not fitted again; fitting resumes from its last checkpoint.
Needs the extra ``training`` and the folders standard/ and small/ of the base models (config.json,
model.safetensors, tokenizer.json), whose SHA-256 is checked.
"""

from __future__ import annotations

import dataclasses
import logging
import random
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from pipeline.encoder import Encoder
from pipeline.encoder.windows import MAX_TOKENS
from pipeline.errors import WestwardError
from pipeline.evaluate.cases import FILE as PLAIN
from training.encoder.annotations import LABELS_FILE, read_annotations
from training.encoder.bases import BASES, pad_id, start_model
from training.encoder.experts import EXPERTS_FILE, RAW, read_experts
from training.encoder.export import choose_tokens, cut_vocabulary
from training.encoder.fit import Fitter, Plan, make_items, predict, watch_dev
from training.encoder.holders import mark_holders
from training.encoder.network import Reader
from training.encoder.package import build_folder, describe_data, fingerprint_passages
from training.encoder.passages import HELD_OUT, REAL, Passage, read_lines, read_passages
from training.encoder.plain import plain_records
from training.encoder.shipped import load_shipped
from training.encoder.transcripts import read_unlabelled
from training.usage import DONE, FAILED

log = logging.getLogger(__name__)
VERSION = "1.2.0"
FINAL = "final.pt"
STANDARD = Plan(epochs=4, minutes=240, rate=6e-5, head_rate=5e-4, frozen=4)
SMALL = Plan(epochs=6, minutes=240)
_SEEN = {"newsmtsc": 0.6, "ibm": 0.2, "written": 0.4, "annotations": 0.4, "argunsc": 0.5}
FURTHER = {
    "standard": dataclasses.replace(
        STANDARD, epochs=3, rate=4e-5, head_rate=3e-4, warmup=0.04, balance=0.25, sampled=_SEEN
    ),
    "small": dataclasses.replace(
        SMALL, epochs=5, rate=1.2e-4, head_rate=6e-4, warmup=0.05, balance=0.25, sampled=_SEEN
    ),
}
"""Plans of fits that go on from shipped encoders."""
UNTAUGHT = frozenset({"newsmtsc", "ibm", "unscon", "argunsc", "annotations"})
"""Sources of other tasks, and of single sentences, which the teacher does not judge."""
TEACHING = Path(__file__).with_name("teaching.jsonl")
"""Answers written for fitting: verdicts on reports, irony, comparisons, yes and no, experts who
describe others. Invented: they teach and are never measured on."""
OUTLIER_WINDOWS = 48
PLANS = {"standard": STANDARD, "small": SMALL}


def read_data(data: Path, corpus: Path) -> list[Passage]:
    """Return all labelled passages, with holders marked."""
    train = data / "train"
    extra: dict[str, Sequence[Mapping[str, Any]]] = {
        "annotations": read_annotations(train, corpus),
        "plain": plain_records(),
        "teaching": read_lines(TEACHING),
        "experts": read_experts(data),
    }
    passages = read_passages(train, extra=extra)
    names = (*REAL, "written")
    records = [r for name in names for r in read_lines(train / f"{name}.jsonl")]
    records += [dict(r) for of in extra.values() for r in of]
    mark_holders(passages, {r["id"]: r for r in records}, seed=STANDARD.seed)
    return passages


def fit(
    size: str,
    passages: Sequence[Passage],
    base: Path,
    work: Path,
    plan: Plan,
    *,
    start: Path | None = None,
) -> Reader:
    """Fit an encoder on the train passages, or load it from `work` if it is there.

    Args:
        start: the folder of a shipped encoder to go on from.
    """
    model, tokenizer = start_model(size, base, seed=plan.seed)
    if start is not None:
        load_shipped(model, start, frozen=plan.frozen)
    if (work / FINAL).exists():
        model.load_state_dict(torch.load(work / FINAL, weights_only=True))
        return model.eval()
    work.mkdir(parents=True, exist_ok=True)
    train = [p for p in passages if p.split == "train"]
    dev = [p for p in passages if p.split == "dev" and p.source in REAL]
    items = make_items(train, tokenizer, max_tokens=plan.max_tokens)
    held = make_items(dev, tokenizer, max_tokens=plan.max_tokens)
    pad = pad_id(tokenizer)
    fitter = Fitter(model, items, plan, pad_id=pad, folder=work)
    fitted = fitter.run(watch_dev(held, work, pad_id=pad))
    torch.save(fitted.state_dict(), work / FINAL)
    return fitted


def teach(teacher: Reader, tokenizer: Tokenizer, passages: Sequence[Passage]) -> None:
    """Add the teacher's logits to the sentences and marks of passages, in place."""
    items = make_items(passages, tokenizer, max_tokens=MAX_TOKENS, every=True)
    for item, logits in zip(items, predict(teacher, items, pad_id=pad_id(tokenizer)), strict=True):
        for i, sentence in enumerate(item.sentences):
            sentence.taught = {h: logits[h][i] for h in teacher.heads}
        for i, marked in enumerate(item.marked):
            marked.taught = logits[marked.head][i]


def package(
    size: str,
    model: Reader,
    tokenizer: Tokenizer,
    passages: Sequence[Passage],
    files: Sequence[Path],
    folder: Path,
    plan: Plan,
) -> Encoder:
    """Cut the vocabulary, export, quantise and calibrate `model` into `folder`.

    Args:
        files: the training files, for meta.json.
    """
    base = BASES[size]
    train = [p for p in passages if p.split == "train"]
    if base.vocab:
        texts = sorted({t for p in passages for t in (p.question, *(s.text for s in p.sentences))})
        kept = choose_tokens(tokenizer, texts, size=base.vocab)
        tokenizer = cut_vocabulary(model.trunk, tokenizer, kept)
    facts = {
        "base": {"name": base.name, "sha256": base.sha256, "licence": "Apache-2.0"},
        "data": describe_data(files),
        "passages_sha256": fingerprint_passages(train),
        "plan": dataclasses.asdict(plan),
    }
    items = make_items(train, tokenizer, max_tokens=MAX_TOKENS)
    dev = [p for p in passages if p.split == "dev"]
    return build_folder(
        model,
        tokenizer,
        dev,
        folder,
        name=f"encoder-{size}",
        version=VERSION,
        fine=base.fine,
        sample=random.Random(plan.seed).sample(items, OUTLIER_WINDOWS),
        facts=facts,
    )


def trained_on(size: str, data: Path, corpus: Path) -> list[Path]:
    """Return the training files of an encoder."""
    labelled = [data / "train" / name for name in (*HELD_OUT, "written.jsonl")]
    labelled += [data / RAW, EXPERTS_FILE]
    unlabelled = [corpus / "gold_turns.jsonl"] if size == "small" else []
    return [*labelled, LABELS_FILE, PLAIN, TEACHING, *unlabelled]


def make(
    data: Path,
    corpus: Path,
    bases: Path,
    work: Path,
    models: Path,
    *,
    minutes: float,
    start: Path | None = None,
) -> list[Path]:
    """Build `models`/encoder-standard and encoder-small; return their folders.

    Args:
        minutes: limit of each of the two fits.
        start: the folder of the shipped encoders to go on from; published weights if not given.
    """
    chosen = FURTHER if start else PLANS
    plans = {size: dataclasses.replace(plan, minutes=minutes) for size, plan in chosen.items()}
    starts = {size: start / f"encoder-{size}" if start else None for size in plans}
    passages = read_data(data, corpus)

    def fitted(size: str, on: Sequence[Passage]) -> Reader:
        return fit(size, on, bases / size, work / size, plans[size], start=starts[size])

    standard = fitted("standard", passages)
    _, tokenizer = start_model("standard", bases / "standard", seed=STANDARD.seed)
    train = [p for p in passages if p.split == "train" and p.source not in UNTAUGHT]
    extra = [] if start else read_unlabelled(data / "train", corpus, seed=SMALL.seed)
    if not (work / "small" / FINAL).exists():
        teach(standard, tokenizer, [*train, *extra])
    small = fitted("small", [*passages, *extra])
    _, plain = start_model("small", bases / "small", seed=SMALL.seed)
    folders = []
    for size, model, own in (("standard", standard, tokenizer), ("small", small, plain)):
        folders.append(models / f"encoder-{size}")
        package(
            size, model, own, passages, trained_on(size, data, corpus), folders[-1], plans[size]
        )
    return folders


def main(arguments: Sequence[str]) -> int:
    """Fit the encoders, print the folders written; return the exit code."""
    parser = ArgumentParser(prog="python -m training encoders", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="annotated data, with train/")
    parser.add_argument("--corpus", type=Path, required=True, help="transcripts, unlabelled text")
    parser.add_argument("--bases", type=Path, required=True, help="base models, standard/, small/")
    parser.add_argument("--start", type=Path, help="shipped encoders to go on from, models/")
    parser.add_argument("--work", type=Path, default=Path("outputs/encoders"), help="checkpoints")
    parser.add_argument("-o", "--out", type=Path, default=Path("outputs/models"), help="models")
    parser.add_argument("--threads", type=int, default=2, help="processors to use")
    parser.add_argument("--minutes", type=float, default=240.0, help="bound on each fit")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    try:
        made = make(
            given.data,
            given.corpus,
            given.bases,
            given.work,
            given.out,
            minutes=given.minutes,
            start=given.start,
        )
    except WestwardError as error:
        sys.stderr.write(f"error: {error}\n")
        return FAILED
    sys.stdout.write("".join(f"{folder}\n" for folder in made))
    return DONE
