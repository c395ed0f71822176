"""Does a text ask something? By its question mark, or by an imperative that asks for an answer."""

from __future__ import annotations

import re

from pipeline.turns.vocabulary import IMPERATIVES, NEEDS_OBJECT

_OBJECT = re.compile(
    r"^\w+ (?:us|me|our|your|to us|about|more|with|through|an?|the|how|what|why)\b", re.I
)
_POLITE = re.compile(
    r"^(?:and |so |but |now,? |then |finally,? |lastly,? |first,? |well,? |please,? )+", re.I
)
_WISH = re.compile(
    r"\b(?:i(?:'d| would|’d) (?:just |also )?(?:like|love|want|be curious) to "
    r"(?:ask|hear|know|turn|get)|i (?:just )?want(?:ed)? to ask|my (?:\w+ )?question is|let me ask|"
    r"(?:i'm|i’m|i am) (?:curious|wondering)|"
    r"i wonder|could you|can you|would you|your (?:thoughts|view|take|reaction|comment)s?\b)",
    re.I,
)
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")
_ENDED = re.compile(r"[.?!…][\"'”’)\]*_]*$")
_COURTESY = re.compile(
    r"(?:(?<=[.?!])\s+(?:please|thank you|thanks|over to you|go ahead)\b[^.?!]{0,30}[.!]*)+$", re.I
)
_TAIL = 400
_QUESTION_END = re.compile(r"\?[\s\"'”’)\]!…*_❞»]*$")


def is_question(text: str) -> bool:
    """The text ends as a question."""
    return bool(_QUESTION_END.search(text.rstrip()))


def is_request(text: str) -> bool:
    """The text is an imperative that asks for an answer: "Assess the impact of ..."."""
    plain = _POLITE.sub("", text.lstrip("\"'“‘–—-• 0123456789.)").strip())
    first = re.match(r"[A-Za-z]+", plain)
    if not first or first.group().lower() not in IMPERATIVES:
        return False
    verb = first.group().lower()
    return verb not in NEEDS_OBJECT or bool(_OBJECT.match(plain))


def asks(text: str) -> bool:
    """A turn asks: a question mark in it near its end, a wish to know, or a request."""
    return "?" in text[-_TAIL:] or is_request(text) or _wishes(text)


def ends_asking(text: str) -> bool:
    """A turn leaves its question to others: nothing but a courtesy follows it, or it is a request.

    "Why would they? It works." does not: who says so has answered himself.
    """
    return is_question(_COURTESY.sub("", text.rstrip())) or is_request(text) or _wishes(text)


def _wishes(text: str) -> bool:
    return bool(_WISH.search(text[-_TAIL:]))


def ends_sentence(text: str) -> bool:
    """The text ends with the mark of a sentence; quotes, brackets, stars may stand behind."""
    return bool(_ENDED.search(text))


def count_sentences(text: str) -> int:
    """A rough count of sentences, at least one."""
    return max(1, len(_SENTENCE_END.findall(text)))
