"""The featuriser: masked words, cues, grammar, actors; and nothing of the speaker."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import load_settings
from pipeline.evaluate.cues import Cues, load_cues
from pipeline.features.blocks import TermBlock, char_ngrams, plain, tokens, word_ngrams
from pipeline.features.featuriser import EXTRACTORS, BlockSpec, Featuriser, Recipe
from pipeline.features.linear_model import load_featuriser, stored_featurisers
from pipeline.reading.mentions import Place, mask, mention_terms
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import Row
from pipeline.reading.syntax import head_token, sentence_terms, target_terms
from tests.marked import read_marked


@pytest.fixture(scope="module")
def reader() -> Reader:
    return make_reader(load_settings())


def grammar(reader: Reader, marked: str) -> tuple[list[str], list[str]]:
    """Terms of the sentence and of its marked target."""
    text, (target,) = read_marked(marked)
    (parsed,) = reader.syntax.read([text])
    return sentence_terms(parsed), target_terms(parsed, (target.start, target.end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's Ours!", ["it's", "ours", "!"]),
        ("It’s ours", ["it's", "ours"]),
        ("In 1999, 12%", ["in", "0000", "000"]),
        ("a XXTARGETXX b", ["a", "XXTARGETXX", "b"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_straightened_text_keeps_its_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_word_ngrams_have_markers_at_the_ends() -> None:
    assert list(word_ngrams(["a", "b"], low=2, high=2)) == ["<s> a", "a b", "b </s>"]


def test_character_ngrams_do_not_spell_masks() -> None:
    assert list(char_ngrams(["XXTARGETXX", "ab"], low=3, high=3)) == [" ab", "ab "]


PLACES = (Place(0, 4, ("NATO",), True), Place(10, 16, ("Russia",), False))


@pytest.mark.parametrize(
    ("masking", "target", "expected"),
    [
        ("actor", None, " XXACTORXX  told  XXACTORXX  so"),
        ("bloc", None, " XXINXX  told  XXOUTXX  so"),
        ("target", (0, 4), " XXTARGETXX  told  XXACTORXX  so"),
        ("target", (10, 16), " XXACTORXX  told  XXTARGETXX  so"),
    ],
)
def test_masking(masking: str, target: tuple[int, int] | None, expected: str) -> None:
    assert mask("NATO told Russia so", PLACES, masking=masking, target=target) == expected  # type: ignore[arg-type]


def test_polarity_sees_neither_the_actor_nor_its_bloc(reader: Reader) -> None:
    readings = [
        reader.read([Row(f"{name} betrayed us.", target=(0, len(name)))], masking="target")[0]
        for name in ("NATO", "Russia", "China")
    ]
    assert len({tuple(reading.words) for reading in readings}) == 1


def test_mentions_are_counted_by_side() -> None:
    terms = mention_terms(PLACES, prefix="text")
    assert {"text.in:1", "text.out:1", "text.first:in"} <= set(terms)


def test_cues_end_at_word_boundaries() -> None:
    cues = Cues({"obligation": ("must",)})
    assert cues.counts("The mustard is fine") == {}
    assert cues.counts("They must, they must!") == {"obligation": 2}


def test_a_star_stands_for_any_ending() -> None:
    found = list(Cues({"bad": ("lie*", "so what")}).find("Their LIES, so what?"))
    assert found == [("bad", 6, 10), ("bad", 12, 19)]


def test_the_shipped_cues_find_what_they_name() -> None:
    counts = load_cues().counts("We must act because time is short")
    assert {"obligation", "causal", "self_group"} <= counts.keys()


def test_grammar_tells_modality_negation_and_person(reader: Reader) -> None:
    terms, _ = grammar(reader, "We should not trust [them]{target}.")
    assert {"root.lemma:trust", "root.aux:should", "root.neg", "root.subj:we"} <= set(terms)


def test_the_target_knows_its_verb_and_place(reader: Reader) -> None:
    _, terms = grammar(reader, "[NATO]{target} destroyed that country.")
    assert {"dep:nsubj", "verb:destroy"} <= set(terms)


def test_a_span_without_tokens_has_no_head(reader: Reader) -> None:
    (parsed,) = reader.syntax.read(["Yes."])
    assert head_token(parsed, (90, 91)) is None
    assert target_terms(parsed, (90, 91)) == ["dep:?"]


def test_rows_of_a_block_have_length_one_times_its_weight() -> None:
    block = TermBlock.fit([["a", "b"], ["a"]], min_rows=1, max_terms=9, weight=0.5)
    matrix = block.transform([["a", "b", "b"], ["unknown"]])
    assert np.linalg.norm(matrix.toarray(), axis=1) == pytest.approx([0.5, 0.0])


def test_rare_terms_are_left_out_and_frequent_ones_come_first() -> None:
    rows = [["a", "b"], ["a", "b"], ["a", "c"]]
    assert TermBlock.fit(rows, min_rows=2, max_terms=9, weight=1).terms == ("a", "b")
    assert TermBlock.fit(rows, min_rows=1, max_terms=1, weight=1).terms == ("a",)


def test_every_block_that_a_recipe_can_name_is_deterministic(reader: Reader) -> None:
    row = Row("Why should NATO pay?", "He left.", "No.", "And then?", (11, 15), "2020")
    (reading,) = reader.read([row], masking="target")
    for name, extract in EXTRACTORS.items():
        assert extract(reading) == extract(reading), name


def test_a_stored_featuriser_computes_the_same(reader: Reader) -> None:
    recipe = Recipe(
        masking="actor", blocks=(BlockSpec(name="words", min_rows=1), BlockSpec(name="cues"))
    )
    rows = [Row("We must leave NATO."), Row("We must stay.")]
    readings = reader.read(rows, masking="actor")
    featuriser = Featuriser.fit(recipe, readings)
    arrays, vocabulary = stored_featurisers({"unit": featuriser})
    again = load_featuriser("unit", recipe.model_dump(), arrays=arrays, vocabulary=vocabulary)
    expected = featuriser.transform(readings).toarray()
    assert again.transform(readings).toarray() == pytest.approx(expected, abs=1e-3)


def test_a_row_has_no_field_for_the_speaker() -> None:
    assert {field.name for field in fields(Row)} == {
        "text", "context_before", "context_after", "question", "target", "date", "answer", "index",
    }  # fmt: skip
