"""The stance stage: about the bloc or not, through which words, for or against."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.config import load_settings
from pipeline.judges.judgement import STANCES, StanceJudge, compose
from pipeline.judges.loader import load_stance_judge
from pipeline.reading.mentions import Place
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import Row
from pipeline.records import Entity, Speaker, Stance
from pipeline.stage import apply
from pipeline.stages.stance import Stances
from pipeline.targets.phrases import main_target
from tests.marked import read_marked
from tests.stages.interviews import interview_of

FAVOR = "We are grateful to NATO, a reliable and generous friend."
AGAINST = "The United States lied to everyone and destroyed that country for nothing."
NOT_ABOUT = "I was born in a small village by the sea."
TURNS = (
    ("host", "question", ("Is NATO a threat?",)),
    ("guest", "answer", (FAVOR, NOT_ABOUT, AGAINST)),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return make_reader(load_settings())


@pytest.fixture(scope="module")
def model() -> StanceJudge:
    return load_stance_judge("encoder-small")


@pytest.fixture(scope="module")
def stances(model: StanceJudge, reader: Reader) -> tuple[Stance, ...]:
    return apply(Stances(model, reader), interview_of(TURNS)).stances or ()


def test_units_not_about_the_bloc_and_questions_have_no_stance(
    stances: tuple[Stance, ...],
) -> None:
    assert [stance.unit_id for stance in stances] == ["t.t1.u0", "t.t1.u2"]


def test_plain_cases(stances: tuple[Stance, ...]) -> None:
    assert [stance.polarity for stance in stances] == ["favor", "against"]


def test_the_target_is_in_exact_words_with_its_actor(stances: tuple[Stance, ...]) -> None:
    assert [(s.target_text, s.target_actor) for s in stances] == [
        ("NATO", "NATO"), ("United States", "United States"),
    ]  # fmt: skip


def test_evidence_is_in_the_words_of_the_turn(stances: tuple[Stance, ...]) -> None:
    text = interview_of(TURNS).turns[1].text
    for stance in stances:
        assert stance.evidence
        assert all(text[e.start : e.end] == e.text for e in stance.evidence)


def test_the_holder_is_the_speaker_in_an_own_voice(stances: tuple[Stance, ...]) -> None:
    assert {(stance.holder, stance.voice) for stance in stances} == {("t.s1", "own")}


def test_four_probabilities_sum_to_one(stances: tuple[Stance, ...]) -> None:
    for stance in stances:
        assert tuple(stance.probabilities) == STANCES
        assert sum(stance.probabilities.values()) == pytest.approx(1.0, abs=1e-3)
        assert stance.probability == stance.probabilities[stance.polarity]


def test_another_speaker_gets_the_same_labels(model: StanceJudge, reader: Reader) -> None:
    stage = Stances(model, reader)
    other = Speaker(id="t.s1", role="other", name="B", affiliation="NATO", country="Russia")
    assert stage.annotate(interview_of(TURNS)) == stage.annotate(interview_of(TURNS, guest=other))


@pytest.mark.parametrize(("threshold", "abstained"), [(0.0, False), (1.0, True)])
def test_it_abstains_below_the_threshold(
    model: StanceJudge, reader: Reader, threshold: float, abstained: bool
) -> None:
    stage = Stances(model, reader, abstain_below=threshold)
    found = stage.annotate(interview_of(TURNS))["stances"]
    assert {stance.abstained for stance in found} == {abstained}


def test_a_target_only_meant_has_no_words_but_the_actor_it_was_resolved_to(
    model: StanceJudge, reader: Reader
) -> None:
    sentence = "They have always been our most reliable and generous allies."
    they = Entity(
        id="t.e0", turn_id="t.t1", start=0, end=4, text="They", label=None,
        actors=("NATO",), blocs=("west-broad",), via="pronoun",
    )  # fmt: skip
    turns = (TURNS[0], ("guest", "answer", (sentence,)))
    (stance,) = Stances(model, reader).annotate(interview_of(turns, entities=(they,)))["stances"]
    assert (stance.target_text, stance.target_actor) == (None, "NATO")


def test_yes_takes_the_stance_of_what_was_asked(model: StanceJudge, reader: Reader) -> None:
    asked = "So NATO has lied to its partners and betrayed them?"
    turns = (("host", "question", (asked,)), ("guest", "answer", ("Yes, exactly.",)))
    (stance,) = Stances(model, reader).annotate(interview_of(turns))["stances"]
    assert (stance.polarity, stance.target_text, stance.target_actor) == ("against", None, "NATO")
    assert stance.flags == ("assent",)


def main_target_of(reader: Reader, text: str) -> Place | None:
    (tokens,) = reader.syntax.read([text])
    return main_target(reader.mentions.read(text, None), tokens)


@pytest.mark.parametrize(
    "marked",
    [
        "In Russia [Washington]{target} broke the treaty.",
        "[NATO]{target} told the EU to wait.",
        "Russia blames [Germany]{target}.",
    ],
)
def test_the_main_target_is_of_the_bloc_and_a_subject_comes_first(
    reader: Reader, marked: str
) -> None:
    text, (mark,) = read_marked(marked)
    place = main_target_of(reader, text)
    assert place is not None
    assert place.span == (mark.start, mark.end)


def test_a_text_without_the_bloc_has_no_main_target(reader: Reader) -> None:
    assert main_target_of(reader, "Russia blames China.") is None


def test_composition_spreads_relevance_over_polarity() -> None:
    four = compose(np.array([0.5]), np.array([[0.2, 0.3, 0.5]]))
    assert four.tolist() == [[0.1, 0.15, 0.25, 0.5]]


def test_polarity_answers_for_any_words(model: StanceJudge, reader: Reader) -> None:
    text, (mark,) = read_marked("We must stop [the invaders]{target}, who destroyed our country.")
    (shares,) = model.polarities([Row(text, target=(mark.start, mark.end))], reader)
    assert shares.shape == (3,)
    assert shares.sum() == pytest.approx(1.0)


def test_another_bloc_is_another_set_not_another_training(model: StanceJudge) -> None:
    russia = make_reader(load_settings(["bloc.name=russia"]))
    about, not_about = model.judge([Row("Russia lied to us."), Row("NATO lied to us.")], russia)
    assert about.probabilities["none"] == 0.0
    assert about.actor == "Russia"
    assert not_about.label == "none"
