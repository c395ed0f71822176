"""Footnotes at the feet of the pages of plain text."""

from __future__ import annotations

from pipeline.ingest import read_bytes

PAGES = """\
Host: Why was the pier closed in the winter, when the boats had nowhere else to go but to
the other port?

Minister: The crane fell into the basin.{one} Tom Roe{two} could raise it, and he was in the
other port, where in the spring of ’97.{three} he had built a pier himself, as we all know,

____________________
{four} The crane was built in 1950 and painted in 1951, and nobody has looked at it ever
since then.
{five} Tom Roe was the keeper.
{six} In May.

and which still stands.
"""


def _read(*marks: str) -> tuple[str, list[str]]:
    names = ("one", "two", "three", "four", "five", "six")
    text = PAGES.format(**dict(zip(names, marks, strict=True)))
    source = read_bytes(text.encode(), name="a.txt")
    return "\n".join(p.text for p in source.paragraphs), [one.reason for one in source.dropped]


def test_notes_below_a_rule_go_with_their_marks() -> None:
    text, reasons = _read("1", "2", "3", "1", "2", "3")
    assert "fell into the basin. Tom Roe could raise it" in text
    assert "of ’97. he had built" in text
    assert "1950" not in text
    assert "keeper" not in text
    assert reasons == ["footnote"] * 4


def test_a_list_below_a_rule_that_nothing_leads_to_is_kept() -> None:
    text, reasons = _read("", "", "", "1", "2", "3")
    assert "1950" in text
    assert "keeper" in text
    assert not reasons
