"""Markdown saved from web pages: what shows an image, leads elsewhere, or notes something."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source

TALK = "\n\n".join(
    f"**Host:** Why was pier number {n} shut in that year, and who was it that shut the pier?\n\n"
    f"**Analyst:** It was the harbour office which shut it, for reason {n} of the long list."
    for n in range(6)
)
IMAGE = "![A red crane on the northern pier](crane.jpg)"


def _read(*paragraphs: str) -> Source:
    return read_bytes("\n\n".join((TALK, *paragraphs)).encode(), name="a.md")


def _dropped(*paragraphs: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.reason) for piece in _read(*paragraphs).dropped]


@pytest.mark.parametrize(
    "caption",
    [
        "*The harbour in its last year.*",
        "The northern pier with its crane.",
        '*The pier: "Nobody shut it but us"*',
    ],
)
@pytest.mark.parametrize("image", [IMAGE, f"[{IMAGE}](crane.jpg)"])
def test_a_paragraph_below_an_image_that_shows_it_is_a_caption(caption: str, image: str) -> None:
    text = caption.strip("*")
    assert _dropped(image, caption) == [(text, "caption")]


@pytest.mark.parametrize(
    "speech",
    [
        "*And who shut the northern pier?*",
        "We never had a better one.",
        "**Host:** The northern pier with its crane had been painted by people whom nobody knew.",
    ],
)
def test_speech_below_an_image_is_no_caption(speech: str) -> None:
    assert _dropped(IMAGE, speech) == []


def test_where_speech_is_set_in_italics_it_is_no_caption() -> None:
    said = [f"*That was harbour {n}.*" for n in range(4)]
    assert _dropped(*said, IMAGE, "*It was shut.*") == []


HEADLINE = "[How the harbour master lost his keys](https://a.b/keys)"


@pytest.mark.parametrize(
    "line",
    [
        HEADLINE,
        f"Read more Members only {HEADLINE}",
        f"* {HEADLINE} *By a staff writer*\n* [Four more ports that nobody has opened](https://a.b/c)",
    ],
)
def test_headlines_of_something_else_are_left_out(line: str) -> None:
    assert all(reason == "page furniture (link)" for _, reason in _dropped(line))
    assert not any("keys" in paragraph.text for paragraph in _read(line).paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        f"I wrote about it at the time: {HEADLINE}, and nobody read it but the two of us.",
        "[Who was it that lost the keys?](https://a.b/keys)",
        "[The Port Review](https://a.b)",
        "* [Port Review](https://a.b)\n* [The Crane](https://a.b), which I read on Mondays",
        f"# {HEADLINE}",
    ],
)
def test_speech_and_headings_may_be_linked(line: str) -> None:
    assert _dropped(line) == []


def test_all_stays_where_much_is_linked() -> None:
    lines = [f"[we had shut pier number {n} by then](https://a.b/?t={n})" for n in range(30)]
    assert _dropped(*lines) == []


def test_numbers_that_lead_to_notes_go_and_so_do_the_notes() -> None:
    source = _read(
        "It was shut.[1](https://a.b/c#footnote-1) It was not.[\\[2\\]](#fn2)",
        "[1](https://a.b/c#footnote-anchor-1)",
        "By the office.",
        "2. By nobody. [↩](#fnref2)",
        "After it.",
    )
    assert [p.text for p in source.paragraphs[-2:]] == ["It was shut. It was not.", "After it."]
    assert [(d.text, d.reason) for d in source.dropped] == [
        ("By the office.", "footnote"),
        ("By nobody. ↩", "footnote"),
    ]


def test_numbers_of_paragraphs_and_links_elsewhere_are_no_notes() -> None:
    source = _read("[12](#p12)", "It was shut in [1987](#year).", "See [3](https://a.b/3).")
    assert [p.text for p in source.paragraphs[-2:]] == ["It was shut in 1987.", "See 3."]
