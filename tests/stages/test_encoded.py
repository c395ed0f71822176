"""The encoder as a judge: a small stand-in network that answers by the words it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.actors import load_actors
from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row
from pipeline.parse import Parser
from pipeline.stages.encoded import EncodedClaims, EncodedStance, SharedEncoder, target_pair
from pipeline.stages.stance import Stances
from tests.stages.interviews import interview_of

LABELS = {
    "component": ("claim", "premise", "none"),
    "component_argunsc": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("none", "about"),
    "stance": ("none", "favor", "neutral", "against"),
    "polarity": ("favor", "neutral", "against"),
}


class WordNetwork:
    """Answers ``against`` where the second segment blames, and counts what it was asked."""

    labels = LABELS
    source = "words@1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> dict[str, np.ndarray]:
        self.asked += pairs
        blames = ["blame" in sentence for _, sentence in pairs]
        return {head: self._head(head, blames) for head in LABELS}

    def _head(self, head: str, blames: Sequence[bool]) -> np.ndarray:
        """Most of the weight on the last label where the sentence blames, else on the first."""
        size = len(LABELS[head])
        rows = np.full((len(blames), size), 0.1 / (size - 1), dtype=np.float32)
        for i, blame in enumerate(blames):
            rows[i, -1 if blame else 0] = 0.9
        return rows


@pytest.fixture
def network() -> WordNetwork:
    return WordNetwork()


@pytest.fixture
def encoder(network: WordNetwork) -> SharedEncoder:
    return SharedEncoder(network)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser("en_core_web_sm")


def reader_of(parser: Parser, bloc: str) -> Reader:
    return Reader(parser, load_actors(), bloc=bloc)


def test_two_stages_pay_for_one_pass(
    encoder: SharedEncoder, network: WordNetwork, parser: Parser
) -> None:
    rows = [Row("I blame NATO."), Row("It rained.")]
    reader = reader_of(parser, "west-broad")
    EncodedClaims(encoder).judge(rows, reader)
    EncodedStance(encoder).judge(rows, reader)
    plain = [pair for pair in network.asked if not pair[0].startswith("target: ")]
    assert len(plain) == len(rows)


def test_a_sentence_that_stands_twice_is_judged_once(
    encoder: SharedEncoder, network: WordNetwork, parser: Parser
) -> None:
    judged = EncodedClaims(encoder).judge([Row("Yes."), Row("Yes.")], reader_of(parser, "nato"))
    assert len(judged) == 2
    assert len(network.asked) == 1


def test_the_stance_names_its_target_and_actor(encoder: SharedEncoder, parser: Parser) -> None:
    (judged,) = EncodedStance(encoder).judge(
        [Row("I blame NATO.")], reader_of(parser, "west-broad")
    )
    assert (judged.label, judged.target, judged.actor) == ("against", (8, 12), "NATO")


def test_labels_are_not_mixed_up_with_columns(encoder: SharedEncoder, parser: Parser) -> None:
    (judged,) = EncodedStance(encoder).judge([Row("It rained.")], reader_of(parser, "west-broad"))
    assert judged.label == "none"
    assert judged.probabilities["none"] == pytest.approx(0.9)


def test_no_second_pass_where_it_cannot_decide(
    encoder: SharedEncoder, network: WordNetwork, parser: Parser
) -> None:
    EncodedStance(encoder).judge([Row("It rained.")], reader_of(parser, "west-broad"))
    assert not [pair for pair in network.asked if pair[0].startswith("target: ")]


@pytest.mark.parametrize(
    ("text", "label"),
    [("I blame Russia.", "against"), ("I thank Russia.", "favor"), ("I blame NATO.", "none")],
)
def test_another_bloc_is_another_set_not_another_training(
    encoder: SharedEncoder, parser: Parser, text: str, label: str
) -> None:
    (judged,) = EncodedStance(encoder).judge([Row(text)], reader_of(parser, "russia"))
    assert judged.label == label


def test_the_target_is_named_in_front_and_marked() -> None:
    row = Row("I blame NATO.", question="Whom?", target=(8, 12))
    assert target_pair(row, row.target) == ("target: NATO | Whom?", "I blame « NATO » .")


def test_a_target_only_meant_is_the_west() -> None:
    row = Row("I blame them.")
    assert target_pair(replace(row, target=None), None) == ("target: the West", "I blame them.")


def test_no_rows_are_no_judgements(encoder: SharedEncoder, parser: Parser) -> None:
    reader = reader_of(parser, "west-broad")
    assert EncodedClaims(encoder).judge([], reader) == []
    assert EncodedStance(encoder).judge([], reader) == []
    assert EncodedStance(encoder).polarities([], reader).shape == (0, 3)


def test_a_stance_without_a_named_target_rests_on_the_whole_unit(
    encoder: SharedEncoder, parser: Parser
) -> None:
    turns = [
        ("host", "question", ["Well?"]),
        ("guest", "answer", ["It rained.", "I blame it all."]),
    ]
    stage = Stances(EncodedStance(encoder), reader_of(parser, "west-broad"))
    (stance,) = stage.annotate(interview_of(turns))["stances"]
    assert stance.polarity == "against"
    assert [piece.text for piece in stance.evidence] == ["I blame it all."]
    assert (stance.evidence[0].start, stance.evidence[0].end) == (11, 26)
