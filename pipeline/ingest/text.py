"""Plain text."""

from __future__ import annotations

from pipeline.ingest.content import Content, Line
from pipeline.ingest.header import split_front_matter
from pipeline.ingest.reflow import reflow


def read(text: str, *, name: str) -> Content:
    """Read plain text: blank lines part paragraphs; single breaks are judged by ``reflow``."""
    metadata, body, skipped = split_front_matter(text, name=name)
    blocks: list[list[Line]] = []
    open_block = False
    for number, raw in enumerate(body.split("\n"), start=skipped + 1):
        # a form feed, a vertical tab or a Unicode separator also ends a line
        pieces = raw.splitlines() or [""]
        for piece in pieces:
            if not piece.strip():
                open_block = False
                continue
            if not open_block:
                blocks.append([])
                open_block = True
            line = Line(number)
            line.add(piece)
            if line.plain():
                blocks[-1].append(line)
    paragraphs = [p for line in reflow(blocks) if (p := line.paragraph())]
    return Content(paragraphs, metadata)
