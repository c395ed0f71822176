"""Fits and measures of the actors that pronouns and nominals mean."""
