"""What stands in the tables over all interviews: their columns, in order."""

from __future__ import annotations

from pipeline.write.columns import (
    COUNTING,
    INTERVAL,
    OWN,
    READING_LIST,
    SPAN,
    Table,
    columns,
    contest,
    tally,
)

_TARGET = columns(
    target="the actor; where none was resolved, the words; (only meant) where neither",
    target_kind="actor, words or unnamed",
)

TARGETS = Table(
    "targets",
    "one target of respondents' stances, all interviews together; the most frequent first",
    (
        *_TARGET,
        *columns(interviews="in which it is a target"),
        *SPAN,
        *COUNTING,
        *OWN,
        *contest("own_", "respondents"),
        *tally("attributed_", "stances reported as another's", caution=f"; {READING_LIST}"),
        *contest("attributed_", "holders"),
    ),
)

_HOLDER = columns(
    voice=f"own: the respondent's; attributed: reported by respondents; {READING_LIST}",
    holder="a respondent's name, or the actor or words an attributed stance names; the same is one "
    "holder wherever it stands, words in any case, shown as most often spelt; respondents known by "
    "a letter, a number or a role alone are told apart by interview: NAME (speaker_id), or the id "
    "where they have no label",
    holder_kind="speaker, actor or words",
    affiliation="of a speaker, where it is known",
    country="of a speaker, where it is known; speakers of one name in several interviews are one "
    "holder only where affiliation and country are the same too",
)

HOLDERS = Table(
    "holders",
    "one holder in one voice, all interviews together; own and attributed are never added up",
    (
        *_HOLDER,
        *columns(interviews="in which the holder has a stance"),
        *SPAN,
        *columns(targets="on how many targets", turns="in how many turns"),
        *COUNTING,
        *tally("", "stances of the holder"),
        *INTERVAL,
    ),
)

POSITIONS = Table(
    "positions",
    "one holder's position on one target in one voice, all interviews together",
    (
        *_HOLDER,
        *_TARGET,
        *columns(interviews="in which the holder has a stance on the target"),
        *SPAN,
        *columns(turns="in how many turns"),
        *COUNTING,
        *tally("", "stances of the holder on the target"),
        *INTERVAL,
    ),
)
