"""Markdown: what is set how, and where it stands."""

from __future__ import annotations

from pipeline.ingest import read_bytes
from pipeline.records import Paragraph, Source


def _read(text: str) -> Source:
    return read_bytes(text.encode(), name="a.md")


def _bold(paragraph: Paragraph) -> list[str]:
    return [paragraph.text[start:end] for start, end in paragraph.bold]


def test_front_matter_is_metadata_and_counts_as_lines() -> None:
    source = _read('---\ntitle: "A: b"\ndate: 2024-03-04\nsource_url: http://x.y\n---\n\nText.\n')
    assert source.metadata == {"title": "A: b", "date": "2024-03-04", "url": "http://x.y"}
    assert [(p.text, p.line) for p in source.paragraphs] == [("Text.", 7)]


def test_front_matter_in_toml_is_metadata_too() -> None:
    source = _read('+++\ntitle = "A: b"\ndate = 2024-03-04T05:06:07+13:00\n+++\n\nText.\n')
    assert source.metadata["title"] == "A: b"
    assert source.metadata["date"] == "2024-03-04"
    assert [(p.text, p.line) for p in source.paragraphs] == [("Text.", 6)]


def test_bold_and_italic_spans_are_offsets_into_the_text() -> None:
    paragraph = _read("**Ann\u00a0Roe:** *(translated)* Why   **not**?").paragraphs[0]
    assert paragraph.text == "Ann Roe: (translated) Why not?"
    assert _bold(paragraph) == ["Ann Roe:", "not"]
    assert [paragraph.text[a:b] for a, b in paragraph.italic] == ["(translated)"]


def test_bold_that_ends_in_a_space_is_bold_all_the_same() -> None:
    assert _bold(_read("**Ann Roe: **Why?").paragraphs[0]) == ["Ann Roe:"]


def test_long_bold_that_ends_in_a_space_is_bold_and_what_stands_between_bolds_is_not() -> None:
    question = (
        "Why did the harbour stay shut for the whole of that winter, and who was it that shut it"
    )
    assert _bold(_read(f"**{question}? **\n").paragraphs[0]) == [f"{question}?"]
    assert _bold(_read("**Ann** says **yes** here.").paragraphs[0]) == ["Ann", "yes"]


def test_footnotes_and_captions_are_set_apart() -> None:
    source = _read(
        "Ann: The pier[^1] is long.[^a]\n\n![A pier](a.jpg)\n*The pier in May.*\n\n"
        "![x](b.jpg) Bob: It is.[^2]\n\n[^1]: Built of oak.\n    And of tar.\n[^a]: Very.\n"
    )
    assert [(p.text, p.line) for p in source.paragraphs] == [
        ("Ann: The pier is long.", 1),
        ("Bob: It is.[^2]", 6),
    ]
    assert [(d.text, d.reason, d.line) for d in source.dropped] == [
        ("The pier in May.", "caption", 3),
        ("[^1]: Built of oak. And of tar.", "footnote", 8),
        ("[^a]: Very.", "footnote", 10),
    ]


def test_an_indented_paragraph_is_no_code_and_a_bracketed_label_no_link() -> None:
    texts = [p.text for p in _read("a\n\n     Q    Why?\n\n[Reporter]: So.\n").paragraphs]
    assert texts == ["a", "Q Why?", "[Reporter]: So."]


def test_comments_go_and_escaped_brackets_come_back() -> None:
    texts = [p.text for p in _read("<!-- note -->\nA \\[name\\] here.\n").paragraphs]
    assert texts == ["A [name] here."]


def test_lines_that_open_with_a_bold_label_are_paragraphs() -> None:
    source = _read("**Ann:** Why did you stay away?  \n**Bob:** It rained.\n")
    assert [(p.text, p.line) for p in source.paragraphs] == [
        ("Ann: Why did you stay away?", 1),
        ("Bob: It rained.", 2),
    ]


def test_headings_quotations_and_numbers_are_kept() -> None:
    heading, quotation, item = _read("### Ann:\n\n> (laughter)\n\n3. Why?\n").paragraphs
    assert (heading.heading, quotation.quoted, item.text) == (3, True, "3. Why?")
