"""The stance model: is a unit about the bloc, and what does it do to its target?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.artefacts import Artefact, Meta, load_model
from pipeline.features.featuriser import Featuriser, Reader, Reading
from pipeline.features.heads import Floats, LinearHead
from pipeline.features.mentions import Place
from pipeline.features.rows import Row, Span
from pipeline.features.storage import load_featuriser
from pipeline.features.syntax import Token
from pipeline.stages.judgement import HolderJudge, StanceJudgement
from pipeline.stages.phrases import describe, name_phrases
from pipeline.stages.weights import load_target_weights, score
from pipeline.stages.western import is_western

POLARITIES = ("favor", "against", "neutral")
STANCES = (*POLARITIES, "none")
BLOC_VIEW, TARGET_VIEW = "bloc", "target"
_TELLING = frozenset({"VERB", "NOUN", "ADJ", "ADV"})


class StanceModel:
    """Three heads: relevance and a direct four-way judgement, which see the bloc; polarity,
    which sees a marked target, and neither the bloc nor who its actors are.

    For the blocs it was trained for, and other definitions of the West, the answer is the weighted
    mean of ``relevance x polarity`` and the direct judgement. For any other bloc, a unit is about
    the bloc where it names one of its actors, and the polarity head judges: another set, not
    another training.
    """

    def __init__(
        self,
        meta: Meta,
        featurisers: dict[str, Featuriser],
        heads: dict[str, LinearHead],
    ) -> None:
        self.meta = meta
        self.featurisers = featurisers
        self.heads = heads
        self.holders: HolderJudge | None = None

    @classmethod
    def load(cls, name: str, *, models: Path | None = None) -> StanceModel:
        """Find, verify and load a stance model.

        Raises:
            ArtefactError: it is missing, altered, or no stance model.
        """
        return cls.from_artefact(load_model(name, models=models))

    @classmethod
    def from_artefact(cls, artefact: Artefact) -> StanceModel:
        """Rebuild the model from what was stored."""
        meta = artefact.meta
        featurisers = {
            name: load_featuriser(
                name, recipe, arrays=artefact.arrays, vocabulary=artefact.vocabulary
            )
            for name, recipe in meta.recipes.items()
        }
        heads = {
            name: LinearHead.from_arrays(name, labels, artefact.arrays)
            for name, labels in meta.labels.items()
        }
        return cls(meta, featurisers, heads)

    @property
    def source(self) -> str:
        """How a record names this model."""
        return self.meta.source

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge the stance of each row toward the reader's bloc.

        A row whose ``target`` is set is judged on that target, any other on the main one among
        the bloc's actors that it names (see ``main_target``).
        """
        if not rows:
            return []
        readings = self._read(rows, reader, BLOC_VIEW)
        places = [main_target(reading.places, reading.syntax) for reading in readings]
        targets = [
            row.target or (place.span if place else None)
            for row, place in zip(rows, places, strict=True)
        ]
        marked = [replace(row, target=target) for row, target in zip(rows, targets, strict=True)]
        target_readings = self._read(marked, reader, TARGET_VIEW)
        polarity = self._probabilities("polarity", TARGET_VIEW, target_readings)
        four = self._compose(readings, polarity, reader)
        return [
            StanceJudgement(
                probabilities=_rounded(four[i]),
                target=targets[i],
                actor=places[i].actors[0] if places[i] else None,  # type: ignore[union-attr]
                cues=self._cues(target_readings[i], int(polarity[i].argmax())),
            )
            for i in range(len(rows))
        ]

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return favor, against, neutral toward each row's own target, ``(n_rows, 3)``."""
        if not rows:
            return np.zeros((0, len(POLARITIES)))
        return self._probabilities("polarity", TARGET_VIEW, self._read(rows, reader, TARGET_VIEW))

    def polarity(
        self,
        text: str,
        target_start: int,
        target_end: int,
        *,
        reader: Reader,
        context_before: str = "",
        context_after: str = "",
        question: str = "",
        date: str | None = None,
    ) -> dict[str, float]:
        """Return favor, against, neutral toward ``text[target_start:target_end]``, summing to one.

        For any words of any text: a unit, or the content that a speaker reports as another's.
        """
        target = (target_start, target_end) if target_end > target_start else None
        row = Row(text, context_before, context_after, question, target, date)
        values = self.polarities([row], reader)[0]
        return {label: round(float(p), 4) for label, p in zip(POLARITIES, values, strict=True)}

    def _read(self, rows: Sequence[Row], reader: Reader, view: str) -> list[Reading]:
        return reader.read(rows, masking=self.featurisers[view].recipe.masking)

    def _probabilities(self, head: str, view: str, readings: Sequence[Reading]) -> Floats:
        return self.heads[head].probabilities(self.featurisers[view].transform(readings))

    def _compose(self, readings: Sequence[Reading], polarity: Floats, reader: Reader) -> Floats:
        if reader.bloc not in self.meta.settings["blocs"] and not is_western(reader):
            named = np.array([any(p.in_bloc for p in reading.places) for reading in readings])
            return compose(named.astype(np.float64), polarity)
        matrix = self.featurisers[BLOC_VIEW].transform(readings)
        relevance = self.heads["relevance"].probabilities(matrix)[:, 1]
        direct = self.heads["direct"].probabilities(matrix)
        share = float(self.meta.settings["direct_share"])
        return share * direct + (1.0 - share) * compose(relevance, polarity)

    def _cues(self, reading: Reading, label: int) -> tuple[Span, ...]:
        head, featuriser = self.heads["polarity"], self.featurisers[TARGET_VIEW]
        weights = featuriser.term_weights("words", head.coef[label] - head.coef.mean(axis=0))
        found = [
            (weights.get(token.lower, 0.0), token.start, token.end)
            for token in reading.syntax
            if token.pos in _TELLING
        ]
        best = sorted((item for item in found if item[0] > 0), reverse=True)[:2]
        return tuple(sorted((start, end) for _, start, end in best))


def compose(relevance: Floats, polarity: Floats) -> Floats:
    """Return the four-way probabilities of ``relevance x polarity``, ``(n_rows, 4)``."""
    return np.column_stack([polarity * relevance[:, None], 1.0 - relevance])


def main_target(places: Sequence[Place], syntax: Sequence[Token]) -> Place | None:
    """Choose whom a unit is about among the bloc's actors that it names.

    By their part in the sentence, as the target of the stance is (``pipeline.stages.phrases``).
    """
    inside = [place for place in places if place.in_bloc]
    if len(inside) < 2:
        return next(iter(inside), None)
    weights = load_target_weights()
    factors = describe(name_phrases(inside, syntax), syntax, weights=weights)
    scores = [score(one, weights.phrases) for one in factors]
    return inside[max(range(len(inside)), key=lambda index: (scores[index], -index))]


def _rounded(values: Floats) -> dict[str, float]:
    return {label: round(float(p), 4) for label, p in zip(STANCES, values, strict=True)}
