"""Where sentences start in turns without punctuation."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.notices import sentence
from pipeline.turns import understand
from pipeline.turns.segments import Segment
from pipeline.turns.sentences import (
    BoundaryModel,
    features,
    is_unpunctuated,
    load_boundaries,
    normalise,
    split_unpunctuated,
)
from tests.turns.talks import segments_of

RUN_ON = (
    "well we built the pier in may and then it rained for weeks so nobody came to see it but "
    "I think that it was right to build it and we will mend the rest of it when the spring comes "
)


def _segment(text: str) -> Segment:
    return segments_of([("VANE", text)])[0]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        (RUN_ON, True),
        (RUN_ON * 3 + "and so on.", True),
        ("We built it. " * 20, False),
        ("we built it", False),
    ],
)
def test_which_texts_are_without_punctuation(text: str, without: bool) -> None:
    assert is_unpunctuated(text) is without


def test_a_turn_without_punctuation_is_cut_and_no_word_is_altered() -> None:
    segment = _segment(RUN_ON.strip())
    cut = split_unpunctuated(segment)
    assert len(cut.parts) > 1
    assert cut.text.split() == segment.text.split()
    line = f"VANE: {segment.text}"
    assert all(line[one.start : one.start + len(one.text)] == one.text for one in cut.parts)


def test_sentences_are_neither_shorter_nor_longer_than_the_model_allows() -> None:
    words = ("and so we went on " * 60).split()
    shipped = load_boundaries()
    never = BoundaryModel({}, bias=-9.0, threshold=0.5, shortest=3, longest=10)
    always = BoundaryModel({}, bias=9.0, threshold=0.5, shortest=3, longest=10)
    for model in (shipped, never, always):
        bounds = [0, *model.starts(words), len(words)]
        sizes = [two - one for one, two in pairwise(bounds)]
        assert min(sizes) >= model.shortest
        assert max(sizes) <= model.longest + model.shortest


def test_features_are_the_words_around_a_place() -> None:
    assert normalise("“Don’t!”") == "don't"
    found = features(["we", "went", "home"], 1)
    assert {"-1=we", "0=went", "1=home", "-2=", "-1,0=we went"} <= set(found)


@pytest.mark.parametrize(("bare", "warned"), [(1, False), (5, True)])
def test_a_talk_is_told_of_only_where_most_of_its_words_are_without_punctuation(
    bare: int, warned: bool
) -> None:
    whole = "We built the pier in May, and then it rained. Nobody came. " * 3
    turns = [RUN_ON] * bare + [whole] * 4
    text = "\n\n".join(f"HOST: And what then?\n\nVANE: {one.strip()}" for one in turns)
    found = understand(
        read_bytes(text.encode(), name="a.txt"),
        interview_id="a",
        settings=load_settings().segment,
    )
    said = [sentence(one) for one in found.interview.warnings if one.code == "unpunctuated"]
    assert ["no punctuation in 55% of the speech" in one for one in said] == [True] * warned
