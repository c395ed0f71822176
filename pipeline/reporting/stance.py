"""Attributed stance: from who is reported to say what, to where the holder stands on the bloc.

Also flags what the words of a unit may be other than meant: a question, irony, quotation marks. A
flag is no verdict: it tells a reader to look. The signs are words and marks on the page, and irony
without them goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from pipeline.records import Attribution, Entity, Evidence, Interview, Polarity, Stance, Unit
from pipeline.reporting.antecedents import holds_by_pronoun
from pipeline.reporting.candidates import candidates
from pipeline.reporting.cues import Cues
from pipeline.reporting.described import RULE
from pipeline.reporting.heard import HolderModel, Voice, Weighed, believed
from pipeline.reporting.weigh import (
    Candidate,
    Weights,
    describe,
    favor_of,
    group_of,
    load_weights,
    probability,
    shared,
)

NEUTRAL = 0.75
"""Words of another that the polarity model reads as this surely neutral are no stance: of such
reports in interviews, 2 in 60 were annotated as one."""

PolarityModel = Callable[[Unit, tuple[int, int], Entity | None], Mapping[str, float]]
"""Reads words of a unit (offsets into the turn) with one target marked, or none; returns the
probability of each polarity."""

TargetNamer = Callable[[Unit, Entity], tuple[tuple[int, int], str | None]]
"""Gives the words that name a target, offsets into the turn, and its actor of the bloc."""
_IRONY = re.compile(
    r"\b(how (touching|kind|generous|noble|convenient)|of all (people|places|capitals|countries)"
    r"|who else|oh yes|oh sure|bravo|what a (triumph|surprise|coincidence)|poor things?"
    r"|so-called|kindly informs?)\b",
    re.IGNORECASE,
)
_SCARE = re.compile(r"[\"“‘«'](?=\w)[^\"“”‘’«»']{2,40}[\"”’»'](?!\w)")
_SAID = re.compile(r"[.,!?]$|\s(is|are|was|were|have|has|will)\s")


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
    abstain_below: float = 0.0,
) -> tuple[Stance, ...]:
    """Return one stance a holder and target that the interview's attributions give.

    Each report is weighed (``pipeline.reporting.weigh``); its probability is that of being a
    stance of this polarity, the mean of all holders of its cue. Where a model judges holders, the
    unit is weighed first, and then whose stance it is (``pipeline.reporting.heard``); where none
    does, reported words that are surely neutral are no stance. The target is the first mention of
    the bloc in the content, else in the unit; where only what was said before names it,
    ``target_text`` is null and the stance is flagged ``implied``. Holder and target differ, but for
    holders of the bloc on their own side. Of several reports for one holder and target the most
    probable stays; it is marked as abstained where it is less probable than ``abstain_below``.

    Args:
        interview: an interview with units, entities and attributions.
        bloc: name of the bloc that stance is about.
        cues: the cue lexicon.
        name_target: says how a mention is named as a target.
        read_polarity: the polarity model, asked for every report that a rule found.
        model_source: how the model is named in ``Stance.source`` where it decides the polarity.
        read_holder: the model that judges holders, asked for every report, if there is one.
        weights: of the logistic models; the shipped ones if not given.
        abstain_below: the probability under which a stance is not decided.
    """
    weights = weights or load_weights()
    if read_holder is not None and weights.heard is not None:
        heard = weights.heard
        units = voices_by_unit(interview, bloc, cues, read_polarity, read_holder, weights)
        reports = [report for voices in units for report in believed(voices, heard)]
    else:
        reports = list(_by_rules(interview, bloc, cues, read_polarity, weights))
    found: dict[tuple[str, str, str | None], Stance] = {}
    for candidate, weighed in reports:
        span, actor = name_target(candidate.unit, candidate.target)
        named = None if candidate.place == "context" else span
        shares = _shares(weighed.presence, weighed.favor)
        stance = _stance(candidate, named, actor, shares, model_source, abstain_below)
        key = (stance.unit_id, stance.holder, stance.target_actor)
        if key not in found or found[key].probability < stance.probability:
            found[key] = stance
    order = {unit.id: index for index, unit in enumerate(interview.units or ())}
    return tuple(sorted(found.values(), key=lambda stance: order[stance.unit_id]))


def voices_by_unit(
    interview: Interview,
    bloc: str,
    cues: Cues,
    read_polarity: PolarityModel,
    read_holder: HolderModel,
    weights: Weights,
) -> Iterator[list[Voice]]:
    """Yield what may be a stance in each unit, as the rules weigh it and a model hears it."""

    def hear(candidate: Candidate) -> Voice:
        rules = None
        if candidate.rule != RULE:
            rules = _weigh(candidate, read_candidate(candidate, read_polarity), weights)
        one = candidate.attribution
        hearing = read_holder(candidate.unit, (one.holder_start, one.holder_end))
        return Voice(candidate, rules, hearing)

    found = candidates(interview, bloc=bloc, cues=cues, every=True)
    for _, unit in groupby(found, key=lambda one: one.unit.id):
        yield [hear(candidate) for candidate in unit]


def _by_rules(
    interview: Interview, bloc: str, cues: Cues, read_polarity: PolarityModel, weights: Weights
) -> Iterator[tuple[Candidate, Weighed]]:
    """Yield the reports with a cue that the rules alone believe; surely neutral words are none.

    Those who are said with one cue to hold a stance are weighed as one.
    """
    read: list[tuple[Candidate, Weighed]] = []
    for candidate in candidates(interview, bloc=bloc, cues=cues):
        if candidate.rule != RULE:
            sides = read_candidate(candidate, read_polarity)
            if not is_neutral(candidate, sides):
                read.append((candidate, _weigh(candidate, sides, weights)))
    groups = [group_of(candidate) for candidate, _ in read]
    presence = shared(groups, (weighed.presence for _, weighed in read))
    favor = shared(groups, (weighed.favor for _, weighed in read))
    for (candidate, _), present, for_it in zip(read, presence, favor, strict=True):
        if present >= weights.threshold:
            yield candidate, Weighed(present, for_it)


def _weigh(candidate: Candidate, read: Mapping[str, float], weights: Weights) -> Weighed:
    """Weigh a report by the rules' features."""
    presence = probability(describe(candidate, read), weights.presence)
    return Weighed(presence, favor_of(candidate, read, weights.favor))


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
    abstain_below: float,
) -> Stance:
    one, unit = candidate.attribution, candidate.unit
    polarity: Polarity = "favor" if shares["favor"] > shares["against"] else "against"

    def evidence(start: int, end: int) -> Evidence:
        return Evidence(start=start, end=end, text=unit.text[start - unit.start : end - unit.start])

    spans = [(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)]
    pieces = [evidence(*span) for span in (*spans, *([target] if target else []))]
    return Stance(
        unit_id=unit.id,
        holder=one.holder,
        voice="attributed",
        target_text=pieces[2].text if target else None,
        target_actor=actor,
        polarity=polarity,
        probability=shares[polarity],
        probabilities=shares,
        abstained=shares[polarity] < abstain_below,
        evidence=tuple(pieces),
        flags=(*flags_of_words(unit.text), *_flags(one), *(() if target else ("implied",))),
        source=one.source if candidate.cue != "open" else model_source,
    )


def _flags(one: Attribution) -> Iterator[str]:
    if "denied" in one.flags:
        yield "denied"
    if holds_by_pronoun(one):
        yield "pronoun"


def flags_of_words(text: str) -> tuple[str, ...]:
    """Return the flags of a unit's words: ``question``, ``irony``, ``scare-quotes``.

    Example:
        >>> flags_of_words("Who believes in the “values” of the West?")
        ('question', 'scare-quotes')
    """
    flags = ["question"] if text.rstrip(" \"”’»'").endswith("?") else []
    if _IRONY.search(text):
        flags.append("irony")
    if any(not _SAID.search(match[0][1:-1]) for match in _SCARE.finditer(text)):
        flags.append("scare-quotes")
    return tuple(flags)
