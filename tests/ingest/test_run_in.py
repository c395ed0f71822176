"""Turns that a copied page gives in one paragraph."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes

CAPITALS = (
    "First broadcast by Harbour Radio. Transcript of an interview with the envoy by Nora Lind HARBOUR RADIO CORRESPONDENT NORA LIND: Why did "
    "the ferry stay in port? ENVOY FOR THE NORTHERN STRAITS OLAV BRANDT: Because nobody would "
    "insure it. We asked three firms: none replied. LIND: Not one? BRANDT (through interpreter): "
    "One wrote back, to say NATO: no. Q: And the captain? BRANDT: He is at home. Q: Alone?"
)
LETTERS = (
    "Q: Why did the ferry stay? A: Nobody would insure it. Q: Who was asked? A: Three firms, and "
    "the fourth by letter."
)


def _texts(data: str, *, name: str = "a.txt") -> list[str]:
    return [paragraph.text for paragraph in read_bytes(data.encode(), name=name).paragraphs]


def test_labels_in_capitals_open_paragraphs_of_their_own() -> None:
    opened = [text.split(":")[0] for text in _texts(CAPITALS)[1:]]
    assert opened == [
        "HARBOUR RADIO CORRESPONDENT NORA LIND",
        "ENVOY FOR THE NORTHERN STRAITS OLAV BRANDT",
        "LIND",
        "BRANDT (through interpreter)",
        "Q",
        "BRANDT",
        "Q",
    ]
    assert " ".join(_texts(CAPITALS)) == CAPITALS


def test_letters_of_questions_and_answers_do_too() -> None:
    assert [text[:2] for text in _texts(LETTERS)] == ["Q:", "A:", "Q:", "A:"]


def test_names_in_small_letters_must_be_many() -> None:
    turn = "Nora Lind: And what did the harbour council say to that? Olav Brandt: It said nothing. "
    few = _texts(turn * 2)
    many = _texts(turn * 12)
    assert len(few) == 1
    assert len(many) == 24


@pytest.mark.parametrize(
    "text",
    [
        "He wrote it on the wall: WATER: two days. WATER: one day. Then nothing more was written.",
        "THE LONG EBB: HARBOURS AND POWER. By our desk. THE LONG EBB: HARBOURS AND POWER.",
        "Q: Why did the ferry stay in port? It was asked again and again. Q: Who will pay for it?",
    ],
)
def test_one_voice_or_a_title_is_no_talk(text: str) -> None:
    assert _texts(text) == [text]


def test_a_title_before_the_name_stays_with_it() -> None:
    labelled = "Sen. BRANDT: We asked them twice.\n\nMs. LIND: And what did they say to you?\n\n"
    assert [text.split(":")[0] for text in _texts(labelled * 2)] == ["Sen. BRANDT", "Ms. LIND"] * 2


def test_type_stays_where_it_is_set() -> None:
    page = (
        "<p><b>NORA LIND:</b> Why did it stay? <b>OLAV BRANDT:</b> Nobody paid. "
        "<b>LIND:</b> Who? <b>BRANDT:</b> Nobody.</p>"
    )
    source = read_bytes(f"<html><body>{page}</body></html>".encode(), name="a.html")
    bold = [paragraph.text[slice(*paragraph.bold[0])] for paragraph in source.paragraphs]
    assert bold == ["NORA LIND:", "OLAV BRANDT:", "LIND:", "BRANDT:"]


def test_pages_lose_their_numbers_and_a_sentence_goes_on() -> None:
    words = "the ice was on the piers and nobody who had a ship would have put it to sea, " * 6
    pages = [
        "1 THE HARBOUR INSTITUTE",
        f"2 NORA LIND: Why did it stay? OLAV BRANDT: In spring {words}so that",
        f"3 we waited. LIND: For how long? BRANDT: Until {words}and then went home.",
        "4 BRANDT: That was all.",
    ]
    texts = _texts("\n\n".join(pages))
    assert texts[0] == "THE HARBOUR INSTITUTE"
    assert "so that we waited." in texts[2]
    assert texts[-1] == "BRANDT: That was all."


def test_a_numbered_list_keeps_its_numbers() -> None:
    points = [f"{n} ferries in harbour number {n}" for n in range(1, 6)]
    assert _texts("\n\n".join(points)) == points
