"""Claims: what each unit does in the argument, and of what kind a claim is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.artefacts import Artefact, Meta, load_model
from pipeline.features.featuriser import Featuriser, Reader
from pipeline.features.heads import LinearHead
from pipeline.features.rows import Row, judged_rows
from pipeline.features.storage import load_featuriser
from pipeline.records import Claim, Interview
from pipeline.stages.abstention import Thresholds
from pipeline.stages.judgement import ClaimJudgement, ClaimsJudge

FEATURISER = "unit"


class ClaimsModel:
    """The claims model: one featuriser, a head for the component, one for the kind."""

    def __init__(self, meta: Meta, featuriser: Featuriser, heads: Mapping[str, LinearHead]) -> None:
        self.meta = meta
        self.featuriser = featuriser
        self.heads = dict(heads)

    @classmethod
    def load(cls, name: str, *, models: Path | None = None) -> ClaimsModel:
        """Find, verify and load a claims model.

        Raises:
            ArtefactError: it is missing, altered, or no claims model.
        """
        return cls.from_artefact(load_model(name, models=models))

    @classmethod
    def from_artefact(cls, artefact: Artefact) -> ClaimsModel:
        """Rebuild the model from what was stored."""
        meta, arrays = artefact.meta, artefact.arrays
        featuriser = load_featuriser(
            FEATURISER, meta.recipes[FEATURISER], arrays=arrays, vocabulary=artefact.vocabulary
        )
        heads = {
            name: LinearHead.from_arrays(name, labels, arrays)
            for name, labels in meta.labels.items()
        }
        return cls(meta, featuriser, heads)

    @property
    def source(self) -> str:
        """How a record names this model."""
        return self.meta.source

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order."""
        if not rows:
            return []
        readings = reader.read(rows, masking=self.featuriser.recipe.masking)
        matrix = self.featuriser.transform(readings)
        found = {name: head.probabilities(matrix) for name, head in self.heads.items()}
        return [
            ClaimJudgement(
                components=_by_label(self.heads["component"], found["component"][i]),
                kinds=_by_label(self.heads["kind"], found["kind"][i]) if "kind" in found else None,
            )
            for i in range(len(rows))
        ]


def _by_label(head: LinearHead, probabilities: Sequence[float]) -> dict[str, float]:
    return {label: round(float(p), 4) for label, p in zip(head.labels, probabilities, strict=True)}


class Claims:
    """The stage that says of each unit of an answer whether it is claim, premise or none.

    Interviewers' turns, questions and asides are not judged: their units have no Claim. A
    component that is less probable than its threshold is marked as abstained.
    Macro-F1 on the interviews' test split: component .796 and kind of claims .801 with
    encoder-ensemble@0.4.0, .690 and .681 with the linear claims@0.1.0; the models' ``CARD.md``
    have intervals and the hashes of the data, ``benchmarks/models.md`` all models side by side.

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.parse import Parser
        >>> reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")
        >>> model = ClaimsModel.load("claims")
        >>> stage = Claims(model, reader)
        >>> model.judge([Row("Thank you for the question.")], reader)[0].component
        'none'
    """

    name = "claims"
    requires: tuple[str, ...] = ("units",)
    provides: tuple[str, ...] = ("claims",)

    def __init__(
        self, model: ClaimsJudge, reader: Reader, *, thresholds: Thresholds | None = None
    ) -> None:
        self.model = model
        self.reader = reader
        self.thresholds = thresholds or {}

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return one Claim for each judged unit, in order."""
        judged = judged_rows(interview)
        judgements = self.model.judge([row for _, row in judged], self.reader)
        return {
            "claims": tuple(
                Claim(
                    unit_id=unit.id,
                    component=judgement.component,
                    kind=judgement.kind,
                    probability=judgement.components[judgement.component],
                    probabilities=judgement.components,
                    kind_probabilities=(judgement.kinds or {}) if judgement.kind else {},
                    abstained=judgement.components[judgement.component]
                    < self.thresholds.get(judgement.component, 0.0),
                    source=self.model.source,
                )
                for (unit, _), judgement in zip(judged, judgements, strict=True)
            )
        }
