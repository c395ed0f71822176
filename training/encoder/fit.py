"""Fitting of the encoder: batches of windows by length, AdamW, a schedule within a time budget.

The learning rate warms up, then falls linearly with progress: the larger of the shares of steps
done and of time spent, so that a run on a busy machine ends on schedule. A moving average of the
weights is evaluated and saved.
"""

from __future__ import annotations

import copy
import json
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from pipeline.encoder.windows import Window, build_windows
from pipeline.reading.rows import Answer
from training.encoder.network import Places, Reader, head_sizes, pad_windows
from training.encoder.passages import LABELS, SPAN_LABELS, Marked, Passage, Sentence

log = logging.getLogger(__name__)
HEAD_WEIGHTS = {
    "component": 1.0,
    "component_argunsc": 1.0,
    "kind": 0.5,
    "west": 0.7,
    "stance": 1.2,
    "attributed": 0.7,
    "polarity": 1.0,
    "holder": 0.7,
}
SOURCE_WEIGHTS = {
    "interviews": 1.5,
    "interviews_west": 1.5,
    "interviews_more": 1.5,
    "interviews_experts": 1.5,
    "plain": 1.2,
    "teaching": 1.2,
    "newsmtsc": 0.8,
    "ibm": 0.8,
}
IGNORE = -100
TEMPERATURE = 2.0
"""Temperature of teacher and student in distillation (Hinton et al. 2015)."""
TEACHER_WEIGHT = 1.5


@dataclass(frozen=True)
class Plan:
    """Settings of a fit.

    Attributes:
        minutes: budget of wall-clock time.
        tokens: size of a batch.
        sampled: share of a source's passages in an epoch.
    """

    epochs: float = 4.0
    minutes: float = 60.0
    tokens: int = 2048
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.06
    frozen: int = 0
    balance: float = 0.4
    average: float = 0.995
    seed: int = 13
    max_tokens: int = 512
    save_every: int = 100
    sampled: Mapping[str, float] = field(
        default_factory=lambda: {"newsmtsc": 0.6, "ibm": 0.3, "written": 0.7}
    )


@dataclass(frozen=True)
class Item:
    """A window of a passage, with ``units`` and ``spans`` as in ``Places``.

    Attributes:
        labels: by head; IGNORE for none.
        taught: a teacher's logits by head; NaN for none.
    """

    source: str
    window: Window
    units: np.ndarray
    spans: np.ndarray
    labels: dict[str, np.ndarray]
    taught: dict[str, np.ndarray]
    sentences: tuple[Sentence, ...]
    marked: tuple[Marked, ...]
    doc: str


def make_items(
    passages: Sequence[Passage], tokenizer: Tokenizer, *, max_tokens: int, every: bool = False
) -> list[Item]:
    """Split passages into windows with labels; skips windows without any.

    Args:
        every: include sentences without labels, for a teacher to judge.
    """
    items = []
    for passage in passages:
        answer = Answer(passage.question, tuple(s.text for s in passage.sentences))
        for window in build_windows(answer, tokenizer, max_tokens=max_tokens):
            item = _make_item(passage, window, every=every)
            if item is not None:
                items.append(item)
    return items


def _make_item(passage: Passage, window: Window, *, every: bool) -> Item | None:
    units: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int, int, int]] = []
    labels: dict[str, list[int]] = {head: [] for head in head_sizes()}
    taught: dict[str, list[np.ndarray]] = {head: [] for head in head_sizes()}
    unknown = {head: np.full(k, np.nan, np.float32) for head, k in head_sizes().items()}
    sentences: list[Sentence] = []
    marks: list[Marked] = []
    for placed in window.placed:
        sentence = passage.sentences[placed.unit]
        known = every or sentence.labels or sentence.marked or sentence.taught
        if not known or placed.end <= placed.start:
            continue
        units.append((0, placed.start, placed.end))
        sentences.append(sentence)
        for head in LABELS:
            labels[head].append(sentence.labels.get(head, IGNORE))
            taught[head].append(sentence.taught.get(head, unknown[head]))
        for marked in sentence.marked:
            tokens = placed.tokens_of(marked.span) if marked.span else (-1, -1)
            if tokens is None:
                continue
            spans.append((len(units) - 1, 0, *tokens))
            marks.append(marked)
            for head in SPAN_LABELS:
                own = head == marked.head
                labels[head].append(marked.label if own and marked.label is not None else IGNORE)
                given = marked.taught if own and marked.taught is not None else unknown[head]
                taught[head].append(given)
    if not units:
        return None
    return Item(
        passage.source,
        window,
        np.array(units, np.int64),
        np.array(spans, np.int64).reshape(-1, 4),
        {head: np.array(values, np.int64) for head, values in labels.items()},
        {h: np.array(v, np.float32).reshape(-1, head_sizes()[h]) for h, v in taught.items()},
        tuple(sentences),
        tuple(marks),
        passage.doc,
    )


def place_items(items: Sequence[Item]) -> tuple[Places, dict[str, np.ndarray]]:
    """Return the positions of the units and spans of a batch, and their labels."""
    units, spans, first = [], [], 0
    for row, item in enumerate(items):
        units.append(item.units + np.array([row, 0, 0]))
        spans.append(item.spans + np.array([first, row, 0, 0]))
        first += len(item.units)
    labels = {head: np.concatenate([i.labels[head] for i in items]) for head in head_sizes()}
    return Places(
        torch.from_numpy(np.concatenate(units)), torch.from_numpy(np.concatenate(spans))
    ), labels


def batch_items(
    lengths: Sequence[int], rows: Sequence[int], *, tokens: int, rng: random.Random
) -> list[list[int]]:
    """Return shuffled batches of ``tokens`` from rows of similar length."""
    order = list(rows)
    rng.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), 600):
        batch: list[int] = []
        for i in sorted(order[start : start + 600], key=lambda i: lengths[i]):
            if batch and (len(batch) + 1) * lengths[i] > tokens:
                batches.append(batch)
                batch = []
            batch.append(i)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def class_weights(labels: np.ndarray, count: int, *, power: float) -> Tensor:
    """Return weights proportional to frequency ** -power, with mean 1 over the labelled rows."""
    counts = np.bincount(labels[labels >= 0], minlength=count).astype(float).clip(min=1)
    weights = counts**-power
    weights /= (weights * counts).sum() / counts.sum()
    return torch.tensor(weights, dtype=torch.float32)


def group_parameters(model: Reader, plan: Plan) -> list[dict[str, Any]]:
    """Freeze the lower blocks; return groups with rates that fall by ``decay`` per block down."""
    trunk = model.trunk
    for parameter in trunk.parameters():
        parameter.requires_grad_(False)
    rest = [p for n, p in model.named_parameters() if not n.startswith("trunk.")]
    groups: list[dict[str, Any]] = [{"params": rest, "lr": plan.head_rate}]
    depth = len(trunk.layers)
    for i in range(plan.frozen, depth):
        for parameter in trunk.layers[i].parameters():
            parameter.requires_grad_(True)
        rate = plan.rate * plan.decay ** (depth - 1 - i)
        groups.append({"params": list(trunk.layers[i].parameters()), "lr": rate})
    for group in groups:
        group["base"] = group["lr"]
    return groups


class Fitter:
    """One fit on the labels of ``items`` and on a teacher's logits."""

    def __init__(
        self,
        model: Reader,
        items: Sequence[Item],
        plan: Plan,
        *,
        pad_id: int,
        folder: Path,
    ) -> None:
        self.model, self.items, self.plan, self.pad_id = model, items, plan, pad_id
        self.folder = folder
        every = {h: np.concatenate([i.labels[h] for i in items]) for h in head_sizes()}
        self.weights = {
            h: class_weights(every[h], k, power=plan.balance) for h, k in head_sizes().items()
        }
        self.optimiser = torch.optim.AdamW(
            group_parameters(model, plan), weight_decay=plan.weight_decay, fused=True
        )
        self.trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.mean = {n: p.detach().clone() for n, p in self.trained.items()}
        self.cache: dict[int, Tensor] = {}
        self.step, self.spent = 0, 0.0

    def hidden(self, batch: Sequence[int], ids: Tensor, types: Tensor, bias: Tensor) -> Tensor:
        """Return the states after the frozen blocks, in bfloat16, cached by item."""
        trunk, frozen = self.model.trunk, self.plan.frozen
        if frozen == 0:
            with torch.no_grad():
                return trunk.embed(ids, types)
        if any(i not in self.cache for i in batch):
            with torch.no_grad():
                trunk.eval()
                states = trunk.run(trunk.embed(ids, types), bias, start=0, stop=frozen).bfloat16()
                trunk.train()
            for row, i in enumerate(batch):
                self.cache[i] = states[row, : len(self.items[i].window.ids)].clone()
            return states
        states = torch.zeros(*ids.shape, trunk.shape.width, dtype=torch.bfloat16)
        for row, i in enumerate(batch):
            states[row, : len(self.items[i].window.ids)] = self.cache[i]
        return states

    def loss(
        self,
        logits: Mapping[str, Tensor],
        batch: Sequence[int],
        labels: Mapping[str, np.ndarray],
        counts: Tensor,
        span_counts: Tensor,
    ) -> Tensor:
        """Return the weighted loss summed over heads, averaged over the batch's units."""
        total = torch.zeros(())
        for head, scores in logits.items():
            truth = torch.from_numpy(labels[head])
            weight = span_counts if head in SPAN_LABELS else counts
            known = truth >= 0
            if known.any():
                ce = functional.cross_entropy(
                    scores[known].float(), truth[known], self.weights[head], reduction="none"
                )
                total = total + HEAD_WEIGHTS[head] * (ce * weight[known]).sum() / len(counts)
            aim = torch.from_numpy(np.concatenate([self.items[i].taught[head] for i in batch]))
            judged = ~aim.isnan().any(-1)
            if judged.any():
                gap = functional.kl_div(
                    (scores[judged].float() / TEMPERATURE).log_softmax(-1),
                    (aim[judged] / TEMPERATURE).log_softmax(-1),
                    log_target=True,
                    reduction="sum",
                )
                total = total + TEACHER_WEIGHT * HEAD_WEIGHTS[head] * TEMPERATURE**2 * gap / len(
                    counts
                )
        return total

    def train_batch(self, batch: Sequence[int], progress: float) -> float:
        """Take one step at ``progress`` (0 to 1); return the loss."""
        plan = self.plan
        ramp = min(1.0, progress / plan.warmup) * min(1.0, (1.02 - progress) / (1 - plan.warmup))
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * ramp
        items = [self.items[i] for i in batch]
        ids, mask, types = pad_windows([i.window for i in items], pad_id=self.pad_id)
        places, labels = place_items(items)
        counts = torch.tensor(
            [SOURCE_WEIGHTS.get(items[int(r)].source, 1.0) for r in places.units[:, 0]]
        )
        trunk = self.model.trunk
        with torch.autocast("cpu", torch.bfloat16):
            bias = trunk.bias(mask)
            hidden = self.hidden(batch, ids, types, bias)
            hidden = trunk.run(hidden, bias, start=plan.frozen, stop=len(trunk.layers))
        logits, _ = self.model.classify(hidden.float(), places)
        loss = self.loss(logits, batch, labels, counts, counts[places.spans[:, 0]])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        keep = min(plan.average, (1 + self.step) / (10 + self.step))
        if self.step % 4 == 0:
            with torch.no_grad():
                for name, parameter in self.trained.items():
                    self.mean[name].lerp_(parameter, 1 - keep**4)
        return float(loss.detach())

    def save(self) -> None:
        """Write the checkpoint, then replace the last one."""
        path = self.folder / "checkpoint.pt"
        state = {
            "model": {n: p.detach() for n, p in self.trained.items()},
            "mean": self.mean,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "spent": self.spent,
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").rename(path)

    def resume(self) -> None:
        """Load the checkpoint if there is one."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"], strict=False)
            self.mean = state["mean"]
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.spent = state["step"], state["spent"]
            log.info("resumed at step %d", self.step)

    def averaged(self) -> Reader:
        """Return a copy of the model with the averaged weights, for evaluation."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.mean, strict=False)
        return model.eval()

    def epoch_batches(self, epoch: int) -> list[list[int]]:
        """Return the batches of an epoch: a share of each source's items."""
        rng = random.Random(f"{self.plan.seed}/{epoch}")
        by_source: dict[str, list[int]] = {}
        for i, item in enumerate(self.items):
            by_source.setdefault(item.source, []).append(i)
        rows = [
            i
            for source, of in by_source.items()
            for i in rng.sample(of, round(len(of) * self.plan.sampled.get(source, 1.0)))
        ]
        lengths = [len(item.window.ids) for item in self.items]
        return batch_items(lengths, rows, tokens=self.plan.tokens, rng=rng)

    def run(self, check: Callable[[Reader, str], None]) -> Reader:
        """Fit to the end of the plan; calls ``check(model, name)`` with the averaged model."""
        plan = self.plan
        per_epoch = len(self.epoch_batches(0))
        total = int(plan.epochs * per_epoch)
        self.resume()
        begun = time.monotonic() - self.spent
        losses: list[float] = []
        while self.step < total:
            epoch = self.step // per_epoch
            batches = self.epoch_batches(epoch)[:per_epoch]
            batches += batches[: per_epoch - len(batches)]
            torch.manual_seed(plan.seed * 1000 + epoch)
            self.model.train()
            for batch in batches[self.step % per_epoch :]:
                self.spent = time.monotonic() - begun
                progress = max(self.step / total, self.spent / (60 * plan.minutes))
                if progress >= 1 or self.step >= total:
                    total = self.step
                    break
                losses.append(self.train_batch(batch, progress))
                self.step += 1
                if self.step % plan.save_every == 0:
                    log.info(
                        "step %d of %d, progress %.3f, loss %.4f, %.0f s",
                        self.step,
                        total,
                        progress,
                        float(np.mean(losses[-plan.save_every :])),
                        self.spent,
                    )
                    self.save()
            check(self.averaged(), f"epoch {epoch + 1}")
        self.save()
        return self.averaged()


def predict(
    model: Reader, items: Sequence[Item], *, pad_id: int, tokens: int = 4096
) -> list[dict[str, np.ndarray]]:
    """Return logits by head for every item, of its units (n, k) or spans (m, k)."""
    lengths = [len(item.window.ids) for item in items]
    found: list[dict[str, np.ndarray]] = [{} for _ in items]
    model.eval()
    for batch in batch_items(lengths, range(len(items)), tokens=tokens, rng=random.Random(0)):
        some = [items[i] for i in batch]
        ids, mask, types = pad_windows([i.window for i in some], pad_id=pad_id)
        places, _ = place_items(some)
        with torch.no_grad():
            with torch.autocast("cpu", torch.bfloat16):
                hidden = model.trunk(ids, mask, types)
            logits, _ = model.classify(hidden.float(), places)
        unit_cuts = np.cumsum([len(i.units) for i in some])[:-1]
        span_cuts = np.cumsum([len(i.spans) for i in some])[:-1]
        for head in head_sizes():
            if head not in logits:
                continue
            cuts = span_cuts if head in SPAN_LABELS else unit_cuts
            for i, part in zip(batch, np.split(logits[head].numpy(), cuts), strict=True):
                found[i][head] = part
    return found


def score(items: Sequence[Item], logits: Sequence[Mapping[str, np.ndarray]]) -> dict[str, float]:
    """Return macro-F1 by `source/head` on the labelled rows."""
    scores: dict[str, float] = {}
    for source in sorted({i.source for i in items}):
        at = [n for n, i in enumerate(items) if i.source == source]
        for head in head_sizes():
            truth = np.concatenate([items[n].labels[head] for n in at])
            parts = [logits[n][head] for n in at if head in logits[n]]
            if not parts or not (truth >= 0).any():
                continue
            guess = np.concatenate(parts).argmax(1)
            known = truth >= 0
            scores[f"{source}/{head}"] = float(
                f1_score(truth[known], guess[known], average="macro")
            )
    return scores


def watch_dev(dev: Sequence[Item], folder: Path, *, pad_id: int) -> Callable[[Reader, str], None]:
    """Return a check for ``Fitter.run`` that logs dev scores and saves the averaged weights."""

    def check(model: Reader, name: str) -> None:
        scores = {k: round(v, 4) for k, v in score(dev, predict(model, dev, pad_id=pad_id)).items()}
        log.info("%s %s", name, json.dumps(scores))
        torch.save(model.state_dict(), folder / "mean.pt")

    return check
