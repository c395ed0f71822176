"""Annotations to heads: an encoder's retrained, a linear model's fitted, for ``westward train``."""
