"""What databases of the press print around a transcript."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes

TALK = (
    "Question: Who pays for the lighthouse?",
    "Answer: The harbour does, and it has paid since the winter of the ice.",
    "Question: And who keeps it?",
    "Answer: My sister keeps it.",
)
CODED = (
    "SE\tInterview", "HD\tKeeper: The lamp is older than I am", "BY\tAnna North", "WC\t310 words",
    "PD\t9 May 2014", "SN\tThe Harbour Courier", "SC\tHARCOU", "LA\tEnglish",
    "CY\t(c) 2014 The Harbour Courier", "", "LP", "",
    "\n\n".join(TALK[:2]), "", "TD", "", "\n\n".join(TALK[2:]), "", "an/bo", "",
    "NS\tgharb : Harbours | ntra : Transcript", "RE\tnorth : The North",
    "AN\tDocument HARCOU0020140509ea590000a", "", "Search Summary", "Text\tlamp and keeper",
    "Results Found\t1",
)  # fmt: skip
UNCODED = (
    "Keeper: The lamp is older than I am", "", "310 words", "", "9 May 2014", "",
    "The Harbour Courier", "", "HARCOU", "", "English", "", "(c) 2014 The Harbour Courier", "",
    "\n\n".join(TALK), "", "Document HARCOU0020140509ea590000a",
)  # fmt: skip
LEXIS = (
    "Time Of Request: Monday, June 2, 2014 10:00:12 EST", "", "1 of 1 DOCUMENTS", "",
    "Harbour Radio", "", "SHOW: Lamps and Tides 9:00 AM", "", "May 9, 2014 Friday", "",
    "HEADLINE: The lamp is older than I am", "", "ANCHORS: ANNA NORTH", "", "GUESTS: Bo Lind", "",
    "LENGTH: 310 words", "", "DATELINE: PORT NORTH", "", "\n\n".join(TALK), "",
    "LOAD-DATE: May 10, 2014", "", "LANGUAGE: ENGLISH", "", "PUBLICATION-TYPE: Transcript",
)  # fmt: skip


@pytest.mark.parametrize("frame", [CODED, UNCODED, LEXIS])
def test_the_frame_gives_title_and_day_and_nothing_of_it_is_text(frame: tuple[str, ...]) -> None:
    source = read_bytes("\n".join(frame).encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK
    assert source.metadata["title"].endswith("The lamp is older than I am")
    assert source.metadata["date"] == "2014-05-09"
    assert {one.reason for one in source.dropped} == {"frame of a database"}


def test_codes_may_stand_right_before_the_text() -> None:
    text = "\n".join(CODED).replace("LP\n\n", "LP  ").replace("TD\n\n", "TD  ")
    source = read_bytes(text.encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK


def test_who_asks_and_who_is_asked_is_known() -> None:
    source = read_bytes("\n".join(LEXIS).encode(), name="a.txt")
    assert source.metadata["interviewer"] == "ANNA NORTH"
    assert source.metadata["interviewee"] == "Bo Lind"
    assert source.metadata["series"] == "Lamps and Tides 9:00 AM"


def test_the_new_frame_ends_with_the_document() -> None:
    head = ("Document (1)", "1. The lamp", "Client/Matter: -None-", "Search Terms: lamp",
            "May 9, 2014 Friday", "Copyright 2014 Harbour Radio All Rights Reserved",
            "Section: NEWS", "Length: 310 words", "Highlight: A keeper speaks of ice.", "Body")  # fmt: skip
    foot = ("Load-Date: May 10, 2014", "End of Document")
    source = read_bytes("\n\n".join((*head, *TALK, *foot)).encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK


def test_what_a_viewer_shows_around_a_document_is_no_text() -> None:
    head = ("The lamp", "Size: px", "Start display at page:",
            'Download "The lamp is older than I am"', "7 years ago Views:", "Transcription")  # fmt: skip
    foot = ("Similar documents", "LAMPS OF THE WEST: A TALK", "A talk on the lamps of the west.")
    source = read_bytes("\n\n".join((*head, *TALK, *foot)).encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK
    assert source.metadata["title"] == "The lamp is older than I am"


def test_codes_may_stand_in_cells_of_a_table() -> None:
    cells = (("HD", "The lamp"), ("WC", "310 words"), ("PD", "9 May 2014"), ("LA", "English"),
             ("LP", "".join(f"<p>{text}</p>" for text in TALK[:2])),
             ("TD", "".join(f"<p>{text}</p>" for text in TALK[2:])),
             ("NS", "gharb : Harbours"), ("AN", "Document HARCOU0020140509ea590000a"))  # fmt: skip
    rows = "".join(f"<tr><td>{code}</td><td>{value}</td></tr>" for code, value in cells)
    page = f"<html><body><table>{rows}</table></body></html>"
    source = read_bytes(page.encode(), name="a.html")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK
    assert source.metadata["date"] == "2014-05-09"


def test_a_library_of_papers_tells_day_and_paper_below() -> None:
    head = ("The lamp is older than I am", "North, Anna. The Harbour Courier: A4.",
            "ProQuest document link", "ABSTRACT", "A keeper speaks.", "FULL TEXT")  # fmt: skip
    foot = ("DETAILS", "Subject: Lamps; Ice", "People: Lind, Bo",
            "Publication title: The Harbour Courier", "Publication date: May 9, 2014",
            "Database: Papers of the North")  # fmt: skip
    source = read_bytes("\n\n".join((*head, *TALK, *foot)).encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK
    assert source.metadata["title"] == "The lamp is older than I am"
    assert source.metadata["date"] == "2014-05-09"
    assert source.metadata["series"] == "The Harbour Courier"


def test_the_toolbar_of_an_archive_is_no_text() -> None:
    head = ("12 captures", "03 Jan 2008 - 05 May 2020", "About this capture", "COLLECTED BY",
            "Organization: Crawlers of the North", "Collection: Crawls", "TIMESTAMPS",
            "The Wayback Machine - https://web.archive.org/web/20080207/http://example.org/")  # fmt: skip
    source = read_bytes("\n\n".join((*head, *TALK)).encode(), name="a.txt")
    assert tuple(paragraph.text for paragraph in source.paragraphs) == TALK


@pytest.mark.parametrize(
    "around",
    [
        ("LENGTH: 310 words", "{}"),
        ("LENGTH: 310 words", "{}", "LENGTH: 280 words", "LOAD-DATE: May 10, 2014"),
        ("WC 310 words", "{}"),
        ("310 words", "9 May 2014", "{}", "(c) 2014 The Harbour Courier"),
    ],
)
def test_a_length_alone_is_no_frame(around: tuple[str, ...]) -> None:
    text = "\n\n".join(around).format("\n\n".join(TALK))
    source = read_bytes(text.encode(), name="a.txt")
    assert not any(one.reason == "frame of a database" for one in source.dropped)
