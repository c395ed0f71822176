"""Fit the multi-task network: length-bucketed batches, AdamW, a schedule that ends on time.

The learning rate warms up and then falls linearly with progress, which is the larger of the share
of steps done and the share of the time budget spent, so that a run on a busy machine still ends
on its schedule. A moving average of the weights is kept and is what is evaluated and saved.
"""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from training.finetune.batches import (
    Encoded,
    label_matrix,
    make_batches,
    pad,
    sample_rows,
)
from training.finetune.net import Tagger, pool
from training.finetune.rows import LABELS, Row

log = logging.getLogger(__name__)
SHARES = {
    "component": 1.0,
    "component_argunsc": 1.0,
    "kind": 0.5,
    "west": 0.7,
    "polarity": 1.0,
    "stance": 1.0,
    "attributed": 0.7,
    "holder": 0.7,
}
# A row of the interviews counts more than one of another text: they are what is judged later.
SOURCES = {
    **dict.fromkeys(("interviews", "interviews_west", "annotations", "talks"), 1.5),
    **dict.fromkeys(("newsmtsc", "ibm"), 0.8),
}
# The share of a source's rows that each epoch takes, another sample each time.
SAMPLED: Mapping[str, float] = {"newsmtsc": 0.6, "ibm": 0.3, "written": 0.7}


@dataclass(frozen=True)
class Plan:
    """How to fit: `minutes` is the budget of wall-clock time, `soft` the teacher's share of each
    head's loss, `hint` the weight of the cosine distance to the teacher's states, `sampled` the
    share of a source's rows that an epoch takes, `kept` the share of the weights it began with in
    what comes out."""

    epochs: float = 4.0
    minutes: float = 50.0
    batch: int = 32
    rate: float = 4e-5
    head_rate: float = 5e-4
    decay: float = 0.95
    weight_decay: float = 0.01
    warmup: float = 0.05
    frozen: int = 4
    balance: float = 0.4
    average: float = 0.995
    soft: float = 0.0
    hint: float = 0.0
    temperature: float = 2.0
    seed: int = 13
    save_every: int = 150
    sampled: Mapping[str, float] = field(default_factory=lambda: dict(SAMPLED))
    kept: float = 0.0


def class_weights(labels: np.ndarray, count: int, *, power: float) -> Tensor:
    """Weights proportional to frequency ** -power with mean 1 over the labelled rows."""
    counts = np.bincount(labels[labels >= 0], minlength=count).astype(float).clip(min=1)
    weights = counts**-power
    weights /= (weights * counts).sum() / counts.sum()
    return torch.tensor(weights, dtype=torch.float32)


def group_parameters(model: Tagger, plan: Plan) -> list[dict[str, Any]]:
    """Freeze embeddings and the first blocks; rates fall by `decay` a block from the top down."""
    trunk = model.trunk
    for parameter in trunk.parameters():
        parameter.requires_grad_(plan.frozen < 0)
    groups: list[dict[str, Any]] = [
        {"params": list(model.heads.parameters()), "lr": plan.head_rate}
    ]
    depth = len(trunk.layers)
    for i in range(max(plan.frozen, 0), depth):
        for parameter in trunk.layers[i].parameters():
            parameter.requires_grad_(True)
        rate = plan.rate * plan.decay ** (depth - 1 - i)
        groups.append({"params": list(trunk.layers[i].parameters()), "lr": rate})
    if plan.frozen < 0:
        rest = [p for n, p in trunk.named_parameters() if not n.startswith("layers.")]
        groups.append({"params": rest, "lr": plan.rate * plan.decay**depth})
    for group in groups:
        group["base"] = group["lr"]
    return groups


class Fitter:
    """One fitting run over `rows`.

    `soft` holds the teacher's probabilities a head, (n, k), NaN where it does not teach; `states`
    its pooled states (n, d'), zero where it has none, which a throw-away linear map of the
    student's should point along.
    """

    def __init__(
        self,
        model: Tagger,
        rows: Sequence[Row],
        items: Sequence[Encoded],
        plan: Plan,
        *,
        pad_id: int,
        folder: Path,
        soft: Mapping[str, np.ndarray] | None = None,
        states: np.ndarray | None = None,
    ) -> None:
        self.model, self.items, self.plan, self.pad_id = model, items, plan, pad_id
        self.folder, self.soft, self.states = folder, soft, states
        self.labels = label_matrix(rows)
        self.sources = [row.source for row in rows]
        self.counts = torch.tensor([SOURCES.get(name, 1.0) for name in self.sources])
        self.weights = {
            h: class_weights(self.labels[h], len(LABELS[h]), power=plan.balance) for h in LABELS
        }
        groups = group_parameters(model, plan)
        self.map = None
        if states is not None:
            self.map = torch.nn.Linear(2 * model.trunk.shape.width, states.shape[1])
            rate = plan.head_rate
            groups.append({"params": list(self.map.parameters()), "lr": rate, "base": rate})
        self.optimiser = torch.optim.AdamW(groups, weight_decay=plan.weight_decay, fused=True)
        self.trained = {n: p for n, p in model.named_parameters() if p.requires_grad}
        self.mean = {n: p.detach().clone() for n, p in self.trained.items()}
        self.cache: dict[int, Tensor] = {}
        self.step, self.spent = 0, 0.0

    def hidden(
        self, batch: Sequence[int], ids: Tensor, mask: Tensor, types: Tensor, bias: Tensor
    ) -> Tensor:
        """States after the frozen blocks, bfloat16, from the cache where it has them."""
        trunk, plan = self.model.trunk, self.plan
        if plan.frozen < 0:
            return trunk.embed(ids, types)
        if any(i not in self.cache for i in batch):
            with torch.no_grad():
                trunk.eval()
                states = trunk.run(
                    trunk.embed(ids, types), bias, start=0, stop=plan.frozen
                ).bfloat16()
                trunk.train()
            for row, i in enumerate(batch):
                self.cache[i] = states[row, : len(self.items[i].ids)].clone()
            return states
        states = torch.zeros(*ids.shape, trunk.shape.width, dtype=torch.bfloat16)
        for row, i in enumerate(batch):
            states[row, : len(self.items[i].ids)] = self.cache[i]
        return states

    def loss(self, logits: Mapping[str, Tensor], batch: Sequence[int]) -> Tensor:
        """Sum over heads of the weighted loss, a mean over the batch's rows."""
        total = torch.zeros(())
        for head, scores in logits.items():
            scores = scores.float()
            hard = torch.from_numpy(self.labels[head][list(batch)])
            share = SHARES[head] / len(batch)
            taught = torch.zeros(len(batch), dtype=torch.bool)
            if self.soft is not None:
                target = torch.from_numpy(self.soft[head][list(batch)])
                taught = ~target.isnan().any(1)
            known = hard >= 0
            if known.any():
                found, truth = scores[known], hard[known]
                ce = functional.cross_entropy(found, truth, self.weights[head], reduction="none")
                ce = ce * self.counts[list(batch)][known]
                total = total + share * (ce * (1 - self.plan.soft * taught[known].float())).sum()
            if taught.any():
                heat = self.plan.temperature
                soft = (target[taught].clamp(min=1e-6).log() / heat).softmax(-1)
                found = (scores[taught] / heat).log_softmax(-1)
                gap = functional.kl_div(found, soft, reduction="none").sum()
                total = total + self.plan.soft * share * heat**2 * gap
        return total

    def train_batch(self, batch: Sequence[int], progress: float) -> float:
        """One step at `progress` (0 to 1)."""
        plan = self.plan
        ramp = min(1.0, progress / plan.warmup) * min(1.0, (1.02 - progress) / (1 - plan.warmup))
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * ramp
        ids, mask, types = pad([self.items[i] for i in batch], pad_id=self.pad_id)
        trunk = self.model.trunk
        with torch.autocast("cpu", torch.bfloat16):
            bias = trunk.bias(mask)
            hidden = self.hidden(batch, ids, mask, types, bias)
            hidden = trunk.run(hidden, bias, start=max(plan.frozen, 0), stop=len(trunk.layers))
            pooled = pool(hidden, mask, types)
            loss = self.loss(self.model.classify(pooled), batch)
            if self.map is not None and self.states is not None:
                aim = torch.from_numpy(self.states[list(batch)]).float()
                near = functional.cosine_similarity(self.map(pooled).float(), aim, dim=-1)
                loss = loss + plan.hint * ((1 - near) * aim.any(dim=-1)).mean()
        loss.backward()  # type: ignore[no-untyped-call]
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
        """Write the checkpoint beside the last and rename it over."""
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
        """Go on from the checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"], strict=False)
        self.mean = state["mean"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.spent = state["step"], state["spent"]
        log.info("resumed at step %d", self.step)

    def averaged(self) -> Tagger:
        """A copy of the model with the averaged weights, for evaluation."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.mean, strict=False)
        return model.eval()

    def run(self, check: Callable[[Tagger, str], None]) -> Tagger:
        """Fit to the end of the plan; `check(model, name)` sees the averaged model each epoch."""
        plan, lengths = self.plan, [len(item.ids) for item in self.items]
        taken = len(sample_rows(self.sources, plan.sampled, rng=random.Random(plan.seed)))
        per_epoch = -(-taken // plan.batch)
        total = int(plan.epochs * per_epoch)
        self.resume()
        begun = time.monotonic() - self.spent
        bar = tqdm(total=total, initial=self.step, mininterval=10, desc="fit")
        losses: list[float] = []
        while self.step < total:
            epoch = self.step // per_epoch
            rng = random.Random(f"{plan.seed}/{epoch}")
            rows = sample_rows(self.sources, plan.sampled, rng=rng)
            batches = make_batches(rows, lengths, size=plan.batch, rng=rng)
            torch.manual_seed(plan.seed * 1000 + epoch)
            self.model.train()
            for batch in batches[self.step % per_epoch :]:
                self.spent = time.monotonic() - begun
                progress = max(self.step / total, self.spent / (60 * plan.minutes))
                if progress >= 1:
                    total = self.step
                    break
                losses.append(self.train_batch(batch, progress))
                self.step += 1
                bar.update()
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
