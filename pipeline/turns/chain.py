"""The segmenter: a linear-chain conditional random field over the paragraphs of a document.

It labels each paragraph as the beginning of a labelled turn, an unlabelled question or answer, the
continuation of the turn above, furniture between turns, or as outside the talk, above and below it,
which no continuation can follow (Lafferty et al. 2001; GROBID segments documents in the same way).
Fitted by ``python -m training turns`` on real transcripts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from pipeline.artefacts import find_model, read_file
from pipeline.turns.document import Document
from pipeline.turns.features import find_features

State = Literal["label", "question", "answer", "continuation", "furniture", "outside"]
STATES: tuple[State, ...] = get_args(State)
UNSAID: frozenset[State] = frozenset(("furniture", "outside"))
MODEL, WEIGHTS = "turns", "chain.json"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Labelling:
    """A state for each paragraph, and the confidence of the model.

    Attributes:
        states: one a paragraph.
        confidence: mean marginal probability of the states of spoken paragraphs.
    """

    states: tuple[State, ...]
    confidence: float


@dataclass(frozen=True)
class Chain:
    """A fitted segmenter.

    Attributes:
        weights: feature to weights (6) of the states, in the order of ``STATES``.
        transitions: weights (6, 6) from one state to the next.
    """

    weights: Mapping[str, Sequence[float]]
    transitions: Floats

    def label(self, document: Document, *, only: Collection[str] = ()) -> Labelling:
        """Return the most probable states of a document's paragraphs.

        Args:
            document: with proposed labels; where none is proposed no labelled turn begins.
            only: styles of labels set by hand: their labels begin turns, and no others.
        """
        if not document.paragraphs:
            return Labelling((), 0.0)
        scores = self._score(document, only)
        best = _viterbi(scores, self.transitions)
        if not only and _stands_alone(document, best):
            scores[:, STATES.index("label")] = -np.inf
            best = _viterbi(scores, self.transitions)
        shares = _marginals(scores, self.transitions)
        spoken = [shares[at, state] for at, state in enumerate(best) if STATES[state] not in UNSAID]
        confidence = float(np.mean(spoken)) if spoken else 0.0
        return Labelling(tuple(STATES[state] for state in best), confidence)

    def _score(self, document: Document, only: Collection[str]) -> Floats:
        """Scores (n, 6) of the states of each paragraph alone; -inf where one is excluded."""
        scores = np.zeros((len(document.paragraphs), len(STATES)))
        for at, features in enumerate(find_features(document)):
            known = [self.weights[name] for name in features if name in self.weights]
            if known:
                scores[at] = np.sum(known, axis=0)
        label = STATES.index("label")
        if only:
            scores[:, [STATES.index("question"), STATES.index("answer")]] = -np.inf
        for at, proposal in enumerate(document.proposals):
            if only and proposal is not None and proposal.style in only:
                scores[at, [state for state in range(len(STATES)) if state != label]] = -np.inf
            elif proposal is None or only:
                scores[at, label] = -np.inf
        return scores


def _stands_alone(document: Document, path: Sequence[int]) -> bool:
    """A path has a single label, or a single name that is not a role: "Credit:"."""
    labels = [
        proposal.label
        for proposal, state in zip(document.proposals, path, strict=True)
        if proposal is not None and STATES[state] == "label"
    ]
    if len({label.core for label in labels}) != 1:
        return False
    others = any(STATES[state] in ("question", "answer") for state in path)
    told = others or any(label.hint or label.is_sign for label in labels)
    return len(labels) == 1 or not told


def _viterbi(scores: Floats, transitions: Floats) -> list[int]:
    """Return the best path through scores (n, k) and transitions (k, k) (Viterbi 1967)."""
    best, back = scores[0], []
    for row in scores[1:]:
        ways = best[:, None] + transitions
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]


def _marginals(scores: Floats, transitions: Floats) -> Floats:
    """Return the probability (n, k) of each state, by the forward-backward algorithm."""
    forward, backward = scores.copy(), np.zeros_like(scores)
    for at in range(1, len(scores)):
        forward[at] += np.logaddexp.reduce(forward[at - 1][:, None] + transitions, axis=0)
    for at in range(len(scores) - 2, -1, -1):
        backward[at] = np.logaddexp.reduce(
            transitions + (scores[at + 1] + backward[at + 1])[None, :], axis=1
        )
    total = np.logaddexp.reduce(forward[-1])
    return cast(Floats, np.exp(forward + backward - total))


def load_chain(*, models: Path | None = None) -> Chain:
    """Load the segmenter that ships, or that of a folder of models.

    Raises:
        ArtefactError: it is missing or altered.
    """
    return _read(find_model(MODEL, models=models))


@cache
def _read(folder: Path) -> Chain:
    stored = json.loads(read_file(folder, WEIGHTS))
    return Chain(stored["weights"], np.array(stored["transitions"]))
