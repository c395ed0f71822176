"""Fits and measures of the targets of a speaker's own stances."""
