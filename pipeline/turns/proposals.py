"""The label grammar: candidate speaker labels at the head of paragraphs, and their styles.

At most one proposal for each paragraph. ``pipeline.turns.chain`` accepts or rejects it over the
whole document: a label recurs, and alternates with others of its style.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from pipeline.ingest.content import cut_spans
from pipeline.records import Paragraph
from pipeline.turns.labels import MAX_CHARS, Label, parse_label, speaker
from pipeline.turns.vocabulary import ABBREVIATIONS

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "heading": "a heading that names the speaker, the speech below it",
        "bold": "the speaker's name in bold or italic type, then the speech",
        "line": "the speaker's name alone on a line, with or without a time; the speech below",
        "colon": "NAME: speech",
        "period": "MR. NAME. speech, as in hearings and minutes",
        "dash": "NAME – speech, NAME | speech",
        "bracket": "[NAME] speech, (NAME) speech, <NAME> speech",
        "letter": "Q speech, A speech, without a colon",
        "chevron": ">> speech, or >> NAME: speech, as in captions",
    }
)
_COLON = re.compile(r"^(?:[^:：]{1,100}?[:：]|[^:：;,–—]{1,30};)(?![\d/])[*_]*\s*")
_PERIOD = re.compile(
    r"^(?:(?:[Tt]he |THE )?[A-Z][\w'’-]*\.?(?: (?:[A-Z]\.|[A-Z][\w'’-]+|of|de|van|von|the)){0,4}"
    r"(?: \[[^\[\]]{1,40}\])?)(?:\.[-—–]*|\.?[-—–]{1,2}) +(?=\S)"
)
_DASH = re.compile(r"^[^\W\d_][\w.'’ ()-]{0,40}? ?(?:[-–—]{1,2}|\|) +(?=\S)")
_BRACKET = re.compile(r"^(?:\[[^\[\]]{1,60}\]|<[^<>]{1,60}>|\({1,2}[^()]{1,60}\){1,2}):? *(?=\S)")
_LETTER = re.compile(r"^[QA]\d{0,3}(?:[.)]| ?[-–—])? +(?=[^\s&])(?!(?:and|und|et) A\b)")
_CHEVRON = re.compile(r"^(?:>{2,}|»|›{2,}) *")
_TITLED = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sen|Rep|Hon|Senator|Chair\w*|Secretary|Director|President|"
    r"Governor|The|THE|[A-Z]{2,}[A-Z.'’-]*)\b"
)
_MARKS = re.compile(r"^(?:[*_#>:\s]{1,6}|\d{1,3}[.)]\s+)")  # a list's, or a number
_WHOLE = 0.9
_LONGEST_LINE = 8
# inside a paragraph: after a sentence's end, a few capitalised words and a colon
_INNER = re.compile(
    r"(?:(?<=[.?!…\"”’)\]—-]) +|^)(?P<label>[^\W\d_a-z][\w.'’-]*"
    r"(?:,? (?:[^\W\d_a-z][\w.'’-]*|of|the|and|for|at|&)){0,14}):(?=[ A-Z“\"])|"
    r"(?<=\s)(?P<chevron>>{2,}) ?(?=\S)"
)


@dataclass(frozen=True)
class Proposal:
    """A candidate label at the head of a paragraph.

    Attributes:
        style: a key of ``STYLES``.
        label: of the speaker.
        start: offset of the first spoken character; the text's length where nothing follows.
    """

    style: str
    label: Label
    start: int


def propose(paragraph: Paragraph) -> Proposal | None:
    """Return the candidate label at the head of a paragraph, or None."""
    text = paragraph.text
    if paragraph.heading:
        label = parse_label(text) if len(text) <= MAX_CHARS else None
        if label is not None and (label.cased or text.endswith(":")):
            return Proposal("heading", label, len(text))
        return _at(text, "colon", _COLON)
    if chevron := _CHEVRON.match(text):
        inner = _at(text, "chevron", _COLON, offset=chevron.end())
        return inner or Proposal("chevron", speaker(">>"), chevron.end())
    if found := _set_apart(paragraph):
        return found
    marks = _MARKS.match(text)
    offset = marks.end() if marks else 0
    if found := _at(text, "colon", _COLON, offset=offset):
        return found if text[found.start :].strip() else Proposal("line", found.label, len(text))
    if found := _at(text, "letter", _LETTER, offset=offset):
        return found
    if found := _at(text, "period", _PERIOD, offset=offset):
        named = len(found.label.core) > 1 or _TITLED.match(text[offset:])
        if named and found.label.core[-1] not in ABBREVIATIONS:
            return found
    for style, pattern in (("bracket", _BRACKET), ("dash", _DASH)):
        if found := _at(text, style, pattern, offset=offset):
            return found
    if len(text.split()) <= _LONGEST_LINE and text[-1] not in ".?!,;…":
        label = parse_label(text)
        if label is not None and (label.cased or label.hint):
            return Proposal("line", label, len(text))
    return None


def _at(text: str, style: str, pattern: re.Pattern[str], *, offset: int = 0) -> Proposal | None:
    found = pattern.match(text[offset : offset + 2 * MAX_CHARS])
    label = parse_label(found.group().strip(" <>")) if found else None
    if found is None or label is None:
        return None
    if style in ("dash", "period") and (len(label.core) > 3 or not label.cased):
        return None
    return Proposal(style, label, offset + found.end())


def _set_apart(paragraph: Paragraph) -> Proposal | None:
    """A name in bold or italic type that opens a paragraph in other type."""
    text = paragraph.text
    for spans in (paragraph.bold, paragraph.italic):
        if not spans or spans[0][0] > 2 or spans[0][1] > MAX_CHARS:
            continue
        end = spans[0][1]
        if end >= _WHOLE * len(text) and ":" not in text[end - 1 :]:
            continue
        if _COLON.match(text[: end - 1].rstrip(" :：")):  # all in such type, and labelled in it
            continue
        colon = text[end - 1] in ":：" or text[end : end + 2].strip()[:1] in (":", "：")
        label = parse_label(text[spans[0][0] : end])
        if label is None or not (colon or label.cased):
            continue
        rest = text[end:]
        start = end + len(rest) - len(rest.lstrip(" :：.–—-\t"))
        # "**Name** says that ...": without a separator what follows opens a sentence
        separated = (
            colon or rest[:2].strip()[:1] in ("", ".", "–", "—", "-") or text[end - 1] == "."
        )
        if not separated and not rest.lstrip()[:1].isupper():
            continue
        return Proposal("bold" if start < len(text) else "line", label, start)
    return None


def split_inner(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Split paragraphs of several speakers at labels that recur in the document.

    A label inside a paragraph counts if its name, or the last word of it, is proposed elsewhere.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for paragraph in paragraphs:
        proposal = propose(paragraph)
        if proposal is not None and proposal.style != "line":
            counts[proposal.label.core] += 1
    inner = [list(_find_inner(paragraph.text)) for paragraph in paragraphs]
    counts.update(core for found in inner for _, core in found)
    families = Counter(core[-1:] for core in counts)
    pieces: list[Paragraph] = []
    for paragraph, found in zip(paragraphs, inner, strict=True):
        cuts = [at for at, core in found if at and (counts[core] > 1 or families[core[-1:]] > 1)]
        pieces += cut_paragraph(paragraph, cuts) if cuts else [paragraph]
    return pieces


def _find_inner(text: str) -> Iterable[tuple[int, tuple[str, ...]]]:
    if text.count(":") + text.count(">>") < 2 and len(text) < 200:
        return
    for found in _INNER.finditer(text):
        if found["chevron"]:
            yield found.start("chevron"), (">>",)
        elif (label := parse_label(found["label"])) is not None and label.cased:
            yield found.start("label"), label.core


def cut_paragraph(paragraph: Paragraph, cuts: Sequence[int]) -> list[Paragraph]:
    """Return the pieces of a paragraph between offsets; the first alone keeps its times."""
    size, bounds, worded = len(paragraph.text), [0], False
    for start, cut in pairwise([0, *sorted(set(cuts)), size]):
        worded = worded or any(map(str.isalnum, paragraph.text[start:cut]))
        if worded:  # a piece without words stays with the one after it
            bounds.append(cut)
            worded = False
    bounds[-1] = size
    pieces = [cut_spans(paragraph, [(0, a), (b, size)]) for a, b in pairwise(bounds)]
    first, *others = [piece for piece in pieces if piece is not None] or [paragraph]
    undated = {"start_s": None, "end_s": None}
    return [first, *(piece.model_copy(update=undated) for piece in others)]
