"""Fits and measures of whom pronouns and nominals mean."""
