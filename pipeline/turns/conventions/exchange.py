"""Who speaks each paragraph of a talk that names nobody.

A question need not ask: "That sounds like an argument for the war." What tells it is its words,
its length, whom it speaks of, how it ends, how the paragraphs around it open and end, and that an
answer must follow. The model is a linear-chain conditional random field (Lafferty et al. 2001)
over `features`; ``pipeline/learn/exchange.py`` fits it on interviews whose labels were taken off,
and its file says how often it is right on some that it was not fitted on. The best row is
Viterbi's (1967).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import inf, log

from pipeline.turns.questions import count_sentences, is_question, is_request

FILE = "exchange.json"
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
_YOU = re.compile(
    r"\b(?:you|yours?|yourself)\b"
    r"(?! (?:know|see|have to|need to|can|can[’']t|cannot|could|must|should|get)\b)",
    re.I,
)
_OF_YOU = re.compile(
    r"\b(?:in your (?:view|opinion|book|article)|you[’']ve (?:said|written|argued)|"
    r"you (?:said|wrote|argue|mentioned|describe|call)|"
    r"your (?:book|view|country|government|new)|(?:do|are|would|did|have) you)\b",
    re.I,
)
_THINKS = re.compile(r"\b(?:I think|I believe|I mean|(?:in )?my view|I would say|of course)\b")
_OPENS_ASKING = re.compile(
    r"^(?:(?:and|so|but|now|then|well|ok(?:ay)?),? )*"
    r"(?:what|why|how|who|which|where|when|do|does|did|is|are|was|were|will|would|can|could|"
    r"should|has|have|had)\b",
    re.I,
)
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
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\?|\.{3}|—|\d")
_USUAL_WORDS = 33
_REQUEST_WORDS, _REQUEST_SENTENCES = 60, 2
_OPENING = 3

Steps = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class ExchangeModel:
    """Weights of features that speak for an interviewer, and of each way from one to the next.

    `steps[then][now]` is added between two paragraphs (0 answers, 1 asks), `behind[then][now]`
    besides where the first of the two ends in a question.
    """

    weights: Mapping[str, float]
    steps: Steps
    behind: Steps

    def asking(self, text: str, *, before: str, after: str) -> float:
        """How far a paragraph speaks for an interviewer; below zero, for who answers."""
        found = features(text, before=before, after=after)
        return sum(value * self.weights.get(name, 0.0) for name, value in found.items())

    def step(self, then: bool, now: bool, *, behind: bool) -> float:
        """What speaks for a paragraph of one behind a paragraph of the other."""
        return self.steps[then][now] + self.behind[then][now] * behind

    def best_row(
        self, texts: Sequence[str], *, may_ask: Sequence[bool], sure: Sequence[bool]
    ) -> list[bool]:
        """Return which paragraphs are an interviewer's, in the likeliest row.

        Args:
            texts: of the paragraphs, in order, without page furniture.
            may_ask: which of them may be questions at all.
            sure: which of them are known to be questions.
        """
        best = {False: 0.0, True: -inf}
        paths: dict[bool, list[bool]] = {False: [], True: []}
        for index, text in enumerate(texts):
            before = texts[index - 1] if index else ""
            after = texts[index + 1] if index + 1 < len(texts) else ""
            asking = self.asking(text, before=before, after=after) if may_ask[index] else -inf
            own = {False: -inf if sure[index] else 0.0, True: asking}
            behind = is_question(before)
            last, told = best, paths
            best, paths = {}, {}
            for now in (False, True):
                steps = {
                    then: last[then] + self.step(then, now, behind=behind) for then in (False, True)
                }
                then = max(steps, key=lambda one: steps[one])
                best[now] = steps[then] + own[now]
                paths[now] = [*told[then], now]
        return paths[best[True] > best[False]]


def asks_briefly(text: str) -> bool:
    """An imperative of two sentences at most: "Assess the implications of ..."."""
    brief = len(text.split()) <= _REQUEST_WORDS and count_sentences(text) <= _REQUEST_SENTENCES
    return brief and is_request(text)


def features(text: str, *, before: str, after: str) -> dict[str, float]:
    """What a paragraph says of who speaks it, between the two around it, by name."""
    return {**_traits(text, after), **dict.fromkeys(_words(text, before), 1.0)}


def _traits(text: str, after: str) -> dict[str, float]:
    sentences = _SENTENCE_END.split(text)
    words = max(1, len(text.split()))
    longer = log(words / _USUAL_WORDS)
    next_words = len(after.split())
    return {
        "always": 1.0,
        "asks": float("?" in text),
        "ends asking": float(is_question(text)),
        "share that asks": sum("?" in one for one in sentences) / len(sentences),
        "opens asking": float(bool(_OPENS_ASKING.match(text))),
        "last opens asking": float(bool(_OPENS_ASKING.match(sentences[-1]))),
        "asks briefly": float(asks_briefly(text)),
        "turns to": float(bool(_TURNS_TO.match(text))),
        "answers itself": float(bool(_SELF_ANSWERED.search(text))),
        "answers": float(opens_answering(text)),
        "stage": float(bool(_STAGE.match(text))),
        "broken off": float(bool(_BROKEN_OFF.search(text))),
        "you": float(bool(_YOU.search(text))),
        "of you": float(bool(_OF_YOU.search(text))),
        "log of you": log(max(1, len(_YOU.findall(text)))),
        "I": float(bool(_I.search(text))),
        "share of I": 10 * len(_I.findall(text)) / words,
        "thinks": float(bool(_THINKS.search(text))),
        "we": float(bool(_WE.search(text))),
        "longer": longer,
        "longer squared": longer**2,
        "next answers": float(opens_answering(after)),
        "next asks": float(is_question(after)),
        "next asks briefly": float(asks_briefly(after)),
        "next longer": log(next_words / _USUAL_WORDS) if next_words else 0.0,
    }


def _words(text: str, before: str) -> set[str]:
    """Words and pairs of words, those that open the first and the last sentence apart."""
    words = _tokens(text)
    found = {f"w={word}" for word in words}
    found |= {f"b={one} {two}" for one, two in pairwise(words)}
    found |= {f"f{place}={word}" for place, word in enumerate(words[:_OPENING])}
    found |= {f"f={' '.join(words[:size])}" for size in (2, _OPENING)}
    last, ended = _tokens(_SENTENCE_END.split(text)[-1]), _tokens(_SENTENCE_END.split(before)[-1])
    found |= {f"l={' '.join(last[:size])}" for size in (1, 2)}
    found |= {f"p={' '.join(ended[:size])}" for size in (1, 2)}
    return found


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("’", "'"))


def opens_answering(text: str) -> bool:
    """The paragraph opens as answers do: "It did.", "[Laughs] Everyone does."."""
    return bool(_STAGE.match(text) or (_ANSWERS.match(text) and not is_question(text)))


@lru_cache(maxsize=1)
def load_exchange() -> ExchangeModel:
    """Load the model that ships."""
    place = files("pipeline.turns.conventions").joinpath(FILE)
    stored = json.loads(place.read_text(encoding="utf8"))
    steps, behind = (((a[0], a[1]), (b[0], b[1])) for a, b in (stored["steps"], stored["behind"]))
    return ExchangeModel(stored["weights"], steps, behind)
