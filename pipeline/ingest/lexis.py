"""The frame of LexisNexis, old and new: "LENGTH: 853 words", "Load-Date: March 10, 2009"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.frames import DAY, LEAD, Frame, first_match, told

_FOOT_WORDS = 400
_LENGTH = re.compile(r"^length\s*:\s*[\d,]+ words\b", re.I)
_FIELD = re.compile(
    r"^(?P<name>show|anchors?|hosts?|byline|reporters?|guests?|section|length|dateline|headline)"
    r"\s*:\s*(?P<value>.*)$",
    re.I,
)
_BELOW_LENGTH = re.compile(
    r"^(?:highlight\s*:.*|body\s*:?|(?:byline|dateline|section|guests?|anchors|reporters)\s*:"
    r".*[^.?!])$",
    re.I,
)
_EMPTY = re.compile(r"^highlight\s*:$", re.I)
_ALONE = re.compile(r"^\d+ of \d+ documents?$", re.I)
_FOOT = re.compile(r"^(?:load-date\s*:|end of document$)", re.I)
_DATED = re.compile(rf"^({DAY})\b.{{0,40}}$")
_IN_FOOT = re.compile(
    r"^(?:language|document-type|publication-type|journal[- ]code|subject|classification|graphic|"
    r"industry|geographic|company|organization|person|correction-date)\s*:",
    re.I,
)


def find_lexis(texts: Sequence[str]) -> Frame | None:
    """One length stands above the text, and "1 of 1 DOCUMENTS", or the day of loading below."""
    lengths = [index for index, text in enumerate(texts) if _LENGTH.match(text)]
    foot = first_match(_FOOT, texts)
    if len(lengths) != 1 or lengths[0] >= LEAD:
        return None
    if foot is None and first_match(_ALONE, texts[: lengths[0]]) is not None:
        foot = len(texts)
    if foot is None or foot < lengths[0]:
        return None
    start = lengths[0] + 1
    while start < foot and _BELOW_LENGTH.match(texts[start]):
        start += 2 if _EMPTY.match(texts[start]) else 1
    while foot > start and _IN_FOOT.match(texts[foot - 1]):
        foot -= 1
    if sum(len(text.split()) for text in texts[foot:]) > _FOOT_WORDS:
        return None
    return Frame(start, foot, _fields(texts[:start]))


def _fields(head: Sequence[str]) -> dict[str, str]:
    fields = {
        found["name"].lower().rstrip("s"): found["value"]
        for text in head
        if (found := _FIELD.match(text))
    }
    days = [found.group(1) for text in head if (found := _DATED.match(text))]
    return told(
        title=fields.get("headline"),
        date=days[-1] if days else None,
        series=fields.get("show"),
        interviewer=fields.get("anchor") or fields.get("host"),
        interviewee=fields.get("guest"),
    )
