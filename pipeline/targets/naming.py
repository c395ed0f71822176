"""How often an interview names the bloc, and others beside it, with a warning if rarely."""

from __future__ import annotations

from collections import Counter

from pipeline.notices import HARDLY_OTHERS, SELDOM_NAMED, notice
from pipeline.records import Interview, Notice

OFTEN = 2.0
"""Mentions in a thousand words under which stances get a warning: in full interviews of train and
dev that name the West less often, hardly a sentence without a named target is about it."""
LEAST_WORDS = 300
"""Words under which the rate is not computed."""
OTHERS = 4.0
"""Mentions of others than one member of the bloc in a thousand words under which a talk is about
its own affairs: news conferences and hearings of a central bank have 0 to 3.2, the least of 630
interviews on world politics that is about the West 5.2."""
LEAST_WORDS_OF_OTHERS = 1000
"""Words under which there is no warning of that: a short talk names few by chance."""


def naming_rate(interview: Interview, bloc: str) -> float | None:
    """Return mentions of a bloc in a thousand words, without pronouns; None for a short text."""
    words = _words(interview)
    if words < LEAST_WORDS:
        return None
    named = sum(bloc in one.blocs and not one.is_meant for one in interview.entities or ())
    return 1000.0 * named / words


def rate_of_others(interview: Interview, bloc: str) -> tuple[str, float] | None:
    """Return the member of a bloc named most, and mentions of all others in a thousand words.

    Of the table of actors, without pronouns. None for a short text, and where no member is named.
    """
    words = _words(interview)
    named, members = Counter[str](), Counter[str]()
    for one in interview.entities or ():
        if not one.is_meant:
            named.update(one.actors)
            members.update(one.actors if bloc in one.blocs else ())
    if words < LEAST_WORDS_OF_OTHERS or not members:
        return None
    ((member, times),) = members.most_common(1)
    return member, 1000.0 * (named.total() - times) / words


def warn_of_naming(interview: Interview, bloc: str) -> Notice | None:
    """Return a warning if an interview has own stances toward a bloc and is hardly about it.

    It rarely names the bloc, or names one member of it and hardly anybody else: a talk about the
    member's own affairs, as a central bank's.
    """
    own = sum(stance.voice == "own" for stance in interview.stances or ())
    if not own:
        return None
    rate = naming_rate(interview, bloc)
    if rate is not None and rate < OFTEN:
        return notice(SELDOM_NAMED, bloc=bloc, rate=round(rate, 4), own=own)
    found = rate_of_others(interview, bloc)
    if found is not None and found[1] < OTHERS:
        member, others = found
        return notice(HARDLY_OTHERS, bloc=bloc, member=member, rate=round(others, 4), own=own)
    return None


def _words(interview: Interview) -> int:
    return sum(len(turn.text.split()) for turn in interview.turns)
