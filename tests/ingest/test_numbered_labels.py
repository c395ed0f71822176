"""Lines that are numbered through, each with a label."""

from __future__ import annotations

from pipeline.ingest import read_bytes
from pipeline.records import Source

SAID = (
    ("Mluvčí 01", "Please, sit down.", "Why was the harbour closed?"),
    ("Mluvčí 02", "The crane fell into the basin,", "and nobody could raise it."),
    ("Mluvčí 01", "Who paid?"),
    ("Mluvčí 02", "The city did.", "It took three years.", "I would not do it again."),
    ("Mluvčí 03", "Will there be another one?"),
    ("Mluvčí 02", "It is on a ship."),
)


def read(text: str) -> Source:
    return read_bytes(text.encode(), name="a.txt")


def numbered(lines: list[str]) -> str:
    return "\n".join(f"  {number}. {line}" for number, line in enumerate(lines, start=1))


def test_a_run_of_one_label_is_one_paragraph_and_the_page_around_is_none() -> None:
    lines = [f"{label}: {line}" for label, *said in SAID for line in said]
    source = read(f"harbour talk\n\ntext 2 KB\n{numbered(lines)}\nAdd Comment\nSign in, please\n")
    expected = [f"{label}: {' '.join(said)}" for label, *said in SAID]
    assert [paragraph.text for paragraph in source.paragraphs][-len(SAID) :] == expected
    assert [paragraph.line for paragraph in source.paragraphs][-len(SAID) :] == [4, 6, 8, 9, 12, 13]
    assert [(one.text, one.line) for one in source.dropped] == [
        ("Add Comment", 14),
        ("Sign in, please", 15),
    ]


def test_a_list_whose_items_have_heads_is_left_as_it_is() -> None:
    heads = ("Crane", "Basin", "City", "Divers", "Ship", "Rope", "Pier", "Gate", "Fee", "Ferry")
    source = read(numbered([f"{head}: it was closed for years." for head in heads]))
    assert source.paragraphs[1].text == "2. Basin: it was closed for years."
