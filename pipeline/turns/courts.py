"""Roles under oath: where Q and A are the examination, counsel ask in their own names or object."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Role
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_OBJECTION = re.compile(
    r"^(?:(?:my (?:lady|lord)|your honou?r|counsel|same|i)[,.]? )?"
    r"(?:object(?:ion|s)?\b|move to strike\b|i (?:rise|object)\b)",
    re.I,
)
_ASKED, _ANSWERED = ("q",), ("a",)
_FEW_WORDS = 30


def court_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return the roles of counsel and judges in a deposition or an inquiry; none elsewhere.

    Beside Q and A, who objects is no part of the examination; the others with a title and a name
    are who examine, or the judge who asks as well. It is a court where somebody objects, or is
    called the witness.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what labels say.
    """
    keys = {voice.key for voice in voices}
    raws = {label.raw for voice in voices for label in voice.labels}
    if _ANSWERED not in keys or not (_ASKED in keys or raws & {"Q", "Q."}):
        return {}
    rest = [voice for voice in voices if voice.key not in roles]
    objects = {
        segment.key
        for segment in segments
        if segment.key not in roles and _OBJECTION.match(segment.text)
    }
    objectors = {voice.key for voice in rest if voice.key in objects and voice.words <= _FEW_WORDS}
    if not objectors and not any("witness" in key for key in keys):
        return {}
    examiners = {voice.key for voice in rest if any(label.titles for label in voice.labels)}
    return {
        **dict.fromkeys(examiners, "interviewer"),
        **dict.fromkeys(objectors, "other"),
    }
