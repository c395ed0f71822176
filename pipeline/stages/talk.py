"""How often a talk names the bloc, and the warning where it hardly does."""

from __future__ import annotations

from pipeline.records import Interview

OFTEN = 2.0
"""Mentions in a thousand words under which a talk's stances deserve a warning: in the 16 interviews
of train and dev that are given in full, sentences without a named target are about the West in .00
to .03 of cases where it is named less often, and in .06 to .41 where it is named over 8 times."""
LEAST_WORDS = 300
"""A shorter text does not show how often a bloc is named."""


def naming_rate(interview: Interview, bloc: str) -> float | None:
    """Mentions of a bloc in a thousand words, pronouns left out; None for a short text."""
    words = sum(len(turn.text.split()) for turn in interview.turns)
    if words < LEAST_WORDS:
        return None
    named = sum(bloc in one.blocs and not one.is_meant for one in interview.entities or ())
    return 1000.0 * named / words


def warn_of_seldom_named(interview: Interview, bloc: str) -> str | None:
    """Say that a talk hardly names the bloc, where stances toward it were found all the same.

    Args:
        interview: one with stances.
        bloc: name of the bloc.
    """
    rate = naming_rate(interview, bloc)
    own = sum(stance.voice == "own" for stance in interview.stances or ())
    if rate is None or rate >= OFTEN or not own:
        return None
    often = f"{rate:.1f} times in a thousand words" if rate else "nowhere"
    return f"names {bloc} {often}; read its own stances ({own}), and count nothing on them"
