"""Web pages: the article, its metadata, and what is around it."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source

LONG = "The pier fell in one night, and nobody has paid for a new one since that winter. "
TALK = f"<p>Anna: Why?</p><p>Carl: {LONG * 3}</p><p>Anna: And?</p><p>Carl: {LONG * 2}</p>"
SAID = ["Anna: Why?", f"Carl: {LONG * 3}".strip(), "Anna: And?", f"Carl: {LONG * 2}".strip()]


def read(body: str, head: str = "") -> Source:
    page = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), name="a.html")


def texts(source: Source) -> list[str]:
    return [paragraph.text for paragraph in source.paragraphs]


LINKS = "".join(f"<li><a href='/{n}'>Story {n} of the bay</a></li>" for n in range(5))


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href='/'>Home</a></nav>", "<footer>Nobody, 2021</footer>", f"<ul>{LINKS}</ul>",
        f"<div><h3>More</h3><ul>{LINKS}</ul></div>", "<div class='share-tools'>Share this</div>",
        "<section id='comments'><p>I agree with all of it.</p></section>",
        "<div class='person-popup'>Carl, who keeps the light</div>",
        "<div style='display: none'>Hidden words</div>",
        "<figure><img src='a.jpg'><figcaption>The pier</figcaption></figure>",
        "<table align='right'><tr><td>What you can do to help them build it</td></tr></table>",
        "<script>var a = 'words';</script>",
    ],
)  # fmt: skip
def test_furniture_is_dropped_and_the_talk_kept(furniture: str) -> None:
    middle = TALK.replace("<p>Anna: And?", f"{furniture}<p>Anna: And?")
    source = read(f"<article>{middle}</article>")
    assert texts(source) == SAID
    if "script" not in furniture:
        assert source.dropped


@pytest.mark.parametrize(
    "page",
    [
        f"<div class='sidebar-layout'>{TALK}</div>",
        f"<table><tr><td>{TALK}</td></tr></table>",
        f"<aside><div>{TALK}</div></aside>",
        TALK.replace("<p>", "<div style='float:left'>").replace("</p>", "</div>"),
        TALK.replace("<p>", "<div class='caption'>").replace("</p>", "</div>"),
        TALK.replace("<p>Carl", "<p class='open' style='display: none'>Carl"),
        TALK.replace("<p>Carl:", "<p><a href='#1'>Carl:").replace(". </p>", ".</a></p>"),
    ],
)
def test_an_element_with_much_of_the_text_is_no_furniture(page: str) -> None:
    assert texts(read(page)) == SAID


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p><b>Anna:</b> Why?</p>", [("Anna: Why?", ["Anna:"])]),
        ("<p><span style='font-weight: 700'>Anna:</span> Why?</p>", [("Anna: Why?", ["Anna:"])]),
        ("<dl><dt>Anna</dt><dd>Why?</dd></dl>", [("Anna", ["Anna"]), ("Why?", [])]),
        ("<b><p>Why?</p></b><p>So.</p>", [("Why?", ["Why?"]), ("So.", [])]),
        ("<b>Why?</b><br><br>So.", [("Why?", ["Why?"]), ("So.", [])]),
        ("<table><tr><td>A<table><tr><td>B</td></tr></table></td><td>C</td></tr></table>",
         [("A", []), ("B", []), ("C", [])]),
    ],
)  # fmt: skip
def test_blocks_and_bold(markup: str, expected: list[tuple[str, list[str]]]) -> None:
    found = [(p.text, [p.text[a:b] for a, b in p.bold]) for p in read(markup).paragraphs]
    assert found == expected


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ("<title>Dark on the pier | The Bay</title>", "title", "Dark on the pier"),
        ("<meta property='og:title' content='Dark'>", "title", "Dark"),
        ("<meta property='article:published_time' content='2021-03-04T05:06'>", "date", "2021-03-04"),
        ("<script type='application/ld+json'>{\"@graph\": [{\"datePublished\": \"2021-03-04\"}]}</script>",
         "date", "2021-03-04"),
        ("<meta property='og:site_name' content='The Bay'>", "series", "The Bay"),
    ],
)  # fmt: skip
def test_metadata(head: str, key: str, value: str) -> None:
    assert read(TALK, head).metadata[key] == value
