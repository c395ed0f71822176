"""Units that only say yes: their content is what was asked.

"Yes, exactly." after "So NATO broke its word?" says that NATO broke its word. Only a question that
can be answered by yes, or a statement put to the speaker, is taken up, and only by the first unit
of the answer. A bare "no" is left alone: what it leaves standing is not what was asked turned
round.

Example:
    >>> is_assent("Yes, exactly."), is_assent("Yes, but not only NATO.")
    (True, False)
    >>> asked_content("You were in Kyiv. So NATO broke its word?")
    'So NATO broke its word?'
    >>> asked_content("You were in Kyiv. Why did NATO break its word?") is None
    True
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.features.rows import Row

_YES = (
    r"yes|yeah|yep|exactly|precisely|absolutely|definitely|certainly|indeed|right|true|correct|"
    r"quite|very much|very much so|of course|no doubt|no question|without (?:a |any )?doubt|"
    r"without question|i (?:quite |fully |completely |totally )?agree(?: with (?:you|that))?|"
    r"that is (?:right|true|correct|so|the case)|that['’]s (?:right|true|correct|so|it|exactly it)|"
    r"you are (?:quite |absolutely )?right|you['’]re (?:quite |absolutely )?right|it is|it has|"
    r"it does|it did|they are|they have|they do|they did|he is|he does|she is|she does|"
    r"i (?:do )?(?:think|believe) so|it is indeed|so it is"
)
_ASSENT = re.compile(rf"(?:(?:{_YES})[\s,;:.!–—-]*)+", re.IGNORECASE)
_NODDING = re.compile(
    r"\b(?:yes|yeah|yep|exactly|precisely|absolutely|definitely|certainly|indeed|correct|right|"
    r"true|agree|so|of course|no doubt|no question|without)\b",
    re.IGNORECASE,
)
_ASKS = "what|why|how|who|whom|whose|where|when|which"
_OPEN = re.compile(
    rf"(?:(?:and|but|so|then|now|well|ok|okay)\W+)*(?:{_ASKS})\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘'(]*(\w+))")
_SHORT = re.compile(r"\b(?:[^\W\d_]|mr|mrs|ms|dr|st|gen|sen|rep|gov|prof|vs)\.$", re.IGNORECASE)
_OPENS = re.compile(
    rf"(?:{_ASKS}|and|but|so|then|is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|must|the|that|this|it|they|you|we)",
    re.IGNORECASE,
)


def is_assent(text: str) -> bool:
    """Tell whether a unit says yes and nothing else."""
    words = text.strip()
    return bool(_ASSENT.fullmatch(words)) and bool(_NODDING.search(words))


def asked_content(question: str) -> str | None:
    """The last sentence of a question; null where it asks what, why or who."""
    starts = [gap.end() for gap in _BREAK.finditer(question) if _is_between_sentences(gap)]
    last = question[starts[-1] if starts else 0 :].strip()
    return None if not last or _OPEN.match(last) else last


def _is_between_sentences(gap: re.Match[str]) -> bool:
    """Tell whether a capital follows, and after an initial or a title a word that no name has.

    In a text without capitals, as machines write down speech, none need follow.
    """
    before, after = gap.string[max(0, gap.start() - 6) : gap.start()], gap[1]
    if not after[0].isupper() and not gap.string.islower():
        return False
    return not _SHORT.search(before) or bool(_OPENS.fullmatch(after))


def row_agreed_to(row: Row) -> Row | None:
    """The row that a unit says yes to; null where it is no assent, or nothing was asked before it.

    Args:
        row: a unit; one with a unit before it in the same answer assents to that, not to the
            question.
    """
    if row.context_before or not is_assent(row.text):
        return None
    content = asked_content(row.question)
    return replace(row, text=content, context_after="", question="") if content else None
