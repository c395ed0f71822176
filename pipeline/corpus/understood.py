"""What is shown and kept of a transcript's understanding, in the words that a user expects."""

from __future__ import annotations

from pipeline.records import Dropped, Speaker
from pipeline.turns.vocabulary import INTERVIEWERS, PARTS, REPORTERS

SPEAKER_MARK = "speaker mark"
_PARTS_IN_THE_TALK = INTERVIEWERS | PARTS | REPORTERS


def office_of(speaker: Speaker) -> str | None:
    """Whom a speaker speaks for; a part in the talk, such as "HOST" or "BYLINE", is no office."""
    office = speaker.affiliation
    if office is None or office.casefold().strip(" .") in _PARTS_IN_THE_TALK:
        return None
    return office


def name_reason(piece: Dropped) -> str:
    """Why a piece is in no turn; signs without a word, such as ">>" and "-", mark a speaker."""
    signs = piece.reason == "stage direction" and not any(c.isalnum() for c in piece.text)
    return SPEAKER_MARK if signs and set(piece.text) <= set("<>-–—•*·:|# \t\n") else piece.reason
