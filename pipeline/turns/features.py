"""Features of each paragraph of a document, for the chain that labels them.

All are named indicators; their weights are fitted (``python -m training turns``) and may be zero.
Those of a proposed label: its format and how often it recurs; those of the paragraph: its
format, length, start and end; those of the document: how well labels explain it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.records import Paragraph
from pipeline.turns.document import Document
from pipeline.turns.furniture import furniture_families
from pipeline.turns.vocabulary import NEVER_LABELS, REQUESTS

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\?|\d")
_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)\]]*\s+")
_ENDED = re.compile(r"[.?!…:;,—–-][\"'”’)\]*_»]*$")
_QUESTION = re.compile(r"\?[\s\"'”’)\]!…*_»]*$")
_NUMBERED = re.compile(r"^\W{0,3}(?:Q ?)?\d{1,3}[.):]\s")
_BULLET = re.compile(r"^[•*·▪▶→]\s?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_I = frozenset(("i", "me", "my", "mine", "i'm", "i've", "i'd", "i'll"))
_WE = frozenset(("we", "us", "our", "ours", "we're", "we've"))
_YOU = frozenset(("you", "your", "yours", "yourself", "you're", "you've"))
_WHOLE = 0.85
_NEAR, _FEW = 3, 6  # sentences of a request; words below a label


def find_features(document: Document) -> Iterator[list[str]]:
    """Yield the features of each paragraph, in order."""
    regime = _regime(document)
    own = (list(_own(document, index)) for index in range(len(document.paragraphs)))
    talk = (sorted(_talk(paragraph)) for paragraph in document.paragraphs)
    three = deque[tuple[list[str], list[str]] | None]([None], maxlen=3)
    places = zip(document.paragraphs, _places(document), strict=True)
    for following in chain(zip(own, talk, strict=True), [None]):
        three.append(following)
        if len(three) < 3 or (middle := three[1]) is None:
            continue
        paragraph, place = next(places)
        row = ["always", f"regime={regime}", *middle[0], *place]
        row += [f"{regime}&{name}" for name in middle[1]]
        for offset, beside in ((-1, three[0]), (1, three[2])):
            if beside is not None:
                row += [f"{offset:+}:{name}" for name in beside[0] if name[0] == "~"]
                row += [f"{offset:+}:{regime}&{name}" for name in beside[1] if name[0] == "~"]
            else:
                row.append(f"{offset:+}:none")
        if regime in ("none", "weak"):
            row += [f"w:{name}" for name in _words(paragraph.text)]
        yield row


def _regime(document: Document) -> str:
    """How well labels explain the document: none, weak, some or strong."""
    strength = document.strength
    if strength.recurring < 2 or strength.names < 2:
        return "none"
    if strength.recurring < 4 or strength.alternation < 0.25:
        return "weak"
    share = strength.recurring / max(1, len(document.paragraphs))
    return "strong" if strength.recurring >= 8 or share > 0.2 else "some"


def _bin(value: float, bounds: Sequence[float]) -> int:
    return sum(value >= bound for bound in bounds)


def _own(document: Document, index: int) -> Iterator[str]:
    """Features of the paragraph; those that begin with "~" also apply to its neighbours."""
    paragraph = document.paragraphs[index]
    text = paragraph.text
    count = document.words[index]
    yield f"~words={_bin(count, (2, 4, 8, 15, 30, 60, 120))}"
    if document.directions[index]:
        yield "~direction"
    yield "~ended" if _ENDED.search(text) else "~open"
    for name, spans in (("bold", paragraph.bold), ("italic", paragraph.italic)):
        share = sum(end - start for start, end in spans) / len(text)
        if share >= _WHOLE:
            yield f"~whole {name}"
        elif spans:
            yield f"some {name}"
    if paragraph.heading:
        yield "~heading"
        yield f"heading={paragraph.heading}"
    if paragraph.quoted:
        yield "~quoted"
    if text.isupper():
        yield "~capitals"
    if document.texts[text] > 1 and count > 3:
        yield "printed again"
    if _YEAR.search(text) and count < 15:
        yield "short with year"
    if _BULLET.match(text):
        yield "bullet"
    if paragraph.start_s is not None:
        yield "timed"
    for family in furniture_families(text):
        yield f"~furniture={family}"
        yield f"furniture={family}&words={_bin(count, (8, 20))}"
    yield from _of_label(document, index)


def _of_label(document: Document, index: int) -> Iterator[str]:
    proposal = document.proposals[index]
    if proposal is None:
        yield "~no label"
        return
    label, style = proposal.label, proposal.style
    strength = document.styles[style]
    times = _bin(document.counts[label.core], (2, 3, 5, 9))
    best = style in document.believed
    kin = document.is_kin(label.core)
    known = not document.people.isdisjoint(label.core)
    hint = label.hint or "name"
    speech = document.paragraphs[index].text[proposal.start :].lstrip(" \"'“‘([")
    opening = "none" if not speech else "lower" if speech[0].islower() else "other"
    yield f"~label&best={best}"
    yield f"~label&recurs={document.recurs[index]}&best={best}"
    yield f"style={style}&opening={opening}"
    yield f"opening={opening}&times={times}"
    yield f"style={style}"
    yield f"style={style}&times={times}"
    yield f"times={times}&best={best}"
    yield f"times={times}&kin={kin}&known={known}"
    yield f"hint={hint}&times={times}"
    yield f"hint={hint}&best={best}"
    yield f"style={style}&recurring={_bin(strength.recurring, (1, 3, 6, 12, 30))}"
    yield f"share recurring={_bin(strength.recurring / strength.count, (0.25, 0.5, 0.75, 0.95))}"
    yield f"alternation={_bin(strength.alternation, (0.1, 0.3, 0.6, 0.9))}&best={best}"
    yield f"names={_bin(strength.names, (1, 2, 3, 6, 15, 40))}&best={best}"
    yield f"label words={_bin(len(label.name.split()), (2, 3, 4, 6))}&cased={label.cased}"
    yield f"label capitals={label.name.isupper() and len(label.name) > 1}&best={best}"
    if style in document.capitals and len(label.name) > 1:
        alike = document.capitals[style] == label.name.isupper()
        yield f"capitals alike={alike}&times={times}"
        yield f"capitals alike={alike}&style={style}"
    if not speech:
        yield f"alone&style={style}&below={_below(document, index)}"
    if label.affiliation:
        yield "affiliation"
    if label.titles:
        yield "titled"
    first = label.name.lower().split()[0].strip(".")
    if first in NEVER_LABELS or (label.core and label.core[-1] in NEVER_LABELS):
        yield f"never a label&times={times}"
        yield f"never a label&best={best}"


def _below(document: Document, index: int) -> str:
    """What follows a label that is alone in its paragraph: another label, few words, or speech."""
    if index + 1 == len(document.paragraphs):
        return "nothing"
    proposal = document.proposals[index + 1]
    if proposal is not None and document.recurs[index + 1]:
        return "label" if proposal.style in document.believed else "doubtful label"
    return "few words" if document.words[index + 1] < _FEW else "speech"


def _places(document: Document) -> Iterator[list[str]]:
    """Where each paragraph is: before, among or after the labels of the best style."""
    at = list(document.labels)
    size = len(document.paragraphs)
    for index in range(size):
        found = [
            f"from start={_bin(index, (1, 3, 8, 20))}",
            f"to end={_bin(size - index, (2, 4, 9, 21))}",
        ]
        if at and index < at[0]:
            found.append(f"before labels={_bin(at[0] - index, (2, 4, 10))}")
        elif at and index > at[-1]:
            found.append(f"after labels={_bin(index - at[-1], (2, 4, 8, 16))}")
        elif at:
            found.append("among labels")
        yield found


def _talk(paragraph: Paragraph) -> Iterator[str]:
    """Features of roles: asking, answering, addressing; "~": also for the neighbours."""
    text = paragraph.text
    tokens = [token.replace("’", "'") for token in _TOKEN.findall(text.lower())]
    plain = [token for token in tokens if token != "?"]  # nosec B105
    sentences = _SENTENCE.split(text.strip())
    if _QUESTION.search(text):
        yield "~ends asking"
    elif "?" in text:
        yield "~asks"
        yield f"asks at end={'?' in text[-200:]}"
    asking = sum("?" in one for one in sentences) / len(sentences)
    yield f"share asking={_bin(asking, (0.01, 0.3, 0.6, 1))}"
    if _NUMBERED.match(text):
        yield "~numbered"
    if plain and plain[0] in REQUESTS and len(sentences) < _NEAR:
        yield "~request"
    for name, group in (("I", _I), ("we", _WE), ("you", _YOU)):
        count = sum(token in group for token in plain)
        yield f"{name}={_bin(count, (1, 2, 4))}"
    yield f"words={_bin(len(plain), (4, 10, 20, 35, 60, 100, 180))}"
    yield f"sentences={_bin(len(sentences), (2, 3, 5, 9))}"
    share = sum(end - start for start, end in (*paragraph.bold, *paragraph.italic)) / len(text)
    kinds = (
        ("set", share >= _WHOLE),
        ("heading", bool(paragraph.heading)),
        ("quoted", paragraph.quoted),
    )
    for kind, holds in kinds:
        if holds:
            yield f"~{kind}&asks={'?' in text}"


def _words(text: str) -> Iterator[str]:
    """Words that open and close a paragraph, and pairs, for talks without labels."""
    tokens = [token.replace("’", "'") for token in _TOKEN.findall(text.lower())]
    for place, token in enumerate(tokens[:2]):
        yield f"first{place}={token}"
    if len(tokens) > 1:
        yield f"first={tokens[0]} {tokens[1]}"
    last = _TOKEN.findall(_SENTENCE.split(text.strip())[-1].lower())
    yield f"last={' '.join(last[:2])}"
    yield from sorted({f"has={token}" for token in tokens})
