"""Plain text."""

from __future__ import annotations

import re

from pipeline.ingest.bare_times import drop_bare_times
from pipeline.ingest.content import Content, Line
from pipeline.ingest.emphasis import has_set_labels, split_runs
from pipeline.ingest.foot_notes import strip_foot_notes
from pipeline.ingest.header import split_front_matter
from pipeline.ingest.label_column import join_column_labels
from pipeline.ingest.line_numbers import NOTHING, OPENS, strip_line_numbers
from pipeline.ingest.mail_header import find_mail_header
from pipeline.ingest.numbered_labels import join_numbered_labels
from pipeline.ingest.page_lines import strip_page_lines
from pipeline.ingest.pasted_captions import (
    read_bare_captions,
    read_pasted_captions,
    read_timed_captions,
)
from pipeline.ingest.pasted_chat import read_pasted_chat
from pipeline.ingest.reflow import reflow
from pipeline.ingest.spaced_lines import join_spaced_lines
from pipeline.ingest.speaker_tags import read_speaker_tags
from pipeline.records import Dropped

_QUOTE = re.compile(r"^ {0,3}>(?!>) ?")


def read(text: str, *, name: str) -> Content:
    """Read plain text: blank lines part paragraphs; single breaks are judged by ``reflow``."""
    metadata, body, skipped = split_front_matter(text, name=name)
    lines = body.split("\n")
    dropped: list[Dropped] = []
    for read_pasted in (
        read_speaker_tags,
        read_pasted_chat,
        read_pasted_captions,
        read_timed_captions,
        read_bare_captions,
    ):
        if (pasted := read_pasted(lines)) is not None:
            pasted.metadata.update(metadata)
            return pasted
    if (numbered := strip_line_numbers(lines)) is not None:
        lines, dropped = numbered
    elif (labelled := join_numbered_labels(lines, first=skipped + 1)) is not None:
        lines, dropped = labelled
    else:
        lines, dropped = strip_foot_notes(lines, first=skipped + 1)
        if (paged := strip_page_lines(lines, first=skipped + 1)) is not None:
            lines, heads = paged
            dropped += heads
        lines, times = drop_bare_times(lines, first=skipped + 1)
        dropped += times
    lines = join_column_labels(lines)
    spaced = join_spaced_lines(lines)
    lines = spaced or lines
    mail, header = find_mail_header(lines)
    metadata = {**mail, **metadata}
    dropped += [
        Dropped(text=lines[index].strip(), reason="mail header", line=index + skipped + 1)
        for index in header
    ]
    lines[header.start : header.stop] = [NOTHING] * len(header)
    starred = has_set_labels(lines)
    blocks: list[list[Line]] = []
    open_block = False
    for number, raw in enumerate(lines, start=skipped + 1):
        if raw == NOTHING:
            continue
        if raw.startswith(OPENS):
            open_block = False
        # a form feed, a vertical tab or a Unicode separator also ends a line
        pieces = raw.removeprefix(OPENS).splitlines() or [""]
        for piece in pieces:
            if not piece.strip():
                open_block = False
                continue
            quote = _QUOTE.match(piece)
            line = Line(number, quoted=quote is not None)
            words = piece[quote.end() :] if quote else piece
            for run, bold, italic in split_runs(words) if starred else ((words, False, False),):
                line.add(run, bold=bold, italic=italic)
            turned = open_block and blocks[-1] and blocks[-1][-1].quoted != line.quoted
            if not open_block or turned:
                blocks.append([])
                open_block = True
            if quote and not line.plain():
                open_block = False
            if line.plain():
                blocks[-1].append(line)
    blocks = [block for block in blocks if block]
    wrapped = numbered is not None or spaced is not None
    paragraphs = [p for line in reflow(blocks, wrapped=wrapped) if (p := line.paragraph())]
    return Content(paragraphs, metadata, dropped=dropped)
