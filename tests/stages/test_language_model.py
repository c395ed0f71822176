"""The stage in which a language model judges: records, actors, offsets, failures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from pipeline.actors import load_actors
from pipeline.judges.llm.answer import Codes, Report
from pipeline.judges.llm.links import Link
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.records import Interview
from pipeline.stages.attribution import Attributions
from pipeline.stages.entities import Entities
from pipeline.stages.language_model import LanguageModel
from tests.stages.interviews import interview_of

Given = Sequence[Codes | str]


class Judge:
    """Gives the sentences of the only answer the codes it was made with."""

    source = "llm:m@h#0"

    def __init__(self, given: Given) -> None:
        self.given = given

    def code(self, answers: Sequence[Any], *, told: Callable[[str], None]) -> list[Given]:
        assert len(answers) == 1
        return [self.given]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")


def annotate(
    reader: Reader, sentences: Sequence[str], given: Given, **options: float
) -> tuple[Interview, Mapping[str, tuple[Any, ...]]]:
    talk = interview_of([("host", "question", ["So NATO lied?"]), ("guest", "answer", sentences)])
    entities = Entities(reader.syntax.parser, reader.mentions.table).annotate(talk)
    talk = talk.model_copy(update=dict(entities))
    attributions = Attributions(reader.syntax.parser, reader.mentions.table).annotate(talk)
    talk = talk.model_copy(update=dict(attributions))
    stage = LanguageModel(Judge(given), reader, **options)  # type: ignore[arg-type]
    return talk, stage.annotate(talk)


def codes(text: str, words: str = "", stance: str = "against", **more: Any) -> Codes:
    start = text.index(words)
    target = (start, start + len(words)) if words else None
    return Codes("claim", "fact", stance, target, more.pop("meant", ""), **more)


def test_a_target_has_the_actor_of_the_bloc_and_is_the_evidence(reader: Reader) -> None:
    text = "In Moscow they say the White House lied."
    talk, found = annotate(reader, [text], [codes(text, "the White House")])
    (stance,) = found["stances"]
    assert (stance.target_text, stance.target_actor) == ("the White House", "United States")
    (evidence,) = stance.evidence
    assert talk.turns[1].text[evidence.start : evidence.end] == evidence.text == "the White House"
    assert (stance.probability, stance.probabilities, stance.abstained) == (None, {}, False)
    assert stance.source == found["claims"][0].source == "llm:m@h#0"


def test_whom_a_pronoun_means_is_the_actor_of_an_implicit_target(reader: Reader) -> None:
    text = "They broke their word."
    _, found = annotate(reader, [text], [codes(text, meant="the United States")])
    assert found["stances"][0].target_actor == "United States"
    assert found["stances"][0].target_text is None


def test_a_reported_stance_has_the_holder_and_the_cue_of_its_attribution(reader: Reader) -> None:
    text = "Beijing says that the sanctions are unfair."
    report = Report((0, 7), "", "against")
    given = ["no", codes(text, "the sanctions", "neutral", reports=(report,))]
    talk, found = annotate(reader, ["Well.", text], given)
    (record,) = talk.attributions or ()
    stance = next(one for one in found["stances"] if one.voice == "attributed")
    assert (stance.holder, stance.polarity) == (record.holder, "against") == ("China", "against")
    assert [one.text for one in stance.evidence] == ["Beijing", "says", "the sanctions"]
    turn = talk.turns[1].text
    assert all(turn[one.start : one.end] == one.text for one in stance.evidence)


def test_a_holder_without_a_cue_has_the_actor_of_its_words_and_is_named_once(
    reader: Reader,
) -> None:
    text = "The Kremlin wants NATO gone; in Moscow, Sanctions are an act of war."
    reports = (Report((0, 11), "", "against"), Report((32, 38), "", "against"))
    _, found = annotate(reader, [text], [codes(text, "NATO", "neutral", reports=reports)])
    stances = [one for one in found["stances"] if one.voice == "attributed"]
    assert [(one.holder, one.target_actor) for one in stances] == [("Russia", "NATO")]


def test_a_sentence_without_an_answer_is_failed_and_in_no_other_layer(reader: Reader) -> None:
    text = "NATO lied."
    talk, found = annotate(reader, ["It rained.", text], ["cut off", codes(text, "NATO")])
    first, second = (unit.id for unit in talk.judged_units())
    (failed,) = found["failed"]
    assert (failed.unit_id, failed.reason) == (first, "cut off")
    assert [one.unit_id for one in (*found["claims"], *found["stances"])] == [second, second]


@pytest.mark.parametrize(("share", "abstained"), [(0.4, True), (0.6, False)])
def test_a_stance_is_abstained_only_where_a_probability_says_so(
    reader: Reader, share: float, abstained: bool
) -> None:
    text = "NATO lied."
    shares = {"w": {"against": share, "favor": 1 - share, "neutral": 0.0, "none": 0.0}}
    _, found = annotate(reader, [text], [codes(text, "NATO", shares=shares)], abstain_below=0.5)
    assert found["stances"][0].abstained is abstained
    assert found["stances"][0].probability == share


def test_a_yes_to_the_question_is_marked(reader: Reader) -> None:
    _, found = annotate(reader, ["Yes, exactly."], [codes("Yes, exactly.", meant="NATO")])
    assert found["stances"][0].flags == ("assent",)
    assert found["stances"][0].target_actor == "NATO"


def test_each_unit_asked_about_has_a_relation_and_a_failed_one_none(reader: Reader) -> None:
    links = (Link(), Link("support", 1), Link("attack", 2, 0.4), None)
    given = [codes("NATO lied.", "NATO", link=one) for one in links]
    talk, found = annotate(reader, ["NATO lied."] * 5, [*given, "cut off"], abstain_below=0.5)
    first, second, third, _, _ = (unit.id for unit in talk.judged_units())
    assert [(one.from_unit, one.kind, one.to_unit) for one in found["relations"]] == [
        (first, "none", None), (second, "support", first), (third, "attack", second)]  # fmt: skip
    assert [(one.probability, one.abstained) for one in found["relations"]] == [
        (None, False), (None, False), (0.4, True)]  # fmt: skip
    assert {one.source for one in found["relations"]} == {"llm:m@h#0"}
