"""Claims: the component of each unit (claim, premise, none) and the kind of each claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.judges.abstention import Thresholds
from pipeline.judges.judgement import ClaimsJudge
from pipeline.reading.reader import Reader
from pipeline.reading.rows import judged_rows
from pipeline.records import Claim, Interview
from pipeline.stage import Fingerprint, forget


class Claims:
    """The stage that classifies each unit of an answer as claim, premise or none.

    Units of interviewers' turns, questions and asides have no Claim. A component that is less
    probable than its threshold is marked as abstained.

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.reading.rows import Row
        >>> from pipeline.judges.loader import load_claims_judge
        >>> from pipeline.parse import Parser
        >>> reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")
        >>> model = load_claims_judge("encoder-standard")
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

    @property
    def fingerprint(self) -> Fingerprint:
        """The judge and the thresholds."""
        judge = getattr(self.model, "fingerprint", None)
        return None if judge is None else (*judge, dict(self.thresholds))

    def forget(self) -> None:
        """Empty the caches of the reader and the judge."""
        self.reader.forget()
        forget(self.model)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return one Claim per judged unit, in order."""
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
