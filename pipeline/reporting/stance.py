"""Attributed stance: from who is reported to say what, to where the holder stands on the bloc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.records import Attribution, Entity, Evidence, Interview, Polarity, Stance, Unit
from pipeline.reporting.cues import Cues

POLARITIES: tuple[Polarity, ...] = ("favor", "against", "neutral")

PolarityModel = Callable[[Unit, Entity], Mapping[str, float]]
"""Reads one unit with one target marked; returns the probability of each polarity."""

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
) -> tuple[Stance, ...]:
    """Return one stance a holder and target that the interview's attributions give.

    The target is the first mention of the bloc in the content. The polarity is that of the cue
    where the cue has one ("condemns", "sides with"), else that which the polarity model reads in
    the unit; there a neutral report is no stance. Holder and target must differ.

    Args:
        interview: an interview with units, entities and attributions.
        bloc: name of the bloc that stance is about.
        cues: the cue lexicon.
        name_target: says how a mention is named as a target.
        read_polarity: the polarity model, asked only where the cue leaves the polarity open.
        model_source: how the model is named in ``Stance.source``.
    """
    units = {unit.id: unit for unit in interview.units or ()}
    by_turn: dict[str, list[Entity]] = {}
    for entity in interview.entities or ():
        if bloc in entity.blocs:
            by_turn.setdefault(entity.turn_id, []).append(entity)
    found: dict[tuple[str, str, str | None], Stance] = {}
    by_rule_first = sorted(
        interview.attributions or (),
        key=lambda a: (a.unit_id, cues.polarity(a.cue, rule=_rule(a)) == "open"),
    )
    for attribution in by_rule_first:
        unit = units[attribution.unit_id]
        target = next(_targets(attribution, by_turn.get(unit.turn_id, ())), None)
        if target is None:
            continue
        judged = _polarity(attribution, unit, target, cues, read_polarity)
        if judged is None:
            continue
        probabilities, source = judged
        stance = _stance(
            attribution, unit, name_target(unit, target), probabilities, source or model_source
        )
        found.setdefault((unit.id, stance.holder, stance.target_actor), stance)
    order = {unit_id: index for index, unit_id in enumerate(units)}
    return tuple(sorted(found.values(), key=lambda stance: order[stance.unit_id]))


def _targets(attribution: Attribution, mentions: Sequence[Entity]) -> Iterator[Entity]:
    for mention in mentions:
        in_content = (
            attribution.content_start <= mention.start < attribution.content_end
            and not attribution.holder_start <= mention.start < attribution.holder_end
        )
        if in_content and attribution.holder_actor not in mention.actors:
            yield mention


def _rule(attribution: Attribution) -> str:
    return attribution.source.removeprefix("rule:attribution.")


def _polarity(
    attribution: Attribution, unit: Unit, target: Entity, cues: Cues, read_polarity: PolarityModel
) -> tuple[dict[str, float], str | None] | None:
    """Return the probabilities and, where the cue decides, the rule; None for neutral."""
    by_cue = cues.polarity(attribution.cue, rule=_rule(attribution))
    if by_cue != "open":
        return {name: float(name == by_cue) for name in POLARITIES}, attribution.source
    read = read_polarity(unit, target)
    probabilities: dict[str, float] = {name: float(read[name]) for name in POLARITIES}
    if max(probabilities, key=lambda name: probabilities[name]) == "neutral":
        return None
    return probabilities, None


def _stance(
    attribution: Attribution,
    unit: Unit,
    target: tuple[tuple[int, int], str | None],
    probabilities: dict[str, float],
    source: str,
) -> Stance:
    polarity = max(POLARITIES, key=lambda name: probabilities[name])
    span, actor = target

    def evidence(start: int, end: int) -> Evidence:
        return Evidence(start=start, end=end, text=unit.text[start - unit.start : end - unit.start])

    return Stance(
        unit_id=unit.id,
        holder=attribution.holder_actor or attribution.holder_text,
        voice="attributed",
        target_text=evidence(*span).text,
        target_actor=actor,
        polarity=polarity,
        probability=probabilities[polarity],
        probabilities=probabilities,
        evidence=(
            evidence(attribution.holder_start, attribution.holder_end),
            evidence(attribution.cue_start, attribution.cue_end),
            evidence(*span),
        ),
        source=source,
    )
