"""Reports with a cue, on sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.parse import Parser
from pipeline.records import Interview, Speaker
from pipeline.stage import apply
from pipeline.stages.attribution import Attributions
from pipeline.stages.entities import Entities
from tests.stages.interviews import interview_of

MODEL = "en_core_web_sm"


def annotate(
    *sentences: str,
    country: str | None = None,
    name: str | None = None,
    kind: str = "answer",
    question: str = "What do they say of it?",
) -> Interview:
    parser, actors = Parser(MODEL), load_actors()
    guest = Speaker(id="t.s1", role="respondent", country=country, name=name)
    turns = [("host", "question", [question]), ("guest", kind, sentences)]
    interview = interview_of(turns, guest=guest)
    plain = interview.model_copy(update={"entities": None, "attributions": None})
    return apply(Attributions(parser, actors), apply(Entities(parser, actors), plain))


def test_a_metonym_stands_for_its_actor() -> None:
    (one, *_) = annotate("Beijing condemns the American sanctions.").attributions or ()
    assert (one.holder_text, one.holder_actor, one.cue) == ("Beijing", "China", "condemn")


def test_a_phrase_without_a_cue_is_no_report() -> None:
    assert annotate("Beijing bought more gas.").attributions == ()


def test_each_actor_of_a_pronoun_has_a_record() -> None:
    words = ("China and Russia drew their conclusions.", "They condemn NATO on every continent.")
    found = [
        (one.holder_text, one.holder_actor)
        for one in annotate(*words).attributions or ()
        if one.cue == "condemn"
    ]
    assert found[:2] == [("They", "China"), ("They", "Russia")]
    abroad = annotate(*words, country="RU").attributions or ()
    assert [one.holder_actor for one in abroad if one.holder_text == "They"] == ["China"]


def test_the_speakers_own_country_is_no_other() -> None:
    sentence = "Singapore deeply appreciates the United States."
    own, abroad = (annotate(sentence, country=c).attributions or () for c in ("SG", "FR"))
    assert "Singapore" not in [one.holder_actor for one in own]
    assert "Singapore" in [one.holder_actor for one in abroad]


@pytest.mark.parametrize(("name", "held"), [("Dr Bób Hale", False), ("Ann Roe", True)])
def test_the_speakers_own_name_is_no_other(name: str, held: bool) -> None:
    found = annotate("For years Bob Hale condemned NATO.", name=name).attributions or ()
    assert ("Bob Hale" in [one.holder_text for one in found]) is held


def test_a_negated_cue_says_so() -> None:
    (one, *_) = annotate("Delhi doesn’t trust NATO.").attributions or ()
    assert (one.cue, one.flags) == ("not trust", ("denied",))


def test_an_aside_reports_nothing() -> None:
    assert annotate("Moscow condemns NATO.", kind="aside").attributions == ()


@pytest.mark.parametrize(
    "sentence",
    ["Well, China and Russia say they despise NATO.", "🙂 Moscow denounced the EU."],
)
def test_every_span_is_the_words_of_the_turn(sentence: str) -> None:
    interview = annotate("It is late.", sentence)
    units = {unit.id: unit for unit in interview.units or ()}
    found = interview.attributions or ()
    assert found
    for one in found:
        unit = units[one.unit_id]
        text = interview.turn_by_id()[unit.turn_id].text
        assert text[one.holder_start : one.holder_end] == one.holder_text
        assert unit.start <= one.cue_start < one.cue_end <= unit.end
        assert unit.start <= one.content_start <= one.content_end <= unit.end
