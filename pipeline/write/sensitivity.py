"""What a result owes to its definition of the bloc: the same interviews under two of them.

Two tables: ``sensitivity_units.csv`` lists each stance that is not the same under another bloc,
``sensitivity.csv`` tells what that does to interviews and to holders. All that does not depend on
the bloc (turns, units, mentions, claims, reports) is computed once and is the same in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pipeline.records import Stance, Unit
from pipeline.write import rows
from pipeline.write.columns import (
    COUNTING,
    DATE,
    INTERVIEW_ID,
    PLACE,
    TEXT,
    WHO,
    Column,
    Table,
    columns,
    share,
    tally,
)
from pipeline.write.counts import DIGITS, Cell, Row
from pipeline.write.counts import share as share_of
from pipeline.write.counts import tally as count
from pipeline.write.lookup import Lookup, Position, position
from pipeline.write.tables import Duplicates, fact_of

Change = Literal["enters", "leaves", "turns", "retargets"]
CHANGES: tuple[Change, ...] = ("enters", "leaves", "turns", "retargets")
SIDES = ("share_favor", "share_against", "share_neutral", "net")

SENSITIVITY = Table(
    "sensitivity",
    "all interviews, one interview, or one holder, in one voice: under the bloc of the run and "
    "under another",
    (
        *columns(
            level="all, interview or holder",
            interview_id="of an interview; else empty",
            voice="own: respondents'; attributed: reported by them as another's",
            holder="of a holder, as in holders.csv; else empty",
            holder_kind="speaker, actor or words; else empty",
            bloc="the bloc of the run, which all other tables are about: the columns main_",
            other_bloc="the bloc it is compared with: the columns other_",
        ),
        *COUNTING,
        *columns(
            judged_units="respondents' units that are judged, the holder's where there is one; "
            "empty for attributed voices",
            changed="True where a position or a target is not the same under both",
            enters="stances under other_bloc on units that are not about bloc",
            leaves="stances under bloc on units that are not about other_bloc",
            turns="stances of another position under other_bloc",
            retargets="stances of the same position on another target under other_bloc",
        ),
        *tally("main_", "stances under bloc"),
        share("main_about_share", "main_n", of="judged_units"),
        *tally("other_", "stances under other_bloc"),
        share("other_about_share", "other_n", of="judged_units"),
        Column("difference_n", "other_n - main_n"),
        Column("difference_about_share", "other_about_share - main_about_share"),
        *(
            Column(f"difference_{side}", f"other_{side} - main_{side}; empty where one of them is")
            for side in SIDES
        ),
    ),
)

SENSITIVITY_UNITS = Table(
    "sensitivity_units",
    "one stance in a respondent's unit that is not the same under another bloc",
    (
        *INTERVIEW_ID,
        *DATE,
        *PLACE,
        *WHO,
        *columns(
            text=TEXT,
            voice="own: the speaker's; attributed: reported by the speaker as another's",
            holder_name="the speaker's name (own), or the actor or words (attributed)",
            other_bloc="the bloc that the run's is compared with",
            change="enters, leaves, turns or retargets, as in sensitivity.csv",
            main_counted_as="favor, against, neutral or abstained under the bloc of the run; "
            "not_about where there is no stance",
            other_counted_as="the same under other_bloc",
            main_target_text="the words that name the target; empty where it is only meant",
            other_target_text="the same under other_bloc",
            main_target_actor="who is meant",
            other_target_actor="the same under other_bloc",
            main_probability="calibrated, of the polarity",
            other_probability="the same under other_bloc",
        ),
    ),
)

SENSITIVITY_TABLES = (SENSITIVITY, SENSITIVITY_UNITS)


@dataclass(frozen=True)
class Compared:
    """One interview under two blocs, as the tables need it.

    Attributes:
        judged: units judged, by the name of the respondent who says them.
        main: facts of the stances under the run's bloc.
        other: facts of the stances under the other.
        changes: rows of ``sensitivity_units.csv``.
    """

    interview_id: str
    other_bloc: str
    judged: Counter[str]
    main: Sequence[Row]
    other: Sequence[Row]
    changes: Sequence[Row]


def compare(main: Lookup, other: Lookup, *, other_bloc: str) -> Compared:
    """Compare an interview's stances under two blocs; nothing else differs in it."""
    judged: Counter[str] = Counter()
    for unit in main.coded_units():
        speaker = main.speaker_of(unit)
        judged[speaker.name or speaker.id] += 1
    return Compared(
        interview_id=main.interview.id,
        other_bloc=other_bloc,
        judged=judged,
        main=[fact_of(row) for row in rows.stance_rows(main)],
        other=[fact_of(row) for row in rows.stance_rows(other)],
        changes=[
            row
            for unit in main.coded_units()
            for row in _changes(main, other, unit, other_bloc=other_bloc)
        ],
    )


def sensitivity_rows(
    compared: Sequence[Compared], *, bloc: str, duplicates: Duplicates
) -> Iterator[Row]:
    """Yield the rows of ``sensitivity.csv``: all, then interviews, then holders, by other bloc.

    Interviews count every stance, as in interviews.csv; holders as in holders.csv.
    """
    for other_bloc in dict.fromkeys(one.other_bloc for one in compared):
        group = [one for one in compared if one.other_bloc == other_bloc]
        names: Row = {"bloc": bloc, "other_bloc": other_bloc}
        for voice in ("own", "attributed"):
            yield _row(group, voice=voice, names={**names, "level": "all"})
        for one in group:
            for voice in ("own", "attributed"):
                named = {**names, "level": "interview", "interview_id": one.interview_id}
                yield _row([one], voice=voice, names=named)
        for voice, holder, kind in _holders(group):
            named = {**names, "level": "holder", "holder": holder, "holder_kind": kind}
            yield _row(group, voice=voice, names=named, duplicates=duplicates)


def _holders(group: Sequence[Compared]) -> list[tuple[str, str, str]]:
    """Holders of either bloc, own voices first, then the most frequent under the run's."""
    found: Counter[tuple[str, str, str]] = Counter()
    for one in group:
        for facts, weight in ((one.main, 1), (one.other, 0)):
            for fact in facts:
                key = (str(fact["voice"]), str(fact["holder_name"]), str(fact["holder_kind"]))
                found[key] += weight
    return sorted(found, key=lambda key: (key[0] != "own", -found[key], key))


def _row(
    group: Sequence[Compared], *, voice: str, names: Row, duplicates: Duplicates = "include"
) -> Row:
    holder = names.get("holder")

    def mine(facts: Iterable[Row], name: str) -> list[Row]:
        return [fact for fact in facts if fact["voice"] == voice and holder in (None, fact[name])]

    changes = Counter(
        change["change"] for one in group for change in mine(one.changes, "holder_name")
    )
    judged: int | None = None
    if voice == "own":
        judged = sum(
            number for one in group for name, number in one.judged.items() if holder in (None, name)
        )
    row: Row = {
        "interview_id": None,
        "holder": None,
        "holder_kind": None,
        **names,
        "voice": voice,
        "duplicates": duplicates,
        "judged_units": judged,
        "changed": changes.total() > 0,
        **{name: changes[name] for name in CHANGES},
    }
    for prefix, which in (("main_", "main"), ("other_", "other")):
        facts = [fact for one in group for fact in mine(getattr(one, which), "holder_name")]
        row |= count(_positions(facts, duplicates), prefix=prefix)
        n = _number(row[f"{prefix}n"])
        row[f"{prefix}about_share"] = None if judged is None else share_of(n, judged)
    for name in ("n", "about_share", *SIDES):
        row[f"difference_{name}"] = _minus(row[f"other_{name}"], row[f"main_{name}"])
    return row


def _positions(facts: Sequence[Row], duplicates: Duplicates) -> list[Position]:
    if duplicates == "interview":
        facts = [dict(items) for items in dict.fromkeys(tuple(fact.items()) for fact in facts)]
    return [fact["counted_as"] for fact in facts]  # type: ignore[misc]


def _changes(main: Lookup, other: Lookup, unit: Unit, *, other_bloc: str) -> Iterator[Row]:
    for a, b in _pairs(_stances(main, unit), _stances(other, unit)):
        change = _change(a, b)
        one = a or b
        if change is None or one is None:
            continue
        turn = main.turn_of(unit)
        sides: Row = {}
        for prefix, stance in (("main_", a), ("other_", b)):
            sides |= {
                f"{prefix}counted_as": position(stance) if stance else "not_about",
                f"{prefix}target_text": stance.target_text if stance else None,
                f"{prefix}target_actor": stance.target_actor if stance else None,
                f"{prefix}probability": round(stance.probability, DIGITS) if stance else None,
            }
        yield {
            "interview_id": main.interview.id,
            "date": main.interview.date,
            "unit_id": unit.id,
            "turn_id": unit.turn_id,
            "question_id": turn.answers,
            "speaker_id": turn.speaker_id,
            "speaker_name": main.speakers[turn.speaker_id].name,
            "text": unit.text,
            "voice": one.voice,
            "holder_name": rows.holder_name(main, one),
            "other_bloc": other_bloc,
            "change": change,
            **sides,
        }


def _stances(lookup: Lookup, unit: Unit) -> list[Stance]:
    return [*lookup.own(unit), *lookup.attributed(unit)]


def _pairs(
    main: Sequence[Stance], other: Sequence[Stance]
) -> Iterator[tuple[Stance | None, Stance | None]]:
    """Pair the stances of each holder in a unit: on the same target first, then in order."""
    holders: dict[tuple[str, str], tuple[list[Stance], list[Stance]]] = defaultdict(
        lambda: ([], [])
    )
    for number, stances in enumerate((main, other)):
        for stance in stances:
            holders[stance.voice, stance.holder][number].append(stance)
    for mains, others in holders.values():
        rest = list(others)
        left: list[Stance] = []
        for stance in mains:
            twin = next((one for one in rest if _target(one) == _target(stance)), None)
            if twin is None:
                left.append(stance)
            else:
                rest.remove(twin)
                yield stance, twin
        yield from zip_longest(left, rest)


def _target(stance: Stance) -> tuple[str | None, str | None]:
    return stance.target_text, stance.target_actor


def _change(main: Stance | None, other: Stance | None) -> Change | None:
    if main is None or other is None:
        return "enters" if main is None else "leaves"
    if position(main) != position(other):
        return "turns"
    return None if _target(main) == _target(other) else "retargets"


def _number(value: Cell) -> int:
    return int(value or 0)


def _minus(a: Cell, b: Cell) -> float | None:
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        return None
    return round(a - b, DIGITS)
