"""Speakers and turns, by a fitted segmenter over the paragraphs of the whole document."""

from __future__ import annotations

from pipeline.turns.build import CONVENTIONS, Understanding, understand

__all__ = ["CONVENTIONS", "Understanding", "understand"]
