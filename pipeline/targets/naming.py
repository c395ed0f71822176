"""How often an interview names the bloc, with a warning if rarely."""

from __future__ import annotations

from pipeline.notices import SELDOM_NAMED, notice
from pipeline.records import Interview, Notice

OFTEN = 2.0
"""Mentions in a thousand words under which stances get a warning: in full interviews of train and
dev that name the West less often, hardly a sentence without a named target is about it."""
LEAST_WORDS = 300
"""Words under which the rate is not computed."""


def naming_rate(interview: Interview, bloc: str) -> float | None:
    """Return mentions of a bloc in a thousand words, without pronouns; None for a short text."""
    words = sum(len(turn.text.split()) for turn in interview.turns)
    if words < LEAST_WORDS:
        return None
    named = sum(bloc in one.blocs and not one.is_meant for one in interview.entities or ())
    return 1000.0 * named / words


def warn_of_seldom_named(interview: Interview, bloc: str) -> Notice | None:
    """Return a warning if an interview has own stances toward a bloc that it rarely names."""
    rate = naming_rate(interview, bloc)
    own = sum(stance.voice == "own" for stance in interview.stances or ())
    if rate is None or rate >= OFTEN or not own:
        return None
    return notice(SELDOM_NAMED, bloc=bloc, rate=round(rate, 4), own=own)
