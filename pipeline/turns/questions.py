"""Whether a text is a question: question mark, a wish to know, or a request for an answer."""

from __future__ import annotations

import re

from pipeline.turns.vocabulary import read_lists

_LISTS = read_lists("questions")
_TAIL = 400
_COURTESY_WORDS = 6
_CLOSING = " \t\n\"'”’“)]*_❞»"
_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)\]]*\s+")


def is_question(text: str) -> bool:
    """Return whether the text ends as a question."""
    return text.rstrip(_CLOSING + "!…").endswith("?")


def is_request(text: str) -> bool:
    """Return whether the text opens as an imperative that asks: "Assess the impact of ..."."""
    words = [w.strip(",.:;").casefold() for w in text.lstrip("\"'“‘–—-• 0123456789.)").split()[:8]]
    while words and words[0] in _LISTS["openers"]:
        words = words[1:]
    if not words or words[0] not in _LISTS["imperatives"]:
        return False
    return words[0] not in _LISTS["ambiguous"] or any(w in _LISTS["objects"] for w in words[1:2])


def asks(text: str) -> bool:
    """Return whether a turn asks: a question mark or a wish to know near its end, or a request."""
    return "?" in text[-_TAIL:] or is_request(text) or _wishes(text)


def ends_asking(text: str) -> bool:
    """Return whether a turn leaves its question to others: at most a courtesy follows it.

    "Why would they? It works." does not: the speaker answers it.
    """
    tail = text[-_TAIL:]
    courtesies = _LISTS["courtesies"]
    *rest, last = _SENTENCE.split(tail.strip()) or [""]
    while rest and last.split()[:1] and _opens_courtesy(last, courtesies):
        *rest, last = rest
    return is_question(last) or is_request(text) or _wishes(text)


def _opens_courtesy(sentence: str, courtesies: frozenset[str]) -> bool:
    words = sentence.casefold().split()
    return len(words) <= _COURTESY_WORDS and words[0].strip(",.!") in courtesies


def _wishes(text: str) -> bool:
    tail = text[-_TAIL:].casefold().replace("’", "'")
    return any(phrase in tail for phrase in _LISTS["wishes"])
