"""Who speaks in the turns of a tree, as services for speech recognition write it.

Some give each word its speaker, some name the speakers of the words in a list beside them, and some
print all words again with their speakers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.ingest.fields import guess_fields, normalise, seconds
from pipeline.ingest.tree_people import name_of
from pipeline.records import GivenTurn

WORDY = 1.6
"""How many words a turn has on average, at least, where turns are more than single words."""
# what a piece of a transcript is, and nobody's part in the talk
_PIECES = frozenset(("word", "pronunciation", "punctuation", "punct", "text", "spacing", "entity",
                     "segment", "utterance", "sentence", "paragraph"))  # fmt: skip
_WORD = re.compile(r"\w+")


def voice_of(item: Mapping[Any, Any], fields: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The speaker and the role of a turn or word, which may stand in its likeliest reading.

    Args:
        item: the turn or word.
        fields: names of the keys that hold its fields.
    """
    speaker = _speaker(item, fields)
    if speaker is None:
        readings = next((v for k, v in item.items() if normalise(k) == "alternatives"), None)
        first = readings[0] if isinstance(readings, list) and readings else None
        speaker = _speaker(first, guess_fields(first, {})) if isinstance(first, dict) else None
    role = name_of(item[fields["role"]]) if "role" in fields else None
    return speaker, None if role and role.lower() in _PIECES else role


def _speaker(item: Mapping[Any, Any], fields: Mapping[str, Any]) -> str | None:
    if "speaker" not in fields:
        return None
    name = name_of(item[fields["speaker"]])
    unset = normalise(fields["speaker"]) == "speakertag" and name == "0"  # they count from 1
    return None if unset else name


def label_words(node: dict[Any, Any]) -> dict[Any, Any]:
    """Give words the speakers that a list beside them names, from one time to another.

    ``{"speaker_labels": {"segments": [{"start_time": "0.0", "speaker_label": "spk_0"}, ...]},
    "items": [{"start_time": "0.1", "alternatives": [...]}, ...]}``. What has no time, as stops
    have none, goes with the word before.

    Args:
        node: any mapping of the tree; what has no such lists is returned as it is.
    """
    labels, items = node.get("speaker_labels"), node.get("items")
    segments = labels.get("segments") if isinstance(labels, dict) else None
    if not isinstance(segments, list) or not isinstance(items, list):
        return node
    known = sorted(
        (start, name)
        for segment in segments
        if isinstance(segment, dict)
        and (start := seconds(segment.get("start_time"))) is not None
        and (name := name_of(segment.get("speaker_label")))
    )
    words = [item for item in items if isinstance(item, dict)]
    if not known or any("speaker_label" in word for word in words):
        return node
    starts = [start for start, _ in known]
    voiced, place = [], 0
    for word in words:
        at = seconds(word.get("start_time"))
        place = place if at is None else max(0, bisect_right(starts, at) - 1)
        voiced.append({**word, "speaker_label": known[place][1]})
    return {**node, "items": voiced}


def without_unvoiced_copy(turns: Sequence[GivenTurn]) -> list[GivenTurn]:
    """Leave out the turns without a speaker where those with one hold the same words again."""
    voiced = [turn for turn in turns if turn.speaker]
    others = [turn for turn in turns if not turn.speaker]
    return voiced if voiced and _words(voiced) == _words(others) else list(turns)


def _words(turns: Sequence[GivenTurn]) -> list[str]:
    return [word for turn in turns for word in _WORD.findall(turn.text.casefold())]


def with_voices_between(turns: Sequence[GivenTurn]) -> list[GivenTurn]:
    """Give what has no speaker to whoever speaks on both sides: machines leave it out at times."""
    voiced = list(turns)
    for index, turn in enumerate(turns):
        if turn.speaker or not index:
            continue
        before = voiced[index - 1]
        after = next((one.speaker for one in turns[index + 1 :] if one.speaker), None)
        if before.speaker and before.speaker == after:
            voiced[index] = turn.model_copy(update={"speaker": after, "role": before.role})
    return voiced


def join_words(turns: list[GivenTurn]) -> list[GivenTurn]:
    """Put single words of one speaker together, where the source holds nothing longer."""
    if sum(len(turn.text.split()) for turn in turns) >= WORDY * max(1, len(turns)):
        return turns
    joined: list[GivenTurn] = []
    for turn in turns:
        last = joined[-1] if joined else None
        if last is None or last.speaker != turn.speaker:
            joined.append(turn)
            continue
        space = "" if len(turn.text) == 1 and not turn.text.isalnum() else " "
        text = f"{last.text}{space}{turn.text}"
        joined[-1] = last.model_copy(update={"text": text, "end_s": turn.end_s})
    return joined
