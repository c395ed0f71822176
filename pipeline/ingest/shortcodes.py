"""Shortcodes of static site generators, ``{{< figure src="..." >}}`` and ``{% include ... %}``."""

from __future__ import annotations

import re

from pipeline.ingest.markdown_notes import cut_out
from pipeline.records import Dropped

_SET_APART = r"pull-?quotes?|aside|figure|notice|note|callout|newsletter|related|box|sidebar"
_PAIRED = re.compile(
    rf"\{{\{{[<%]\s*(?P<apart>{_SET_APART})\b[^{{}}]*?[>%]\}}\}}.{{0,4000}}?"
    r"\{\{[<%]\s*/\s*(?P=apart)\s*[>%]\}\}",
    re.I | re.S,
)
_REASON = "page furniture (shortcode)"
_SINGLE = re.compile(r"\{\{[<%].{0,2000}?[>%]\}\}|\{%-?.{0,2000}?-?%\}", re.S)


def take_shortcodes(body: str, *, offset: int) -> tuple[str, list[Dropped]]:
    """Take out shortcodes, and what stands in those that set words apart from the text.

    A pull quote, a figure or a box between an opening and a closing code is no part of the talk;
    words between other codes stay.

    Args:
        body: a Markdown text; its lines keep their numbers.
        offset: the number of its first line in the file.
    """
    body, apart = cut_out(_PAIRED, body, offset=offset, reason=_REASON)
    body, single = cut_out(_SINGLE, body, offset=offset, reason=_REASON)
    return body, [*apart, *single]
