"""Does an encoder need other heads than its own? Measured on dev.

Run ``python -m training measure-heads MODEL DATA [--files NAME...] [--cache FOLDER]``: MODEL
is an encoder's name, DATA a folder of the research data's files, of which ``FILES`` are taken. Rows
of any other split than ``train`` and ``dev`` are dropped, as are train rows whose words also stand
in dev. Heads of four kinds answer for component, kind and four-way stance on the same dev rows:

- ``shipped``: the encoder's own, as calibrated;
- ``states``: logistic regressions on the states of the train rows;
- ``logits + states``: as ``westward train`` fits them, the shipped logits beside the states;
- ``logits + states + features``: with the blocks of ``pipeline.features.featuriser`` that the
  linear models read (words, context, grammar, cues, actors, by ``designs``).

Every regularisation of ``INVERSES`` is shown: cross-validation on train cannot choose one, for the
encoder was fitted on these rows and knows their labels. The best of them is chosen on dev itself,
in favour of the new heads: of 27 comparisons a model, one in twenty is "significant" by chance.

Macro-F1 on dev, shipped and the best C of each kind, by ``... MODEL DATA --files interviews.jsonl
interviews_west.jsonl`` (4,611 train rows; 896 dev rows of 78 documents, 437 of them claims with a
kind; encoders whose fingerprints begin with 478dcdf66f37, standard, and d4661b1f79be, small):

================  =======  ======  ===============  ==========================
head              shipped  states  logits + states  logits + states + features
================  =======  ======  ===============  ==========================
standard
component         .772     .776    .778             .776
kind              .639     .655    .679 (+.040)     .651
stance            .643     .650    .654 (+.011)     .663 (+.020)
small
component         .756     .754    .751             .773 (+.017)
kind              .656     .683    .692 (+.035)     .678
stance            .624     .629    .631             .625
================  =======  ======  ===============  ==========================

Gains in brackets have a 95 % interval over nought before one allows for the choice of C. None of
the new heads is as well calibrated (ECE .03 to .05 shipped, .07 to .17 else): states of rows that
the encoder was fitted on are surer than those of new ones. What the linear models' features add
differs between the sizes. Only ``kind`` gains in both; for the standard encoder more than half of
it (.024) is what the offsets of its calibration cost. So the shipped heads stay the default.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.artefacts import find_model
from pipeline.config import load_settings
from pipeline.encoder.network import Judgement
from pipeline.evaluate.annotations import ClaimRow, read_claim_rows, read_stance_rows
from pipeline.evaluate.metrics import Gain, Indices, paired_gain
from pipeline.evaluate.scores import Asked, QuestionScore, score_question
from pipeline.features.featuriser import Featuriser, Reading, make_reader
from pipeline.features.heads import Floats, softmax
from pipeline.stages.embedded import head_features, load_passes
from pipeline.stages.encoded import plain_pair
from pipeline.train.designs import DESIGNS
from pipeline.train.embeddings import Embedder
from pipeline.train.head_fit import INVERSES, SHIPPED, Plan, fit_logistic, standard
from pipeline.train.head_report import indices
from pipeline.train.linear import SYNTHETIC

FILES = ("interviews.jsonl", "interviews_west.jsonl", "written.jsonl")
STATES, LOGITS, FEATURES = "states", "logits + states", "logits + states + features"
SYNTHETIC_WEIGHT = 0.4
_TASK = {"component": "claims", "kind": "claims", "stance": "stance"}
_VIEW = {"component": "unit", "kind": "unit", "stance": "bloc"}


@dataclass(frozen=True)
class Head:
    """A head's rows of train and dev: what is read of them, and their labels as indices."""

    name: str
    labels: tuple[str, ...]
    judged: Judgement
    readings: Sequence[Reading]
    gold: Indices
    docs: Sequence[str]
    weights: Floats
    train: Indices
    dev: Indices


@dataclass(frozen=True)
class Figure:
    """How one kind of head does on dev.

    Attributes:
        inverse: inverse regularisation; null for the shipped head.
        gain: over the shipped head; null for itself.
    """

    head: str
    kind: str
    inverse: float | None
    score: QuestionScore
    gain: Gain | None


def measure(
    model: str, data: Path, *, files: Sequence[str] = FILES, cache: Path | None = None
) -> Iterator[Figure]:
    """Fit and score all heads, one after the other.

    Args:
        model: the encoder's name.
        data: the folder that holds the files.
        cache: a folder in which embeddings are kept.

    Raises:
        InputError: a file is missing or not as expected.
        ArtefactError: the encoder is missing or altered.
    """
    place, settings = find_model(model), load_settings()
    embedder = Embedder(load_passes(place), place, cache=cache)
    paths = [data / name for name in files]
    claims, stances = read_claim_rows(paths), read_stance_rows(paths)
    dev = {_words(row.row.text) for row in claims if row.split == "dev"}
    at = [
        i
        for i, row in enumerate(claims)
        if row.split == "dev" or (row.split == "train" and _words(row.row.text) not in dev)
    ]
    claims, stances = [claims[i] for i in at], [stances[i] for i in at]
    judged = embedder.embed([plain_pair(row.row) for row in claims])
    reader = make_reader(settings)
    for head, values in (
        ("component", [row.component for row in claims]),
        ("kind", [row.kind for row in claims]),
        ("stance", [row.stance for row in stances]),
    ):
        masking = DESIGNS[_TASK[head]].recipes[_VIEW[head]].masking
        readings = reader.read([replace(row.row, target=None) for row in claims], masking=masking)
        labels = embedder.encoder.labels[head]
        yield from _figures(_head_of(head, labels, values, claims, judged, readings), settings.seed)


def render(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the lines of a Markdown table of all figures."""
    yield "| head | heads | C | macro-F1 on dev | gain over shipped | better in | ECE |"
    yield "|---|---|---|---|---|---|---|"
    for one in figures:
        f1, gain = one.score.macro_f1, one.gain
        change = f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})" if gain else ""
        share = f"{gain.positive:.0%}" if gain else ""
        yield (
            f"| {one.head} | {one.kind} | {'' if one.inverse is None else f'{one.inverse:g}'} "
            f"| {f1.value:.3f} ({f1.low:.3f} to {f1.high:.3f}) | {change} | {share} "
            f"| {one.score.calibration_error:.3f} |"
        )


def _head_of(
    name: str,
    labels: tuple[str, ...],
    values: Sequence[str | None],
    rows: Sequence[ClaimRow],
    judged: Judgement,
    readings: Sequence[Reading],
) -> Head:
    at = [i for i, value in enumerate(values) if value is not None]
    splits = np.array([rows[i].split for i in at])
    return Head(
        name=name,
        labels=labels,
        judged=Judgement(judged.states[at], {h: p[at] for h, p in judged.probabilities.items()}),
        readings=[readings[i] for i in at],
        gold=indices(labels, [str(values[i]) for i in at]),
        docs=[rows[i].doc for i in at],
        weights=np.array([SYNTHETIC_WEIGHT if rows[i].dataset == SYNTHETIC else 1.0 for i in at]),
        train=np.flatnonzero(splits == "train"),
        dev=np.flatnonzero(splits == "dev"),
    )


def _figures(head: Head, seed: int) -> Iterator[Figure]:
    shipped = np.asarray(head.judged.probabilities[head.name], dtype=np.float64)
    yield _figure(head, SHIPPED, None, shipped[head.dev], seed)
    for kind, matrix in _matrices(head, shipped):
        for inverse in INVERSES:
            coef, intercept = fit_logistic(
                matrix[head.train],
                head.gold[head.train],
                len(head.labels),
                Plan(inverse),
                head.weights[head.train],
            )
            scores = np.asarray(matrix[head.dev] @ coef.T) + intercept
            yield _figure(head, kind, inverse, softmax(scores), seed)


def _matrices(head: Head, shipped: Floats) -> Iterator[tuple[str, Any]]:
    mean, scale = standard(head.judged.states[head.train])
    both = head_features(shipped, (head.judged.states - mean) / scale).astype(np.float32)
    yield STATES, both[:, len(head.labels) :]
    yield LOGITS, both
    recipe = DESIGNS[_TASK[head.name]].recipes[_VIEW[head.name]]
    featuriser = Featuriser.fit(recipe, [head.readings[i] for i in head.train])
    blocks = featuriser.transform(head.readings)
    yield FEATURES, sparse.hstack([sparse.csr_matrix(both), blocks], format="csr")


def _figure(head: Head, kind: str, inverse: float | None, shares: Floats, seed: int) -> Figure:
    gold, docs = head.gold[head.dev], [head.docs[i] for i in head.dev]
    named = [head.labels[i] for i in gold]
    score = score_question(Asked(head.name, head.labels, named, shares, docs, {}), seed=seed)
    old = head.judged.probabilities[head.name][head.dev].argmax(axis=1)
    gain = paired_gain(gold, old, shares.argmax(axis=1), docs, n_labels=len(head.labels), seed=seed)
    return Figure(head.name, kind, inverse, score, None if inverse is None else gain)


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def main(arguments: Sequence[str]) -> None:
    """Measure one encoder and write the table to standard output, line by line."""
    parser = ArgumentParser(prog="python -m training measure-heads")
    parser.add_argument("model")
    parser.add_argument("data", type=Path)
    parser.add_argument("--files", nargs="+", default=FILES)
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args(arguments)
    for line in render(measure(given.model, given.data, files=given.files, cache=given.cache)):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
