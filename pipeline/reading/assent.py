"""Assent: units that only say yes, with the content of the question.

"Yes, exactly." after "So NATO broke its word?" states that NATO broke its word. Applies to yes-no
questions and statements put to the respondent, and to the first unit of the answer only. A bare
"no" is ignored: its content is not the negated question.

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

from pipeline.reading.rows import Row

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
_AFFIRMATION = re.compile(
    r"\b(?:yes|yeah|yep|exactly|precisely|absolutely|definitely|certainly|indeed|correct|right|"
    r"true|agree|so|of course|no doubt|no question|without)\b",
    re.IGNORECASE,
)
_WH_WORDS = "what|why|how|who|whom|whose|where|when|which"
_WH_QUESTION = re.compile(
    rf"(?:(?:and|but|so|then|now|well|ok|okay)\W+)*(?:{_WH_WORDS})\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘'(]*(\w+))")
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|mr|mrs|ms|dr|st|gen|sen|rep|gov|prof|vs)\.$", re.IGNORECASE
)
_SENTENCE_STARTS = re.compile(
    rf"(?:{_WH_WORDS}|and|but|so|then|is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|must|the|that|this|it|they|you|we)",
    re.IGNORECASE,
)


def is_assent(text: str) -> bool:
    """Whether a unit says yes and nothing else."""
    words = text.strip()
    return bool(_ASSENT.fullmatch(words)) and bool(_AFFIRMATION.search(words))


def asked_content(question: str) -> str | None:
    """Return the last sentence of a question; None for a wh-question."""
    starts = [gap.end() for gap in _GAP.finditer(question) if _is_between_sentences(gap)]
    last = question[starts[-1] if starts else 0 :].strip()
    return None if not last or _WH_QUESTION.match(last) else last


def _is_between_sentences(gap: re.Match[str]) -> bool:
    """Whether a gap ends a sentence: a capital follows, and after an initial or title no name.

    In a text without capitals (automatic transcripts) none need follow.
    """
    before, after = gap.string[max(0, gap.start() - 6) : gap.start()], gap[1]
    if not after[0].isupper() and not gap.string.islower():
        return False
    return not _ABBREVIATION.search(before) or bool(_SENTENCE_STARTS.fullmatch(after))


def row_agreed_to(row: Row) -> Row | None:
    """Return a row with the content that a unit says yes to; None without assent or question.

    A unit with another before it in the answer is no assent to the question.
    """
    if row.context_before or not is_assent(row.text):
        return None
    content = asked_content(row.question)
    return replace(row, text=content, context_after="", question="") if content else None
