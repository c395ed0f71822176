"""Shortcodes of static site generators, ``{{< figure src="..." >}}`` and ``{% include ... %}``."""

from __future__ import annotations

import re

from pipeline.ingest.content import clean
from pipeline.records import Dropped

_SET_APART = r"pull-?quotes?|aside|figure|notice|note|callout|newsletter|related|box|sidebar"
_PAIRED = re.compile(
    rf"\{{\{{[<%]\s*(?P<apart>{_SET_APART})\b[^{{}}]*?[>%]\}}\}}.{{0,4000}}?"
    r"\{\{[<%]\s*/\s*(?P=apart)\s*[>%]\}\}",
    re.I | re.S,
)
_SINGLE = re.compile(r"\{\{[<%].{0,2000}?[>%]\}\}|\{%-?.{0,2000}?-?%\}", re.S)


def take_shortcodes(body: str, *, offset: int) -> tuple[str, list[Dropped]]:
    """Take out shortcodes, and what stands in those that set words apart from the text.

    A pull quote, a figure or a box between an opening and a closing code is no part of the talk;
    words between other codes stay.

    Args:
        body: a Markdown text; its lines keep their numbers.
        offset: the number of its first line in the file.
    """
    dropped: list[Dropped] = []
    for pattern in (_PAIRED, _SINGLE):
        pieces: list[str] = []
        at, line = 0, offset
        for found in pattern.finditer(body):
            line += body.count("\n", at, found.start())
            dropped.append(
                Dropped(text=clean(found.group()), reason="page furniture (shortcode)", line=line)
            )
            breaks = found.group().count("\n")
            line += breaks
            pieces += (body[at : found.start()], "\n" * breaks)
            at = found.end()
        body = "".join((*pieces, body[at:]))
    return body, dropped
