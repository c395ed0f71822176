"""estimates.csv: what is raw, what is corrected, and which labels count."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from pipeline.coding.estimates import estimate_rows, write_estimates
from pipeline.coding.judgements import read_lookups
from pipeline.config import Inferred
from pipeline.errors import InputError
from pipeline.exports.edits import read_edits, undo_import
from pipeline.labels.files import append_labels, coder_file, labels_folder
from pipeline.records import Failed, Interview, Label, LabelledReport, Stance
from pipeline.tables.counts import Row
from pipeline.tables.frames import build_frames
from pipeline.tables.net import MIN_STANCES
from tests.coding.runs import SOURCE, label, talk, write_run

SIDES = ["favor", "against", "neutral", "none", "none"] * 8
TRUTH = ["favor", "against", "against", "none", "none"] * 8  # the judge misses half of against


def coded(interview: Interview, sides: list[str], **changes: object) -> list[Label]:
    """Labels of all sentences as one probability sample."""
    drawn = {"weight": 1.0, "stratum": f"all ({len(sides)} units)"}
    return [
        label(
            interview,
            n,
            west=side,
            target=None if side == "none" else "NATO",
            **{**drawn, **changes},
        )
        for n, side in enumerate(sides)
    ]


def pick(rows: list[Row], estimand: str, level: str = "all", voice: str = "own") -> Row:
    """The first row of an estimand."""
    return next(
        row for row in rows
        if (row["estimand"], row["level"], row["voice"]) == (estimand, level, voice)
    )  # fmt: skip


def rows_of(run: Path, labels: list[Label]) -> list[Row]:
    return estimate_rows(read_lookups(run), labels)


def test_without_labels_shares_are_raw_and_say_so(tmp_path: Path) -> None:
    rows = rows_of(write_run(tmp_path / "run", [talk("a", SIDES)]), [])
    assert {row["method"] for row in rows} == {"raw"}
    assert pick(rows, "share_about")["raw"] == 0.6
    assert pick(rows, "share_against")["raw"] == pytest.approx(1 / 3, abs=1e-4)
    assert pick(rows, "net")["raw"] == 0
    assert pick(rows, "net")["corrected"] is None
    assert "westward code" in str(pick(rows, "net")["note"])


def test_labels_of_all_sentences_give_the_true_shares(tmp_path: Path) -> None:
    """All are coded, so that the correction leaves what people say: n = N, power at most 1/2."""
    interview = talk("a", SIDES)
    rows = rows_of(write_run(tmp_path / "run", [interview]), coded(interview, TRUTH))
    for level in ("all", "interview", "speaker"):
        row = pick(rows, "share_against", level)
        assert row["method"] == "ppi"
        assert row["corrected"] == pytest.approx(2 / 3, abs=1e-4)
        assert float(row["low"] or 0) < 2 / 3 < float(row["high"] or 0)
        assert (row["n_coded"], row["n_judged"]) == (40, 40)
    assert pick(rows, "net")["corrected"] == pytest.approx(-1 / 3, abs=1e-4)
    assert pick(rows, "share_against", "target")["name"] == "NATO"
    assert pick(rows, "share_against", "target")["corrected"] == pytest.approx(2 / 3, abs=1e-4)


def test_corrected_shares_of_a_level_add_up_and_give_the_net(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    rows = rows_of(write_run(tmp_path / "run", [interview]), coded(interview, TRUTH))
    for level in ("all", "interview", "speaker", "target"):
        favor, against, neutral, net = (
            float(pick(rows, name, level)["corrected"] or 0)
            for name in ("share_favor", "share_against", "share_neutral", "net")
        )
        assert favor + against + neutral == pytest.approx(1, abs=2e-4)
        assert net == pytest.approx(favor - against, abs=2e-4)


def test_a_side_that_nobody_coded_is_0_with_an_interval(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    rows = rows_of(write_run(tmp_path / "run", [interview]), coded(interview, TRUTH))
    row = pick(rows, "share_neutral")
    assert (row["corrected"], row["low"]) == (0, 0)
    assert 0 < float(row["high"] or 0) < 0.3


def test_raw_values_and_intervals_are_those_of_the_other_tables(tmp_path: Path) -> None:
    talks = [talk("a", SIDES), talk("b", TRUTH)]
    rows = rows_of(write_run(tmp_path / "run", talks), [])
    frames = build_frames(talks, duplicates="include")
    for table, level, prefix in (("holders", "speaker", ""), ("targets", "target", "own_")):
        expected = [
            [one[f"{prefix}{name}"] for name in ("net", "net_low", "net_high")]
            for one in frames[table].to_dict("records")
        ]
        found = [
            [row["raw"], row["raw_low"], row["raw_high"]]
            for row in rows
            if (row["estimand"], row["level"]) == ("net", level)
        ]
        assert found == expected


@pytest.mark.parametrize(("inferred", "named"), [("exclude", 8), ("include", 16)])
def test_targets_that_are_only_meant_count_where_the_setting_says_so(
    inferred: Inferred, named: int, tmp_path: Path
) -> None:
    """Half of the stances for are on NATO without a word that names it."""
    interview = talk("a", ["favor", "favor", "none"] * 8)
    stances = tuple(
        one.model_copy(update={"target_text": None}) if number % 2 else one
        for number, one in enumerate(interview.stances or ())
    )
    interview = interview.model_copy(update={"stances": stances})
    labels = [
        label(
            interview, n, west="favor", **{"target" if n % 3 else "implicit_target": "NATO"},
            weight=1.0, stratum="all (24 units)",
        )
        for n in range(24)
    ]  # fmt: skip
    run = write_run(tmp_path / "run", [interview])
    rows = estimate_rows(read_lookups(run), labels, inferred=inferred)
    net = [row for row in rows if (row["level"], row["estimand"]) == ("target", "net")]
    assert [row["name"] for row in net] == ["NATO"]
    assert (net[0]["raw_low"] is None) == (named < MIN_STANCES)
    assert pick(rows, "net")["raw_low"] is not None


def test_a_year_has_the_stances_of_its_months(tmp_path: Path) -> None:
    talks = [
        talk(name, SIDES).model_copy(update={"date": date})
        for name, date in (("a", "2024-05-01"), ("b", "2024-07"), ("c", "2024"))
    ]
    rows = rows_of(write_run(tmp_path / "run", talks), [])
    found = [
        (row["level"], row["name"], row["n_judged"])
        for row in rows
        if row["level"] in ("year", "month") and row["estimand"] == "net"
    ]
    assert found == [("year", "2024", 120), ("month", "2024-05", 40), ("month", "2024-07", 40)]


def test_reported_stances_are_estimated_by_holder(tmp_path: Path) -> None:
    """The label's words refer to the actor that the judge names."""
    bare = talk("a", ["none"] * 24)
    stances = tuple(
        Stance(
            unit_id=unit.id, holder="NATO", voice="attributed", target_text=None, target_actor=None,
            polarity="favor", probability=None, probabilities={}, source=SOURCE,
        )
        for unit in bare.judged_units()[:12]
    )  # fmt: skip
    interview = bare.model_copy(update={"stances": stances})
    reports = [
        (LabelledReport(holder="the NATO", stance="favor" if n % 4 else "against"),)
        if n < 16
        else ()
        for n in range(24)
    ]
    labels = [
        one.model_copy(update={"attributed": report, "west": None})
        for one, report in zip(coded(interview, ["none"] * 24), reports, strict=True)
    ]
    row = pick(
        rows_of(write_run(tmp_path / "run", [interview]), labels),
        "share_against",
        "holder",
        "attributed",
    )
    assert (row["name"], row["raw"], row["corrected"]) == ("NATO", 0.0, 0.25)


def test_labels_survive_another_run_over_the_same_transcripts(tmp_path: Path) -> None:
    """Another id of the interview, another judge: place and text are the same."""
    labels = coded(talk("a", SIDES), TRUTH)
    renamed = talk("b", TRUTH, sha256="hash of a")
    rows = rows_of(write_run(tmp_path / "run", [renamed]), labels)
    assert pick(rows, "share_against")["n_coded"] == 40


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"weight": None}, "no sampling weight"),
        ({"stratum": "all (900 units)"}, "drawn from 900 units"),
    ],
)
def test_labels_of_no_sample_of_this_run_correct_nothing(
    change: dict[str, object], reason: str, tmp_path: Path
) -> None:
    interview = talk("a", SIDES)
    rows = rows_of(write_run(tmp_path / "run", [interview]), coded(interview, TRUTH, **change))
    assert {row["method"] for row in rows} == {"raw"}
    assert reason in str(pick(rows, "net")["note"])


def test_few_coded_sentences_give_no_interval(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    rows = rows_of(write_run(tmp_path / "run", [interview]), coded(interview, TRUTH)[:12])
    assert pick(rows, "share_about")["method"] == "ppi"
    row = pick(rows, "share_against")
    assert (row["method"], row["corrected"]) == ("raw", None)
    assert "8 coded stances" in str(row["note"])


def test_ten_interviews_are_the_clusters(tmp_path: Path) -> None:
    talks = [talk(f"t{n}", ["favor", "against", "none", "neutral"]) for n in range(10)]
    labels = [
        label(one, n, west=side, target="NATO", weight=1.0, stratum="all (40 units)")
        for place, one in enumerate(talks)
        for n, side in enumerate(["favor", "against", "none", "against" if place % 2 else "favor"])
    ]
    rows = rows_of(write_run(tmp_path / "run", talks), labels)
    assert pick(rows, "net")["note"] == "clustered by interview"


def test_two_coders_of_a_sentence_are_averaged(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    other = [one.model_copy(update={"source": "human:ben"}) for one in coded(interview, SIDES)]
    rows = rows_of(write_run(tmp_path / "run", [interview]), [*coded(interview, TRUTH), *other])
    assert pick(rows, "share_against")["corrected"] == pytest.approx(1 / 2, abs=1e-4)
    assert pick(rows, "share_against")["n_coded"] == 40


def test_a_unit_that_no_judge_answered_is_no_judged_unit(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    failed = Failed(unit_id=interview.judged_units()[4].id, reason="no answer", source=SOURCE)
    run = write_run(tmp_path / "run", [interview.model_copy(update={"failed": (failed,)})])
    assert pick(rows_of(run, []), "share_about")["n_judged"] == 39


def test_estimates_are_written_into_the_run_with_their_hash(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    run = write_run(tmp_path / "run", [interview])
    append_labels(labels_folder(run) / "anna.jsonl", coded(interview, TRUTH))
    write_estimates(run)
    data = (run / "tables" / "estimates.csv").read_bytes()
    rows = list(csv.DictReader(data.decode("utf8").splitlines()))
    assert next(row for row in rows if row["estimand"] == "net")["method"] == "ppi"
    outputs = json.loads((run / "run.json").read_bytes())["outputs"]
    assert outputs["tables/estimates.csv"] == hashlib.sha256(data).hexdigest()
    with pytest.raises(InputError, match='no labels of coder "ben"; coders: anna'):
        write_estimates(run, coders=["ben"])


def test_two_speakers_of_one_name_are_two_holders_as_in_the_tables(tmp_path: Path) -> None:
    one, other = talk("a", SIDES), talk("b", SIDES)
    moved = tuple(who.model_copy(update={"affiliation": "A union"}) for who in other.speakers)
    run = write_run(tmp_path / "run", [one, other.model_copy(update={"speakers": moved})])
    rows = [
        row for row in rows_of(run, []) if (row["level"], row["estimand"]) == ("speaker", "net")
    ]
    lookups = list(read_lookups(run))
    holders = {lookup.holder((lookup.interview.stances or ())[0]).id for lookup in lookups}
    assert {row["holder_id"] for row in rows} == holders
    assert len(holders) == 2
    assert {row["n_judged"] for row in rows} == {40}


@pytest.mark.parametrize("coder", ["anna", "ben"])
def test_corrections_change_no_estimate(coder: str, tmp_path: Path) -> None:
    """Whether a coder corrects sentences of her own sample, or another person any."""
    interview = talk("a", SIDES)
    run = write_run(tmp_path / "run", [interview])
    append_labels(coder_file(run, "anna"), coded(interview, TRUTH)[:30])

    def estimated() -> bytes:
        assert pick(write_estimates(run)[0], "net")["method"] == "ppi"
        return (run / "tables" / "estimates.csv").read_bytes()

    before, mistakes = estimated(), tmp_path / "mistakes.csv"
    units = [unit.id for unit, side in zip(interview.judged_units(), TRUTH, strict=True)
             if side == "against"]  # fmt: skip
    mistakes.write_text("unit_id,west\n" + "".join(f"{one},favor\n" for one in units), "utf8")
    append_labels(coder_file(run, coder), read_edits(run, mistakes, coder=coder))
    assert estimated() == before
    assert len(undo_import(run)[1]) == len(units)
    assert estimated() == before


def test_coded_sentences_that_are_not_in_the_run_are_told(tmp_path: Path) -> None:
    interview = talk("a", SIDES)
    run = write_run(tmp_path / "run", [interview])
    gone = coded(talk("b", SIDES), TRUTH)[:3]
    append_labels(coder_file(run, "anna"), [*coded(interview, TRUTH), *gone])
    (told,) = write_estimates(run)[1]
    assert (told.code, told.values["by"]) == ("labels-lost", {"anna": 3})
