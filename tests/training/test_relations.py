"""Links between sentences: the labels, the model, the baselines and the scores."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import InputError
from training.relations.features import Passage
from training.relations.measure import (
    Thresholds,
    best_thresholds,
    by_probability,
    counted,
    folded,
    line,
)
from training.relations.model import Choice, fit
from training.relations.rows import LABELS_FILE, RAW, Example, digest_of, join, read_new, tree_of
from training.relations.words import content_words

TEXTS = ("The sanctions failed.", "For example, exports rose.", "They must end.", "But we stay.")
SAID = ("claim", "premise", "claim", "claim")
TREE = {1: (0, False), 3: (2, True)}
ROWS = [json.loads(row) for row in LABELS_FILE.read_text(encoding="utf8").splitlines()]


def examples(n: int) -> list[Example]:
    """Passages in which what opens with "for example" supports, and "but" attacks, the last."""
    rng = np.random.default_rng(0)
    heads = {name: np.full((4, 3), 0.3, np.float32) for name in ("component", "kind")}
    heads |= {name: np.full((4, 2), 0.3, np.float32) for name in ("west", "stance")}
    drawn = rng.normal(size=(n, 4, 8)).astype(np.float32)
    return [Example(str(i), Passage(TEXTS, drawn[i], heads), SAID, TREE) for i in range(n)]


def test_the_labels_are_trees_without_words_of_the_transcripts() -> None:
    known = {"claim", "premise", "none", "support", "attack", "a", "b"}
    for row in ROWS:
        values = [*row.values(), *(v for one in row["sentences"] for v in one.values())]
        words = {value for value in values if isinstance(value, str)} - known
        assert all(re.fullmatch(r"[rx]\d{4}|[0-9a-f]{16}", word) for word in words)
        tree = tree_of(row["sentences"])
        for unit in tree:
            for _ in tree:
                unit = tree[unit][0] if unit in tree else -1
            assert unit not in tree


def test_no_link_is_to_or_from_a_sentence_that_is_no_argument() -> None:
    for row in ROWS:
        said = [one["component"] for one in row["sentences"]]
        for unit, (parent, _) in tree_of(row["sentences"]).items():
            assert "none" not in (said[unit], said[parent])


def labelled(text: str) -> dict[str, object]:
    """Labels of the two sentences "One. Two." by their digest, those of a text beside them."""
    spans = [(0, 4, None, None), (5, 9, 1, "support")]
    keys = ("start", "end", "parent", "relation")
    sentences = [dict(zip(keys, span, strict=True)) for span in spans]
    return {"doc": "x", "turn": 1, "digest": digest_of(text.split()), "sentences": sentences}


TURNS = [{"role": "interviewer", "text": "Why?"}, {"role": "respondent", "text": "One. Two."}]


def test_a_passage_is_joined_with_its_words_and_the_question_before() -> None:
    found = join(labelled("One. Two."), TURNS)
    assert (found.answer.question, found.answer.units) == ("Why?", ("One.", "Two."))
    assert found.tree == {1: (0, False)}


def test_other_words_than_were_labelled_are_an_error() -> None:
    with pytest.raises(InputError, match="turn 1 of x has other words"):
        join(labelled("One. Six."), TURNS)


def test_all_labelled_passages_are_in_the_research_data(shared: Path) -> None:
    if not (shared / "data" / RAW).is_file():
        pytest.skip(f"{RAW} is not in the research data")
    assert [one.doc for one in read_new(shared / "data")] == [row["doc"] for row in ROWS]


def test_content_words_are_found() -> None:
    assert content_words("These sanctions") == content_words("they sanctioned them")


def test_links_are_learnt_from_connectives() -> None:
    train, (other,) = examples(40), examples(1)
    choice = fit(train).choose(other.passage)
    assert Thresholds().tree(choice) == TREE


def test_a_model_of_a_fold_has_not_seen_the_document() -> None:
    few = examples(10)
    choices = folded(few)
    alone = fit([one for one in few if one.doc != "0"]).choose(few[0].passage)
    assert not np.allclose(choices[0].likely, fit(few).choose(few[0].passage).likely)
    assert alone.parent.tolist()[1] == choices[0].parent.tolist()[1] == 0


def likely(*levels: float) -> Choice:
    """The previous sentence is each unit's parent, with these probabilities."""
    found = np.array(levels)
    return Choice(np.arange(4) - 1, found, found, np.array([0.0, 0.1, 0.1, 0.8]))


def test_thresholds_are_those_of_the_best_f1() -> None:
    one, choice = examples(1), [likely(0.1, 0.9, 0.3, 0.8)]
    at = best_thresholds(one, choice)
    assert 0.3 < at.linked <= 0.8
    assert 0.1 < at.attack <= 0.8
    (counts,) = counted(one, choice, at)
    assert set(counts.figures().values()) == {1.0}
    assert line("dev", [counts], ["a"]) == (
        "dev: links F1 1.000 (1.000 to 1.000), linked or not 1.000 (1.000 to 1.000), "
        "attack F1 1.000 (1.000 to 1.000)"
    )


def test_the_share_of_right_links_is_told_by_probability() -> None:
    found = [*by_probability(examples(1), [likely(0.1, 0.9, 0.7, 0.5)])]
    assert found[0] == "  from 0.50: 0.667 right of 3, recall 1.000"
    assert found[-1] == "  from 0.80: 1.000 right of 1, recall 0.500"
