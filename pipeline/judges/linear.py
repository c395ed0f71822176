"""The linear judges of claims and stance: TF-IDF, grammar and actors with logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.features.featuriser import Reading, read_rows
from pipeline.features.linear_model import LinearModel
from pipeline.judges.heads import Floats
from pipeline.judges.judgement import (
    POLARITIES,
    STANCES,
    ClaimJudgement,
    HolderJudge,
    StanceJudgement,
    by_label,
    compose,
)
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, Span
from pipeline.targets.blocs import is_western
from pipeline.targets.phrases import main_target

UNIT_VIEW, BLOC_VIEW, TARGET_VIEW = "unit", "bloc", "target"
_CUE_TAGS = frozenset({"VERB", "NOUN", "ADJ", "ADV"})


class ClaimsModel(LinearModel):
    """The linear claims model: heads for component and kind on the features of one featuriser."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order."""
        if not rows:
            return []
        featuriser = self.featurisers[UNIT_VIEW]
        matrix = featuriser.transform(read_rows(reader, rows, masking=featuriser.recipe.masking))
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
        return read_rows(reader, rows, masking=self.featurisers[view].recipe.masking)

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
