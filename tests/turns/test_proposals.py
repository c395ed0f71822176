"""Labels that may open a paragraph, and paragraphs in which several speak."""

from __future__ import annotations

import pytest

from pipeline.records import Paragraph
from pipeline.turns.proposals import STYLES, cut_paragraph, propose, split_inner
from tests.seconds import least_seconds

SAID = "The pier is safe."
NAME = "Olga Vane"


def _set(text: str, **layout: object) -> Paragraph:
    return Paragraph.model_validate({"text": text, "line": 1, **layout})


@pytest.mark.parametrize(
    ("style", "paragraph"),
    [
        ("colon", _set(f"{NAME}: {SAID}")), ("colon", _set(f"**{NAME}:** {SAID}")),
        ("colon", _set(f"Q：{SAID}")), ("bold", _set(f"{NAME}: {SAID}", bold=[(0, 10)])),
        ("bold", _set(f"{NAME} {SAID}", italic=[(0, 9)])), ("heading", _set(NAME, heading=3)),
        ("line", _set(NAME)), ("line", _set(f"{NAME}:")), ("line", _set(NAME, bold=[(0, 9)])),
        ("period", _set(f"MS. VANE. {SAID}")), ("period", _set(f"The Chair. {SAID}")),
        ("dash", _set(f"{NAME} – {SAID}")), ("dash", _set(f"{NAME} | {SAID}")),
        ("bracket", _set(f"[{NAME}] {SAID}")), ("bracket", _set(f"<{NAME}> {SAID}")),
        ("letter", _set(f"Q {SAID}")), ("letter", _set(f"A. {SAID}")),
        ("chevron", _set(f">> {SAID}")), ("chevron", _set(f">> {NAME}: {SAID}")),
    ],
)  # fmt: skip
def test_a_label_is_set_in_a_style(style: str, paragraph: Paragraph) -> None:
    proposal = propose(paragraph)
    assert proposal is not None
    assert proposal.style == style
    assert style in STYLES
    assert paragraph.text[proposal.start :] in (SAID, "")


@pytest.mark.parametrize(
    "text",
    [
        SAID, "We sailed at 10:30 and were home by noon.", "The boat came in and nobody was in it.",
        "What I mean to say of the pier is this: it is safe.", "Is the pier safe?",
    ],
)  # fmt: skip
def test_speech_has_no_label(text: str) -> None:
    assert propose(_set(text)) is None


def test_an_italic_or_bold_sentence_is_no_label() -> None:
    assert propose(_set(SAID, bold=[(0, len(SAID))])) is None
    assert propose(_set(f"{NAME} said that it is.", bold=[(0, 9)])) is None


def test_paragraphs_are_split_at_labels_that_recur() -> None:
    run = f"ROE: Is it safe? VANE: {SAID} ROE: One thing: who pays? VANE: All."
    assert [piece.text for piece in split_inner([_set(run)])] == [
        "ROE: Is it safe?", f"VANE: {SAID}", "ROE: One thing: who pays?", "VANE: All.",
    ]  # fmt: skip
    chevrons = f">> Is it safe? >> {SAID} >> Good."
    assert len(split_inner([_set(chevrons)])) == 3


def test_a_label_that_does_not_recur_splits_nothing() -> None:
    once = _set(f"{SAID} Then came the Norland Rule: all must pay for the pier. {SAID * 9}")
    assert split_inner([once]) == [once]
    assert split_inner([_set(f"ROE: {SAID}"), _set(SAID)])[1] == _set(SAID)


def test_pieces_keep_their_own_type_and_the_first_the_time() -> None:
    paragraph = _set("One two. Three.", bold=[(0, 3), (4, 12)], italic=[(9, 15)], start_s=4.0)
    first, second = cut_paragraph(paragraph, [9])
    assert (first.text, first.bold, first.italic, first.start_s) == (
        "One two.", ((0, 3), (4, 8)), (), 4.0
    )  # fmt: skip
    assert (second.text, second.bold, second.italic, second.start_s) == (
        "Three.", ((0, 3),), ((0, 6),), None
    )  # fmt: skip


@pytest.mark.parametrize("text", ["A: " * 9_000, "Olga " * 9_000, "[" * 30_000, "N. " * 9_000])
def test_long_paragraphs_are_read_in_time(text: str) -> None:
    pieces = split_inner([_set(text.strip())])
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())
    assert propose(pieces[0]) is None or propose(pieces[0])


def test_pieces_without_words_stay_with_their_neighbours() -> None:
    paragraph = _set("ROE: Yes. ... >> VANE: No. --")
    pieces = [piece.text for piece in cut_paragraph(paragraph, [10, 14, 17, 26])]
    assert pieces == ["ROE: Yes.", "... >> VANE: No. --"]
    assert cut_paragraph(_set(">> >>"), [3]) == [_set(">> >>")]


def test_a_long_row_of_signs_is_split_in_time() -> None:
    assert least_seconds(lambda: split_inner([_set(">>> " * 10_000)]), enough=2) < 2
