"""What databases, archives and viewers of documents print around one text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.factiva import find_coded, find_uncoded
from pipeline.ingest.frames import Frame
from pipeline.ingest.lexis import find_lexis
from pipeline.ingest.page_frames import find_proquest, find_toolbar, find_viewer
from pipeline.records import Dropped, Paragraph

_REASON = "frame of a database"
_FINDERS = (find_coded, find_uncoded, find_lexis, find_proquest, find_viewer, find_toolbar)


def strip_database_frame(
    paragraphs: Sequence[Paragraph],
) -> tuple[dict[str, str], list[Paragraph], list[Dropped]]:
    """Take off the head and the foot that a database has put around one text.

    Returns:
        What they say of it, the paragraphs of the text, and what was taken off.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    frame = next((found for find in _FINDERS if (found := find(texts))), None)
    if frame is None or frame.start >= frame.end:
        return {}, list(paragraphs), []
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for index, paragraph in enumerate(paragraphs):
        rest = _text_of(frame, index, paragraph.text)
        if rest:
            bare = {"text": rest, "bold": (), "italic": ()}
            kept.append(paragraph if rest == paragraph.text else paragraph.model_copy(update=bare))
        if taken := paragraph.text.removesuffix(rest).strip():
            line, page = paragraph.line, paragraph.page
            dropped.append(Dropped(text=taken, reason=_REASON, line=line, page=page))
    return frame.metadata, kept, dropped


def _text_of(frame: Frame, index: int, text: str) -> str:
    """What of a paragraph is text: nothing outside of the frame, nor the code that opens it."""
    if not frame.start <= index < frame.end:
        return ""
    return frame.code.sub("", text) if frame.code else text
