"""Rows of attributions.csv: what respondents report as another's, and the stance read in it.

A stance that was read without a cue of reporting ("Georgians want Europe") has a row of its own
without cue and content, so that each attributed stance stands in one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Attribution, Stance, Unit
from pipeline.write.counts import Row
from pipeline.write.lookup import Lookup, holder_kind, position
from pipeline.write.rows import (
    FLAG_JOIN,
    JOIN,
    place_cells,
    probabilities_of,
    rounded,
    who_cells,
)

SIDES = ("favor", "against", "neutral")
_SPANS = ("holder_start", "holder_end", "cue_start", "cue_end", "content_start", "content_end")


def attribution_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each report in a respondent's unit, then for stances without a cue."""
    for unit in lookup.coded_units():
        reports = lookup.attributions_of(unit)
        matched, alone = match_stances(reports, lookup.attributed(unit))
        for number, report in enumerate(reports):
            for stance in matched.get(number) or [None]:
                yield _row(lookup, unit, report, stance)
        for stance in alone:
            yield _row(lookup, unit, None, stance)


def match_stances(
    reports: Sequence[Attribution], stances: Sequence[Stance]
) -> tuple[Mapping[int, list[Stance | None]], list[Stance]]:
    """Match the attributed stances of a unit with its reports, by number; return those of none.

    A stance is that of the report of its holder; of several, the one whose words are its evidence.
    """
    matched: dict[int, list[Stance | None]] = {}
    alone: list[Stance] = []
    for stance in stances:
        spans = {(one.start, one.end) for one in stance.evidence}
        fitting = [
            (-len(spans & {(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)}), n)
            for n, one in enumerate(reports)
            if stance.holder == one.holder
        ]
        if fitting:
            matched.setdefault(min(fitting)[1], []).append(stance)
        else:
            alone.append(stance)
    return matched, alone


def _row(lookup: Lookup, unit: Unit, report: Attribution | None, stance: Stance | None) -> Row:
    actor = _actor(lookup, report, stance)
    return {
        "title": lookup.interview.title,
        **place_cells(lookup, unit),
        **who_cells(lookup, lookup.turn_of(unit)),
        "text": unit.text,
        "holder_text": _holder_words(report, stance),
        "holder_actor": actor,
        "holder_blocs": JOIN.join(lookup.blocs_of(actor)) if actor else None,
        **_report(lookup, unit, report),
        "source": report.source if report else None,
        **_stance(stance),
    }


def _report(lookup: Lookup, unit: Unit, report: Attribution | None) -> Row:
    if report is None:
        return dict.fromkeys(("cue", "content", "flags", *_SPANS))
    said = lookup.turn_of(unit).text[report.content_start : report.content_end]
    return {
        "cue": report.cue,
        "content": said,
        "flags": FLAG_JOIN.join(report.flags),
        **report.model_dump(include=set(_SPANS)),
    }


def _stance(stance: Stance | None) -> Row:
    names = ("target_text", "target_actor", "counted_as", "polarity", "abstained", "probability")
    if stance is None:
        sides = (f"p_{side}" for side in SIDES)
        return dict.fromkeys((*names, *sides, "stance_flags", "stance_source"))
    values = (
        stance.target_text,
        stance.target_actor,
        position(stance),
        stance.polarity,
        stance.abstained,
        rounded(stance.probability),
    )
    return {
        **dict(zip(names, values, strict=True)),
        **probabilities_of(stance.probabilities, SIDES),
        "stance_flags": FLAG_JOIN.join(stance.flags),
        "stance_source": stance.source,
    }


def _actor(lookup: Lookup, report: Attribution | None, stance: Stance | None) -> str | None:
    if report is not None:
        return report.holder_actor
    if stance is not None and holder_kind(stance, actors=lookup.holder_actors) == "actor":
        return stance.holder
    return None


def _holder_words(report: Attribution | None, stance: Stance | None) -> str | None:
    if report is not None:
        return report.holder_text
    if stance is None:
        return None
    return stance.evidence[0].text if stance.evidence else stance.holder
