"""What a rule finds: holder, cue and content as token offsets, and how sure the words are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.parse import straighten
from pipeline.reporting.holders import Span

_IF = frozenset({"if", "unless", "suppose", "whether", "lest"})
_MISTAKEN = {"hat": "hate", "wag": "wage", "forgave": "forgive", "forgiven": "forgive"}
_INVERTED = frozenset({"had", "were", "should"})


@dataclass(frozen=True)
class Report:
    """One attribution as token offsets of the doc: holder and content are half-open.

    ``flags`` says what keeps the words from being a plain report: ``denied`` ("does not say"),
    ``hypothetical`` ("if Moscow believed"), ``question``.
    """

    holder: Span
    cue: str
    cue_token: int
    content: Span
    rule: str
    flags: tuple[str, ...] = ()


def lemma_of(verb: Token) -> str:
    """A verb's lemma, where the parser's model has it wrong too."""
    lemma = verb.lemma_.lower()
    return _MISTAKEN.get(lemma, lemma)


def extent(token: Token, sentence: Tokens) -> Span:
    """The words that hang on a token, within the sentence."""
    start = max(token.left_edge.i, sentence.start)
    return start, max(start, min(token.right_edge.i + 1, sentence.end))


def cover(spans: Iterable[Span]) -> Span:
    """The span from the first start to the last end."""
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)


def without(sentence: Tokens, inner: Span) -> Span:
    """What a sentence holds after a span; before it, where nothing stands after it."""
    after = [t.i for t in sentence if t.i >= inner[1] and not t.is_punct]
    before = [t.i for t in sentence if t.i < inner[0] and not t.is_punct]
    kept = after or before
    return (min(kept), max(kept) + 1) if kept else (inner[0], inner[0])


def is_denied(cue: Token) -> bool:
    """Tell whether a cue is negated, by itself or by "never", "hardly", "no longer"."""
    negations = ("not", "n't", "never", "hardly", "neither", "nor", "no")
    return any(
        child.dep_ == "neg"
        or (straighten(child.lower_) in negations and child.dep_ in ("advmod", "det"))
        for child in cue.children
    )


def flags_of(cue: Token, sentence: Tokens) -> tuple[str, ...]:
    """Return what keeps a cue from being a plain report of what is."""
    flags = ["denied"] if is_denied(cue) else []
    if _is_supposed(cue, sentence):
        flags.append("hypothetical")
    if sentence.text.rstrip().endswith("?"):
        flags.append("question")
    return tuple(flags)


def _is_supposed(cue: Token, sentence: Tokens) -> bool:
    """Tell whether a cue stands under "if" or the like, or in a verb that is under it."""
    node = cue
    while True:
        if node.i < sentence.start or node.i >= sentence.end:
            return False
        marks = (child for child in node.children if child.dep_ in ("mark", "advmod"))
        if any(mark.lower_ in _IF and mark.i < cue.i for mark in marks):
            return True
        first = next((t for t in node.children if t.dep_ in ("aux", "auxpass")), None)
        if first is not None and node.dep_ == "advcl" and first.i == node.left_edge.i:
            return first.lower_ in _INVERTED  # "Had the Poles known, ..."
        if node.head.lemma_.lower() in _IF and node.head.i < node.i and node.dep_ == "ccomp":
            return True
        if node.head == node or node.dep_ not in ("conj", "ccomp", "xcomp", "acomp", "dobj"):
            return False
        node = node.head
