"""Fits and measures of stances that a speaker reports as another's."""
