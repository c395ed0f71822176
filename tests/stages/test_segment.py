"""Units: sentences of our own with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parse import load_spacy
from pipeline.stages.segment import sentence_spans

MODEL = "en_core_web_sm"


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(load_spacy(MODEL)(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO held. It will hold.", ["NATO held.", "It will hold."]),
        ("Mr. Smith left the U.S. in May.", ["Mr. Smith left the U.S. in May."]),
        ("The first point\n\nThe second point", ["The first point", "The second point"]),
        ("It failed. (Laughter.)\n\nWhy?", ["It failed.", "Why?"]),
        ("[crosstalk]", []),
        ("", []),
        ("He said: “It is over.” Nobody moved.", ["He said: “It is over.”", "Nobody moved."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


WORDS = st.sampled_from(
    ["NATO", "held", "é", "🙂", "the", "West.", "“so”", "\n\n", "(a)", "…", "--"]
)


@given(st.lists(WORDS, max_size=25))
@settings(max_examples=60, deadline=None)
def test_spans_are_ordered_trimmed_and_lose_no_word(words: list[str]) -> None:
    text = " ".join(words)
    spans = sentence_spans(load_spacy(MODEL)(text))
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    kept = "".join(text[start:stop] for start, stop in spans)
    for word in ("NATO", "held", "West."):
        assert kept.count(word) == text.count(word)
