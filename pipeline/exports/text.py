"""An interview as one text with its speakers, for formats whose offsets count from its start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records import Entity, Interview, Unit
from pipeline.tables.identity import speaker_name

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold: control characters, surrogates, U+FFFE and U+FFFF."""
REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class Document:
    """The text of an interview, and where each turn starts in it, by id."""

    text: str
    starts: Mapping[str, int]

    def span(self, found: Unit | Entity) -> tuple[int, int]:
        """Return where a unit or mention is in the text, in code points."""
        start = self.starts[found.turn_id]
        return start + found.start, start + found.end


def document_of(interview: Interview) -> Document:
    """Return an interview as one text: the name of each speaker on a line above the words."""
    speakers = interview.speaker_by_id()
    text, starts = "", {}
    for turn in interview.turns:
        text += f"{inert(speaker_name(speakers[turn.speaker_id]))}:\n"
        starts[turn.id] = len(text)
        text += f"{inert(turn.text)}\n\n"
    return Document(text, starts)


def inert(text: str) -> str:
    r"""Return a text that every format can hold, with each character where it was.

    A character that XML cannot hold becomes U+FFFD; of CR and LF the CR becomes a space, because
    readers that take both as one would shift every offset after it.

    Example:
        >>> inert("a\x07b\r\nc")
        'a�b \nc'
    """
    return UNWRITABLE.sub(REPLACEMENT, text.replace("\r\n", " \n").replace("\r", "\n"))


def squeezed(text: str) -> str:
    """Return a text with each run of white space as one space, to compare it after import."""
    return " ".join(inert(text).split())
