"""The encoder as a judge: a small stand-in network that answers by the words it is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.actors import load_actors
from pipeline.encoder.network import Reading, ReadUnit
from pipeline.judges.encoder import EncodedClaims, EncodedStance, SharedEncoder
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Answer, Row, Span
from pipeline.stages.stance import Stances
from tests.stages.interviews import interview_of

LABELS = {
    "component": ("claim", "premise", "none"),
    "component_argunsc": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("none", "about"),
    "stance": ("none", "favor", "neutral", "against"),
    "attributed": ("none", "favor", "neutral", "against"),
    "polarity": ("favor", "neutral", "against"),
    "holder": ("none", "favor", "neutral", "against"),
}
SPANS = ("polarity", "holder")


class WordNetwork:
    """Answers ``against`` where a unit blames, and counts the answers it has read."""

    labels = LABELS
    source = "words@1"
    width = 1

    def __init__(self) -> None:
        self.asked: list[Answer] = []

    def read(self, answers: Sequence[Answer]) -> list[Reading]:
        self.asked += answers
        return [
            Reading(
                np.array([["blame" in text] for text in answer.units], np.float32),
                tuple(ReadUnit(np.zeros((0, 1), np.float16), ()) for _ in answer.units),
            )
            for answer in answers
        ]

    def judge(self, vectors: np.ndarray) -> dict[str, np.ndarray]:
        return {head: self._head(head, vectors) for head in LABELS if head not in SPANS}

    def judge_spans(self, head: str, vectors: np.ndarray, spans: np.ndarray) -> np.ndarray:
        return self._head(head, vectors)

    def span_vector(self, unit: ReadUnit, span: Span | None) -> np.ndarray:
        return np.zeros(1, np.float32)

    def _head(self, head: str, vectors: np.ndarray) -> np.ndarray:
        """Most of the weight on the last label where the unit blames, else on the first."""
        size = len(LABELS[head])
        rows = np.full((len(vectors), size), 0.1 / (size - 1), dtype=np.float32)
        for i, blames in enumerate(vectors[:, 0]):
            rows[i, -1 if blames else 0] = 0.9
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
    assert len(network.asked) == len(rows)


def test_an_answer_is_read_once_for_all_its_units(
    encoder: SharedEncoder, network: WordNetwork, parser: Parser
) -> None:
    answer = Answer("Well?", ("It rained.", "I blame NATO."))
    rows = [Row(text, answer=answer, index=i) for i, text in enumerate(answer.units)]
    judged = EncodedStance(encoder).judge(rows, reader_of(parser, "west-broad"))
    assert [one.label for one in judged] == ["none", "against"]
    assert network.asked == [answer]


def test_a_sentence_that_occurs_twice_is_read_once(
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


@pytest.mark.parametrize(
    ("text", "label"),
    [("I blame Russia.", "against"), ("I thank Russia.", "favor"), ("I blame NATO.", "none")],
)
def test_another_bloc_is_another_set_not_another_training(
    encoder: SharedEncoder, parser: Parser, text: str, label: str
) -> None:
    (judged,) = EncodedStance(encoder).judge([Row(text)], reader_of(parser, "russia"))
    assert judged.label == label


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
