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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.encoder import Encoder
from training.relations.model import Choice, fit
from training.relations.rows import Example, Tree, read_examples, read_new, read_ours
from training.relations.words import connectives_in
from training.usage import run_module

DRAWS, SEED, FOLDS = 1000, 0, 5
FIGURES = ("links F1", "linked or not", "parent of linked", "attack F1")
LEVELS = (0.5, 0.6, 0.7, 0.75, 0.8)
_STEPS = tuple(round(0.05 + 0.025 * step, 3) for step in range(37))
_REASONS = frozenset({"opens reason", "opens example", "opens evidence"})
Counts = NDArray[np.int64]


def count(gold: Tree, found: Tree, n: int, parents: Sequence[int] = ()) -> Counts:
    """Count a passage's found links against the annotated ones.

    A link is right if its parent is; an attack, if the link is right and annotated as an attack.

    Args:
        n: number of sentences.
        parents: the likeliest parent of each sentence; those of the links if not given.
    """
    right = [unit for unit in found.keys() & gold.keys() if found[unit][0] == gold[unit][0]]
    told = dict(enumerate(parents)) or {unit: to for unit, (to, _) in found.items()}
    return np.array(
        [
            n,
            len(found),
            len(gold),
            len(right),
            n - len(found.keys() ^ gold.keys()),
            sum(told.get(unit) == to for unit, (to, _) in gold.items()),
            sum(attack for _, attack in found.values()),
            sum(attack for _, attack in gold.values()),
            sum(found[unit][1] and gold[unit][1] for unit in right),
        ]
    )


def figures(counts: Counts) -> NDArray[np.float64]:
    """Return ``FIGURES`` of counts, ``(..., 9)``, as ``(..., 4)``."""
    n, linked, gold, right, agreed, parents, attacks, gold_attacks, right_attacks = np.moveaxis(
        counts, -1, 0
    )
    parts = np.stack([2 * right, agreed, parents, 2 * right_attacks], axis=-1)
    wholes = np.stack([linked + gold, n, gold, attacks + gold_attacks], axis=-1)
    return np.asarray(parts / np.maximum(wholes, 1))


def line(name: str, counts: Sequence[Counts], docs: Sequence[str]) -> str:
    """Return the figures of passages for a reader; documents are drawn whole for the intervals."""
    _, owner = np.unique(np.array(docs), return_inverse=True)
    table = np.array(counts)
    by_doc = np.zeros((owner.max() + 1, table.shape[1]), np.int64)
    np.add.at(by_doc, owner, table)
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(by_doc), np.full(len(by_doc), 1 / len(by_doc)), size=DRAWS)
    lows, highs = np.percentile(figures(drawn @ by_doc), [2.5, 97.5], axis=0)
    shown = zip(FIGURES, figures(by_doc.sum(axis=0)), lows, highs, strict=True)
    return f"{name}: " + ", ".join(
        f"{key} {value:.3f} ({low:.3f} to {high:.3f})" for key, value, low, high in shown
    )


def previous_sentence(example: Example) -> Tree:
    """Link each sentence that is no ``none`` to the one before it, unless that is ``none``."""
    said = [component != "none" for component in example.said]
    return {at: (at - 1, False) for at in range(1, len(said)) if said[at] and said[at - 1]}


def nearest_claim(example: Example) -> Tree:
    """Link each premise to the nearest claim, of two equally near to the one before it."""
    claims = [at for at, component in enumerate(example.said) if component == "claim"]
    return {
        at: (min(claims, key=lambda claim: (abs(at - claim), claim > at)), False)
        for at, component in enumerate(example.said)
        if component == "premise" and claims
    }


def connectives(example: Example) -> Tree:
    """Link by the first words, else premises to the nearest claim.

    "For example" and "because" link to the sentence before, "but" likewise as an attack, and a
    sentence before "so" or "therefore" links to it.
    """
    shown = [connectives_in(text) for text in example.passage.texts]
    found = dict(nearest_claim(example))
    for at in range(len(shown)):
        if at + 1 < len(shown) and "opens conclusion" in shown[at + 1]:
            found[at] = (at + 1, False)
        elif at and "opens contrast" in shown[at]:
            found[at] = (at - 1, True)
        elif at and _REASONS & shown[at]:
            found[at] = (at - 1, False)
    return {at: to for at, to in found.items() if example.said[at] != "none"}


BASELINES: Mapping[str, Callable[[Example], Tree]] = {
    "previous sentence": previous_sentence,
    "nearest claim": nearest_claim,
    "connectives": connectives,
}


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


def score(examples: Sequence[Example], choices: Sequence[Choice], at: Thresholds) -> list[Counts]:
    """Count the links of each passage."""
    return [
        count(one.tree, at.tree(choice), len(one.said), choice.parent.tolist())
        for one, choice in zip(examples, choices, strict=True)
    ]


def best_thresholds(examples: Sequence[Example], choices: Sequence[Choice]) -> Thresholds:
    """Return the thresholds of the best F1 of links, and then of attacks; the first of equals."""

    def of(at: Thresholds, figure: int) -> float:
        return float(figures(np.sum(score(examples, choices, at), axis=0))[figure])

    linked = max(_STEPS, key=lambda level: of(Thresholds(level), 0))
    return Thresholds(linked, max(_STEPS, key=lambda level: of(Thresholds(linked, level), 3)))


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
    counts = score(read, [model.choose(one.passage) for one in read], at)
    yield line(f"{split}, fitted", counts, docs)
    for name, link in BASELINES.items():
        yield line(f"{split}, {name}", [count(x.tree, link(x), len(x.said)) for x in read], docs)
    choices = folded(train)
    at = best_thresholds(train, choices)
    yield line(f"{FOLDS} folds", score(train, choices, at), [one.doc for one in train])
    yield from by_probability(train, choices)


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for text in measure(Path(words[0]), Path(words[1]), words[2] if words[2:] else "dev"):
            sys.stdout.write(f"{text}\n")

    expected = "DATA ENCODER_FOLDER [SPLIT]"
    return run_module(__doc__, arguments, work, expected=expected, least=2, most=3)
