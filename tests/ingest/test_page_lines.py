"""Running heads and feet that plain text kept from its pages."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source

ANSWER = (
    "ENVOY: We came to the harbour in the spring, when the ice was still on the piers and nobody\n"
    "who had a ship would have put it into the water, since the cranes were frozen as well, and\n"
    "the few who owned a boat that was small enough for the ice between the two piers would have"
)
REST = "gone out in it, whatever the ministry paid."
ASKED = [
    f"HOST: And what did you do in the {n} week, when the ships were not there?" for n in "ABCD"
]
ENDED = [f"ENVOY: We waited on the northern pier with {n}, as everybody did." for n in "ABC"]
FEET = {
    "wide": "\n\nA. Envoy, 10/08/2004{gap}{n}\n© 2014 The Harbour Board\n",
    "page": "\n\nInterview with the Envoy, page {n} of 9\n\n",
    "head": "\n{n}{gap}THE HARBOUR PROJECT\n\n",
}


def _read(foot: str, *, numbers: tuple[int, ...] = (2, 3, 4)) -> Source:
    feet = [foot.format(n=number, gap=" " * 40) for number in numbers]
    pages = [
        f"{ASKED[0]}\n\n{ENDED[0]}{feet[0]}{ASKED[1]}\n\n{ANSWER}",
        f"{feet[1]}{REST}\n\n{ASKED[2]}\n\n{ENDED[1]}",
        f"{feet[2]}{ASKED[3]}\n\n{ENDED[2]}\n",
    ]
    return read_bytes("".join(pages).encode(), name="a.txt")


@pytest.mark.parametrize("kind", FEET)
def test_a_paragraph_goes_on_over_the_end_of_a_page(kind: str) -> None:
    source = _read(FEET[kind])
    texts = [paragraph.text for paragraph in source.paragraphs]
    whole = " ".join(f"{ANSWER} {REST}".split())
    pairs = zip(ASKED, (ENDED[0], whole, *ENDED[1:]), strict=True)
    assert texts == [text for pair in pairs for text in pair]
    assert {piece.reason for piece in source.dropped} == {"running head or foot"}
    lines = {piece.line for piece in source.dropped}
    assert len(lines) == len(source.dropped) == (6 if kind == "wide" else 3)


def test_what_has_no_rising_number_is_read() -> None:
    source = _read(FEET["page"], numbers=(3, 3, 8))
    assert sum("Interview with the Envoy" in one.text for one in source.paragraphs) == 3
    assert not source.dropped


def test_a_question_that_is_numbered_is_no_foot() -> None:
    source = _read("\n\nThe next question {n}\n\n")
    assert sum("next question" in one.text for one in source.paragraphs) == 3


def test_who_speaks_below_the_end_of_a_page_has_a_paragraph() -> None:
    foot = "\n\nInterview with the Envoy, page {}\n\n"
    broken = [f"HOST: And when the ministry had paid for the {n}, did you--" for n in "ABC"]
    turns = zip(broken, (1, 2, 3), ENDED, strict=True)
    text = "".join(f"{asked}{foot.format(n)}{answer}\n\n" for asked, n, answer in turns)
    source = read_bytes(text.encode(), name="a.txt")
    texts = [one.text for one in source.paragraphs]
    assert texts == [text for pair in zip(broken, ENDED, strict=True) for text in pair]


def test_what_is_said_at_the_end_of_one_page_is_no_foot() -> None:
    foot = "\n\nInterview with the Envoy, page {}\n\n"
    text = "".join(f"{asked}\n\nENVOY: Yes.{foot.format(n)}" for n, asked in enumerate(ASKED[:2]))
    text += "".join(
        f"{asked}\n\nENVOY: No.{foot.format(n)}" for n, asked in enumerate(ASKED[2:], 2)
    )
    source = read_bytes(text.encode(), name="a.txt")
    answers = [one.text for one in source.paragraphs if one.text.startswith("ENVOY")]
    assert answers == ["ENVOY: Yes."] * 2 + ["ENVOY: No."] * 2


def test_a_head_behind_form_feeds_is_none_of_the_speech() -> None:
    head = "\fThe Ice and the Piers: What the Crane Is For          HIX | 5/15/2025\n\n"
    text = "".join(
        f"{head}{asked}\n\n{said}\n\n" for asked, said in zip(ASKED[:2], ENDED[:2], strict=True)
    )
    source = read_bytes(text.encode(), name="a.txt")
    assert [one.text for one in source.paragraphs] == [ASKED[0], ENDED[0], ASKED[1], ENDED[1]]
    assert sum("What the Crane Is For" in one.text for one in source.dropped) == 2


def test_words_that_one_page_opens_with_are_read() -> None:
    text = f"{ASKED[0]}\n\n{ENDED[0]}\n\f{ASKED[1]}\n\n{ENDED[1]}\n\f{ASKED[2]}\n\n{ENDED[2]}"
    source = read_bytes(text.encode(), name="a.txt")
    assert [one.text for one in source.paragraphs if one.text.startswith("HOST")] == ASKED[:3]


def test_all_lines_of_a_foot_are_taken_out() -> None:
    foot = (
        "\n\nPage {n}: THE HARBOUR BOARD "
        + "12 Pier Street, Port " * 6
        + "\n\n"
        + "\n\n".join(
            ("THE HARBOUR BOARD", "Typed by the Quay Office", "12 Pier Street", "Phone 555-0140")
        )
    )
    source = _read(foot + "\n\n")
    texts = [paragraph.text for paragraph in source.paragraphs]
    assert not any("Pier Street" in text or "Quay Office" in text for text in texts)
    assert len(source.dropped) == 15


def _broken(number: str) -> str:
    halves = [
        (f"HOST: And who paid for the oil in the {n} week, when nobody who came to the pier could",
         "say whose lamps they were? It was a long winter for all of us.")
        for n in ("first", "second", "third")
    ]  # fmt: skip
    talk = [f"{one}\n\n{number.format(n)}{two}" for n, (one, two) in enumerate(halves, start=2)]
    return "\n\n".join(f"{asked}\n\nENVOY: The town did, as ever." for asked in talk)


@pytest.mark.parametrize("number", ["{}\n\n", "{} "])
def test_a_number_at_the_margin_that_cuts_sentences_is_a_page_s(number: str) -> None:
    texts = [one.text for one in read_bytes(_broken(number).encode(), name="a.txt").paragraphs]
    assert len(texts) == 6
    assert all("could say whose lamps" in text for text in texts[::2])


@pytest.mark.parametrize("number", ["{}\n\n", "{} "])
def test_a_number_at_the_margin_that_cuts_no_sentence_is_read(number: str) -> None:
    whole = _broken(number).replace("when nobody who came to the pier could", "when it froze?")
    texts = [one.text for one in read_bytes(whole.encode(), name="a.txt").paragraphs]
    assert sum(text.split()[0].isdigit() for text in texts) == 3
