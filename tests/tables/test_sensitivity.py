"""The tables that set two definitions of the bloc side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import TypeAdapter

from pipeline.actors import load_actors
from pipeline.records import Interview, Stance
from pipeline.tables.columns import COMPARISON_TABLES
from pipeline.tables.counts import Row
from pipeline.tables.frames import build_frame
from pipeline.tables.lookup import Lookup
from pipeline.tables.sensitivity import Compared, compare, sensitivity_rows
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build, named


def changed(interview: Interview, unit: str, voice: str = "own", **update: Any) -> Interview:
    """Return the interview with the stance of a unit and voice changed."""
    stances = [
        one.model_copy(update=update) if one.unit_id.endswith(unit) and one.voice == voice else one
        for one in interview.stances or ()
    ]
    return interview.model_copy(update={"stances": tuple(stances)})


def without(interview: Interview, unit: str, voice: str = "own") -> Interview:
    """Return the interview without the stance of a unit and voice."""
    kept = [
        one
        for one in interview.stances or ()
        if not (one.unit_id.endswith(unit) and one.voice == voice)
    ]
    return interview.model_copy(update={"stances": tuple(kept)})


def side_by_side(main: Interview, other: Interview) -> Compared:
    return compare(Lookup(main), Lookup(other), other_bloc="west-core")[0]


def changes(main: Interview, other: Interview) -> list[Row]:
    return compare(Lookup(main), Lookup(other), other_bloc="west-core")[1]


def rows_of(*compared: Compared, duplicates: str = "include") -> pd.DataFrame:
    lines = sensitivity_rows(
        compared,
        bloc="west-broad",
        duplicates=duplicates,  # type: ignore[arg-type]
        actors=load_actors(),
    )
    return build_frame(COMPARISON_TABLES[0], lines)


def only(frame: pd.DataFrame, level: str, voice: str, **cells: str) -> pd.Series:
    """The one row of a level, a voice, and further cells."""
    found = frame[(frame["level"] == level) & (frame["voice"] == voice)]
    for name, value in cells.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_the_same_stances_change_nothing(interview: Interview) -> None:
    compared = side_by_side(interview, interview)
    assert not compared.changes
    frame = rows_of(compared)
    assert not frame["changed"].any()
    assert set(frame["difference_n"]) == {0}


@pytest.mark.parametrize(
    ("other", "change", "main_code", "other_code"),
    [
        (without(build(), "t002.u2"), "leaves", "against", "not_about"),
        (changed(build(), "t002.u2", polarity="neutral"), "turns", "against", "neutral"),
        (changed(build(), "t002.u2", abstained=True), "turns", "against", "abstained"),
        (changed(build(), "t002.u2", target_actor="Belgium"), "retargets", "against", "against"),
        (without(build(), "t002.u3", "attributed"), "leaves", "against", "not_about"),
    ],
)
def test_a_changed_stance_is_listed(
    interview: Interview, other: Interview, change: str, main_code: str, other_code: str
) -> None:
    (row,) = changes(interview, other)
    assert (row["change"], row["main_counted_as"], row["other_counted_as"]) == (
        change,
        main_code,
        other_code,
    )


def test_what_leaves_one_way_enters_the_other(interview: Interview) -> None:
    (row,) = changes(without(interview, "t002.u1"), interview)
    assert (row["change"], row["main_counted_as"], row["other_counted_as"]) == (
        "enters",
        "not_about",
        "favor",
    )
    assert "main_target_text" not in row
    assert row["other_target_text"] == "NATO"


def test_stances_of_one_holder_are_paired_by_their_target(interview: Interview) -> None:
    """Two targets of Russia's, of which one is gone: it leaves, and the other stays as it was."""
    first = next(one for one in interview.stances or () if one.voice == "attributed")
    second = first.model_copy(update={"target_text": "NATO", "target_actor": "NATO"})
    stances = [*(interview.stances or ()), second]
    both = interview.model_copy(update={"stances": tuple(stances)})
    rest = tuple(one for one in stances if one is not first)
    (row,) = changes(both, interview.model_copy(update={"stances": rest}))
    assert (row["change"], row["main_target_text"]) == ("leaves", "the sanctions")


def test_shares_and_net_stand_side_by_side_with_their_difference(interview: Interview) -> None:
    frame = rows_of(side_by_side(interview, without(interview, "t002.u2")))
    row = only(frame, "interview", "own", interview_id="x")
    assert (row["judged_units"], row["main_n"], row["other_n"]) == (7, 5, 4)
    assert (row["main_share_against"], row["other_share_against"]) == (0.25, 0.0)
    assert row["difference_share_against"] == pytest.approx(-0.25)
    assert (row["main_net"], row["other_net"]) == (0.25, 0.6667)
    assert row["difference_net"] == pytest.approx(0.4167)
    assert row["main_about_share"] == pytest.approx(5 / 7, abs=1e-4)
    assert (row["changed"], row["leaves"], row["enters"]) == (True, 1, 0)


def test_own_and_attributed_voices_are_not_added_up(interview: Interview) -> None:
    frame = rows_of(side_by_side(interview, without(interview, "t002.u3", "attributed")))
    assert not only(frame, "all", "own")["changed"]
    row = only(frame, "all", "attributed")
    assert (row["changed"], row["main_n"], row["other_n"]) == (True, 1, 0)
    assert pd.isna(row["difference_net"])
    assert row["judged_units"] is None or pd.isna(row["judged_units"])


def test_holders_are_counted_over_interviews(interview: Interview) -> None:
    frame = rows_of(
        side_by_side(named(interview), named(without(interview, "t002.u2"))),
        side_by_side(named(build("y")), named(build("y"))),
    )
    row = only(frame, "holder", "own", holder="President Macron")
    assert (row["main_n"], row["other_n"], row["leaves"]) == (10, 9, 1)
    assert row["judged_units"] == 14
    assert not only(frame, "interview", "own", interview_id="y")["changed"]


def test_a_holder_under_the_other_bloc_alone_has_a_row(interview: Interview) -> None:
    frame = rows_of(side_by_side(without(interview, "t002.u3", "attributed"), interview))
    row = only(frame, "holder", "attributed", holder="Russia")
    assert (row["main_n"], row["other_n"], row["enters"]) == (0, 1, 1)


def test_holders_count_as_set_and_interviews_count_all(interview: Interview) -> None:
    first = (interview.stances or ())[0]
    again: Stance = first.model_copy(update={"unit_id": "x.t002.u4"})
    twice = interview.model_copy(update={"stances": (*(interview.stances or ()), again)})
    frame = rows_of(side_by_side(twice, twice), duplicates="document")
    assert only(frame, "interview", "own")["main_n"] == 6
    assert only(frame, "holder", "own")["main_n"] == 5
    assert set(frame["duplicates"]) == {"include", "document"}


def test_the_tables_are_written_with_their_codebook_only_if_asked_for(
    interview: Interview, tmp_path: Path
) -> None:
    for name, more in (("plain", ()), ("both", COMPARISON_TABLES)):
        writer = TableWriter(tmp_path / name, duplicates="include", more=more)
        writer.append(interview_rows(interview))
        writer.finish()
    plain, both = (
        pd.read_csv(tmp_path / name / "codebook.csv", keep_default_na=False)
        for name in ("plain", "both")
    )
    assert not (tmp_path / "plain" / "sensitivity.csv").exists()
    assert set(both["table"]) - set(plain["table"]) == {"sensitivity", "sensitivity_units"}
    for table in COMPARISON_TABLES:
        header = (tmp_path / "both" / f"{table.name}.csv").read_text(encoding="utf8")
        assert header == ",".join(table.header) + "\n"
        assert list(both[both["table"] == table.name]["column"]) == list(table.header)


def test_what_was_compared_is_the_same_after_json() -> None:
    interview = build()
    compared = side_by_side(interview, without(interview, "t002.u3", "attributed"))
    kept = TypeAdapter(Compared)
    assert compared.judged
    assert compared.changes
    assert kept.validate_json(kept.dump_json(compared)) == compared
