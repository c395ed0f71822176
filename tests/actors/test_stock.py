"""What is left of a span of the stock recogniser."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.actors import load_actors
from pipeline.actors.stock import find_stock
from pipeline.config import load_settings
from pipeline.parse import load_spacy


def found_in(words: list[str], tags: list[str], label: str, *, end: int) -> list[str]:
    """The texts found in words whose first ``end`` the recogniser took for a name."""
    vocab = load_spacy(load_settings().parse.model).vocab
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    doc = Doc(vocab, words=words, tags=tags, sent_starts=starts)
    doc.ents = [Span(doc, 0, end, label=label)]
    return [doc.text[one.start : one.end] for one in find_stock(doc, load_actors())]


@pytest.mark.parametrize(
    ("word", "tag", "label", "kept"),
    [
        ("Drafts", "NNS", "ORG", False),
        ("Halfway", "RB", "ORG", False),
        ("Zzyvara", "NNP", "ORG", True),
        ("Noumea", "NN", "PERSON", True),
        ("Quito", "NN", "ORG", True),
    ],
)
def test_a_common_word_that_opens_a_sentence_is_no_name(
    word: str, tag: str, label: str, kept: bool
) -> None:
    assert found_in([word, "came", "back", "."], [tag, "VBD", "RB", "."], label, end=1) == (
        [word] if kept else []
    )


@pytest.mark.parametrize(
    ("third", "tag", "name"),
    [("Project", "NNP", "Zzyvara Water Project"), ("of", "IN", "Zzyvara Water")],
)
def test_a_name_ends_before_a_line_break_and_small_words(third: str, tag: str, name: str) -> None:
    words = ["Zzyvara", "Water", third, "\n\n", "Contents", "follow"]
    assert found_in(words, ["NNP", "NNP", tag, "_SP", "NNPS", "VBP"], "ORG", end=5) == [name]
