"""The fields of structured transcripts: which column or key says who speaks, what, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.errors import InputError

FIELDS = ("speaker", "role", "text", "start", "end", "question", "answer")
# names of fields in the order in which they are preferred, letters and digits only
NAMES: Mapping[str, tuple[str, ...]] = {
    "speaker": (
        "speaker", "speakername", "speakerlabel", "spk", "speakertag", "speakerid", "speakers",
        "displayname", "name", "who", "person", "participant", "voice", "author", "sender", "from",
        "actor", "character", "username", "user", "label", "channel", "channellabel", "narrator",
        "said by", "sprecher", "locuteur", "talker", "party", "spokenby", "saidby",
        "participantname",
    ),
    "role": ("role", "speakerrole", "part", "function", "speakertype", "participantrole", "kind",
             "type"),
    "text": (
        "text", "transcript", "transcription", "says", "say", "speaks",
        "utterance", "utt", "content", "speech", "body",
        "statement", "message", "sentence", "segment", "codedsegment", "codedtext",
        "quotationcontent", "textcontent", "excerpt", "excerptcopy", "value", "dialogue",
        "dialog", "line", "quote",
        "caption", "remark", "comment", "said", "display", "words", "turn", "spoken", "passage",
        "paragraph", "punctuatedword", "word", "utf8", "lexical", "texte",
    ),
    "start": (
        "start", "starttime", "starts", "startsec", "startseconds", "startms", "begin", "from",
        "timestamp", "timecode", "time", "ts", "at",
        "offset", "startoffset", "offsetmilliseconds", "tstartms", "tc", "in",
        "timein", "startstime", "tcin", "starts",
    ),
    "end": ("end", "endtime", "ends", "endsec", "endseconds", "endms", "endts", "stop", "out",
            "to", "timeout", "endoffset", "tcout"),
    "question": ("question", "q", "interviewerquestion", "questiontext", "prompt", "ask", "asked"),
    "answer": ("answer", "a", "response", "reply", "answertext", "answered"),
}  # fmt: skip
_CLOCK = re.compile(r"^\W*(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,;:](\d{1,3}))?(?!\d)")
# "PT1M2.5S", a duration as ISO 8601 writes it
_ISO = re.compile(r"^PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8}(?:\.\d{1,9})?)S)?$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?\s*(?:s|sec|seconds)?$")
_SHOWN = 30
_SLOW = 20.0  # seconds for a word: times that make speech slower are milliseconds


def normalise(name: Any) -> str:
    """A field's name in lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", str(name).casefold())


def guess_fields(names: Iterable[Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """Map fields to the names that hold them; ``keys`` are the user's and win.

    Args:
        names: of columns or keys.
        keys: field to name.
    """
    by_name: dict[str, Any] = {}
    for name in names:
        by_name.setdefault(normalise(name), name)
    fields: dict[str, Any] = {}
    for field in FIELDS:
        if field in keys:
            wanted = normalise(keys[field])
            if wanted in by_name:
                fields[field] = by_name[wanted]
            continue
        found = next((by_name[n] for n in NAMES[field] if n in by_name), None)
        if found is not None and found not in fields.values():
            fields[field] = found
    return fields


def require_keys(there: Iterable[Any], keys: Mapping[str, str], *, name: str) -> None:
    """Check that the keys that the user names are there.

    Args:
        there: keys of the source, in its order.
        keys: the user's, field to key.
        name: of the file, for the message.

    Raises:
        InputError: one is not there; the message lists those that are.
    """
    known: dict[str, str] = {}
    for key in there:
        known.setdefault(normalise(key), str(key))
    for field, wanted in keys.items():
        if normalise(wanted) not in known:
            shown = list(known.values())
            more = f", ... ({len(shown)} in all)" if len(shown) > _SHOWN else ""
            raise InputError(
                f'{name}: no key "{wanted}" for {field}; expected one of '
                f"{', '.join(shown[:_SHOWN])}{more}; correct --keys"
            )


def seconds(value: Any) -> float | None:
    """Read a time, ``1:02:03.5``, ``62.5``, ``62.5 s`` or ``PT62.5S``, as seconds; else None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value < 1e10 else None
    text = str(value).strip()
    if found := _ISO.match(text):
        h, m, s = (float(part or 0) for part in found.groups())
        return h * 3600 + m * 60 + s
    if found := _CLOCK.match(text):
        hours, minutes, secs, part = found.groups()
        fraction = float(f"0.{part}") if part else 0.0
        return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + fraction
    if _NUMBER.match(text):
        return min(float(re.match(r"[\d.]+", text).group()), 1e10)  # type: ignore[union-attr]
    return None


def is_clock(text: str) -> bool:
    """The text is a time of a recording and nothing else."""
    found = _CLOCK.match(text.strip())
    return found is not None and len(text.strip()) <= found.end() + 16


def in_seconds(times: Sequence[float | None], *, words: int) -> float:
    """Return the factor that makes the times seconds: they may be milliseconds."""
    last = max((time for time in times if time is not None), default=0.0)
    return 0.001 if words and last / words > _SLOW and last > 1000 else 1.0
