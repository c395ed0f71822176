"""Measure whether claims that say the same can be found; choose on dev, score dev and test.

Run ``python -m training propositions RUN MODEL_DIR [--groups]``. RUN is the folder of a run over
the raw interviews, whose sentences are read again with the encoder in MODEL_DIR. Prints how far the
reader of ``pairs.jsonl`` agrees with itself, F1 of "same" for each signal at the threshold that
is best on dev, with a 95 % interval over documents, and F1 of "opposed": a negated sentence beside
one that is not, over the same threshold. ``--groups`` reads all claims of the run, and prints the
twenty largest groups, to be read by a person.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from pipeline.encoder import Encoder
from pipeline.errors import InputError
from pipeline.reading.rows import Answer, judged_rows
from pipeline.records import Interview
from pipeline.runs.folder import ANNOTATED_NAME
from pipeline.runs.jsonl import read_interviews
from pipeline.tables.lookup import Lookup
from training.propositions.groups import group
from training.propositions.pairs import OPPOSED, SAME, Pair, find_units, read_pairs
from training.propositions.signals import (
    FITTED,
    WHITENED,
    Floats,
    Sentences,
    fit,
    probabilities,
)
from training.usage import run_module

GROUPS, LARGEST, LEAST_WORDS = "--groups", 20, 6
DRAWS, SEED = 1000, 0
Truths = NDArray[np.bool_]
_NEGATED = re.compile(
    r"n['’]t\b|\b(?:not|no|never|cannot|nor|neither|unlikely|impossible)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """Units that were read: their ids, texts and vectors, ``(n, width)``."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Floats


@dataclass(frozen=True)
class F1:
    """Precision, recall and F1 of a label, with the interval of F1 over documents."""

    precision: float
    recall: float
    value: float
    low: float
    high: float

    @property
    def line(self) -> str:
        """The figures for a reader."""
        shown = f"F1 {self.value:.3f} ({self.low:.3f} to {self.high:.3f})"
        return f"{shown}, precision {self.precision:.3f}, recall {self.recall:.3f}"


def score_f1(given: Truths, gold: Truths, docs: Sequence[str]) -> F1:
    """Score answers against labels; documents are drawn whole for the interval.

    Args:
        docs: the document of each pair's first sentence.
    """
    counts = np.column_stack([given & gold, given, gold]).astype(float)
    _, owner = np.unique(np.array(docs), return_inverse=True)
    by_doc = np.zeros((owner.max() + 1, 3))
    np.add.at(by_doc, owner, counts)
    drawn = np.random.default_rng(SEED).multinomial(
        len(by_doc), np.full(len(by_doc), 1 / len(by_doc)), size=DRAWS
    )
    both, told, there = (drawn @ by_doc).T
    low, high = np.percentile(2 * both / np.maximum(told + there, 1), [2.5, 97.5])
    both, told, there = counts.sum(axis=0)
    return F1(
        precision=float(both / max(told, 1)), recall=float(both / max(there, 1)),
        value=float(2 * both / max(told + there, 1)), low=float(low), high=float(high),
    )  # fmt: skip


def best_threshold(scores: Floats, gold: Truths) -> float:
    """Return the score from which answers have the best F1, the highest of equals."""
    order = np.argsort(-scores, kind="stable")
    told = np.arange(1, len(order) + 1)
    values = 2 * np.cumsum(gold[order]) / (told + gold.sum())
    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores are told together
    return float(scores[order][np.where(last, values, -1).argmax()])


def read_units(run: Path, model: Path, *, only: frozenset[str] | None = None) -> Found:
    """Return the judged units of a run, read with an encoder, an interview at a time.

    Args:
        only: units whose answers are read; all if not given. The others of these answers are read
            with them.
    """
    encoder = Encoder(model)
    ids: list[str] = []
    texts: list[str] = []
    vectors: list[Floats] = []
    for interview in read_interviews(run / ANNOTATED_NAME):
        answers: dict[Answer, list[str]] = {}
        for unit, row in judged_rows(interview):
            answers.setdefault(row.place[0], []).append(unit.id)
        wanted = {
            answer: names
            for answer, names in answers.items()
            if only is None or only.intersection(names)
        }
        for (answer, names), reading in zip(wanted.items(), encoder.read([*wanted]), strict=True):
            for name, text, vector in zip(names, answer.units, reading.vectors, strict=False):
                ids.append(name)
                texts.append(text)
                vectors.append(vector.astype(np.float64))
    return Found(tuple(ids), tuple(texts), np.array(vectors))


def is_opposed(texts: Iterable[tuple[str, str]]) -> Truths:
    """Whether one of two sentences is negated and the other is not, for each pair."""
    return np.array([bool(_NEGATED.search(a)) != bool(_NEGATED.search(b)) for a, b in texts])


def measure(run: Path, model: Path) -> Iterator[str]:
    """Yield the lines of the report."""
    pairs = read_pairs()
    readings = [one.first for one in pairs], [one.second for one in pairs]
    kappa = cohen_kappa_score(*readings)
    yield f"{len(pairs)} pairs, read twice by one reader: kappa {kappa:.3f}"
    units = find_units(read_interviews(run / ANNOTATED_NAME), pairs)
    pairs = [pair for pair in pairs if all(key in units for key in pair.keys)]
    found = read_units(run, model, only=frozenset(units.values()))
    index = {name: i for i, name in enumerate(found.ids)}
    pairs = [pair for pair in pairs if all(units[key] in index for key in pair.keys)]
    yield f"{len(pairs)} are in the run"
    rows = np.array([[index[units[key]] for key in pair.keys] for pair in pairs])
    signals = Sentences.read(found.texts, found.vectors).signals(rows[:, 0], rows[:, 1])
    dev = np.array([pair.split == "dev" for pair in pairs])
    same = np.array([pair.label == SAME for pair in pairs])
    of_dev = {name: scores[dev] for name, scores in signals.items()}
    signals[FITTED] = probabilities(fit(of_dev, same[dev]), signals)
    opposite = is_opposed((found.texts[a], found.texts[b]) for a, b in rows)
    for name, scores in signals.items():
        least = best_threshold(scores[dev], same[dev])
        yield f"{name}, from {least:.3f}"
        yield from _halves(pairs, scores >= least, SAME)
        if name == WHITENED:
            yield from _halves(pairs, (scores >= least) & opposite, OPPOSED)


def _halves(pairs: Sequence[Pair], given: Truths, label: str) -> Iterator[str]:
    for half in ("dev", "test"):
        mine = np.array([pair.split == half for pair in pairs])
        gold = np.array([pair.label == label for pair in pairs])
        docs = [pair.one.doc for pair in pairs if pair.split == half]
        if docs:
            score = score_f1(given[mine], gold[mine], docs)
            yield f"  {half}, {label} ({gold[mine].sum()} of {mine.sum()}): {score.line}"


def show_groups(run: Path, model: Path) -> Iterator[str]:
    """Yield the largest groups of a run's claims, those of most interviews first."""
    found = read_units(run, model)
    sentences = Sentences.read(found.texts, found.vectors)
    pairs = read_pairs()
    units = find_units(read_interviews(run / ANNOTATED_NAME), pairs)
    index = {name: i for i, name in enumerate(found.ids)}
    known = [
        pair
        for pair in pairs
        if pair.split == "dev" and all(units.get(key) in index for key in pair.keys)
    ]
    rows = np.array([[index[units[key]] for key in pair.keys] for pair in known])
    same = np.array([pair.label == SAME for pair in known])
    model_of = fit(sentences.signals(rows[:, 0], rows[:, 1]), same)
    named = _actors_of_claims(read_interviews(run / ANNOTATED_NAME))
    told = [i for i, name in enumerate(found.ids) if named.get(name)]
    told = [i for i in told if len(found.texts[i].split()) >= LEAST_WORDS]
    places = np.array(told)

    def score(ones: NDArray[np.int_], others: NDArray[np.int_]) -> Floats:
        return probabilities(model_of, sentences.signals(places[ones], places[others]))

    actors = [named[found.ids[i]] for i in told]
    groups = group(sentences.whitened[places], actors, score, least=0.5)

    def interviews(rows: Sequence[int]) -> int:
        return len({found.ids[told[i]].split(".")[0] for i in rows})

    yield f"{len(groups)} groups, {sum(interviews(one) > 1 for one in groups)} across interviews"
    for one in sorted(groups, key=lambda one: -interviews(one))[:LARGEST]:
        yield ""
        yield from (f"{found.ids[told[i]]}: {found.texts[told[i]].strip()}" for i in one)


def _actors_of_claims(interviews: Iterable[Interview]) -> dict[str, frozenset[str]]:
    """Return the actors that each claim of a respondent names, by unit id."""
    named: dict[str, frozenset[str]] = {}
    for interview in interviews:
        lookup = Lookup(interview)
        for unit in lookup.coded_units():
            claim = lookup.claims.get(unit.id)
            if claim is not None and claim.component == "claim" and not claim.abstained:
                named[unit.id] = frozenset(lookup.actors_in(unit))
    return named


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        run, model = map(Path, words[:2])
        if words[2:] not in ([], [GROUPS]):
            raise InputError(f"{' '.join(words[2:])}: unknown; expected {GROUPS}")
        for line in measure(run, model):
            sys.stdout.write(f"{line}\n")
        for line in show_groups(run, model) if words[2:] else ():
            sys.stdout.write(f"{line}\n")

    expected = f"RUN MODEL_DIR [{GROUPS}]"
    return run_module(__doc__, arguments, work, expected=expected, least=2, most=3)
