"""The fields that a database prints above and below one text, by ``frames.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.content import cut_spans, load_table
from pipeline.records import Dropped, Paragraph

_DATA = load_table("frames")
_PARTS = ("sign", "head", "foot", "code")
_FRAMES = [{part: re.compile(row[part]) for part in _PARTS} for row in _DATA["frame"]]
_FIELDS = {key: re.compile(pattern) for key, pattern in _DATA["fields"].items()}
_NEAR_TOP = 30  # paragraphs
_FOOT_WORDS = 600


def strip_frame(
    paragraphs: Sequence[Paragraph],
) -> tuple[dict[str, str], list[Paragraph], list[Dropped]]:
    """Remove the head and the foot that a database has printed around one text.

    Returns:
        The metadata in them, the paragraphs of the text, and what was removed.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    for frame in _FRAMES:
        signs = [i for i, text in enumerate(texts[:_NEAR_TOP]) if frame["sign"].fullmatch(text)]
        foot = _find_foot(texts, frame["foot"], below=signs[0]) if len(signs) == 1 else len(texts)
        if foot == len(texts):
            continue
        start = signs[0] + 1
        while start < foot and frame["head"].fullmatch(texts[start]):
            start += 1
        told = {
            key: found[1].strip("| ")
            for text in reversed(texts[:start])
            for key, pattern in _FIELDS.items()
            if (found := pattern.fullmatch(text))
        }
        cut = [
            cut_spans(p, [code.span()])
            for p in paragraphs[start:foot]
            if (code := frame["code"].match(p.text))
        ]
        dropped = [
            Dropped(text=p.text, reason="frame of a database", line=p.line, page=p.page)
            for p in (*paragraphs[:start], *paragraphs[foot:])
        ]
        return told, [p for p in cut if p], dropped
    return {}, list(paragraphs), []


def _find_foot(texts: Sequence[str], field: re.Pattern[str], *, below: int) -> int:
    """Where the fields below the text begin, if little text follows."""
    foot, words = len(texts), 0
    for index in range(len(texts) - 1, below, -1):
        words += len(texts[index].split())
        if words > _FOOT_WORDS:
            break
        foot = index if field.fullmatch(texts[index]) else foot
    return foot
