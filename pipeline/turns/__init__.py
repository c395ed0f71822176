"""Turns: who says what, found by the convention that explains the whole document best."""

from __future__ import annotations

from pipeline.turns.build import Understanding, build_interview, understand
from pipeline.turns.conventions import CONVENTIONS

__all__ = ["CONVENTIONS", "Understanding", "build_interview", "understand"]
