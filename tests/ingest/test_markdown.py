"""Markdown, wikitext and mail: emphasis, links, and what is left out."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source


def read(text: str, name: str = "a.md") -> Source:
    return read_bytes(text.encode(), name=name)


def texts(source: Source) -> list[str]:
    return [paragraph.text for paragraph in source.paragraphs]


@pytest.mark.parametrize(
    ("text", "bold", "rest"),
    [
        ("**Anna:** Why?", "Anna:", " Why?"),
        ("**Anna: **Why?", "Anna:", " Why?"),
        ("**Anna:**Why?", "Anna:", " Why?"),
        ("<b>Anna:</b> Why?", "Anna:", " Why?"),
    ],
)
def test_bold_is_kept_however_it_is_written(text: str, bold: str, rest: str) -> None:
    (paragraph,) = read(text).paragraphs
    assert [paragraph.text[a:b] for a, b in paragraph.bold] == [bold]
    assert paragraph.text == bold + rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Anna** [(0:12)](https://a.b/?t=12)", "Anna"),
        ("See [the report](https://a.b) of it.", "See the report of it."),
        (r"An \[official\] of \*some\* sort.", "An [official] of *some* sort."),
        ("It was <inaudible> there.<!-- cut this -->", "It was <inaudible> there."),
        ('It [fell]({{ "/pier" | url }}) {% image "a.jpg" %}down.', "It fell down."),
        ("[Reporter]: Why?", "[Reporter]: Why?"),
        ("    An indented line.", "An indented line."),
    ],
)
def test_words_stay_and_marks_go(text: str, expected: str) -> None:
    assert texts(read(text)) == [expected]


def test_what_is_taken_out_is_noted() -> None:
    source = read("![A pier](a.jpg)\n\nIt fell[^1].\n\n[^1]: A note.\n\n<!-- cut -->\n")
    assert texts(source) == ["It fell."]
    assert {piece.text for piece in source.dropped} == {
        "A pier", "[^1]", "[^1]: A note.", "<!-- cut -->"}  # fmt: skip


def test_structure_of_blocks() -> None:
    source = read("## Dark\n\n> It fell.\n\n---\n\n1. One.\n\n```\nANNA: Why?\n\nCARL: So.\n```\n")
    assert [(p.text, p.heading, p.quoted, p.line) for p in source.paragraphs] == [
        ("Dark", 2, False, 1), ("It fell.", 0, True, 3), ("* * *", 0, False, 5),
        ("1. One.", 0, False, 7), ("ANNA: Why?", 0, False, 10), ("CARL: So.", 0, False, 12)]  # fmt: skip


def test_wikitext_is_read_as_its_page_shows_it() -> None:
    source = read("{{date|May}}\n'''Carl''' of the [[w:Pier|pier]].<ref>A note</ref>\n\n== Talk ==\n"
                  "((Anna)) Why?\n\n[[File:a.jpg|A caption]]\n== Sources ==\n* {{a}}\n", "a.wiki")  # fmt: skip
    assert [(p.text, p.line, p.heading) for p in source.paragraphs] == [
        ("Carl of the pier.", 2, 0), ("Talk", 4, 2), ("Anna: Why?", 5, 0)]  # fmt: skip
    assert any("A caption" in piece.text for piece in source.dropped)


MAIL = "Subject: Dark\nDate: Thu, 4 Mar 2021 10:11:12 +0000\nMIME-Version: 1.0\n"


@pytest.mark.parametrize("name", ["a.eml", "a.unknown"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [("plain", "> Why?\n\nSo.\n"), ("html", "<blockquote>Why?</blockquote><p>So.</p>")],
)
def test_mail_is_read_with_its_quotations(kind: str, body: str, name: str) -> None:
    source = read(f"{MAIL}Content-Type: text/{kind}; charset=utf-8\n\n{body}", name)
    assert [(p.text, p.quoted) for p in source.paragraphs] == [("Why?", True), ("So.", False)]
    assert source.metadata["title"] == "Dark"
    assert source.metadata["date"] == "2021-03-04"


def test_asciidoc_is_read_as_its_page_shows_it() -> None:
    source = read("= A talk\n:tags: [ port ]\n\n. *Why is it dark?*\n+\nIt fell, as\nhttps://a.b/c[all] "
                  "do.\n+\n// A remark\nimage::a.jpg[A crane]\n. *And now?*\n+\nSo.\n", "a.adoc")  # fmt: skip
    assert [(p.text, p.line, bool(p.bold)) for p in source.paragraphs] == [
        ("A talk", 1, False), ("Why is it dark?", 4, True), ("It fell, as all do.", 6, False),
        ("And now?", 11, True), ("So.", 13, False)]  # fmt: skip
    assert {piece.reason for piece in source.dropped} == {
        "attribute", "comment", "image or include"}  # fmt: skip


@pytest.mark.parametrize(
    "talk",
    [
        "- header: The pier\n- line: Why did it fall?\n  sec: 0\n  who: Lee\n- line: It was built in"
        " one night.\n  sec: 9\n  who: Kim\n- line: By whom?\n  sec: 19\n  who: Lee\n"
        "- line: By a man who\n    could not swim.\n  sec: 29\n  who: Kim",
        "|\n  Lee: Why did it fall?\n\n  Kim: It was built in one night.\n\n  Lee: By whom?\n\n"
        "  Kim: By a man who could not swim.",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_talk_in_the_front_matter_is_the_text(talk: str, name: str) -> None:
    source = read(f"---\ntitle: Dark\ntranscript: {talk}\n---\n\n[A link](https://a.b)\n".replace(
        "transcript: -", "transcript:\n-"), name)  # fmt: skip
    said = [(turn.speaker, turn.text) for turn in source.turns]
    said = said or [tuple(p.text.split(": ")) for p in source.paragraphs]
    assert said == [("Lee", "Why did it fall?"), ("Kim", "It was built in one night."),
                    ("Lee", "By whom?"), ("Kim", "By a man who could not swim.")]  # fmt: skip
    assert source.metadata["title"] == "Dark"
    assert any("A link" in piece.text for piece in source.dropped)


def test_a_summary_in_the_front_matter_is_no_talk() -> None:
    summary = "A long walk on the pier, with all who own a boat, and some who do not."
    source = read(f"---\ntitle: Dark\nsummary: {summary}\n---\n\nLee: Why?\n\nKim: So.\n")
    assert [p.text for p in source.paragraphs] == ["Lee: Why?", "Kim: So."]
