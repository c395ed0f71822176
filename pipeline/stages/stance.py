"""Stance of speakers, and of the holders they report, toward the bloc of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pipeline.attribution import flags_of_words
from pipeline.attribution.stances import ReportedStances
from pipeline.judges.abstention import Thresholds
from pipeline.judges.judgement import StanceJudge, StanceJudgement
from pipeline.reading.assent import row_agreed_to
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, judged_rows
from pipeline.records import Evidence, Interview, Polarity, Stance, Turn, Unit
from pipeline.stage import Fingerprint, forget
from pipeline.targets.blocs import is_western
from pipeline.targets.choice import Aim, TargetFinder


class Stances:
    """The stage that adds own and reported stances toward the bloc of the reader.

    A unit about the bloc gets one own stance, with the target that ``pipeline.targets.choice``
    finds; units of interviewers, questions and asides get none. Evidence is the target or a pronoun
    for it; without either, the whole unit. Flags: ``unnamed`` if no
    word of the unit refers to the target, ``assent`` if the unit only says yes and so has the
    stance of the question (``pipeline.reading.assent``). Reported stances come from the
    attributions (``pipeline.attribution.stances``).

    An own stance is abstained if less probable than its threshold or ``abstain_below``, a reported
    one by ``abstain_below`` alone. Thresholds apply to the West only, on which they were chosen.

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.reading.rows import Row
        >>> from pipeline.parse import Parser
        >>> from pipeline.judges.loader import load_stance_judge
        >>> reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")
        >>> judge = load_stance_judge("encoder-standard")
        >>> rows = [Row("NATO keeps us safe."), Row("It rained in May.")]
        >>> [judgement.label for judgement in judge.judge(rows, reader)]
        ['favor', 'none']
    """

    name = "stance"
    requires: tuple[str, ...] = ("units", "entities", "attributions")
    provides: tuple[str, ...] = ("stances",)

    def __init__(
        self,
        model: StanceJudge,
        reader: Reader,
        *,
        abstain_below: float = 0.0,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.model = model
        self.reader = reader
        self.abstain_below = abstain_below
        self.thresholds = thresholds or {}
        self.reported = ReportedStances(model, reader, abstain_below=abstain_below)

    @property
    def fingerprint(self) -> Fingerprint:
        """The judge, the reader with its bloc, and the thresholds."""
        judge = getattr(self.model, "fingerprint", None)
        if judge is None:
            return None
        return *judge, *self.reader.fingerprint, self.abstain_below, dict(self.thresholds)

    def forget(self) -> None:
        """Empty the caches of the reader and the judge."""
        self.reader.forget()
        forget(self.model)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the own stances in the order of the units, then the reported ones."""
        return {"stances": (*self._stances(interview), *self.attributed(interview))}

    def attributed(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the stances of others that the speakers report."""
        return self.reported.stances(interview)

    def _stances(self, interview: Interview) -> Iterator[Stance]:
        judged = judged_rows(interview)
        turns = interview.turn_by_id()
        targets = TargetFinder(interview, self.reader)
        judgements = self.model.judge([row for _, row in judged], self.reader)
        pairs = zip(judged, judgements, strict=True)
        about = [unit.text for (unit, _), judgement in pairs if judgement.label != "none"]
        self.reader.syntax.read(about)  # all at once: single texts take twice as long to parse
        for (unit, row), judgement in zip(judged, judgements, strict=True):
            agreed = row_agreed_to(row)
            if agreed is not None:
                yield from self._agreement(unit, turns[unit.turn_id], agreed)
            elif judgement.label != "none":
                aim = targets.find(unit)
                stance = self._stance(unit, turns[unit.turn_id], judgement, aim)
                unnamed = ("unnamed",) if aim.shown is None else ()
                yield stance.model_copy(update={"flags": (*stance.flags, *unnamed)})

    def _agreement(self, unit: Unit, turn: Turn, agreed: Row) -> Iterator[Stance]:
        """Yield the stance of what a unit says yes to; its target is in the question."""
        judgement = self.model.judge([agreed], self.reader)[0]
        if judgement.label != "none":
            aim = Aim(None, judgement.actor, None)
            stance = self._stance(unit, turn, judgement, aim)
            yield stance.model_copy(update={"flags": (*stance.flags, "assent")})

    def _stance(self, unit: Unit, turn: Turn, judgement: StanceJudgement, aim: Aim) -> Stance:
        start, end = aim.shown or (0, len(unit.text))
        probability = judgement.probabilities[judgement.label]
        return Stance(
            unit_id=unit.id,
            holder=turn.speaker_id,
            voice="own",
            target_text=unit.text[slice(*aim.words)] if aim.words else None,
            target_actor=aim.actor,
            polarity=cast(Polarity, judgement.label),
            probability=probability,
            probabilities=judgement.probabilities,
            abstained=probability < self._threshold(judgement.label),
            evidence=(
                Evidence(start=unit.start + start, end=unit.start + end, text=unit.text[start:end]),
            ),
            flags=flags_of_words(unit.text),
            source=self.model.source,
        )

    def _threshold(self, polarity: str) -> float:
        """Return the probability below which an own stance is abstained."""
        asked = self.thresholds.get(polarity, 0.0) if is_western(self.reader) else 0.0
        return max(asked, self.abstain_below)
