"""Which paragraphs of a saved page may be talk: sentences, and not what stands around them.

A page saved by copy and paste has its menu above, its links below, and captions, teasers and
players in between. Where talk is written in whole sentences, a line that ends like none is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph
from pipeline.turns.ends import ends_talk
from pipeline.turns.questions import count_sentences

_ENDED = re.compile(r"[.?!…:;—–-][^\w.?!…:;—–-]*$")
_CREDIT = re.compile(
    r"^(?:(?:photo(?:s|graphs?|graphy)?|images?|pictures?|illustrations?|credits?|courtesy)\b"
    r"(?: (?:by|of|courtesy|credit)\b|\s*[:©/|]).{0,100}|©.{0,60}|"
    r".{0,80}\b(?:getty images|shutterstock|picture[- ]alliance|ap photo|imago|alamy|reuters|"
    r"wikimedia commons|flickr)\b.{0,40})$",
    re.I,
)
_LONG, _NEARLY_ALL, _MIN_LONG = 25, 0.9, 3
_LINE, _END = 15, 60
_CAPTION_WORDS, _CAPTION_SENTENCES = 40, 2
_TEASER_WORDS = 20


def find_prose(paragraphs: Sequence[Paragraph], body: Sequence[int]) -> tuple[int, ...]:
    """Return those of the body's paragraphs that stand in the page's text and are no line aside.

    All of the body, where its paragraphs do not end as sentences do.
    """
    texts = [paragraphs[index].text for index in body]
    if not is_in_sentences(texts):
        return tuple(body)
    start, end = _find_text(texts)
    found = []
    for place in range(start, end):
        index = body[place]
        below = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        before, after = place > start and texts[place - 1], place + 1 < end and texts[place + 1]
        aside = _is_line(texts[place]) or _is_caption(texts[place], below, before or "")
        if not aside and not _is_teaser(texts[place], before or "", after or ""):
            found.append(index)
    return tuple(found)


def is_in_sentences(texts: Sequence[str]) -> bool:
    """Nearly all paragraphs of some length end as sentences do."""
    long = [text for text in texts if len(text.split()) > _LONG]
    return len(long) >= _MIN_LONG and sum(map(is_ended, long)) >= _NEARLY_ALL * len(long)


def is_ended(text: str) -> bool:
    """The text ends as a sentence does, or breaks off; an ornament may stand behind."""
    return bool(_ENDED.search(text))


def _find_text(texts: Sequence[str]) -> tuple[int, int]:
    """The stretch with most words in sentences and fewest lines that are none (Finn et al. 2001).

    What announces the end of a talk counts as many lines: the text may go on below, if it is long.
    """
    best, found = 0, (0, len(texts))
    value, start = 0, 0
    for place, text in enumerate(texts):
        if value <= 0:
            value, start = 0, place
        value += -_END if ends_talk(text) else -_LINE if _is_line(text) else len(text.split())
        if value > best:
            best, found = value, (start, place + 1)
    return found


def _is_line(text: str) -> bool:
    return not is_ended(text) and len(text.split()) <= _LONG


def _is_caption(text: str, below: str, before: str) -> bool:
    """A sentence or two right above a photographer's credit, and no answer to a question."""
    brief = len(text.split()) <= _CAPTION_WORDS and count_sentences(text) <= _CAPTION_SENTENCES
    asked = text.endswith("?") or before.endswith("?")
    return bool(_CREDIT.match(text)) or (brief and not asked and bool(_CREDIT.match(below)))


def _is_teaser(text: str, before: str, after: str) -> bool:
    """A sentence between two lines that are none: "Get the week's stories every Friday."."""
    brief = len(text.split()) <= _TEASER_WORDS and count_sentences(text) == 1
    between = bool(before and after) and _is_line(before) and _is_line(after)
    return brief and between and not text.endswith("?")
