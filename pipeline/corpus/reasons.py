"""Why a piece is in no turn, in the words that a user expects."""

from __future__ import annotations

from pipeline.records import Dropped

SPEAKER_MARK = "speaker mark"


def name_reason(piece: Dropped) -> str:
    """Why a piece is in no turn; signs without a word, such as ">>" and "-", mark a speaker."""
    signs = piece.reason == "stage direction" and not any(c.isalnum() for c in piece.text)
    return SPEAKER_MARK if signs and set(piece.text) <= set("<>-–—•*·:|# \t\n") else piece.reason
