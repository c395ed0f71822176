"""What is left of a span of the stock recogniser."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.actors import load_actors
from pipeline.actors.stock import find_stock
from pipeline.config import load_settings
from pipeline.parse import load_spacy


def found_in(words: list[str], label: str, *, start: int, end: int) -> list[tuple[str, str | None]]:
    """The texts and labels found where the stock recogniser labels words ``start`` to ``end``."""
    doc = Doc(load_spacy(load_settings().parse.model).vocab, words=words)
    doc.ents = [Span(doc, start, end, label=label)]
    return [(doc.text[one.start : one.end], one.label) for one in find_stock(doc, load_actors())]


@pytest.mark.parametrize(
    ("span", "label", "kept"),
    [
        (["the", "Zzyvara", "Society"], "ORG", ("Zzyvara Society", "ORG")),
        (["President", "Zzyvara"], "PERSON", ("Zzyvara", "PERSON")),
        (["Mr", "Zzyvara"], "ORG", ("Zzyvara", "PERSON")),
        (["Zzyvara", ","], "ORG", ("Zzyvara", "ORG")),
        (["Zzyvara", "Summit"], "ORG", ("Zzyvara Summit", "EVENT")),
    ],
)
def test_a_span_loses_article_title_and_mark(
    span: list[str], label: str, kept: tuple[str, str]
) -> None:
    words = ["Then", *span, "came", "."]
    assert found_in(words, label, start=1, end=1 + len(span)) == [kept]


@pytest.mark.parametrize("words", [["the"], ["MPs"], ["S/PV.1234"]])
def test_a_span_that_is_no_name_is_left_out(words: list[str]) -> None:
    assert found_in([*words, "came"], "ORG", start=0, end=1) == []


def test_a_place_after_in_is_a_place() -> None:
    assert found_in(["in", "Zzyvara"], "PERSON", start=1, end=2) == [("Zzyvara", "GPE")]
