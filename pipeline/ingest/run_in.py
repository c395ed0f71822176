"""Labels that stand in the middle of a paragraph, as in a page copied as one run of text.

Whoever copies a transcript out of a viewer of documents, or a station that keeps it on one line,
gives many turns in one paragraph: ``... every day. MR. NAME: And who pays? MS. NAME: ...``. Each
such label opens a paragraph of its own here, where it recurs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.pieces import piece_of
from pipeline.records import Paragraph

_BREAKS = r"[.?!…:;)\]\"”’'–—]"
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITALS = rf"{_UPPER}(?:{_UPPER}|[.'’&/-])*"
_TITLES = (
    r"(?:(?:Adm|Amb|Capt|Col|Dr|Gen|Gov|Hon|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Rev|Sen)\.|"
    r"Senator|Ambassador|Professor|Minister)"
)
_CAPS = re.compile(
    rf"(?:^|(?<=\s)|(?<=[a-z)\]])(?={_UPPER}{{3}}))"
    rf"(?P<label>(?:{_TITLES} )?{_CAPITALS}(?:,? {_CAPITALS}){{0,14}}"
    r"(?:,? [(\[][^()\[\]:]{1,60}[)\]])?)"
    r" ?:(?=\s+\S)"
)
_LETTER = re.compile(rf"(?:^|(?<={_BREAKS}\s))(?P<label>Q|A|Question|Answer) ?[:.](?=\s+\S)")
_NAME = re.compile(
    rf"(?:^|(?<={_BREAKS}\s))(?P<label>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}):(?=\s+[A-Z“\"(\[])"
)
_LAST_WORD = re.compile(rf"({_UPPER}(?:{_UPPER}|['’-])+)(?:,? [(\[].*)?$")
_ENDED = re.compile(rf"{_BREAKS}\s*$|[a-z]$")
_SHORTENED = re.compile(r"^\W*(?:[A-Z][a-z]{1,5}\.)?\s*$")
_LOWER = re.compile(r"[^\W\d_A-Z]")
_LONG = 150
"""Words of a paragraph in which several speak; of shorter ones only those with known labels."""
_TIMES, _VOICES = 2, 2
_NAMED = 6
_MOST = 1_000_000
"""Characters of a paragraph that may be a talk; a longer one is left as it is."""
_NEAR = 200
"""Characters before a label that tell whether a sentence ends there."""
_LEAD = 12
"""Words that must stand before a label that no sentence's end, nor a bracket, stands before."""
_SAID = 20


@dataclass(frozen=True)
class _Found:
    paragraph: int
    start: int
    voice: str


def split_run_in(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Part the paragraphs where labels that recur stand inside them.

    At least two voices must recur. Capitals are labels wherever they stand, but behind a title or
    a mark that belongs to them; "Q:" and "A:" behind the end of a sentence; names in other letters
    only where long paragraphs hold many of them.
    """
    cuts: dict[int, list[int]] = {}
    for found in (_capitals(paragraphs), _names(paragraphs)):
        for one in found:
            if one.start:
                cuts.setdefault(one.paragraph, []).append(one.start)
    parted: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        bounds = [0, *sorted(set(cuts.get(index, ()))), len(paragraph.text)]
        for start, end in pairwise(bounds):
            parted.append(piece_of(paragraph, start, end) if len(bounds) > 2 else paragraph)
    return parted


def _capitals(paragraphs: Sequence[Paragraph]) -> list[_Found]:
    """Labels in capitals, and the letters of questions and answers."""
    found = [
        _Found(index, match.start("label"), last.group(1))
        for index, match in _matches(_CAPS, paragraphs)
        if (last := _LAST_WORD.search(match.group("label")))
        and _LOWER.search(match.string[match.end() : match.end() + _SAID])
    ]
    found += [
        _Found(index, match.start("label"), match.group("label")[0])
        for index, match in _matches(_LETTER, paragraphs)
    ]
    return [one for one in _recurring(found) if _parts(paragraphs[one.paragraph].text, one.start)]


def _parts(text: str, start: int) -> bool:
    """Whether what stands before a label in capitals is no title or mark of its own."""
    before = text[max(0, start - _NEAR) : start]
    ended = bool(_ENDED.search(before)) and not _SHORTENED.match(before)
    return not start or ended or len(before.split()) >= _LEAD


def _names(paragraphs: Sequence[Paragraph]) -> list[_Found]:
    found = [
        _Found(index, match.start("label"), match.group("label"))
        for index, match in _matches(_NAME, paragraphs, least=_LONG)
    ]
    recurring = _recurring(found)
    return recurring if len(recurring) >= _NAMED else []


def _matches(
    pattern: re.Pattern[str], paragraphs: Sequence[Paragraph], *, least: int = 0
) -> Iterator[tuple[int, re.Match[str]]]:
    """What the pattern finds in the paragraphs of some words at least, each with its index."""
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) <= _MOST and len(paragraph.text.split()) >= least:
            for match in pattern.finditer(paragraph.text):
                yield index, match


def _recurring(found: Sequence[_Found]) -> list[_Found]:
    """Those of voices that recur, where at least two do and some stand inside a paragraph."""
    times = Counter(one.voice for one in found)
    kept = [one for one in found if times[one.voice] >= _TIMES]
    return kept if len({one.voice for one in kept}) >= _VOICES else []
