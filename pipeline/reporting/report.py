"""What a rule finds: holder, cue and content as token offsets, and how sure the words are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.parse import straighten
from pipeline.reporting.holders import Span

_IF = frozenset({"if", "unless", "suppose", "supposing", "whether", "lest", "imagine"})
_MISTAKEN = {"hat": "hate", "wag": "wage", "forgave": "forgive", "forgiven": "forgive"}
_OPENING = re.compile(r"(?:^|(?<=[\s(]))[\"'«](?=\w)")
_CLOSING = "\"'» "
_INVERTED = frozenset({"had", "were", "should"})
_MODALS = frozenset({"would", "could", "might", "'d"})
_NEGATIONS = frozenset(
    {"not", "n't", "never", "hardly", "neither", "nor", "no", "rarely", "scarcely", "seldom"}
)
_REFUSING = frozenset({"cease", "decline", "refuse", "reluctant", "stop", "unwilling"})
_LOSING = frozenset({"lack", "lose", "withdraw"})
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
_BELIEVING = frozenset(
    {"accept", "agree", "argue", "be", "believe", "claim", "imagine", "mean", "say", "suggest",
     "suppose", "think"}
)  # fmt: skip
_LIKE = frozenset({"as", "like", "way"})
_ALOUD = frozenset(
    {"argue", "announce", "assert", "claim", "complain", "contend", "declare", "explain", "insist",
     "maintain", "protest", "reply", "respond", "say", "suggest", "tell", "write"}
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One attribution as token offsets of the doc: holder and content are half-open.

    ``flags`` says what keeps the words from being a plain report: ``denied`` ("does not say",
    "nobody in Moscow said", "I do not think that Moscow says"), ``supposed`` ("if Moscow believed",
    "Moscow would say"), ``question``. A cue that is itself denied has "not" before it.
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


def within(report: Report, sentence: Tokens) -> Report | None:
    """What of a report lies in a sentence; null where its holder's head or content does not.

    The parser may take two paragraphs for one sentence, "President of Russia" and "Vladimir Putin
    accuses ...", which are two units.
    """
    (start, end), (first, last) = report.holder, report.content
    content = max(first, sentence.start), min(last, sentence.end)
    if start >= end or content[0] >= content[1]:
        return None
    if not sentence.start <= sentence.doc[start:end].root.i < sentence.end:
        return None
    holder = max(start, sentence.start), min(end, sentence.end)
    return replace(report, holder=holder, content=content)


def is_denied(cue: Token) -> bool:
    """Tell whether a cue is negated: by "not", "never", "no longer", or by nobody who does it."""
    return any(
        child.dep_ == "neg"
        or (straighten(child.lower_) in _NEGATIONS and child.dep_ in ("advmod", "det"))
        or (child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children))
        or (child.dep_ == "nsubj" and _is_nobody(child))
        for child in cue.children
    )


def is_refused(cue: Token) -> bool:
    """Tell whether what a cue says is given up: "refuses to support", "withdrew its support"."""
    up = cue.head
    verbs = {"xcomp": _REFUSING, "dobj": _LOSING}.get(cue.dep_, frozenset())
    return up.lemma_.lower() in verbs and not is_denied(up if up.pos_ != "ADJ" else up.head)


def flags_of(cue: Token, sentence: Tokens, *, told: bool = True) -> tuple[str, ...]:
    """Return what keeps a cue from being a plain report of what is.

    Args:
        cue: the word that reports.
        sentence: it stands in.
        told: the cue says that something is said; what one does or does not do is no denial.
    """
    denied = (told and is_denied(cue)) or _is_denied_above(cue, sentence)
    flags = ["denied"] if denied else []
    if _is_supposed(cue, sentence) or _would_be_said(cue) or _is_likened(cue):
        flags.append("supposed")
    if _is_asked(cue, sentence):
        flags.append("question")
    return tuple(flags)


def _is_asked(cue: Token, sentence: Tokens) -> bool:
    """Tell whether a cue stands in a question; in a quoted one, whether in the quotation."""
    text = straighten(sentence.text).rstrip()
    asked = text.rstrip(_CLOSING)
    if not asked.endswith("?"):
        return False
    opened = [match.end() for match in _OPENING.finditer(asked)]
    quoted = asked != text and bool(opened)
    return not quoted or cue.idx - sentence.start_char >= opened[-1]


def _is_nobody(subject: Token) -> bool:
    words = {child.lower_ for child in subject.children if child.dep_ in ("det", "amod")}
    few = "few" in words and not words & {"a", "the", "these", "those"}
    return few or subject.lower_ in _NOBODY or bool(words & {"no", "neither"})


def _is_denied_above(cue: Token, sentence: Tokens) -> bool:
    """Tell whether the speaker denies what a cue says: "I do not think that", "it is not that"."""
    node = cue
    while node.head != node and node.dep_ in ("ccomp", "conj", "xcomp"):
        governor = node.head
        if governor.i < sentence.start or governor.i >= sentence.end:
            return False
        subject = next((c for c in governor.children if c.dep_ in ("nsubj", "expl")), None)
        speaks = subject is not None and subject.lower_ in ("i", "we", "it", "that", "this")
        if node.dep_ == "ccomp" and governor.lemma_.lower() in _BELIEVING and is_denied(governor):
            return speaks
        node = governor
    return False


def _would_be_said(cue: Token) -> bool:
    """Tell whether words are said only in thought: "Moscow would say", "Beijing might claim"."""
    return lemma_of(cue) in _ALOUD and any(
        child.dep_ == "aux" and straighten(child.lower_) in _MODALS for child in cue.children
    )


def _is_likened(cue: Token) -> bool:
    """Tell whether a cue is what another is like: "talks of it the way a man talks of his wife"."""
    lemma = lemma_of(cue)
    return any(
        above.i < cue.i
        and lemma_of(above) == lemma
        and any(word.lower_ in _LIKE for word in cue.doc[above.i + 1 : cue.i])
        for above in cue.ancestors
    )


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
