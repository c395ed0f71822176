"""Attributed stance: from who is reported to say what, to where the holder stands on the bloc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Attribution, Entity, Evidence, Interview, Polarity, Stance, Unit
from pipeline.reporting.candidates import candidates
from pipeline.reporting.conjoined import group_of, shared
from pipeline.reporting.cues import Cues
from pipeline.reporting.described import RULE
from pipeline.reporting.tone import flags_of_words
from pipeline.reporting.weigh import (
    Candidate,
    Hearing,
    Weights,
    describe,
    favor_of,
    join,
    join_polarity,
    load_weights,
    probability,
)

NEUTRAL = 0.75
"""Words of another that the polarity model reads as this surely neutral are no stance: of such
reports in interviews, 2 in 60 were annotated as one."""

PolarityModel = Callable[[Unit, tuple[int, int], Entity | None], Mapping[str, float]]
"""Reads words of a unit (offsets into the turn) with one target marked, or none; returns the
probability of each polarity."""

HolderModel = Callable[[Unit, tuple[int, int]], Hearing]
"""Reads a unit with one who may hold a stance marked (offsets into the turn)."""

TargetNamer = Callable[[Unit, Entity], tuple[tuple[int, int], str | None]]
"""Gives the words that name a target, offsets into the turn, and its actor of the bloc."""


def attributed_stances(
    interview: Interview,
    *,
    bloc: str,
    cues: Cues,
    name_target: TargetNamer,
    read_polarity: PolarityModel,
    model_source: str,
    read_holder: HolderModel | None = None,
    weights: Weights | None = None,
) -> tuple[Stance, ...]:
    """Return one stance a holder and target that the interview's attributions give.

    Each report is weighed (``pipeline.reporting.weigh``); its probability is that of being a
    stance of this polarity, the mean of all holders of its cue. Reported words that are surely
    neutral are no stance. The target is the first mention of the bloc in the content, else in the
    unit; where only what was said before names it, ``target_text`` is null and the stance is
    flagged ``implied``. Holder and target differ. Of several reports for one holder and target the
    most probable stays; it is marked as abstained where no stance at all is more probable than its
    polarity.

    Args:
        interview: an interview with units, entities and attributions.
        bloc: name of the bloc that stance is about.
        cues: the cue lexicon.
        name_target: says how a mention is named as a target.
        read_polarity: the polarity model, asked for every report that a rule found.
        model_source: how the model is named in ``Stance.source`` where it decides the polarity.
        read_holder: the model that judges holders, asked for every report, if there is one.
        weights: of the logistic models; the shipped ones if not given.
    """
    weights = weights or load_weights()
    heard = weights.heard if read_holder is not None else None
    threshold = heard.threshold if heard else weights.threshold
    found: dict[tuple[str, str, str | None], Stance] = {}
    read: list[tuple[Candidate, Weighed]] = []
    for candidate in candidates(interview, bloc=bloc, cues=cues):
        weighed = weigh(candidate, read_polarity, read_holder, weights)
        if weighed is not None:
            read.append((candidate, weighed))
    believed = [pair for pair in _together(read) if pair[1].presence >= threshold]
    for candidate, weighed in _without_bystanders(believed):
        span, actor = name_target(candidate.unit, candidate.target)
        named = None if candidate.place == "context" else span
        shares = _shares(weighed.presence, weighed.favor)
        stance = _stance(candidate, named, actor, shares, model_source)
        key = (stance.unit_id, stance.holder, stance.target_actor)
        if key not in found or found[key].probability < stance.probability:
            found[key] = stance
    order = {unit.id: index for index, unit in enumerate(interview.units or ())}
    return tuple(sorted(found.values(), key=lambda stance: order[stance.unit_id]))


@dataclass(frozen=True, slots=True)
class Weighed:
    """How probable it is that a report is a stance, and if so a favourable one.

    ``held`` is what the model of holders says of the holder alone; 1 where there is none.
    """

    presence: float
    favor: float
    held: float = 1.0


def _together(
    read: Sequence[tuple[Candidate, Weighed]],
) -> Iterator[tuple[Candidate, Weighed]]:
    """Weigh those who are said with one cue to hold a stance as one."""
    groups = [group_of(candidate) for candidate, _ in read]
    presence = shared(groups, (weighed.presence for _, weighed in read))
    favor = shared(groups, (weighed.favor for _, weighed in read))
    for (candidate, weighed), present, for_it in zip(read, presence, favor, strict=True):
        yield candidate, Weighed(present, for_it, weighed.held)


def _without_bystanders(
    believed: Sequence[tuple[Candidate, Weighed]],
) -> Iterator[tuple[Candidate, Weighed]]:
    """Leave out who is only named beside the holder of a unit's stance.

    A phrase without a cue stays where the model takes it for a holder, or nothing in the unit is
    more probable.
    """
    best: dict[str, float] = {}
    for candidate, weighed in believed:
        best[candidate.unit.id] = max(weighed.presence, best.get(candidate.unit.id, 0.0))
    for candidate, weighed in believed:
        told = candidate.rule != RULE
        if told or weighed.held >= 0.5 or weighed.presence == best[candidate.unit.id]:
            yield candidate, weighed


def weigh(
    candidate: Candidate,
    read_polarity: PolarityModel,
    read_holder: HolderModel | None,
    weights: Weights,
) -> Weighed | None:
    """Weigh a report by its features and, where there is a model of holders, by what it reads.

    Null where it is no stance: surely neutral words, or a phrase without a cue and no such model.
    What side a cue takes by itself ("stand against") no model unsays.
    """
    heard = weights.heard if read_holder is not None else None
    presence = favor = None
    held = 1.0
    if candidate.rule != RULE:
        read = read_candidate(candidate, read_polarity)
        if heard is None and is_neutral(candidate, read):
            return None
        presence = probability(describe(candidate, read), weights.presence)
        favor = favor_of(candidate, read, weights.favor)
    if heard is not None and read_holder is not None:
        one = candidate.attribution
        hearing = read_holder(candidate.unit, (one.holder_start, one.holder_end))
        held = 1.0 - hearing.stance["none"]
        presence = probability(join(candidate, hearing, presence), heard.presence)
        if favor is None or candidate.cue == "open":
            favor = probability(join_polarity(hearing, favor), heard.favor)
    return None if presence is None or favor is None else Weighed(presence, favor, held)


def is_neutral(candidate: Candidate, read: Mapping[str, float]) -> bool:
    """Tell whether an open cue reports words that take no side ("says that NATO met today")."""
    open_words = candidate.cue == "open" and candidate.place == "content"
    return open_words and read["neutral"] >= NEUTRAL


def read_candidate(candidate: Candidate, read_polarity: PolarityModel) -> Mapping[str, float]:
    """Read the polarity toward a report's target.

    What an open cue reports is read by itself, as its holder's words; what a cue with a polarity
    of its own says is read in the whole unit.
    """
    one, unit = candidate.attribution, candidate.unit
    by_itself = candidate.cue == "open" and candidate.place == "content"
    words = (one.content_start, one.content_end) if by_itself else (unit.start, unit.end)
    target = None if candidate.place == "context" else candidate.target
    return read_polarity(unit, words, target)


def _shares(presence: float, favor: float) -> dict[str, float]:
    """Probabilities of each polarity; what is no stance counts as neutral."""
    return {
        "favor": round(presence * favor, 4),
        "against": round(presence * (1 - favor), 4),
        "neutral": round(1 - presence, 4),
    }


def _stance(
    candidate: Candidate,
    target: tuple[int, int] | None,
    actor: str | None,
    shares: dict[str, float],
    model_source: str,
) -> Stance:
    one, unit = candidate.attribution, candidate.unit
    polarity: Polarity = "favor" if shares["favor"] > shares["against"] else "against"

    def evidence(start: int, end: int) -> Evidence:
        return Evidence(start=start, end=end, text=unit.text[start - unit.start : end - unit.start])

    spans = [(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)]
    pieces = [evidence(*span) for span in (*spans, *([target] if target else []))]
    return Stance(
        unit_id=unit.id,
        holder=one.holder_actor or one.holder_text,
        voice="attributed",
        target_text=pieces[2].text if target else None,
        target_actor=actor,
        polarity=polarity,
        probability=shares[polarity],
        probabilities=shares,
        abstained=shares[polarity] < shares["neutral"],
        evidence=tuple(pieces),
        flags=(*flags_of_words(unit.text), *_denied(one), *(() if target else ("implied",))),
        source=one.source if candidate.cue != "open" else model_source,
    )


def _denied(one: Attribution) -> tuple[str, ...]:
    return ("denied",) if "denied" in one.flags else ()
