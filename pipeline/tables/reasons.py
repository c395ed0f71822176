"""How many claims have a reason: over all, by respondent and by the claim's own stance.

Only claims of answers that were asked about as a whole are counted: where people linked some of the
sentences, a claim without a reason may have one that nobody was asked about, and counting those
that have one would raise the share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.tables.arguments import Arguments
from pipeline.tables.counts import Row
from pipeline.tables.identity import Holder, holder_of
from pipeline.tables.lookup import POSITIONS, Lookup
from pipeline.tables.net import measure_sums, share
from pipeline.tables.rows import own_code
from pipeline.tables.totals import grouped

STANCES = (*POSITIONS, "not_about")
"""Own stances of a claim as rows name them, in their order."""
Asked = Literal["whole", "part", "none"]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Decided claims of a respondent in an interview that have the same own stance.

    Attributes:
        turn_id: their turn, whose units were all asked about and decided; empty for those of all
            other turns, which are only counted.
        stance: one of ``STANCES``; empty if stance was not judged.
        asked: ``whole`` with a turn; else whether some of the interview was asked about.
        claims: how many.
        backed, objected: how many of them have a reason, or an objection.
    """

    interview_id: str
    turn_id: str
    who: Holder
    stance: str
    asked: Asked
    claims: int
    backed: int
    objected: int


def claimed_in(lookup: Lookup) -> list[Claimed]:
    """Return the decided claims of the respondents of an interview."""
    arguments = Arguments(lookup)
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for unit in filter(lookup.is_claim, lookup.coded_units()):
        turn = lookup.turn_of(unit)
        place = turn.id if arguments.is_whole(turn) else ""
        key = place, turn.speaker_id, own_code(lookup, unit) or ""
        found = counts.setdefault(key, Counter())
        found["claims"] += 1
        found["backed"] += bool(arguments.toward(unit, "support"))
        found["objected"] += bool(arguments.toward(unit, "attack"))
    some: Asked = "part" if lookup.interview.relations else "none"
    return [
        Claimed(
            lookup.interview.id, place, holder_of(lookup.speakers[speaker]), stance,
            "whole" if place else some, found["claims"], found["backed"], found["objected"],
        )
        for (place, speaker, stance), found in counts.items()
    ]  # fmt: skip


def reason_rows(claimed: Sequence[Claimed]) -> Iterator[Row]:
    """Yield the rows of reasons.csv; none where no relation was judged."""
    for level, name, row in reasons(claimed):
        who = (name.name, name.id) if isinstance(name, Holder) else (name, None)
        yield {"level": level, "name": who[0], "holder_id": who[1], **row}


def reasons(claimed: Sequence[Claimed]) -> Iterator[tuple[str, Holder | str, Row]]:
    """Yield level, name and counts: all, respondents by their claims, stances; none if unjudged."""
    if all(one.asked == "none" for one in claimed):
        return
    yield "all", "all", _counts(claimed)
    claims: Counter[Holder] = Counter()
    for one in claimed:
        claims[one.who] += one.claims * (one.asked == "whole")
    by_who = grouped(claimed, lambda one: one.who, order=lambda who: (-claims[who], who))
    for who, group in by_who:
        yield "speaker", who, _counts(group)
    for (stance,), group in grouped(
        [one for one in claimed if one.stance], lambda one: (one.stance,), order=_rank
    ):
        yield "stance", stance, _counts(group)


def _rank(key: tuple[str]) -> int:
    return STANCES.index(key[0])


def _counts(group: Sequence[Claimed]) -> Row:
    whole = [one for one in group if one.asked == "whole"]
    claims, backed = (sum(getattr(one, name) for one in whole) for name in ("claims", "backed"))
    found = measure_sums(
        [one.backed for one in whole], [one.claims for one in whole],
        [one.interview_id for one in whole], [one.turn_id for one in whole], least=0.0,
    )  # fmt: skip
    return {
        "claims_asked": claims,
        "claims_with_reason": backed,
        "share_with_reason": share(backed, claims),
        "share_low": found.low if found else None,
        "share_high": found.high if found else None,
        "claims_with_objection": sum(one.objected for one in whole),
        "claims_left_out": sum(one.claims for one in group) - claims,
    }
