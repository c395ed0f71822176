"""Links are scored by their parent, beside baselines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.connectives import connectives_in
from pipeline.evaluate.relations import (
    BASELINES,
    LinkCounts,
    add,
    by_document,
    count_links,
    read_annotated,
    score,
)


def test_a_link_is_right_if_its_parent_is() -> None:
    counts = count_links({0: (1, False), 2: (1, True)}, {0: (1, True), 2: (0, True)}, 4)
    assert (counts.right, counts.linked, counts.gold, counts.agreed) == (1, 2, 2, 4)
    assert (counts.attacks, counts.gold_attacks, counts.right_attacks) == (2, 1, 0)
    assert counts.figures()["links_f1"] == 0.5


def test_linked_or_not_counts_both_answers() -> None:
    assert count_links({0: (1, False)}, {2: (1, False)}, 4).agreed == 2


TEXTS = ("The sanctions failed.", "For example, exports rose.", "They must end.", "But we stay.")


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("previous sentence", {1: (0, False), 2: (1, False), 3: (2, False)}),
        ("nearest claim", {1: (0, False)}),
        ("connectives", {1: (0, False), 3: (2, True)}),
    ],
)
def test_baselines_link_by_place_component_and_words(
    name: str, links: dict[int, tuple[int, bool]]
) -> None:
    assert BASELINES[name](("claim", "premise", "claim", "claim"), TEXTS) == links


def test_no_baseline_links_what_is_no_argument() -> None:
    said = ("claim", "none", "claim", "none")
    assert [link(said, TEXTS) for link in BASELINES.values()] == [{}, {}, {}]


def test_first_words_are_found() -> None:
    assert "opens example" in connectives_in("And for example, it rained.")


def test_counts_are_summed_by_document() -> None:
    one, other = (count_links({0: (1, False)}, {}, n) for n in (4, 5))
    assert by_document([one, other, one], "aba") == {"a": add(one, one), "b": other}
    assert add(one, other).sentences == 9


def test_an_interval_holds_its_value() -> None:
    by_doc = {
        str(n): LinkCounts(sentences=4, linked=2, gold=2, right=n % 3, agreed=4) for n in range(9)
    }
    found = score("model", by_doc, seed=1).figures["links_f1"]
    assert found.low <= found.value <= found.high
    assert found.value == 0.5


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        ([{"n": 1, "text": "One.", "parent": 2}], "its parent is no other sentence"),
        ([{"n": 1, "text": "One.", "parent": 1}], "its parent is no other sentence"),
        ([{"text": "One."}], "n"),
    ],
)
def test_a_line_that_is_no_passage_is_an_error(
    sentences: list[object], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "passages.jsonl"
    path.write_text(json.dumps({"doc": "d", "split": "dev", "sentences": sentences}) + "\n")
    with pytest.raises(InputError, match=words):
        read_annotated(path, split="dev")


def test_a_split_without_passages_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "passages.jsonl"
    path.write_text(json.dumps({"doc": "d", "split": "dev", "sentences": []}) + "\n")
    with pytest.raises(InputError, match='no passage of split "test"'):
        read_annotated(path, split="test")
