"""What a table's columns are made of, and the groups of columns that several tables share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.write.counts import DRAWS, MIN_STANCES, MIN_TURNS

Dtype = Literal["string", "Int64", "Float64", "boolean"]
"""pandas' nullable types: an empty cell is ``pandas.NA`` in each of them."""


_COUNT_NAMES = """
answer_words answers attributed attributed_abstained claims claims_fact claims_policy
claims_value components_abstained content_end content_start cue_end cue_start difference_n end
enters entities holder_end holder_start interviews judged_units leaves own_n position premises
questions references references_resolved respondents retargets speakers start targets turns
units units_about words
"""
_COUNTS = frozenset(_COUNT_NAMES.split())
_FLAGS = frozenset({"abstained", "changed", "component_abstained"})
_SHARE = re.compile(r"p_\w+|(\w+_)?(probability|confidence)|difference_(share_\w+|about_share|net)")


@dataclass(frozen=True)
class Column:
    """A column: its name, what it holds, for a share the column it is a share of, its type.

    Attributes:
        dtype: a share is a Float64; the type of other columns follows from their names.
    """

    name: str
    meaning: str
    denominator: str | None = None
    counted: bool = False

    @property
    def dtype(self) -> Dtype:
        """pandas' type of the cells."""
        if self.counted or self.name in _COUNTS:
            return "Int64"
        if self.denominator or _SHARE.fullmatch(self.name):
            return "Float64"
        return "boolean" if self.name in _FLAGS else "string"


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row of it is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


def columns(*, counted: bool = False, **meanings: str) -> tuple[Column, ...]:
    """Return columns of no share: name=meaning, in order; counted where all are counts."""
    return tuple(Column(name, meaning, counted=counted) for name, meaning in meanings.items())


def share(name: str, what: str, *, of: str) -> Column:
    """Return a column that is a share of another."""
    return Column(name, f"{what} / {of}; empty where {of} is 0", of)


def tally(prefix: str, what: str, *, caution: str = "") -> tuple[Column, ...]:
    """Return the columns of ``counts.tally``.

    Args:
        prefix: of their names.
        what: is counted.
        caution: what a reader must know before quoting them.
    """
    n = f"{prefix}n"
    counts = columns(
        counted=True,
        **{
            n: f"{what} about the bloc; the four counts that follow add up to it{caution}",
            f"{prefix}favor": f"{what} in favor of their target",
            f"{prefix}against": f"{what} against their target",
            f"{prefix}neutral": f"{what} that take no side",
            f"{prefix}abstained": f"{what} that the model would not decide",
        },
    )
    shares = tuple(
        share(f"{prefix}share_{side}", f"{prefix}{side}", of=n)
        for side in ("favor", "against", "neutral", "abstained")
    )
    net = Column(
        f"{prefix}net",
        f"({prefix}favor - {prefix}against) / {n}; {n} counts all, neutral and not decided too, so "
        f"that what is not decided draws it to 0; empty where {n} is 0",
        n,
    )
    decided = Column(
        f"{prefix}net_decided",
        f"({prefix}favor - {prefix}against) / ({n} - {prefix}abstained); empty where all are "
        "abstained",
        n,
    )
    return (*counts, *shares, net, decided)


def contest(prefix: str, who: str) -> tuple[Column, ...]:
    """Return the columns of ``counts.contest``."""
    sides = f"{prefix}sides"
    return (
        Column(sides, f"{prefix}favor + {prefix}against: how often a side is taken", counted=True),
        Column(
            f"{prefix}contested",
            f"1 - |{prefix}favor - {prefix}against| / {sides}: 0 where all agree, 1 where the "
            f"sides are even; empty where {sides} is 0; one against one is 1 too, so read both",
            sides,
        ),
        *columns(
            counted=True,
            **{
                f"{prefix}holders": f"{who} with a stance on the target",
                f"{prefix}holders_favor": f"{who} more often for the target than against it",
                f"{prefix}holders_against": f"{who} more often against the target than for it",
            },
        ),
    )


# the figures of docs/accuracy.md, "Reported stances"
READING_LIST = (
    "what is reported of others is a reading list, not a count: on test documents 8 of 28 shown "
    "were right (precision .29), 8 of 33 were found (recall .24), F1 .26; those less probable than "
    "stance.abstain_below are abstained; read each before you quote it"
)
TEXT = (
    "as in the transcript; an apostrophe before = + - @ keeps spreadsheets from taking it for a "
    "formula (take it off before you compare)"
)
INTERVIEW_ID = columns(interview_id="joins all tables")
DATE = columns(date="of the interview, ISO 8601, as exact as it is known")
PLACE = columns(
    unit_id="joins units, claims, stances, entities",
    turn_id="the turn in which the unit stands",
    question_id="the question that the turn answers (questions.csv), the last of several in a row; "
    "empty if none",
)
WHO = columns(
    speaker_id="joins speakers.csv",
    speaker_name="as the transcript labels the speaker",
    role="of the speaker: interviewer, respondent or other",
)
OF_UNIT = (*INTERVIEW_ID, *DATE, *PLACE, *WHO)
JUDGE = "model:NAME@VERSION or rule:NAME"
COMPONENTS = (
    *columns(
        judged_units="respondents' units that are judged: those of answers and statements",
        claims="of these, claims: contestable standpoints put forward",
        premises="of these, premises: reasons or evidence for a claim nearby",
        components_abstained="of these, units whose component the model would not decide: neither "
        "claims nor premises nor none",
    ),
    share("claims_share", "claims", of="judged_units"),
    share("premises_share", "premises", of="judged_units"),
)
ABOUT = (
    Column("units_about", "respondents' units with at least one own stance: about the bloc"),
    share("units_about_share", "units_about", of="judged_units"),
)
OWN = tally("own_", "own stances of respondents")
ATTRIBUTED = columns(
    attributed="stances that respondents report as another's, without those abstained; targets.csv "
    "counts them by position",
    attributed_abstained="reported stances that the model would not decide; counted in no other "
    "column of the table",
)
COUNTED = (*ABOUT, *OWN, *ATTRIBUTED)
CODES = columns(
    component="claim, premise or none; empty where the unit was not judged",
    kind="of a claim: fact, value or policy",
)
COUNTING = columns(
    duplicates="include: every stance counts; document, week, month, year: a holder's same "
    "position on the same target counts once in each (once a document where its date is not exact "
    "enough); acrossrange: once (setting tables.duplicates)"
)
SPAN = columns(
    first_date="of the earliest of these interviews; empty where no date is known",
    last_date="of the latest",
)
INTERVAL = (
    Column(
        "net_low",
        f"lower end of the 95 % interval of net: {DRAWS} bootstrap draws of whole turns (setting "
        f"seed); empty with fewer than {MIN_STANCES} stances or {MIN_TURNS} turns, and where all "
        "stances score the same; sampling only, not the error of the model",
        "n",
    ),
    Column("net_high", "upper end", "n"),
)
