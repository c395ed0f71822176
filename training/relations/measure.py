"""Measure whether links between sentences are found; choose on dev, score a split.

Run ``python -m training relations DATA ENCODER_FOLDER [SPLIT]``. DATA is the folder of the research
data, with train/ and raw/; SPLIT is dev unless test is named. Fits the linear model on the vectors
of the encoder, on the train passages and those of ``labels.jsonl``, and prints beside simple
baselines how many links have the right parent, how many sentences are rightly linked or not, and F1
of attacks, with 95 % intervals over documents; then, fitted in five folds over the documents of
these passages, how many links are right from a probability on. Writes nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from pipeline.encoder import Encoder
from pipeline.evaluate.relations import (
    BASELINES,
    LinkCounts,
    Tree,
    add,
    by_document,
    count_links,
    score,
)
from training.relations.model import Choice, fit
from training.relations.rows import Example, read_examples, read_new, read_ours
from training.usage import run_module

SEED, FOLDS = 0, 5
FIGURES = {
    "links_f1": "links F1",
    "linked_accuracy": "linked or not",
    "attack_f1": "attack F1",
}
LEVELS = (0.5, 0.6, 0.7, 0.75, 0.8)
_STEPS = tuple(round(0.05 + 0.025 * step, 3) for step in range(37))


def line(name: str, counts: Sequence[LinkCounts], docs: Sequence[str]) -> str:
    """Return the figures of passages for a reader; documents are drawn whole for the intervals."""
    found = score(name, by_document(counts, docs), seed=SEED).figures
    shown = ((label, found[key]) for key, label in FIGURES.items())
    return f"{name}: " + ", ".join(
        f"{label} {one.value:.3f} ({one.low:.3f} to {one.high:.3f})" for label, one in shown
    )


@dataclass(frozen=True)
class Thresholds:
    """A unit is linked, and a link attacks, from these probabilities on."""

    linked: float = 0.5
    attack: float = 0.5

    def tree(self, choice: Choice) -> Tree:
        """Return the links of a passage."""
        return {
            int(unit): (int(choice.parent[unit]), bool(choice.attack[unit] >= self.attack))
            for unit in np.flatnonzero(choice.linked >= self.linked)
        }


def counted(
    examples: Sequence[Example], choices: Sequence[Choice], at: Thresholds
) -> list[LinkCounts]:
    """Count the links of each passage."""
    return [
        count_links(one.tree, at.tree(choice), len(one.said))
        for one, choice in zip(examples, choices, strict=True)
    ]


def best_thresholds(examples: Sequence[Example], choices: Sequence[Choice]) -> Thresholds:
    """Return the thresholds of the best F1 of links, and then of attacks; the first of equals."""

    def of(at: Thresholds, figure: str) -> float:
        return reduce(add, counted(examples, choices, at)).figures()[figure]

    linked = max(_STEPS, key=lambda level: of(Thresholds(level), "links_f1"))
    attack = max(_STEPS, key=lambda level: of(Thresholds(linked, level), "attack_f1"))
    return Thresholds(linked, attack)


def folded(examples: Sequence[Example]) -> list[Choice]:
    """Return what is said of each passage by a model that has seen no passage of its document."""
    docs = sorted({one.doc for one in examples})
    random.Random(SEED).shuffle(docs)
    fold = {doc: at % FOLDS for at, doc in enumerate(docs)}
    models = [fit([one for one in examples if fold[one.doc] != at]) for at in range(FOLDS)]
    return [models[fold[one.doc]].choose(one.passage) for one in examples]


def by_probability(examples: Sequence[Example], choices: Sequence[Choice]) -> Iterator[str]:
    """Yield the share of right links, and of annotated links found, from each level on."""
    pairs = [*zip(examples, choices, strict=True)]
    likely = np.concatenate([choice.likely for choice in choices])
    right = np.array(
        [
            unit in one.tree and one.tree[unit][0] == to
            for one, choice in pairs
            for unit, to in enumerate(choice.parent.tolist())
        ]
    )
    gold = sum(len(one.tree) for one in examples)
    for level in LEVELS:
        hits = right[likely >= level]
        share, recall = hits.sum() / max(1, len(hits)), hits.sum() / gold
        yield f"  from {level:.2f}: {share:.3f} right of {len(hits)}, recall {recall:.3f}"


def measure(data: Path, folder: Path, split: str) -> Iterator[str]:
    """Yield the lines of the report."""
    encoder = Encoder(folder)
    train = [*read_examples(encoder, [*read_ours(data, split="train"), *read_new(data)])]
    dev = [*read_examples(encoder, read_ours(data, split="dev"))]
    read = dev if split == "dev" else [*read_examples(encoder, read_ours(data, split=split))]
    model = fit(train)
    at = best_thresholds(dev, [model.choose(one.passage) for one in dev])
    yield f"{len(train)} passages; linked from {at.linked:.3f}, attack from {at.attack:.3f} (dev)"
    docs = [one.doc for one in read]
    counts = counted(read, [model.choose(one.passage) for one in read], at)
    yield line(f"{split}, fitted", counts, docs)
    for name, link in BASELINES.items():
        trees = (link(one.said, one.passage.texts) for one in read)
        counts = [
            count_links(x.tree, tree, len(x.said)) for x, tree in zip(read, trees, strict=True)
        ]
        yield line(f"{split}, {name}", counts, docs)
    choices = folded(train)
    at = best_thresholds(train, choices)
    yield line(f"{FOLDS} folds", counted(train, choices, at), [one.doc for one in train])
    yield from by_probability(train, choices)


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for text in measure(Path(words[0]), Path(words[1]), words[2] if words[2:] else "dev"):
            sys.stdout.write(f"{text}\n")

    expected = "DATA ENCODER_FOLDER [SPLIT]"
    return run_module(__doc__, arguments, work, expected=expected, least=2, most=3)
