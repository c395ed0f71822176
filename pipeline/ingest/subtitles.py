"""Subtitles, SubRip and WebVTT, by pysubs2: cues become paragraphs that a speaker opens."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pysubs2

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.cue_colours import colour_lines, voices_by_colour
from pipeline.ingest.cue_names import take_out_cue_names
from pipeline.ingest.reflow import LABEL_START
from pipeline.records import Dropped, GivenTurn, Paragraph

_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^<>]{1,100})>")
# behind a name: how its owner joined the meeting, and no part in the talk
_ACCOUNT = re.compile(r"\s*\((?:guest|external|unverified)\)\s*$", re.I)
_TAG = re.compile(r"</?[^<>]{0,100}>|\{\\[^{}]{0,100}\}")
_ARROW = re.compile(r"^[\d:.,\s]+-->")
_CHEVRONS = re.compile(r"\s*(?=(?:>>|&gt;&gt;|»)\s*\S)")
_MARK_AT_END = re.compile(r"\s*(>>+|»)\s*$")
_DASH = re.compile(r"^[-–—]\s*(?=\S)")
_ENDED = re.compile(r"[.?!…][\"'”’)\]]*$")
_BROKEN_OFF = re.compile(r"[-–—.?!…:][\"'”’)\]♪]*$")
_LABELLED = re.compile(r"^(?:>>|»)|^(?:[-–—]\s*)?(?:[A-Z][\w.’'-]*\s?){1,4}:\s")
_CAPS_LABEL = re.compile(r"^(?:>>+\s*)?[A-Z][A-Z .'’-]{1,40}:\s")
_CREDIT = re.compile(
    r"^(?:(?:(?:closed )?caption(?:s|ed|ing)?|subtitle[sd]?|transcript(?:ion)?)\b[ \w]{0,40}\bby\b|"
    r"(?:captions?|subtitles?)\s*:)",
    re.I,
)
_BLANK = re.compile(r"\n(?:[ \t]*\n){2,}")
_ROLLING = 0.25
_DASHES = 0.05
_PAUSE, _LONG_PAUSE = 2.0, 5.0
_PARAGRAPH = 600


@dataclass(frozen=True)
class Said:
    """A line of a caption: its words, who is tagged as its voice, and when it is shown."""

    text: str
    line: int
    start: float
    end: float
    voice: str | None = None
    first: bool = True
    colour: str = ""


def read_srt(text: str, *, name: str) -> Content:
    """Read SubRip subtitles.

    Raises:
        InputError: no cue is found.
    """
    return _read(text, form="srt", name=name)


def read_vtt(text: str, *, name: str) -> Content:
    """Read WebVTT captions; voice tags give the turns.

    Raises:
        InputError: no cue is found.
    """
    return _read(text, form="vtt", name=name)


def _read(text: str, *, form: str, name: str) -> Content:
    text, after = _split_end(take_out_cue_names(text))
    try:
        subtitles = pysubs2.SSAFile.from_string(
            _BLANK.sub("\n\n", text), format_=form, keep_html_tags=True, keep_ssa_tags=True
        )
    except (pysubs2.Pysubs2Error, ValueError, IndexError, OverflowError) as error:
        raise InputError(f"{name}: no subtitles ({error}); expected {form.upper()} cues") from error
    numbers = [n for n, line in enumerate(text.split("\n"), start=1) if _ARROW.match(line)]
    said, credits = _without_credits(list(_said(subtitles, numbers)))
    said, dropped = _without_rolling(said)
    dropped += [*credits, *after]
    if not said:
        raise InputError(
            f'{name}: no cue with words found; expected "00:00:01,000 --> 00:00:04,000" and text'
        )
    if not any(line.voice for line in said) and not any(_LABELLED.match(x.text) for x in said):
        voices = voices_by_colour([line.colour for line in said])
        said = [
            replace(line, voice=voice, text=_DASH.sub("", line.text) if voice else line.text)
            for line, voice in zip(said, voices, strict=True)
        ]
    if any(line.voice for line in said):
        return Content([], turns=list(_voices(_carry(said))), dropped=dropped)
    return Content(join_captions(said), dropped=dropped)


def _split_end(text: str) -> tuple[str, list[Dropped]]:
    """Part the captions from what stands below the last of them, such as a meeting's chat.

    Where a blank line also parts a time from its words, nothing is known to stand below.
    """
    lines = text.split("\n")
    last = max((n for n, line in enumerate(lines) if _ARROW.match(line)), default=len(lines))
    blank = (n for n in range(last + 1, len(lines)) if not lines[n].strip())
    end = next(blank, len(lines))
    if end <= last + 1:
        return text, []
    dropped = [
        Dropped(text=line.strip(), reason="below the last caption", line=number)
        for number, line in enumerate(lines[end:], start=end + 1)
        if line.strip()
    ]
    return "\n".join(lines[:end]) + "\n", dropped


def _said(subtitles: pysubs2.SSAFile, numbers: Sequence[int]) -> Iterator[Said]:
    for index, event in enumerate(subtitles):
        number = numbers[index] if index < len(numbers) else max(1, len(numbers))
        voice = event.name or None
        first = True
        for raw, colour in colour_lines(event.text.replace("\\n", "\\N").split("\\N")):
            for piece in re.split(r"(?=<v[\s.])", raw):
                if found := _VOICE.search(piece):
                    voice = _ACCOUNT.sub("", clean(html.unescape(found.group(1))))
                words = clean(mend(html.unescape(_TAG.sub("", piece)).replace("\\h", " ")))
                if words.strip("♪♫#-–— "):
                    yield Said(words, number, max(0, event.start) / 1000,
                                max(0, event.end) / 1000, voice, first, colour)  # fmt: skip
                    first = False


def _without_credits(said: Sequence[Said]) -> tuple[list[Said], list[Dropped]]:
    """Take out the captions that say who made the captions."""
    made = {line.start for line in said if _CREDIT.match(line.text)}
    dropped = [
        Dropped(text=line.text, reason="who made the captions", line=line.line)
        for line in said
        if line.start in made
    ]
    return [line for line in said if line.start not in made], dropped


def _without_rolling(said: list[Said]) -> tuple[list[Said], list[Dropped]]:
    """Take out the lines that captions show twice as they roll up.

    They are taken for rolling where many a line is shown again right after, or goes on.
    """
    repeats = sum(b.text == a.text or b.text.startswith(a.text + " ") for a, b in pairwise(said))
    if len(said) < 4 or repeats < _ROLLING * len(said):
        return said, []
    kept: list[Said] = []
    dropped = []
    for line in said:
        recent = [other.text for other in kept[-2:]]
        last = kept[-1] if kept else None
        if line.text in recent and line.start - kept[-1].end < _LONG_PAUSE:
            dropped.append(Dropped(text=line.text, reason="caption shown again", line=line.line))
        elif last and line.text.startswith(last.text + " ") and line.start <= last.end + 0.5:
            dropped.append(Dropped(text=last.text, reason="caption shown again", line=last.line))
            kept[-1] = replace(line, start=last.start, line=last.line)
        else:
            kept.append(line)
    return kept, dropped


def _carry(said: Sequence[Said]) -> list[Said]:
    """Give the lines without a voice tag to the voice before; after a dash, to the one before that.

    Captions often tag a voice only where it changes, and set two voices in one cue with dashes.
    """
    carried: list[Said] = []
    recent: list[str] = []
    for line in said:
        voice, text = line.voice, line.text
        if voice is None and recent:
            turns = bool(_DASH.match(text)) and len(recent) > 1
            voice = recent[-2] if turns else recent[-1]
            text = _DASH.sub("", text) if turns else text
        if voice is not None:
            recent = [*(one for one in recent if one != voice), voice]
        carried.append(replace(line, voice=voice, text=text))
    return carried


def _voices(said: Sequence[Said]) -> Iterator[GivenTurn]:
    current: list[Said] = []
    for line in [*said, None]:
        if current and (line is None or line.voice != current[-1].voice):
            yield GivenTurn(
                speaker=current[0].voice,
                text=clean(" ".join(part.text for part in current)),
                line=current[0].line,
                start_s=current[0].start,
                end_s=max(current[-1].end, current[0].start),
            )
            current = []
        if line is not None:
            current.append(line)


def join_captions(said: Sequence[Said]) -> list[Paragraph]:
    """Put cues together until a speaker's mark, or, where there are none, until a pause."""
    dashes = sum(bool(_DASH.match(line.text)) for line in said) > _DASHES * len(said)
    said = _without_dashes_within(said) if dashes else said
    pieces = [
        replace(line, text=part, first=line.first and not number)
        for line in _carry_marks(said)
        for number, part in enumerate(_CHEVRONS.split(line.text))
        if part.strip()
    ]
    marked = [_opens(line, dashes=dashes) for line in pieces]
    groups: list[list[Said]] = []
    for line, opens in zip(pieces, marked, strict=True):
        if not groups or opens or (not any(marked) and _pauses(groups[-1], line)):
            groups.append([])
        groups[-1].append(line)
    return [
        Paragraph(
            text=text,
            line=group[0].line,
            start_s=group[0].start,
            end_s=max(group[-1].end, group[0].start),
        )
        for group in groups
        if (text := clean(" ".join(line.text for line in group)))
    ]


def _without_dashes_within(said: Sequence[Said]) -> list[Said]:
    """Take the dash from a line that goes on with what the last cue left in mid-sentence.

    Two voices in one cue each have a line with a dash; the first may have begun in the cue before.
    """
    plain: list[Said] = []
    for line in said:
        goes_on = bool(plain) and line.first and not _BROKEN_OFF.search(plain[-1].text)
        plain.append(replace(line, text=_DASH.sub("", line.text)) if goes_on else line)
    return plain


def _carry_marks(said: Sequence[Said]) -> list[Said]:
    """Let a speaker's mark that ends a line open the next one, whose words it stands before."""
    carried: list[Said] = []
    mark = ""
    for line in said:
        text = f"{mark} {line.text}" if mark else line.text
        found = _MARK_AT_END.search(text)
        mark = found.group(1) if found else ""
        carried.append(replace(line, text=text[: found.start()] if found else text))
    return carried


def _opens(line: Said, *, dashes: bool) -> bool:
    if line.text.startswith((">>", "»")) or _CAPS_LABEL.match(line.text + " "):
        return True
    if dashes and _DASH.match(line.text):
        return True
    return bool(
        LABEL_START.match(line.text) or re.match(r"^[\[(][A-Z][^\])]{1,40}[\])]", line.text)
    )


def _pauses(group: Sequence[Said], line: Said) -> bool:
    pause = line.start - group[-1].end
    length = sum(len(part.text) for part in group)
    ended = bool(_ENDED.search(group[-1].text))
    return pause > _LONG_PAUSE or (ended and (pause > _PAUSE or length > _PARAGRAPH))
