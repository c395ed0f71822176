"""Web pages: the body, its setting, and nothing around it."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Source
from pipeline.turns import build_interview

SPEECH = "<p><b>Ann Roe:</b> Why did the harbour close?</p><p><b>Bob Hale:</b> It rained.</p>"


def _read(body: str, head: str = "") -> Source:
    page = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), name="a.html")


def _texts(body: str) -> list[str]:
    return [p.text for p in _read(body).paragraphs]


def test_furniture_never_enters() -> None:
    body = (
        "<nav>Home</nav><div class='cookie-banner'><p>We value your privacy a lot.</p></div>"
        f"<main><article>{SPEECH}<figure><img src='x'><figcaption>A quay.</figcaption></figure>"
        "<div><img src='y'><span>Another quay.</span></div>"
        "<p><a href='/x'>Read next: the ten longest piers of the coast</a></p>"
        "<div class='related'><p>More piers.</p></div></article></main>"
        "<div style='display:none'><p>Hidden.</p></div><footer>Imprint</footer>"
    )
    assert _texts(body) == ["Ann Roe: Why did the harbour close?", "Bob Hale: It rained."]


def test_notes_their_marks_and_buttons_never_enter() -> None:
    body = (
        "<main><p>Ann Roe: Why did the harbour<sup><a href='#n1'>[1]</a></sup> close in 1984?</p>"
        "<p><a class='btn primary' href='/x'>Leave a comment</a></p>"
        "<p>Bob Hale: <a href='/y'>It rained</a>.<a class='note' href='/p#n2'>2</a> Twice.</p>"
        "<div class='footnote'><a href='#r1'>1</a><p>Ann: It is a dock.</p></div></main>"
    )
    assert _texts(body) == [
        "Ann Roe: Why did the harbour close in 1984?",
        "Bob Hale: It rained. Twice.",
    ]


def test_a_card_inside_a_word_goes_and_the_word_stays() -> None:
    card = "<span class='tooltip card hidden'>Ann Roe, born</span>"
    body = f"<p>So <a class='tag'>Ann{card}</a> said.</p>"
    assert _texts(body) == ["So Ann said."]


def test_an_element_that_holds_the_text_stays_whatever_its_class() -> None:
    assert len(_texts(f"<div class='page sidebar'>{SPEECH}</div>")) == 2


def test_a_break_ends_a_line_but_not_inside_a_name() -> None:
    assert _texts("<p><b>Ann<br>Roe:</b> Why?<br>Tell me.</p>") == ["Ann Roe: Why?", "Tell me."]


def test_a_paragraph_whose_class_calls_it_a_question_is_set() -> None:
    first, second = _read(
        "<p class='qa-question'>Who shut the harbour, and why was it shut at all?</p>"
        "<p class='question'><b>Ann Roe:</b> And who opened it again in the spring?</p>"
    ).paragraphs
    assert [first.text[a:b] for a, b in first.bold] == [first.text]
    assert [second.text[a:b] for a, b in second.bold] == ["Ann Roe:"]


def test_repeated_short_turns_are_kept() -> None:
    body = "<p>Ann: No?</p><p>Bob: No.</p><p>Ann: No?</p><p>Bob: No.</p>"
    assert len(_texts(body)) == 4


def test_metadata_is_read_from_the_page() -> None:
    head = (
        "<title>A harbour and its mayor | The Lantern</title>"
        "<meta property='og:site_name' content='The Lantern'>"
        "<link rel='canonical' href='https://lantern.example/harbour'>"
        "<script type='application/ld+json'>"
        '{"@graph": [{"datePublished": "2024-05-06T07:00:00Z", "author": [{"name": "Cleo"}]}]}'
        "</script>"
    )
    assert _read(SPEECH, head).metadata == {
        "title": "A harbour and its mayor",
        "date": "2024-05-06",
        "url": "https://lantern.example/harbour",
        "series": "The Lantern",
        "author": "Cleo",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("A talk in a port | Prime Minister of Latvia", "Prime Minister of Latvia"),
        ("A talk • President of the Republic of Chile", "President of the Republic of Chile"),
        ("A talk - by the sea - Latvian Government", "Latvian Government"),
        ("A talk in a port | The Lantern", None),
        ("The president of a club in Latvia and others", None),
    ],
)
def test_an_office_behind_the_title_is_the_sites_name(title: str, series: str | None) -> None:
    assert _read(SPEECH, f"<title>{title}</title>").metadata.get("series") == series


def test_lines_of_the_source_are_kept() -> None:
    assert [p.line for p in _read("\n<p>One.</p>\n\n<p>Two.</p>").paragraphs] == [2, 4]


def test_what_a_link_past_an_advertisement_leads_to_is_read() -> None:
    advert = (
        "<div id='story-ad-1-wrapper'><p>Buy a crane.</p>"
        "<a href='#after-story-ad-1'>Skip Advertisement</a></div>"
    )
    body = f"<main>{SPEECH}{advert}<div id='after-story-ad-1'>{SPEECH}</div></main>"
    assert _texts(body) == _texts(f"<main>{SPEECH}{SPEECH}</main>")


def test_what_a_link_to_the_navigation_leads_to_is_no_text() -> None:
    link = "<a href='#side-nav'>Skip to navigation</a>"
    body = f"<main>{link}{SPEECH}{SPEECH}<div id='side-nav'><p>Home, ports.</p></div></main>"
    assert "Home, ports." not in _texts(body)


def test_a_name_that_its_class_calls_one_is_set_apart_from_the_speech() -> None:
    part = (
        "<div class='part'><span class='part-name'>{name}</span><span class='part-time'>"
        "<a href='#t'>({time})</a> </span><span class='part-text'>{text}</span></div>"
    )
    said = (
        ("Ann Roe", "00:00:01", "Why did the harbour close?"),
        ("Bob Hale", "00:00:09", "It rained for a month."),
        ("", "00:00:30", "And then nobody came."),
        ("Ann Roe", "00:00:41", "Nobody at all?"),
        ("Bob Hale", "00:00:44", "The gulls came, and the owner of the crane."),
    )
    rows = (part.format(name=name, time=time, text=text) for name, time, text in said)
    source = _read(f"<main><h1>The pier</h1>{''.join(rows)}</main>")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [(names[turn.speaker_id], turn.start_s, turn.text) for turn in interview.turns] == [
        ("Ann Roe", 1.0, said[0][2]),
        ("Bob Hale", 9.0, f"{said[1][2]}\n\n{said[2][2]}"),
        ("Ann Roe", 41.0, said[3][2]),
        ("Bob Hale", 44.0, said[4][2]),
    ]


def test_a_page_may_be_one_form_from_top_to_bottom() -> None:
    search = "<form><input name='q'><p>Search all harbours</p></form>"
    body = f"<form id='aspnetForm'><input name='state'><main>{SPEECH}</main>{search}</form>"
    assert _texts(body) == _texts(SPEECH)


def test_a_field_that_its_class_names_is_not_set_in_bold() -> None:
    body = (
        "<main><span class='field field--name-field-text field--type-text-long'><p>Q - Why did it "
        "close?<br/>\nR - It rained for a month.<br/>\nThen nobody came.</p></span></main>"
    )
    paragraphs = _read(body).paragraphs
    assert [one.text for one in paragraphs] == [
        "Q - Why did it close?", "R - It rained for a month.", "Then nobody came."
    ]  # fmt: skip
    assert not any(one.bold for one in paragraphs)
