"""Annotations to scores: of turns, of claims, of stances, for ``westward evaluate``."""
