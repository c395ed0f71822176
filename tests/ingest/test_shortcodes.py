"""Shortcodes of static site generators leave no trace in the text, and are told of."""

from __future__ import annotations

from pipeline.ingest import read_bytes

PAGE = """+++
title = "The harbour"
+++

One.

{{< figure src="/lamp.jpg" caption="The second lamp." >}}

Two {{< ref "/ice" >}}and more.

{{< pullquote >}}
Two and more.
{{< /pullquote >}}

{{% sidenote %}}Three stays.{{% /sidenote %}} {% include foot.html %}
"""


def test_codes_and_set_apart_words_are_taken_out_and_the_lines_keep_their_numbers() -> None:
    source = read_bytes(PAGE.encode(), name="a.md")
    assert [(p.text, p.line) for p in source.paragraphs] == [
        ("One.", 5),
        ("Two and more.", 9),
        ("Three stays.", 15),
    ]


def test_what_was_taken_out_is_told_with_its_line() -> None:
    source = read_bytes(PAGE.encode(), name="a.md")
    told = [(piece.line, piece.text.split()[1]) for piece in source.dropped]
    assert told == [
        (7, "figure"),
        (9, "ref"),
        (11, "pullquote"),
        (15, "sidenote"),
        (15, "/sidenote"),
        (15, "include"),
    ]
    assert {piece.reason for piece in source.dropped} == {"page furniture (shortcode)"}
