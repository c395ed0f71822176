"""Targets of own stances: the phrase a unit is about, and whom it means where none names it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.actors import load_actors
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.records import Entity, Interview, Speaker
from pipeline.stages.entities import Entities
from pipeline.targets.choice import Aim, TargetFinder
from pipeline.targets.weights import load_target_weights, score
from tests.marked import read_marked
from tests.stages.interviews import interview_of

PARSER = Parser("en_core_web_sm")
ACTORS = load_actors()
READER = Reader(PARSER, ACTORS, bloc="west-broad")
POLE = Speaker(id="t.s1", role="respondent", name="A minister", country="PL")


def answer(*sentences: str, question: str = "Well?", guest: Speaker | None = None) -> Interview:
    turns = (("host", "question", (question,)), ("guest", "answer", sentences))
    interview = interview_of(turns, **({"guest": guest} if guest else {}))
    found: tuple[Entity, ...] = Entities(PARSER, ACTORS).annotate(interview)["entities"]
    return interview.model_copy(update={"entities": found})


def aim_at(interview: Interview, *, reader: Reader = READER) -> Aim:
    """The aim of the last unit."""
    units = interview.units or ()
    return TargetFinder(interview, reader).find(units[-1])


@pytest.mark.parametrize(
    "marked",
    [
        "Russia blames [Germany]{target}.",
        "In Berlin last week [the EU]{target} broke its word.",
        "We met in Madrid, and [NATO]{target} lied to us.",
        "[The sanctions]{target} hurt our farmers.",
        "We will never trust [your government]{target}.",
        "[Western partners]{target} lied about it for years.",
    ],
)
def test_the_phrase_that_the_predicate_is_about_is_the_target(marked: str) -> None:
    text, (mark,) = read_marked(marked)
    aim = aim_at(answer(text))
    assert aim.words is not None
    start, end = aim.words
    assert text[start:end].removeprefix("the ") in text[mark.start : mark.end]
    assert aim.shown == aim.words


def test_a_hyphenated_word_is_not_cut() -> None:
    text = "That was not only related to so-called sanctions."
    start, end = aim_at(answer(text)).words or (0, 0)
    assert text[start:end] == "so-called sanctions"


@pytest.mark.parametrize(
    "text", ["Taiwan is the more trustworthy partner.", "Ukraine was a generous host."]
)
def test_what_is_said_of_an_actor_outside_the_bloc_names_no_target(text: str) -> None:
    assert aim_at(answer(text)).words is None


@pytest.mark.parametrize(
    "text", ["They never kept a word of it.", "It was all a lie.", "They were generous allies."]
)
def test_pronouns_name_nothing(text: str) -> None:
    assert aim_at(answer("NATO promised us peace.", text)).words is None


@pytest.mark.parametrize(
    "text",
    ["An Indian colleague told me so.", "Chinese officials lied about it.", "Iran's envoy lied."],
)
def test_whoever_is_of_an_actor_outside_the_bloc_is_no_target(text: str) -> None:
    assert aim_at(answer("NATO promised us peace.", text)).words is None


def test_no_noun_that_names_another_actor_is_a_target() -> None:
    aim = aim_at(answer("Well, Russia.", question="Who is right, NATO or Russia?"))
    assert aim.words is None


@pytest.mark.parametrize(
    ("before", "text", "actor"),
    [
        (("Germany has changed.", "Russia watches."), "That deserves respect.", "Germany"),
        (("NATO lied to us.", "NATO lied again."), "Nobody will forgive that.", "NATO"),
    ],
)
def test_what_is_only_meant_is_whom_the_turn_speaks_of(
    before: tuple[str, ...], text: str, actor: str
) -> None:
    aim = aim_at(answer(*before, text))
    assert (aim.words, aim.actor, aim.shown) == (None, actor, None)


def test_what_is_only_meant_may_stand_in_the_question() -> None:
    aim = aim_at(answer("Nobody believes it.", question="Will the European Union keep its word?"))
    assert aim.actor == "European Union"


def test_we_means_the_speakers_own_side_and_is_shown() -> None:
    aim = aim_at(answer("We will not give in.", guest=POLE))
    assert (aim.words, aim.actor, aim.shown) == (None, "Poland", (0, 2))


@pytest.mark.parametrize(("country", "named"), [("SG", False), ("DE", True), (None, True)])
def test_whoever_is_addressed_is_a_target_unless_of_another_side(
    country: str | None, named: bool
) -> None:
    interview = answer("Thank you for your kind words, Mr. Prime Minister.", guest=POLE)
    host = interview.speakers[0].model_copy(update={"country": country})
    interview = interview.model_copy(update={"speakers": (host, interview.speakers[1])})
    aim = aim_at(interview)
    assert (aim.words is not None and "Minister" in interview.turns[1].text[slice(*aim.words)]) is (
        named
    )


def test_where_nobody_was_named_the_west_is_meant() -> None:
    assert aim_at(answer("It was all a lie.")).actor == "West"


def test_toward_another_bloc_only_its_actors_are_targets() -> None:
    russia = READER.toward("russia")
    interview = answer("The sanctions hurt our farmers, and Russia profits.")
    aim = aim_at(interview, reader=russia)
    assert aim.actor == "Russia"
    assert aim_at(answer("The sanctions hurt our farmers."), reader=russia) == Aim(None, None, None)


def test_targets_are_the_same_each_time() -> None:
    interview = answer("NATO and the EU and Germany promised it.", "It was all a lie.")
    aims: list[Any] = [aim_at(interview) for _ in range(2)]
    assert aims[0] == aims[1]


def test_weights_name_factors_that_exist_and_unknown_factors_count_nothing() -> None:
    weights = load_target_weights()
    assert score({"no such factor": 3.0}, weights.phrases) == 0.0
    assert score({"name": 2.0}, weights.phrases) == 2 * weights.phrases["name"]


@pytest.mark.parametrize(
    "text",
    [
        "The strength of this new alliance is in doubt.",
        "An alliance between China and Russia is a danger.",
        "The Sino-Russian axis shows how deeply everything splits into rival blocs.",
    ],
)
def test_a_group_of_others_names_no_target(text: str) -> None:
    talk = answer("China and Russia stood together against NATO.", text)
    assert aim_at(talk).words is None


@pytest.mark.parametrize("words", ["Western alliance", "alliance"])
def test_a_western_group_is_the_target_beside_others(words: str) -> None:
    text = f"The {words} is a danger."
    start, end = aim_at(answer("China and Russia fear NATO.", text)).words or (0, 0)
    assert text[start:end].removeprefix("The ") == words
