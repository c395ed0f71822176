"""How a sentence, its context and a target become the two segments the encoder reads.

Training and prediction both use these functions; the speaker's name never enters.
"""

from __future__ import annotations

QUESTION_WORDS = 20
BEFORE_WORDS = 25
AFTER_WORDS = 20
OPEN, CLOSE = "«", "»"


def tail(text: str, count: int) -> str:
    """The last `count` words of `text`."""
    return " ".join(text.split()[-count:])


def frame_context(question: str, before: str, after: str) -> str:
    """First segment: the question's end and the sentence before, then the start of the next."""
    parts = (tail(question, QUESTION_WORDS), tail(before, BEFORE_WORDS))
    context = " | ".join(part for part in parts if part)
    follows = " ".join(after.split()[:AFTER_WORDS])
    return f"{context} ... {follows}".lstrip() if follows else context


def frame_plain(
    text: str, *, question: str = "", before: str = "", after: str = ""
) -> tuple[str, str]:
    """Segments for the heads about the sentence itself: (context, sentence)."""
    return frame_context(question, before, after), " ".join(text.split())


def frame_holder(
    text: str, *, start: int, end: int, question: str = "", before: str = "", after: str = ""
) -> tuple[str, str]:
    """Segments for the holder head: who may hold a stance named in front, and marked.

    `start`, `end` are code points of the holder in `text`.
    """
    first = f"holder: {text[start:end]}"
    context = frame_context(question, before, after)
    marked = f"{text[:start]} {OPEN} {text[start:end]} {CLOSE} {text[end:]}"
    return f"{first} | {context}" if context else first, " ".join(marked.split())


def frame_target(
    text: str,
    target: str,
    *,
    start: int | None = None,
    end: int | None = None,
    question: str = "",
    before: str = "",
    after: str = "",
) -> tuple[str, str]:
    """Segments for the polarity head: target named in front, and marked in the sentence.

    `start`, `end` are code points of the target in `text`; None where it is only meant.
    """
    if start is not None and end is not None:
        text = f"{text[:start]} {OPEN} {text[start:end]} {CLOSE} {text[end:]}"
    context = frame_context(question, before, after)
    first = f"target: {target} | {context}" if context else f"target: {target}"
    return first, " ".join(text.split())


DESCRIPTION = (
    "first segment: the last 20 words of the question and the last 25 of the sentence before, "
    "joined by ' | ' (empty parts left out), then ' ... ' and the first 20 words of the sentence "
    "after; second segment: the sentence. Polarity: the first "
    "segment opens with 'target: NAME | ' and the target stands between « and » in the second "
    "where its words are there; 'the West' is the name of a target that is only meant. "
    "Holder: the same with 'holder: NAME | '. "
    "Never the speaker's name."
)
