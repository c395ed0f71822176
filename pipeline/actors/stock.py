"""Names that the stock recogniser finds, with its spans trimmed and its labels corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from pipeline.actors.context import Context
from pipeline.actors.forms import (
    is_no_name,
    is_office,
    is_person_by_form,
    label_by_form,
    load_cities,
)
from pipeline.actors.table import ActorTable
from pipeline.records import Via

LABELS = frozenset(
    {"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}
)
_LEADING = frozenset({"the", "a", "an", "this", "that", "these", "our", "his", "their", "its"})
_TOWARD = frozenset({"from", "to", "near", "at", "around", "outside", "through", "leave", "left"})
_PLACE = _TOWARD | {"in", "between", "toward", "towards", "via", "across", "over"}
_ROLE_LINKS = frozenset({"for", "of", "and", "the", ","})
_ROLE_REACH = 9
_MINISTERS = frozenset({"minister", "ministers"})
_SECRETARIES = frozenset({"Secretary", "Secretaries", "Representative", "Under-Secretary"})
_NAMING = frozenset({"NNP", "NNPS", "JJ"})
# Labels that a person's name may have been given by mistake.
_NOT_PERSON = frozenset({"ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of one text, before it has an id: half-open code points, label, actors."""

    start: int
    end: int
    label: str | None
    actors: tuple[str, ...]
    via: Via


def find_stock(doc: Doc, actors: ActorTable) -> list[Found]:
    """Find the stock recogniser's names of one text, in its order."""
    context = actors.context
    trimmed = [_trim(span, actors) for span in doc.ents if span.label_ in LABELS]
    found = [
        one
        for one in trimmed
        if one is not None and not is_tongue(doc, one.start, one.end, one.label, context)
    ]
    return list(_same_persons(found, doc.text))


def is_tongue(doc: Doc, start: int, end: int, label: str | None, context: Context) -> bool:
    """Tell whether words mean a language or a currency: "in Dutch", "US dollars"."""
    if label not in ("NORP", "GPE"):
        return False
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    token = span[-1]
    after = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
    if label == "GPE":
        return after in ("dollar", "dollars")
    if after in context.tongues:
        return True
    if token.text.endswith("s") or after in ("-", "and", "or") or after[:1].isalpha():
        return False
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in ("in", "into", "from"):
        return head.head.lemma_.lower() in context.speech
    return token.dep_ in ("dobj", "attr") and head.lemma_.lower() in context.speech


def _same_persons(found: list[Found], text: str) -> Iterable[Found]:
    """Relabel a lone surname of a person whom the text names in full."""
    full = (text[one.start : one.end].split() for one in found if one.label == "PERSON")
    surnames = {words[-1] for words in full if len(words) > 1}
    for one in found:
        lone = one.label in _NOT_PERSON and text[one.start : one.end] in surnames
        yield replace(one, label="PERSON") if lone else one


def _trim(span: Span, actors: ActorTable) -> Found | None:
    """A stock span without article, title and possessive; none where nothing is left."""
    context = actors.context
    tokens = _to_line_end(span)
    while tokens and (tokens[0].lower_ in _LEADING or not tokens[0].text[0].isalnum()):
        tokens.pop(0)
    label = span.label_
    while len(tokens) > 1 and _is_title(tokens[0], tokens[1], label, context):
        tokens.pop(0)
        label = "PERSON"
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    if not tokens or (len(tokens) == 1 and label != "PERSON" and _only_opens(tokens[0])):
        return None
    text = span.doc[tokens[0].i : tokens[-1].i + 1].text
    if is_no_name(text, context):
        return None
    if label == "ORG" and (is_office(text) or _is_role(tokens[0])):
        return None
    end = tokens[-1].idx + len(tokens[-1])
    return Found(tokens[0].idx, end, _relabel(label, tokens[0], text, actors), (), "name")


def _to_line_end(span: Span) -> list[Token]:
    """The tokens of a span up to a line break in it, without the small words before that."""
    tokens = list(span)
    for index, token in enumerate(tokens):
        if "\n" in token.text:
            tokens = tokens[:index]
            while tokens and tokens[-1].is_lower:
                tokens.pop()
            break
    return tokens


def _only_opens(token: Token) -> bool:
    """Tell whether a word has its capital from opening a sentence: "Drafts", no name."""
    named = token.tag_ in _NAMING or token.text in load_cities()
    return bool(token.is_sent_start and token.is_alpha and token.is_title and not named)


def _is_title(token: Token, after: Token, label: str, context: Context) -> bool:
    """Tell whether a span begins with a title; of "Mr" and the like whatever its label is."""
    word = token.lower_.rstrip(".")
    if label == "PERSON":
        return word in context.titles
    return word in context.addresses and after.text[:1].isupper() and label == "ORG"


def _is_role(first: Token) -> bool:
    """Tell whether a name is a part of an office: "Minister for Trade and Foreign Affairs"."""
    linked = False
    for back in range(1, min(_ROLE_REACH, first.i + 1)):
        token = first.nbor(-back)
        if linked and (token.lower_ in _MINISTERS or token.text in _SECRETARIES):
            return True
        if token.lower_ not in _ROLE_LINKS and not token.text[0].isupper():
            return False
        linked = linked or token.lower_ in ("for", "of")
    return False


def _relabel(label: str, first: Token, text: str, actors: ActorTable) -> str:
    """Correct the stock label by the name's form and by the words before it."""
    context = actors.context
    if text.lower().endswith(" summit"):
        return "EVENT"
    if (formed := label_by_form(text, context)) is not None:
        return formed
    if label in _NOT_PERSON and (
        is_person_by_form(text, actors.forenames, context)
        or (text.istitle() and _is_addressed(first, context))
    ):
        return "PERSON"
    if label not in ("PERSON", "ORG"):
        return label
    before = first.nbor(-1).lower_ if first.i else ""
    if text.istitle() and (before in ("in", "near") or _is_side_of(first)):
        return "GPE"
    if text in load_cities() and (label == "ORG" or before in _TOWARD or _is_in_a_place(first)):
        return "GPE"
    return label


def _is_addressed(first: Token, context: Context) -> bool:
    """Return whether "Mr" or the like precedes a name."""
    before = first.i - 1
    if before > 0 and first.doc[before].text == ".":
        before -= 1
    return before >= 0 and first.doc[before].lower_.rstrip(".") in context.addresses


def _is_in_a_place(first: Token) -> bool:
    """Tell whether a name goes on where a place preposition began: "in Quito or Lima"."""
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    return first.dep_ == "pobj" and first.head.lower_ in _PLACE


def _is_side_of(first: Token) -> bool:
    """Tell whether a name tells where something is: "north of Narva"."""
    if first.i < 2 or first.nbor(-1).lower_ != "of":
        return False
    return first.nbor(-2).lower_ in ("north", "south", "east", "west", "outside")
