"""Whom a pronoun takes up that means no known actor: "My father ... He says", "Some ... They".

Plain salience, precision first: the nearest earlier sentence of the turn with a fitting phrase
decides, its subject before its other phrases; people who only stand inside another's phrase, and
whom a speaker quotes, are not told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from pipeline.records import Attribution
from pipeline.reporting.cues import Cues
from pipeline.reporting.holders import SUBJECTS, Cast, Span

BACK = 5
"""Sentences before the pronoun's own that are searched."""
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_KINDS = (_HE, _SHE, _THEY, _IT)
_MEN = frozenset(
    {"boy", "brother", "businessman", "chairman", "congressman", "father", "fisherman", "fellow",
     "gentleman", "grandfather", "guy", "husband", "imam", "king", "lord", "man", "mullah",
     "nobleman", "policeman", "priest", "prince", "son", "spokesman", "uncle"}
)  # fmt: skip
_WOMEN = frozenset(
    {"aunt", "businesswoman", "daughter", "girl", "grandmother", "lady", "mother", "queen",
     "sister", "spokeswoman", "widow", "wife", "woman"}
)  # fmt: skip
_BODIES = frozenset(
    {"academy", "administration", "agency", "army", "association", "authority", "bank", "bloc",
     "board", "broadcaster", "bureaucracy", "cabinet", "camp", "caucus", "channel", "church",
     "city", "clergy", "coalition", "commission", "committee", "community", "company", "congress",
     "council", "country", "court", "crowd", "delegation", "elite", "embassy", "establishment",
     "faction", "family", "firm", "gang", "government", "group", "industry", "institute", "junta",
     "leadership", "lobby", "majority", "media", "military", "militia", "ministry", "mob",
     "movement", "nation", "newspaper", "ngo", "office", "opposition", "organisation",
     "organization", "outlet", "paper", "parliament", "party", "people", "politburo", "populace",
     "population", "press", "public", "regime", "republic", "school", "secretariat", "senate",
     "side", "society", "staff", "state", "treasury", "tribe", "union", "village", "website",
     "youth"}
)  # fmt: skip
_SAID_OF = frozenset({"attr", "appos", "npadvmod", "intj", "compound", "amod", "nmod"})
_NAMED = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_NOBODY = frozenset({"god", "madam", "ma'am", "sir"})


def is_third_person(word: str) -> bool:
    """Tell whether a word, in whatever case, is a pronoun of the third person."""
    return _kind_of(word) is not None


def holds_by_pronoun(one: Attribution) -> bool:
    """Tell whether a report's holder is a pronoun of the third person and no known actor's."""
    return one.holder_actor is None and is_third_person(one.holder_text)


def _kind_of(word: str) -> frozenset[str] | None:
    return next((kind for kind in _KINDS if word.lower() in kind), None)


def antecedent(pronoun: Token, *, names: Collection[int], cues: Cues) -> Span | None:
    """Return the phrase that a pronoun takes up, as token offsets of its Doc, or null.

    Args:
        pronoun: a token of a parsed turn; null is returned for any but the third person's.
        names: indices of the tokens of the Doc that belong to a mention of an actor.
        cues: the cue lexicon.
    """
    kin = _kind_of(pronoun.text)
    if kin is None:
        return None
    cast, doc = Cast(names=names, cues=cues), pronoun.doc
    for back, sentence in enumerate(_sentences_back(pronoun)):
        heads = [
            (doc[start:end].root, (start, end))
            for start, end in cast.phrases(sentence)
            if end <= pronoun.i
        ]
        fitting = [(head, span) for head, span in heads if _fits(head, kin, names)]
        subjects = [(head, span) for head, span in fitting if head.dep_ in SUBJECTS]
        if back == 0:  # of the pronoun's own verb somebody else is the subject
            fitting = [one for one in subjects if one[0].head != pronoun.head]
        elif subjects or back > 1 or _goes_on(sentence, kin):
            fitting = subjects
        if fitting:
            return fitting[0][1]
    return None


def _sentences_back(pronoun: Token) -> Iterator[Tokens]:
    """The pronoun's own sentence, and those before it in the turn, the nearest first."""
    doc: Doc = pronoun.doc
    sentence = pronoun.sent
    for _ in range(BACK + 1):
        yield sentence
        if sentence.start == 0:
            return
        sentence = doc[sentence.start - 1].sent


def _goes_on(sentence: Tokens, kin: Collection[str]) -> bool:
    """Tell whether a sentence speaks of whom such a pronoun takes up already."""
    return any(token.lower_ in kin and token.dep_ in SUBJECTS for token in sentence)


def _fits(head: Token, kin: Collection[str], names: Collection[int]) -> bool:
    """Tell whether the head of a phrase may be what a pronoun takes up, by number and kind."""
    lemma = head.lemma_.lower()
    if head.pos_ == "PRON" or head.dep_ in _SAID_OF or lemma in _NOBODY:
        return False
    named = head.i in names or head.ent_type_ in _NAMED
    if head.pos_ == "PROPN" and not named and lemma not in _BODIES | _MEN | _WOMEN:
        return False
    plural = head.tag_ in ("NNS", "NNPS") or "Plur" in head.morph.get("Number", [])
    body = lemma in _BODIES or (named and head.ent_type_ in ("GPE", "ORG", "NORP"))
    if kin is _THEY:
        return plural or body or head.tag_ not in ("NN", "NNP")
    if plural or (kin is _IT) != body:
        return False
    return kin is _IT or lemma not in (_WOMEN if kin is _HE else _MEN)
