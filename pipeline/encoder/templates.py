"""How a sentence, its context and a target become the two segments the encoder reads.

Training and prediction both use these functions; the speaker's name never enters.
"""

from __future__ import annotations

QUESTION_WORDS = 20
BEFORE_WORDS = 25
OPEN, CLOSE = "«", "»"


def tail(text: str, count: int) -> str:
    """The last `count` words of `text`."""
    return " ".join(text.split()[-count:])


def frame_context(question: str, before: str) -> str:
    """First segment: the question's last words and the sentence before, joined by a bar."""
    parts = (tail(question, QUESTION_WORDS), tail(before, BEFORE_WORDS))
    return " | ".join(part for part in parts if part)


def frame_plain(text: str, *, question: str = "", before: str = "") -> tuple[str, str]:
    """Segments for the heads about the sentence itself: (context, sentence)."""
    return frame_context(question, before), " ".join(text.split())


def frame_target(
    text: str,
    target: str,
    *,
    start: int | None = None,
    end: int | None = None,
    question: str = "",
    before: str = "",
) -> tuple[str, str]:
    """Segments for the polarity head: target named in front, and marked in the sentence.

    `start`, `end` are code points of the target in `text`; None where it is only meant.
    """
    if start is not None and end is not None:
        text = f"{text[:start]} {OPEN} {text[start:end]} {CLOSE} {text[end:]}"
    context = frame_context(question, before)
    first = f"target: {target} | {context}" if context else f"target: {target}"
    return first, " ".join(text.split())


DESCRIPTION = (
    "first segment: the last 20 words of the question and the last 25 of the sentence before, "
    "joined by ' | ' (empty parts left out); second segment: the sentence. Polarity: the first "
    "segment opens with 'target: NAME | ' and the target stands between « and » in the second "
    "where its words are there; 'the West' is the name of a target that is only meant. "
    "Never the speaker's name."
)
