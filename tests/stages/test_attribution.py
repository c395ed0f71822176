"""Attributions and the attributed stances they give, on sentences of our own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipeline.actors import load_actors
from pipeline.parse import Parser
from pipeline.records import Entity, Interview, Speaker, Stance, Unit
from pipeline.reporting import attributed_stances, load_cues, load_weights
from pipeline.stage import apply
from pipeline.stages.attribution import Attributions
from pipeline.stages.entities import Entities
from tests.stages.interviews import interview_of

MODEL = "en_core_web_sm"
EVEN = {"favor": 0.2, "against": 0.7, "neutral": 0.1}


def annotate(*sentences: str, country: str | None = None, name: str | None = None) -> Interview:
    parser, actors = Parser(MODEL), load_actors()
    guest = Speaker(id="t.s1", role="respondent", country=country, name=name)
    turns = [("host", "question", ["What do they say of it?"]), ("guest", "answer", sentences)]
    interview = interview_of(turns, guest=guest)
    plain = interview.model_copy(update={"entities": None, "attributions": None})
    return apply(Attributions(parser, actors), apply(Entities(parser, actors), plain))


def stances_of(
    interview: Interview, read: Mapping[str, float] = EVEN, *, threshold: float | None = None
) -> list[Stance]:
    weights = load_weights()
    if threshold is not None:
        weights = weights.model_copy(update={"threshold": threshold})

    def name_target(_: Unit, target: Entity) -> tuple[tuple[int, int], str | None]:
        return (target.start, target.end), target.actors[0]

    return list(
        attributed_stances(
            interview,
            bloc="west-broad",
            cues=load_cues(),
            name_target=name_target,
            read_polarity=lambda unit, words, target: read,
            model_source="model:test@1",
            weights=weights,
        )
    )


@pytest.mark.parametrize(
    ("sentence", "polarity", "read"),
    [
        ("Moldova still trusts the European Union, which broke every promise.", "favor", EVEN),
        ("Tehran condemned NATO.", "against", {"favor": 0.9, "against": 0.05, "neutral": 0.05}),
    ],
)
def test_no_model_unsays_the_side_of_a_cue(
    sentence: str, polarity: str, read: Mapping[str, float]
) -> None:
    assert [s.polarity for s in stances_of(annotate(sentence), read)] == [polarity]


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Critics of Russia say that NATO was right.", ["Critics of Russia"]),
        ("Moscow's critics condemn the West.", ["Moscow's critics"]),
        ("Russia's neighbours trust NATO.", ["Russia's neighbours"]),
        ("America's rivals admire NATO.", ["America's rivals"]),
        ("Many Russian critics of the West say that NATO failed.", ["Russia"]),
        ("Russia's diplomats condemn NATO.", ["Russia"]),
    ],
)
def test_whom_a_critic_faces_holds_nothing(sentence: str, holders: list[str]) -> None:
    assert [s.holder for s in stances_of(annotate(sentence), threshold=0.0)] == holders


def test_each_of_those_whom_a_pronoun_means_holds_the_stance() -> None:
    words = ("China and Russia drew their conclusions.", "They oppose NATO on every continent.")
    interview = annotate(*words)
    found = [(one.holder_text, one.holder_actor) for one in interview.attributions or ()]
    assert found == [("They", "China"), ("They", "Russia")]
    assert [s.holder for s in stances_of(interview)] == ["China", "Russia"]
    abroad = annotate(*words, country="RU").attributions or ()
    assert [one.holder_actor for one in abroad] == ["China"]


def test_who_wants_in_is_for_what_was_named() -> None:
    words = ("NATO met in Vilnius.", "Moldovans want in because the Russians are at the door.")
    (stance,) = stances_of(annotate(*words), threshold=0.0)
    assert (stance.holder, stance.polarity, stance.flags) == ("Moldova", "favor", ("implied",))


def test_two_holders_stand_against_the_target() -> None:
    stances = stances_of(annotate("China and Russia stand together against NATO."))
    assert [(s.holder, s.polarity, s.target_actor) for s in stances] == [
        ("China", "against", "NATO"),
        ("Russia", "against", "NATO"),
    ]


def test_a_metonym_is_resolved_to_the_actor() -> None:
    interview = annotate("Beijing condemns the American sanctions.")
    assert [a.holder_actor for a in interview.attributions or ()] == ["China"]


def test_the_polarity_of_an_open_cue_is_read_by_the_model() -> None:
    sentence = "Beijing says that NATO is finished."
    (stance,) = stances_of(annotate(sentence))
    assert (stance.polarity, stance.source) == ("against", "model:test@1")
    (stance,) = stances_of(annotate(sentence), {"favor": 0.95, "against": 0.01, "neutral": 0.04})
    assert stance.polarity == "favor"


def test_the_words_that_an_open_cue_reports_are_read_by_themselves() -> None:
    seen: list[str] = []

    def read(unit: Unit, words: tuple[int, int], target: Entity | None) -> Mapping[str, float]:
        seen.append(unit.text[words[0] - unit.start : words[1] - unit.start])
        return EVEN

    interview = annotate("Beijing says that NATO is finished.", "Beijing condemns NATO.")
    attributed_stances(
        interview,
        bloc="west-broad",
        cues=load_cues(),
        name_target=lambda unit, target: ((target.start, target.end), None),
        read_polarity=read,
        model_source="model:test@1",
    )
    assert seen == ["that NATO is finished", "Beijing condemns NATO."]


def test_no_stance_is_certain() -> None:
    stances = stances_of(annotate("China and Russia stand together against NATO."))
    assert all(0.25 < stance.probability < 0.95 for stance in stances)
    assert all(abs(sum(stance.probabilities.values()) - 1) < 0.001 for stance in stances)


def test_a_target_that_is_only_meant_has_no_words() -> None:
    interview = annotate("NATO met in Vilnius.", "Moscow denounced the meeting as a provocation.")
    for stance in stances_of(interview):
        assert (stance.target_text, stance.target_actor, stance.flags) == (
            None,
            "NATO",
            ("implied",),
        )


def test_a_neutral_report_is_no_stance() -> None:
    neutral = {"favor": 0.1, "against": 0.1, "neutral": 0.8}
    assert stances_of(annotate("Beijing says that NATO met today."), neutral) == []


def test_a_report_without_the_bloc_is_no_stance() -> None:
    assert stances_of(annotate("Beijing condemns the junta.")) == []


def test_the_speakers_own_country_is_no_other() -> None:
    sentence = "Singapore deeply appreciates the United States."
    assert stances_of(annotate(sentence, country="SG")) == []
    assert [s.holder for s in stances_of(annotate(sentence, country="FR"))] == ["Singapore"]


def test_what_stands_under_the_speakers_own_name_is_no_report() -> None:
    sentence = "For years Bob Hale condemned NATO."
    for name, holders in (("Dr Bób Hale", []), ("Ann Roe", ["Bob Hale"])):
        found = annotate(sentence, name=name).attributions or ()
        assert [one.holder_text for one in found] == holders


def test_the_speaker_holds_no_stance_of_another() -> None:
    interview = annotate("I’m told I said that NATO is finished, and I’ve condemned it.")
    assert interview.attributions == ()


def test_a_stance_told_by_what_is_not_done_says_so() -> None:
    (stance,) = stances_of(annotate("Delhi doesn’t support NATO."))
    assert (stance.polarity, stance.flags) == ("against", ("denied",))


def test_questions_report_nothing() -> None:
    parser, actors = Parser(MODEL), load_actors()
    plain = interview_of([("host", "question", ["Moscow condemns NATO. Is it right?"])])
    plain = plain.model_copy(update={"entities": None, "attributions": None})
    interview = apply(Attributions(parser, actors), apply(Entities(parser, actors), plain))
    assert interview.attributions == ()


@pytest.mark.parametrize(
    "sentence",
    ["Well, China and Russia stand together against NATO.", "🙂 Moscow denounced the EU."],
)
def test_every_span_is_the_words_of_the_turn(sentence: str) -> None:
    interview = annotate("It is late.", sentence)
    turns = interview.turn_by_id()
    units = {unit.id: unit for unit in interview.units or ()}
    found = interview.attributions or ()
    assert found
    for attribution in found:
        text = turns[units[attribution.unit_id].turn_id].text
        assert text[attribution.holder_start : attribution.holder_end] == attribution.holder_text
        assert units[attribution.unit_id].start <= attribution.content_start
        assert attribution.content_end <= units[attribution.unit_id].end
    for stance in stances_of(interview):
        text = turns[units[stance.unit_id].turn_id].text
        assert all(text[e.start : e.end] == e.text for e in stance.evidence)
