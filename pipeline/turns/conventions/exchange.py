"""Who speaks each paragraph of a talk that names nobody.

A question need not ask: "That sounds like an argument for the war." What tells it is its length,
whom it speaks of, how it ends, how the next paragraph opens, and that an answer must follow. The
weights come from a conditional random field (Lafferty et al. 2001) fitted on hand-checked
interviews whose labels were taken off, and are rounded; those of what is rare but telling
(requests, "Let us turn to", questions answered in one breath, stage directions) are set by hand.
The best row is Viterbi's (1967).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf, log

from pipeline.turns.questions import count_sentences, is_question, is_request

_ANSWERS = re.compile(
    r"^(?:\W*(?:well|oh|so|look|i mean|hmm|ah),? )*\W*"
    r"(?:yes|no|yeah|nope?|not|absolutely|exactly|of course|certainly|correct|right|true|sure|"
    r"definitely|indeed|perhaps|maybe|probably|partly|in part|both|neither|none|nothing|nobody|"
    r"because|i|we|it (?:is|was|does|did|has|would|will|depends|can|could)|it[’']s|that[’']s|"
    r"that is|they|there (?:is|are|was|were)|he|she|my|our|thank|thanks|to be)\b",
    re.I,
)
_I = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_WE = re.compile(r"\b(?:we|us|ours?)\b", re.I)
_YOU = re.compile(r"\b(?:you|yours?|yourself)\b(?! (?:know|see)\b)", re.I)
_BROKEN_OFF = re.compile(r"(?:--|—|–|…|\.\.\.)$")
_TURNS_TO = re.compile(
    r"^(?:(?:and|so|but|now|finally|lastly),? )*"
    r"(?:(?:let[’']s|let us|let me) (?:now |also |first )?"
    r"(?:turn|talk|move|go|come|start|begin|end|close|stay|ask|return|switch|speak|look|push|press|"
    r"put|quote|follow)\b|"
    r"(?:i want(?:ed)?|i would like|i[’']d like) (?:now |also )?to "
    r"(?:ask|talk|turn|go back|come back|return|start|begin|end|move)\b|turning to\b)",
    re.I,
)
_SELF_ANSWERED = re.compile(
    r"\?[\"'”’]?\s+"
    r"(?:of course|no|yes|not|never|nobody|nothing|absolutely|because|perhaps|maybe)\b",
    re.I,
)
_STAGE = re.compile(r"^[\[(][^\[\]()]{1,40}[\])]\.?\s+(?=\S)")
_USUAL_WORDS = 33
_REQUEST_WORDS, _REQUEST_SENTENCES = 60, 2
# of each way from one paragraph to the next, (asked, asks): its weight, and what is added to it
# behind a paragraph that ends in a question
_STEPS = {
    (False, False): (0.4, -0.6),
    (False, True): (0.5, -0.2),
    (True, False): (0.7, 1.2),
    (True, True): (-1.6, -0.3),
}


def who_asks(texts: Sequence[str], *, may_ask: Sequence[bool], sure: Sequence[bool]) -> list[bool]:
    """Return which paragraphs are an interviewer's, in the likeliest row.

    Args:
        texts: of the paragraphs, in order, without page furniture.
        may_ask: which of them may be questions at all.
        sure: which of them are known to be questions.
    """
    best = {False: 0.0, True: -inf}
    paths: dict[bool, list[bool]] = {False: [], True: []}
    before = ""
    for index, text in enumerate(texts):
        after = texts[index + 1] if index + 1 < len(texts) else ""
        asking = _asking(text, after) if may_ask[index] else -inf
        own = {False: -inf if sure[index] else 0.0, True: asking}
        behind = is_question(before)
        last, told = best, paths
        best, paths = {}, {}
        for now in (False, True):
            steps = {then: last[then] + _step(then, now, behind=behind) for then in (False, True)}
            then = max(steps, key=lambda one: steps[one])
            best[now] = steps[then] + own[now]
            paths[now] = [*told[then], now]
        before = text
    return paths[best[True] > best[False]]


def _answers(text: str) -> bool:
    """The paragraph opens as answers do: "It did.", "[Laughs] Everyone does."."""
    return bool(_STAGE.match(text) or (_ANSWERS.match(text) and not is_question(text)))


def asks_briefly(text: str) -> bool:
    """An imperative of two sentences at most: "Assess the implications of ..."."""
    brief = len(text.split()) <= _REQUEST_WORDS and count_sentences(text) <= _REQUEST_SENTENCES
    return brief and is_request(text)


def _step(then: bool, now: bool, *, behind: bool) -> float:
    usual, more = _STEPS[then, now]
    return usual + more * behind


def _asking(text: str, after: str) -> float:
    """How far a paragraph speaks for an interviewer; below zero, for who answers."""
    words = max(1, len(text.split()))
    longer = log(words / _USUAL_WORDS)
    return (
        -0.9
        + 0.8 * ("?" in text)
        + 2.0 * asks_briefly(text)
        + 1.5 * bool(_TURNS_TO.match(text))
        - 3.0 * bool(_SELF_ANSWERED.search(text))
        - 1.5 * bool(_STAGE.match(text))
        + 0.5 * bool(_BROKEN_OFF.search(text))
        + 0.7 * bool(_YOU.search(text))
        - 0.7 * bool(_I.search(text))
        - 0.8 * bool(_WE.search(text))
        + 0.7 * _answers(after)
        - 1.1 * longer
        - 0.3 * longer**2
    )
