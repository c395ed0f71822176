"""Subtitles by pysubs2: cues become turns where voices are tagged, else paragraphs."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pysubs2

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean, mend
from pipeline.records import Dropped, GivenTurn, Paragraph

_SBV = re.compile(r"^(\d{1,2}:\d\d:\d\d\.\d{3}),(\d{1,2}:\d\d:\d\d\.\d{3})$", re.M)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^<>]{1,100})>")
_TAG = re.compile(r"</?[^<>]{0,100}>|\{\\[^{}]{0,100}\}")
_CHEVRONS = re.compile(r"(?:(?<!\s)\s++)?(?=(?:>>|»)\s*\S)")
_LABEL = re.compile(
    r"^[-–—>»*\s]{0,6}([\[(]?)([^\W\d_][\w .,'’&/-]{0,45})(?:\([^()]{0,30}\)\s*)?[\])]?(:?)(?=\s|$)"
)
_ROLLING = 0.25  # share of lines shown again; under 0.05 in captions that do not roll
_DASHES = 0.05  # share of cues that open with one where they mark speakers
_PAUSE, _LONG_PAUSE, _PARAGRAPH = 2.0, 5.0, 600  # seconds, characters


@dataclass(frozen=True)
class Cue:
    """A line of a caption: its words, when it is shown, and the speaker that a tag names."""

    text: str
    line: int
    start: float | None
    end: float | None
    voice: str | None = None


def read_subtitles(text: str, *, name: str) -> Content:
    """Read SubRip, WebVTT, SubStation or SBV: turns where voices are named, else paragraphs.

    Raises:
        InputError: no cue is found.
    """
    dropped: list[Dropped] = []
    try:
        cues = list(_cues(_SBV.sub(r"\1 --> \2", text), dropped))
    except (pysubs2.Pysubs2Error, ValueError, IndexError, OverflowError, SyntaxError) as error:
        raise InputError(f"{name}: no subtitles ({error}); expected cues with times") from error
    cues = _without_rolling(cues, dropped)
    if not cues:
        raise InputError(
            f'{name}: no cue with words found; expected "00:00:01,000 --> 00:00:04,000" and text'
        )
    cues = cues if any(cue.voice for cue in cues) else _with_voices(cues)
    if not any(cue.voice for cue in cues):
        return Content(join_cues(cues), dropped=dropped)
    turns = []
    for voice, group in groupby(cues, key=lambda cue: cue.voice):
        said = list(group)
        turns.append(GivenTurn(speaker=voice, text=clean(" ".join(cue.text for cue in said)),
                               line=said[0].line, start_s=said[0].start, end_s=said[-1].end)
                    )  # fmt: skip
    return Content([], turns=turns, dropped=dropped)


def _cues(text: str, dropped: list[Dropped]) -> Iterator[Cue]:
    form = "vtt" if text.lstrip().startswith("WEBVTT") else "srt" if "-->" in text else None
    read = pysubs2.SSAFile.from_string
    events = read(text, format_=form, keep_html_tags=True, keep_ssa_tags=True).events
    lines = [number for number, row in enumerate(text.split("\n"), start=1)
             if "-->" in row or row.startswith("Dialogue:")] or [1]  # fmt: skip
    voice = None
    for index, event in enumerate(events):
        number = lines[min(index, len(lines) - 1)]
        body = event.text.replace("\\n", "\n").replace("\\N", "\n")
        blocks = [block.strip("\n ") for block in body.split("\n\n") if block.strip()]
        # below a blank line is no caption, but in SubRip, whose captions have some
        kept = 1 if form == "vtt" or index + 1 == len(events) else len(blocks)
        for block in blocks[kept:]:
            dropped.append(Dropped(text=clean(block), reason="not in a caption", line=number))
        voice = event.name or voice
        for piece in re.split(r"\n|(?=<v[\s.])", "\n".join(blocks[:kept])):
            if found := _VOICE.search(piece):
                voice = clean(html.unescape(found.group(1)))
            words = clean(mend(html.unescape(_TAG.sub("", piece)).replace("\\h", " ")))
            if words.strip("♪♫#-–— "):
                start, end = max(0, event.start) / 1000, max(0, event.end) / 1000
                yield Cue(words, number, start, max(start, end), voice)


def _without_rolling(cues: Sequence[Cue], dropped: list[Dropped]) -> list[Cue]:
    """Remove lines that are repeated as captions roll up, if there are many."""
    texts = [cue.text for cue in cues]
    again = [text in texts[max(0, n - 2) : n] for n, text in enumerate(texts)]
    if len(cues) < 4 or sum(again) < _ROLLING * len(cues):
        return list(cues)
    dropped += [Dropped(text=cue.text, reason="caption shown again", line=cue.line)
                for cue, shown in zip(cues, again, strict=True) if shown]  # fmt: skip
    return [cue for cue, shown in zip(cues, again, strict=True) if not shown]


def _with_voices(cues: Sequence[Cue]) -> list[Cue]:
    """Treat labels as voices if most captions open with one."""
    speakers = _speakers(cues)
    labels = [_label(cue.text) for cue in cues]
    if 2 * sum(label in speakers for label in labels) < len({cue.line for cue in cues}):
        return list(cues)
    voiced: list[Cue] = []
    voice = None
    for cue, label in zip(cues, labels, strict=True):
        if label in speakers:
            voice, cue = label.strip("[]:"), replace(cue, text=_LABEL.sub("", cue.text).strip())
        voiced.append(replace(cue, voice=voice))
    return voiced


def join_cues(cues: Sequence[Cue]) -> list[Paragraph]:
    """Join cues up to a label, ``>>`` or a dash, or, without any, up to a pause."""
    speakers = _speakers(cues)
    dashes = sum(cue.text[0] in "-–—" for cue in cues) > _DASHES * len(cues)
    marks = (">>", "»", *("-–—" if dashes else ""))
    named = any(label[-1] == ":" for label in speakers)
    marked = named or any(cue.text.startswith(marks) for cue in cues)
    joined: list[list[Cue]] = []
    for cue in cues:
        for text in filter(None, _CHEVRONS.split(cue.text)):
            opens = text.startswith(marks) or _label(text) in speakers
            if not joined or opens or (not marked and _pauses(joined[-1], cue)):
                joined.append([])
            joined[-1].append(replace(cue, text=text))
    return [
        Paragraph(text=text, line=said[0].line, start_s=said[0].start, end_s=said[-1].end)
        for said in joined
        if (text := clean(" ".join(cue.text for cue in said)))
    ]


def _speakers(cues: Sequence[Cue]) -> set[str]:
    """The labels of speakers: names before a colon, and recurring words in brackets.

    A name of a user is in lower case, and recurs.
    """
    counts = Counter(_label(cue.text) for cue in cues)
    once = {label for label in counts if label[-1:] == ":" and not label[0].islower()}
    return once | {label for label, n in counts.items() if label and n > 1 + label[0].islower()}


def _label(text: str) -> str:
    """The name that opens a text, as "Name:" or "[Name]", or nothing."""
    bracket, name, colon = found.groups() if (found := _LABEL.match(text)) else ("", "", "")
    lower = [word[0].islower() for word in name.split()]
    if lower == [True] and colon and not bracket:
        return f"{name}:"
    if not name or lower[0] or sum(lower) >= 0.4 * len(lower):
        return ""
    return f"{name.strip()}:" if colon else f"[{name.strip()}]" if bracket else ""


def _pauses(said: Sequence[Cue], cue: Cue) -> bool:
    pause = (cue.start or 0) - (said[-1].end or cue.start or 0)
    long = sum(len(part.text) for part in said) > _PARAGRAPH
    ends = said[-1].text.rstrip("\"'”’)]♪ ")[-1:] in (*".?!…:-–—", "")
    return pause > _LONG_PAUSE or (ends and (pause > _PAUSE or long))
