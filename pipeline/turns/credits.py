"""Whom a transcript's head credits with asking: "Moderator: NAME", "NAME (Chair)", "by NAME".

And whom its head or foot credits with the report in which others are heard: "Reporter: NAME".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import TITLES
from pipeline.turns.voices import Voice

_ENTRY = re.compile(
    r"^(?:(?:(?:panel|discussion|session|event) )?(?:chair|moderator|presider|facilitator|"
    r"discussion leader|(?:co-?)?host|presenter|interviewer)(?P<plural>s)?|chair(?:wo)?man)"
    r"\s*(?:[:–—|-]\s*|$|(?(plural)(?=\s)|(?!)))",
    re.I,
)
_BRACKETED = re.compile(
    r"[(\[](?:panel )?(?:chair|moderator|presider|facilitator|(?:co-?)?host|interviewer)[)\]]\W*$",
    re.I,
)
_BY = re.compile(
    r"\b(?:(?:moderated|facilitated|interviewed)|(?:podcast|show|episode|interview|conversation|"
    r"discussion|debate|panel|event|evening|webinar|session|round-?table)\b[^.;]{0,40}?"
    r"(?:hosted|chaired|presided over|conducted|led)) by\b",
    re.I,
)
# what ends a list of names: whose work the transcript is, and who else is listed
_OTHER_ENTRY = re.compile(
    r"\bby\s*:|^(?:speakers?|panel(?:l?ists?)?|guests?|featuring|witnesses|transcript\w*|"
    r"respondents?|interviewees?|copy\w*)\b",
    re.I,
)
_REPORT = re.compile(
    r"(?:^|[.;|,·•] )(?:reporters?|narrators?|report by|(?:reported|narrated) by)\s*:?\s+", re.I
)
_NAME_END = re.compile(r"[,;(–—|]")
_BY_END = re.compile(
    r"[,;:]|(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bAmb)\.\s|"
    r"\b(?:with|featur\w+|[a-z]+ed)\b"
)
_SENTENCE = re.compile(r"[.?!][\"'”’)*_]*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_HEAD, _ENTRY_WORDS, _LISTED = 40, 25, 6
_BY_WORDS, _SPEECH = 9, 15
_NAME_WORDS, _HEARD = 4, 2


def find_credited(
    paragraphs: Sequence[Paragraph],
    segments: Sequence[Segment],
    voices: Sequence[Voice],
    metadata: Mapping[str, str],
) -> frozenset[Key]:
    """Return the speakers of whom the head of a document, or its description, says that they ask.

    Only what stands above a speaker's first words credits him: "Chair: Ambassador North" gives the
    floor once the talk has begun. An office below a name at the head is not yet his words.
    """
    begins: dict[Key, int] = {}
    for segment in sorted(segments, key=lambda one: len(one.text.split()) < _SPEECH):
        begins.setdefault(segment.key, segment.parts[0].index)
    named = [voice.key for voice in voices if not any(label.hint for label in voice.labels)]
    description = metadata.get("description") or ""
    found = {key for key in named if _is_by(description, key)}
    for index, paragraph in enumerate(paragraphs[:_HEAD]):
        above = [key for key in named if index < begins[key]]
        texts = _credited_texts(paragraphs, index)
        found.update(key for key in above if _is_by(paragraph.text, key))
        found.update(key for key in above for text in texts if _has_name(text, key))
    return frozenset(found) | _reporters(paragraphs, segments, named)


def _reporters(
    paragraphs: Sequence[Paragraph], segments: Sequence[Segment], named: Sequence[Key]
) -> frozenset[Key]:
    """Those named behind "Reporter:" above the talk or below it, behind whom others are heard."""
    start, end = segments[0].parts[0].index, segments[-1].parts[-1].index
    around = (*paragraphs[: max(0, start)], *paragraphs[end + 1 :])
    credits = [
        " ".join(one.text[found.end() :].split()[:_NAME_WORDS])
        for one in around
        for found in _REPORT.finditer(one.text)
        if len(one.text.split()) <= _ENTRY_WORDS
    ]
    heard: dict[Key, set[Key]] = {}
    for before, after in pairwise(segments):
        heard.setdefault(before.key, set()).add(after.key)
    return frozenset(
        key
        for key in named
        if len(heard.get(key, set()).intersection(named)) >= _HEARD
        and any(_has_name(credit, key) for credit in credits)
    )


def _credited_texts(paragraphs: Sequence[Paragraph], index: int) -> list[str]:
    """The names of "Chair: NAME", of "NAME (Chair)", of "Chair" with the name below, or a list."""
    text = paragraphs[index].text
    if (bracketed := _BRACKETED.search(text)) and _is_entry(text):
        return [_NAME_END.split(text[: bracketed.start()], maxsplit=1)[0]]
    entry = _ENTRY.match(text)
    if entry is None or not _is_entry(text):
        return []
    rest = text[entry.end() :].strip()
    below = [paragraph.text for paragraph in paragraphs[index + 1 : index + 1 + _LISTED]]
    if not entry.group("plural"):
        return [_NAME_END.split(name, maxsplit=1)[0] for name in ([rest] if rest else below[:1])]
    ends = (i for i, line in enumerate(below) if not _is_entry(line) or _OTHER_ENTRY.search(line))
    return [rest, *below[: next(ends, len(below))]]


def _is_entry(text: str) -> bool:
    """The text is no sentence."""
    return len(text.split()) <= _ENTRY_WORDS and not _SENTENCE.search(text)


def _is_by(text: str, key: Key) -> bool:
    """The name stands behind "moderated by", with nothing but an office before it."""
    return any(
        _has_name(
            " ".join(_BY_END.split(text[found.end() :], maxsplit=1)[0].split()[:_BY_WORDS]), key
        )
        for found in _BY.finditer(text)
    )


def _has_name(text: str, key: Key) -> bool:
    """The text has the name's last two words, or its only one."""
    said = [word.casefold() for word in _WORD.findall(text)]
    plain = [word for word in said if word not in TITLES]
    tail = list(key[-2:])
    return any(plain[i : i + len(tail)] == tail for i in range(len(plain)))
