"""What stands in the tables that set two definitions of the bloc side by side."""

from __future__ import annotations

from pipeline.write.columns import (
    COUNTING,
    OF_UNIT,
    TEXT,
    Column,
    Table,
    columns,
    share,
    tally,
)

SIDES = ("share_favor", "share_against", "share_neutral", "net")

SENSITIVITY = Table(
    "sensitivity",
    "all interviews, one interview, or one holder, in one voice: under the bloc of the run and "
    "under another",
    (
        *columns(
            level="all, interview or holder",
            interview_id="of an interview; else empty",
            date="of the interview; else empty",
            voice="own: respondents'; attributed: reported by them as another's",
            holder="of a holder, as in holders.csv; else empty",
            holder_kind="speaker, actor or words; else empty",
            affiliation="of a holder who is a speaker, where it is known",
            country="of a holder who is a speaker, where it is known",
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
        *OF_UNIT,
        *columns(
            affiliation="of the speaker, where it is known",
            country="of the speaker, where it is known",
            text=TEXT,
            voice="own: the speaker's; attributed: reported by the speaker as another's",
            holder_name="as in stances.csv",
            holder_kind="speaker, actor or words",
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
