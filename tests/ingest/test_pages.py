"""Lines of a page in reading order, whatever width the page claims."""

from __future__ import annotations

import time

from pipeline.ingest.pages import _find_gutter
from pipeline.ingest.typelines import TypeLine


def test_a_page_of_absurd_width_is_read_in_no_time() -> None:
    line = TypeLine(x0=0.0, x1=100.0, y0=0.0, size=10.0, runs=(("words", False, False),))
    begun = time.monotonic()
    assert _find_gutter([line] * 20, 4294967296.0) is None
    assert time.monotonic() - begun < 2
