"""The plain cases are well-formed, their halves share nothing, and the command prints them."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console

from pipeline.cli import main
from pipeline.evaluate.annotations import COMPONENTS, KINDS, STANCES
from pipeline.evaluate.cases import (
    HALVES,
    Case,
    GroupScore,
    Prediction,
    read_cases,
    read_slots,
    read_templates,
    score_cases,
)
from pipeline.evaluate.tables import render_plain

TEXTS = ("text", "same", "opposite")


@pytest.fixture(params=HALVES)
def cases(request: pytest.FixtureRequest) -> list[Case]:
    return read_cases(request.param)


def predictions(cases: list[Case]) -> list[Prediction]:
    """What a judge that is always right says; a component that is left open is none."""
    return [Prediction(c.west, c.component or "none", bool(c.attributed)) for c in cases]


def test_cases_are_the_same_each_time(cases: list[Case]) -> None:
    assert read_cases("test") != read_cases("train")
    assert cases in (read_cases("test"), read_cases("train"))
    assert len({case.id for case in cases}) == len(cases)


def test_there_are_enough_cases_of_each_kind(cases: list[Case]) -> None:
    kinds = Counter((case.group, case.kind) for case in cases)
    groups = {case.group for case in cases}
    assert len(groups) >= 15
    assert len(cases) >= 600
    assert all(kinds[group, "functionality"] >= 20 for group in groups)
    assert all(kinds[group, "invariance"] for group in groups)
    assert sum(kind == "direction" for _, kind in kinds) >= 10


def test_labels_are_those_of_the_guidelines(cases: list[Case]) -> None:
    for case in cases:
        assert case.west in STANCES, case
        assert case.component in (*COMPONENTS, None), case
        assert case.kind_of_claim is None or case.kind_of_claim in KINDS, case
        assert case.kind_of_claim is None or case.component == "claim", case
        assert all(stance in STANCES[:3] for _, stance in case.attributed), case


def test_targets_and_holders_are_words_of_the_text(cases: list[Case]) -> None:
    for case in cases:
        assert case.target is None or case.target in case.text, case
        assert all(holder in case.text for holder, _ in case.attributed), case
        assert (case.west == "none") == (case.target is None and case.implicit_target is None), case


def test_every_slot_is_filled(cases: list[Case]) -> None:
    for case in cases:
        words = (case.text, case.question, case.before, case.after, case.implicit_target or "")
        assert not any("{" in part for part in words), case
        assert case.text[0].isupper(), case


def test_pairs_differ_in_words_and_agree_or_flip_in_labels(cases: list[Case]) -> None:
    first = {case.id: case for case in cases}
    for case in cases:
        if case.pair is None:
            assert case.kind == "functionality", case
            continue
        other = first[case.pair]
        assert case.row != other.row, case
        stances = [[stance for _, stance in one.attributed] for one in (case, other)]
        same = case.west == other.west and stances[0] == stances[1]
        assert same == (case.kind == "invariance"), case


def test_halves_share_no_template() -> None:
    texts = [
        {template[key] for group in read_templates(half).values() for template in group
         for key in TEXTS if key in template}
        for half in HALVES
    ]  # fmt: skip
    assert not texts[0] & texts[1]


def test_halves_share_no_filler() -> None:
    fillers = [{word for words in read_slots(half).values() for word in words} for half in HALVES]
    assert not fillers[0] & fillers[1]


def test_halves_share_no_sentence() -> None:
    assert not {case.text for case in read_cases("train")} & {
        case.text for case in read_cases("test")
    }


def test_a_judge_that_is_always_right_has_full_marks(cases: list[Case]) -> None:
    for score in score_cases(cases, predictions(cases)):
        shares = (score.west, score.component, score.reports, score.invariance, score.direction)
        assert {share for share in shares if share is not None} == {1.0}, score


def test_a_judge_that_says_one_thing_is_invariant_and_never_flips(cases: list[Case]) -> None:
    total = score_cases(cases, [Prediction("favor", "claim", False)] * len(cases))[-1]
    assert total.cases == len(cases)
    assert (total.invariance, total.direction) == (1.0, 0.0)
    assert 0.0 < total.reports < 1.0
    assert total.west == pytest.approx(sum(c.west == "favor" for c in cases) / len(cases), abs=1e-4)


def test_a_mistake_counts_in_its_group_alone() -> None:
    cases = read_cases("test")
    said = predictions(cases)
    wrong = next(i for i, case in enumerate(cases) if case.group == "fact")
    said[wrong] = replace(said[wrong], west="against")
    shares = {score.group: score.west for score in score_cases(cases, said)}
    assert [group for group, share in shares.items() if share != 1.0] == ["fact", "all"]


def test_a_share_of_nothing_is_an_empty_cell() -> None:
    stream = io.StringIO()
    table = render_plain([GroupScore("place", 2, 0.5, None, None, 1.0, None)])
    Console(file=stream, width=140, no_color=True).print(table)
    rows = [line.split() for line in stream.getvalue().splitlines()]
    assert ["place", "2", ".500", "1.000"] in rows


def test_the_command_prints_a_row_a_group(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", "plain", "--model", "small", "--json"])
    assert not stop.value.code
    rows = json.loads(capsys.readouterr().out)
    assert [row["group"] for row in rows] == [*read_templates("test"), "all"]
    assert rows[-1]["cases"] == len(read_cases("test"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("plain", "--split", "dev"), "--split dev: no such half"),
        (("west",), "evaluate west: no file"),
    ],
)
def test_a_wrong_half_or_a_missing_file_is_an_error(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", *words])
    assert stop.value.code
    assert message in " ".join(capsys.readouterr().err.split())
