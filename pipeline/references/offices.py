"""The words of labels and affiliations that say an office, or that it is over."""

from __future__ import annotations

import re

FORMER = re.compile(r"\b(former(ly)?|retired|ex|emerit\w+|since resigned)\b", re.IGNORECASE)
OFFICE = re.compile(
    r"(?:the )?((?:vice |deputy )?(?:president|prime minister|chancellor|premier"
    r"|(?:foreign|defen[cs]e|finance) minister)|secretary)",
    re.IGNORECASE,
)
COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"})
"""Titles in a label that say no office."""
STUDY = re.compile(
    r"\b(analyst|author|columnist|correspondent|economist|editor|expert|fellow|historian|host"
    r"|journalist|professor|reporter|researcher|scholar|scientist|specialist|writer|university"
    r"|institut(e|ion)|think[ -]tank)\b",
    re.IGNORECASE,
)
"""What those do who study or report, and where."""
