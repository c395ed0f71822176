"""The linear judges of claims and stance: TF-IDF, grammar and actors with logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.features.featuriser import Reader, Reading
from pipeline.features.linear_model import LinearModel
from pipeline.judges.blocs import is_western
from pipeline.judges.heads import Floats
from pipeline.judges.judgement import ClaimJudgement, HolderJudge, StanceJudgement, by_label
from pipeline.reading.mentions import Place
from pipeline.reading.rows import Row, Span
from pipeline.reading.syntax import Token
from pipeline.targets.phrases import describe, name_phrases
from pipeline.targets.weights import load_target_weights, score

POLARITIES = ("favor", "against", "neutral")
STANCES = (*POLARITIES, "none")
UNIT_VIEW, BLOC_VIEW, TARGET_VIEW = "unit", "bloc", "target"
_CUE_TAGS = frozenset({"VERB", "NOUN", "ADJ", "ADV"})


class ClaimsModel(LinearModel):
    """The linear claims model: heads for component and kind on the features of one featuriser."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order."""
        if not rows:
            return []
        featuriser = self.featurisers[UNIT_VIEW]
        matrix = featuriser.transform(reader.read(rows, masking=featuriser.recipe.masking))
        named = {
            name: [by_label(head.labels, shares) for shares in head.probabilities(matrix)]
            for name, head in self.heads.items()
        }
        return [
            ClaimJudgement(component, named["kind"][i] if "kind" in named else None)
            for i, component in enumerate(named["component"])
        ]


class StanceModel(LinearModel):
    """The linear stance model, of three heads.

    ``relevance`` and the four-way ``direct`` head see which actors belong to the bloc; ``polarity``
    sees a marked target, with neither its bloc nor its name. Toward the blocs of training, and
    other definitions of the West, the stance is the weighted mean of relevance x polarity and the
    direct head. Toward any other bloc, a unit is relevant if it names one of its actors, and the
    polarity head judges it.
    """

    holders: HolderJudge | None = None

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge the stance of each row toward the reader's bloc.

        A row with a ``target`` is judged on it, any other on its ``main_target``.
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
                probabilities=by_label(STANCES, four[i]),
                target=targets[i],
                actor=places[i].actors[0] if places[i] else None,  # type: ignore[union-attr]
                cues=self._cues(target_readings[i], int(polarity[i].argmax())),
            )
            for i in range(len(rows))
        ]

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return probabilities of ``POLARITIES`` toward each row's target, ``(n_rows, 3)``."""
        if not rows:
            return np.zeros((0, len(POLARITIES)))
        return self._probabilities("polarity", TARGET_VIEW, self._read(rows, reader, TARGET_VIEW))

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
            if token.pos in _CUE_TAGS
        ]
        best = sorted((item for item in found if item[0] > 0), reverse=True)[:2]
        return tuple(sorted((start, end) for _, start, end in best))


def compose(relevance: Floats, polarity: Floats) -> Floats:
    """Return the four-way probabilities of ``relevance x polarity``, ``(n_rows, 4)``."""
    return np.column_stack([polarity * relevance[:, None], 1.0 - relevance])


def main_target(places: Sequence[Place], syntax: Sequence[Token]) -> Place | None:
    """Return the actor of the bloc with the highest phrase score; None if none is named."""
    inside = [place for place in places if place.in_bloc]
    if len(inside) < 2:
        return next(iter(inside), None)
    weights = load_target_weights()
    factors = describe(name_phrases(inside, syntax), syntax, weights=weights)
    scores = [score(one, weights.phrases) for one in factors]
    return inside[max(range(len(inside)), key=lambda index: (scores[index], -index))]
