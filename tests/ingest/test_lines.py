"""Lines to paragraphs: the same words, whatever the format they came in."""

from __future__ import annotations

import html
import textwrap

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source

TALK = (
    "HOST: We are on the old pier today, where a storm took the light away last winter and the "
    "harbour has been dark for four months.",
    "GUEST: It was built by my grandfather, and it fell in one night.",
    "Nobody has paid for a new one. The town says that the county should, and the county says "
    "that the town should, and so it goes on from one meeting to the next.",
    "HOST: Who will pay, then?",
    "GUEST: Whoever wants the ferry back, which is to say all of us who live on the other side "
    "and have to drive around the whole bay to buy bread.",
    "HOST: Thank you.",
)


def texts(source: Source) -> list[str]:
    return [paragraph.text for paragraph in source.paragraphs]


def wrapped(*, first: str = "", rest: str = "") -> list[str]:
    return [textwrap.fill(text, 66, initial_indent=first, subsequent_indent=rest) for text in TALK]


def page(body: str) -> str:
    return f"<html><body>{body}</body></html>"


LAYOUTS = {
    "blank lines.txt": "\n\n".join(wrapped()),
    "blank lines.md": "\n\n".join(wrapped()),
    "unwrapped.txt": "\n".join(TALK),
    "unwrapped.md": "\n".join(TALK),
    "indented.txt": "\n".join(wrapped(first="    ")),
    "indented.md": "\n".join(wrapped(first="    ")),
    "crlf.txt": "\r\n\r\n".join(wrapped()).replace("\n", "\r\n"),
    "pre.html": page("<pre>" + html.escape("\n".join(wrapped(first="     "))) + "</pre>"),
    "breaks.html": page("<p>" + "<br />\n<br />\n".join(w.replace("\n", "<br />\n")
                                                       for w in wrapped()) + "</p>"),
    "lines.html": page("<div>" + "<br>".join(TALK) + "</div>"),
    "paragraphs.html": page("".join(f"<p>{text}</p>\n" for text in wrapped())),
    "cells.html": page("<table>" + "".join(f"<tr><td>{t}</td></tr>" for t in TALK) + "</table>"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_paragraphs_in_every_layout(name: str) -> None:
    assert texts(read_bytes(LAYOUTS[name].encode(), name=name)) == list(TALK)


def test_a_misprinted_label_that_recurs_opens_a_paragraph() -> None:
    text = "\n".join(wrapped()).replace("GUEST:", "Harbour Master:")
    text = text.replace("Harbour Master: It", "Harbour Master; It") + "\nHarbour Master: So."
    source = read_bytes(text.encode(), name="a.txt")
    assert any(t.startswith("Harbour Master; It was") for t in texts(source))


@pytest.mark.parametrize("gap", ["\t", "    "])
def test_a_gap_after_labels_is_read_as_a_colon(gap: str) -> None:
    text = f"AH{gap}Why?\nCG{gap}So.\nAH{gap}And?\nCG{gap}No.\nEnd"
    source = read_bytes(text.encode(), name="a.txt")
    assert texts(source)[:2] == ["AH: Why?", "CG: So."]


@pytest.mark.parametrize("broken", ["govern-\nment", "govern\u00ad\nment", "Anglo-\nDutch"])
def test_a_word_broken_at_the_end_of_a_line_is_whole(broken: str) -> None:
    line = "and then it was said by some of those who were there that"
    source = read_bytes(f"{line}\n{line} {broken} of {line}\n{line}.".encode(), name="a.txt")
    assert " government of " in texts(source)[0] or " Anglo-Dutch of " in texts(source)[0]


def test_a_dash_at_the_end_of_a_line_ends_what_is_said_or_goes_on() -> None:
    lines = [line for said in TALK for line in textwrap.wrap(said, 60)]
    lines += ["HOST: But what of the -\u00ad", "GUEST: The light? It has been out since the storm -\u00ad",
              "since before it, to be precise."]  # fmt: skip
    source = read_bytes("\n".join(lines).encode(), name="a.txt")
    assert texts(source)[-2:] == [
        "HOST: But what of the -",
        "GUEST: The light? It has been out since the storm - since before it, to be precise.",
    ]


def test_numbers_of_pages_are_dropped() -> None:
    paged = "".join(f"{text}\n\nPier talk\n{n}\n\n" for n, text in enumerate(TALK, 1))
    source = read_bytes(paged.encode(), name="a.txt")
    assert texts(source) == list(TALK)
    assert {piece.text for piece in source.dropped} >= {"Pier talk", "3"}


@pytest.mark.parametrize(
    "label", ["\u202aHOST\u202c:", "HOST\u202e:", "\u2066HOST\u2069:", "HO\u200dST:", "\u200fHOST:"]
)
def test_marks_of_direction_and_of_no_width_are_no_part_of_a_label(label: str) -> None:
    marked = "\n\n".join(TALK).replace("HOST:", label, 1)
    assert texts(read_bytes(marked.encode(), name="a.txt")) == list(TALK)
