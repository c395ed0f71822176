"""A frame: what stands above and below a text that was taken from somewhere, and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LEAD, NEAR = 60, 12
DAY = r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4}"


@dataclass(frozen=True)
class Frame:
    """Where the text starts and ends, and what the frame says of it.

    Attributes:
        start: index of the first paragraph of the text.
        end: index behind the last.
        metadata: title, date and the like.
        code: what stands before paragraphs of the text, and is none of it.
    """

    start: int
    end: int
    metadata: dict[str, str] = field(default_factory=dict)
    code: re.Pattern[str] | None = None


def first_match(pattern: re.Pattern[str], texts: Sequence[str]) -> int | None:
    """Index of the first text in which the pattern is found."""
    return next((index for index, text in enumerate(texts) if pattern.search(text)), None)


def first_group(pattern: re.Pattern[str], texts: Sequence[str]) -> str | None:
    """What the pattern holds in its first group, in the first text in which it is found."""
    return next((found.group(1) for text in texts if (found := pattern.search(text))), None)


def told(**fields: str | None) -> dict[str, str]:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value}
