"""The errors a user can cause, each with where, what was found, what was expected, what next."""

from __future__ import annotations


class WestwardError(Exception):
    """Base of all errors that are reported to the user without a traceback."""


class InputError(WestwardError):
    """A transcript, an index or an annotation file cannot be used as it is."""


class ConfigError(WestwardError):
    """A setting is unknown, or its value is out of range."""


class ArtefactError(WestwardError):
    """A model or a lexicon is missing, altered, or of another version."""
