"""Times alone on lines, in the middle of what is said."""

from __future__ import annotations

from pipeline.ingest import read_bytes
from pipeline.records import Source

SAID = """\
Speaker 1 (00:02):
The harbour was closed in the spring because the crane
had fallen into the basin, and nobody who was in the town
(00:24):
could raise it. Why was that so?
Speaker 2 (00:31):
There was another crane, but it was older than the man who
drove it, and he
(00:45):
was ill.
Speaker 1 (00:52):
And who paid for that?
"""


def read(text: str) -> Source:
    return read_bytes(text.encode(), name="a.txt")


def test_a_time_on_a_line_of_its_own_breaks_no_sentence() -> None:
    source = read(SAID)
    texts = [paragraph.text for paragraph in source.paragraphs]
    assert any("who was in the town could raise it." in text for text in texts)
    assert any("and he was ill." in text for text in texts)
    assert [(one.text, one.reason, one.line) for one in source.dropped] == [
        ("(00:24):", "time", 4),
        ("(00:45):", "time", 9),
    ]


def test_times_stay_where_no_label_has_one() -> None:
    bare = SAID.replace("Speaker 1 (00:", "(00:").replace("Speaker 2 (00:", "(00:")
    assert read(bare).dropped == ()
