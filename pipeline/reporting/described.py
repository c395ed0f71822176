"""Whoever a sentence speaks of, as a report without a cue of its own.

The rules know the cues of reporting; that somebody stands for or against the West is as often
told by what they do ("Georgians want Europe", "Mr. Putin stopped the gas"). Here each phrase that
may name a holder gives a report whose cue is the word it hangs on and whose content is the rest
of the sentence; so does each pronoun of the third person that is a subject, whether an actor was
found for it or not. Most are no stance at all: only a model that has read the sentence can tell.

Whom the speakers themselves address ("I told the envoy that NATO ...", "to our colleague I would
say ..."), where they speak ("we have said so in Geneva") and who does not exist ("no party",
"nobody in Beijing") or is asked for ("which side") are left out: they hold nothing. What is asked,
only supposed ("if China wishes") or denied by the speaker ("I do not believe that China is looking
for") is marked so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from pipeline.reporting.antecedents import is_third_person
from pipeline.reporting.cues import Cues
from pipeline.reporting.holders import SUBJECTS, Cast, Span
from pipeline.reporting.report import Report, flags_of, lemma_of, within

RULE = "described"
_SPEAKERS = frozenset(("i", "we"))
_NOBODY = frozenset(("no", "nobody", "none", "neither"))
_ASKED_FOR = frozenset(("what", "which", "whose"))
_ADDRESSING = frozenset(
    (
        "advise",
        "answer",
        "ask",
        "beg",
        "promise",
        "remind",
        "reply",
        "say",
        "show",
        "talk",
        "teach",
        "tell",
        "urge",
        "warn",
        "write",
    )
)
_WHERE = frozenset(("at", "from", "in"))
_ADDRESSED = frozenset(("dobj", "dative", "obj", "iobj"))


def described_reports(
    sentence: Tokens, *, names: Collection[int], cues: Cues, taken: Collection[Span] = ()
) -> Iterator[Report]:
    """Yield a report for each phrase that may name a holder, in text order.

    Args:
        sentence: a span of a parsed Doc.
        names: indices of the tokens of the Doc that belong to a mention of an actor.
        cues: the cue lexicon.
        taken: phrases (token offsets) that hold a report already; who overlaps one is left out.
    """
    phrases = [*Cast(names=names, cues=cues).phrases(sentence), *_unresolved(sentence, names)]
    for start, end in sorted(phrases):
        if any(start < high and low < end for low, high in taken):
            continue
        head = sentence.doc[start:end].root
        unknown = sentence.doc[start].lower_ in _NOBODY | _ASKED_FOR
        if unknown or _is_addressed(head) or _is_where(head):
            continue
        cue = _governor(head, sentence)
        content = _rest(sentence, (start, end))
        flags = flags_of(cue, sentence, told=False)
        report = within(Report((start, end), lemma_of(cue), cue.i, content, RULE, flags), sentence)
        if report is not None:
            yield report


def _unresolved(sentence: Tokens, names: Collection[int]) -> Iterator[Span]:
    """Subjects that are pronouns of the third person and no actor's."""
    for token in sentence:
        if is_third_person(token.text) and token.dep_ in SUBJECTS and token.i not in names:
            yield token.i, token.i + 1


def _is_addressed(head: Token) -> bool:
    """Tell whether a phrase is whom the speaker says something to."""
    up = head.head
    if up.lower_ == "to" and up.pos_ in ("ADP", "PART"):
        verb = up.head
    elif head.dep_ in _ADDRESSED:
        verb = up
    else:
        return False
    said = verb.lemma_.lower() in _ADDRESSING
    return said and any(one.dep_ == "nsubj" and one.lower_ in _SPEAKERS for one in verb.children)


def _is_where(head: Token) -> bool:
    """Tell whether a phrase is where the speaker says something, or where nobody does."""
    up = head.head
    if head.dep_ != "pobj" or up.lower_ not in _WHERE:
        return False
    nobody = up.head.lower_ in _NOBODY
    said = up.head.lemma_.lower() in _ADDRESSING
    subjects = (one for one in up.head.children if one.dep_ == "nsubj")
    return nobody or (said and any(one.lower_ in _SPEAKERS for one in subjects))


def _governor(head: Token, sentence: Tokens) -> Token:
    """The word that a phrase hangs on, past a preposition; itself at the root of the sentence."""
    up = head.head
    if up.pos_ == "ADP" and up.head != up:
        up = up.head
    return up if sentence.start <= up.i < sentence.end else head


def _rest(sentence: Tokens, holder: Span) -> Span:
    """What stands after the holder, where that holds a noun or verb; else what stands before."""
    after = [t.i for t in sentence if t.i >= holder[1] and not t.is_punct]
    before = [t.i for t in sentence if t.i < holder[0] and not t.is_punct]
    kept = after if len(after) >= len(before) else before
    return (min(kept), max(kept) + 1) if kept else (holder[1], holder[1])
