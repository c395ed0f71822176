"""The unit is weighed first, and then whose stance it is."""

from __future__ import annotations

import pytest

from pipeline.records import Attribution, Entity, Unit
from pipeline.reporting.cues import CuePolarity
from pipeline.reporting.heard import Hearing, Voice, Weighed, believed, describe_unit, holders_of
from pipeline.reporting.weigh import Candidate, Heard

UNIT = Unit(
    id="u1", turn_id="t1", start=0, end=40, text="Moscow and Delhi say that NATO is finished."
)
HOLDER = {"intercept": 0.0, "holder": 1.0, "rules": 0.0, "own": 0.0}


def voice(
    at: int,
    *,
    actor: str | None = None,
    held: float,
    favor: float = 0.1,
    reports: float = 0.9,
    rules: Weighed | None = None,
    cue: CuePolarity = "open",
    cue_start: int = 0,
    barred: bool = False,
) -> Voice:
    report = Attribution(
        unit_id="u1",
        holder_text=UNIT.text[at : at + 6],
        holder_start=at,
        holder_end=at + 6,
        holder_actor=actor,
        cue="say",
        cue_start=cue_start,
        cue_end=cue_start + 3,
        content_start=20,
        content_end=40,
        source="rule:attribution." + ("described" if rules is None else "says"),
    )
    target = Entity(
        id="e1", turn_id="t1", start=26, end=30, text="NATO", label="ORG",
        actors=("NATO",), blocs=("west-broad",), via="name",
    )  # fmt: skip
    candidate = Candidate(
        attribution=report,
        unit=UNIT,
        cue=cue,
        target=target,
        place="content",
        targets=1,
        holder_in_bloc=False,
        holder_pronoun=False,
        before=False,
        asked=False,
        barred=barred,
    )
    against = held - favor * held
    stance = {"none": 1 - held, "favor": favor * held, "neutral": 0.0, "against": against}
    return Voice(candidate, rules, Hearing(reports, stance))


def weights(**presence: float) -> Heard:
    return Heard(
        data="none",
        threshold=0.5,
        presence={"intercept": 0.0, **presence},
        holder=HOLDER,
        favor={"intercept": 0.0, "holder": 1.0},
    )


def test_a_unit_is_described_by_its_surest_report() -> None:
    told = describe_unit([voice(0, held=0.2), voice(11, held=0.7, rules=Weighed(0.6, 0.5))])
    assert min(told.values()) > 0
    assert describe_unit([voice(0, held=0.2)])["rules"] < -6


def test_the_surest_holder_is_taken_even_where_nobody_is_sure() -> None:
    voices = [voice(0, held=0.1), voice(11, held=0.3)]
    assert holders_of(voices, HOLDER) == [voices[1]]


def test_whoever_is_likely_is_taken_besides() -> None:
    voices = [voice(0, held=0.9), voice(11, held=0.8), voice(20, held=0.5)]
    assert holders_of(voices, HOLDER) == voices[:2]


def test_holders_of_one_cue_are_taken_together() -> None:
    said = Weighed(0.5, 0.5)
    voices = [voice(0, held=0.3, rules=said), voice(11, held=0.1, rules=said), voice(20, held=0.1)]
    assert holders_of(voices, HOLDER) == voices[:2]


def test_the_unit_decides_whether_there_is_a_stance() -> None:
    doubtful = [voice(0, held=0.9, reports=0.2)]
    assert list(believed(doubtful, weights(reports=1.0))) == []
    ((_, weighed),) = believed([voice(0, held=0.1, reports=0.8)], weights(reports=1.0))
    assert weighed.presence == pytest.approx(0.8)
    assert weighed.favor < 0.5


def test_where_the_holder_is_barred_nobody_else_is_taken() -> None:
    voices = [voice(0, held=0.9, barred=True), voice(11, held=0.3)]
    assert list(believed(voices, weights(reports=1.0))) == []
    assert len(list(believed([voices[1]], weights(reports=1.0)))) == 1


def test_nobody_is_against_themselves() -> None:
    for favor, found in ((0.1, 0), (0.9, 1)):
        voices = [voice(0, held=0.9, favor=favor, actor="NATO")]
        assert len(list(believed(voices, weights(reports=1.0)))) == found


def test_no_model_unsays_the_side_of_a_cue() -> None:
    sided = voice(0, held=0.9, favor=0.95, rules=Weighed(0.6, 0.1), cue="against")
    ((_, weighed),) = believed([sided], weights(reports=1.0))
    assert weighed.favor == pytest.approx(0.1)


def test_a_model_unsays_a_cue_of_favor() -> None:
    for favor, shown in ((0.05, 0.05), (0.6, 0.9)):
        sided = voice(0, held=0.9, favor=favor, rules=Weighed(0.6, 0.9), cue="favor")
        ((_, weighed),) = believed([sided], weights(reports=1.0))
        assert weighed.favor == pytest.approx(shown, abs=0.01)


def test_whom_another_is_against_holds_nothing_beside_it() -> None:
    sided = voice(0, held=0.6, rules=Weighed(0.6, 0.1), cue="against")
    faced = voice(26, held=0.9)
    assert holders_of([sided, faced], HOLDER) == [sided]
    open_report = voice(0, held=0.6, rules=Weighed(0.6, 0.1))
    assert faced in holders_of([open_report, faced], HOLDER)
