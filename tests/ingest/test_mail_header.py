"""The header of an e-mail on top of a transcript."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes

HEADER = (
    "From: Harbour Press Office <press@harbour.org>",
    "Subject: FW: Remarks by the Minister at the northern",
    " piers",
    "Date: Wed, 21 May 2025 16:47:03 -0400",
)
TALK = "Host: Who pays for the piers?\n\nMinister: The Union does."


def test_a_mail_gives_title_and_date_and_its_header_is_not_spoken() -> None:
    source = read_bytes(("\n".join(HEADER) + "\n\n" + TALK).encode(), name="a.txt")
    assert source.metadata["title"] == "Remarks by the Minister at the northern piers"
    assert source.metadata["date"] == "2025-05-21"
    assert [p.text for p in source.paragraphs] == TALK.split("\n\n")
    assert [p.line for p in source.paragraphs] == [6, 8]
    assert [one.line for one in source.dropped] == [1, 2, 3, 4]


def test_a_page_may_have_each_field_in_a_paragraph() -> None:
    fields = ["<b>From:</b> Press Office", "<b>Sent:</b> Monday, May 19, 2025 9:02 AM",
              "<b>To:</b> List", "<b>Subject:</b> A talk on ice"]  # fmt: skip
    body = "".join(f"<p>{text}</p>" for text in (*fields, *TALK.split("\n\n")))
    source = read_bytes(f"<html><body>{body}</body></html>".encode(), name="a.html")
    assert source.metadata["date"] == "2025-05-19"
    assert source.metadata["title"] == "A talk on ice"
    assert len(source.paragraphs) == 2


@pytest.mark.parametrize(
    "above",
    [
        "From: The north, as they say.\nTo: The south.",
        "Subject: ice\nDate: 21 May 2025",
        "\n".join(HEADER) + "\n\nWho pays?\n\nFrom: Minister\nSubject: piers\nDate: 22 May 2025",
    ],
)
def test_other_lines_and_letters_to_and_fro_are_no_mail_header(above: str) -> None:
    source = read_bytes(f"{above}\n\n{TALK}".encode(), name="a.txt")
    assert "piers" not in source.metadata.get("title", "")
    assert not source.dropped
