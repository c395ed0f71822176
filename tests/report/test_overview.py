"""The counts of the page: equal to the tables, and honest about what is undecided or few."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.config import Inferred
from pipeline.records import Interview
from pipeline.report.estimates import corrected_nets, read_estimates
from pipeline.report.overview import Overview
from pipeline.report.summary import answers
from pipeline.tables.frames import build_frames
from tests.built import build, named, only_meant


def counted(*interviews: Interview, inferred: Inferred = "exclude") -> Overview:
    return Overview(bloc="west-broad", inferred=inferred).add_all(interviews)


RULES: tuple[Inferred, ...] = ("exclude", "include")
INTERVIEWS = (build("x"), named(build("y")), only_meant(named(build("z"), "Mrs. Doe")))


@pytest.mark.parametrize(("inferred", "left_out"), [("exclude", 4), ("include", 0)])
def test_targets_are_those_of_the_table(inferred: Inferred, left_out: int) -> None:
    frames = build_frames(INTERVIEWS, duplicates="include", inferred=inferred)
    table = frames["targets"].fillna(0)
    own = {row.target: row for row in table.itertuples() if row.own_n}
    overview = counted(*INTERVIEWS, inferred=inferred)
    rows = overview.targets()
    assert (overview.left_out(), overview.left_out("attributed")) == (left_out, 0)
    assert sum(row["n"] for row in rows) + left_out == overview.total()["n"]
    assert table.own_inferred.sum() == 4
    assert {row["name"] for row in rows} == set(own)
    for row in rows:
        found = own[row["name"]]
        assert (row["n"], row["favor"], row["against"], row["neutral"], row["abstained"]) == (
            found.own_n, found.own_favor, found.own_against, found.own_neutral, found.own_abstained
        )  # fmt: skip


@pytest.mark.parametrize("voice", ["own", "attributed"])
def test_holders_are_those_of_the_table(voice: str) -> None:
    table = build_frames(INTERVIEWS, duplicates="include")["holders"]
    expected = sorted(table[table.voice == voice].n)
    rows = counted(*INTERVIEWS).holders(voice)
    assert sorted(row["n"] for row in rows) == expected


def test_an_undecided_stance_is_in_no_net_position() -> None:
    (row,) = counted(build()).respondents(10)
    assert (row["n"], row["abstained"]) == (5, 1)
    assert row["net"] == round((2 - 1) / 4, 4)


def test_few_stances_come_after_many_however_one_sided() -> None:
    many = counted(*INTERVIEWS, *(named(build(f"m{i}")) for i in range(3)))
    names = [row["name"] for row in many.respondents(10)]
    assert names[0].startswith("President Macron")


def test_people_s_estimate_replaces_the_raw_net_position() -> None:
    one = counted(named(build()))
    (who,) = [row["who"] for row in one.respondents(10)]
    assert one.correction == "raw"
    one.estimates = {("speaker", who.id): {"net": -0.5, "low": -0.7, "high": 0.1, "raw": False}}
    assert one.respondents(10)[0]["net"] == -0.5
    assert one.correction == "partly corrected"


def test_the_heading_says_corrected_only_where_all_rows_are() -> None:
    """An estimate of all alone leaves each row of a respondent raw."""
    one = counted(named(build()))
    found = {"net": -0.5, "low": -0.7, "high": 0.1, "raw": False}
    one.estimates = {("all", "all"): found}
    assert (one.correction, one.net["net"]) == ("partly corrected", -0.5)
    (row,) = one.respondents(10)
    assert (row["raw"], row["net"]) == (True, 0.25)
    one.estimates = {("all", "all"): found, ("speaker", row["who"].id): found}
    assert one.correction == "corrected"


def test_estimates_are_read_where_they_are_corrected(tmp_path: Path) -> None:
    path = tmp_path / "estimates.csv"
    assert read_estimates(path) == []
    path.write_text(
        "estimand,level,name,holder_id,voice,raw,corrected,low,high,method\n"
        "net,all,all,,own,.3,.2,.1,.35,ppi\n"
        'net,speaker,A guest,"speaker:A guest, A union",own,.3,.2,.1,.35,ppi\n'
        "net,speaker,Another,speaker:Another,own,.3,,,,raw\n"
        "net,year,2024,,own,.3,.2,.1,.35,ppi\n"
        "share_favor,speaker,A guest,speaker:A guest,own,.3,.2,.1,.35,ppi\n",
        encoding="utf8",
    )
    found = {"net": 0.2, "low": 0.1, "high": 0.35, "raw": False}
    places = [("all", "all"), ("speaker", "speaker:A guest, A union"), ("year", "2024")]
    assert corrected_nets(read_estimates(path)) == dict.fromkeys(places, found)


def test_a_name_with_two_affiliations_is_reported() -> None:
    other = named(build("y"))
    moved = tuple(one.model_copy(update={"affiliation": "A union"}) for one in other.speakers)
    one = counted(named(build()), other.model_copy(update={"speakers": moved}))
    assert one.namesakes == ["President Macron"]


def test_time_is_by_year_where_there_are_many_months() -> None:
    dates = [f"{2000 + i // 12}-{i % 12 + 1:02}" for i in range(30)]
    talks = [build(f"d{i}").model_copy(update={"date": d}) for i, d in enumerate(dates)]
    assert [row["name"] for row in counted(*talks).periods] == ["2000", "2001", "2002"]
    assert len(counted(*talks[:3]).periods) == 3


@pytest.mark.parametrize(
    ("dates", "places", "gap"),
    [
        (("2014", "2017", "2018"), [2014, 2017, 2018], "2 years without a stance"),
        (("2024-11", "2024-12", "2025-02"), [24298, 24299, 24301], "1 month without a stance"),
    ],
)
def test_periods_have_their_place_in_time_and_gaps_a_row(
    dates: Sequence[str], places: Sequence[int], gap: str
) -> None:
    one = counted(*(build(d).model_copy(update={"date": d}) for d in dates))
    assert [row["place"] for row in one.periods] == places
    assert [row["gap"] for row in one.timeline if row["gap"]] == [gap]


def test_time_is_by_year_where_a_date_has_no_month() -> None:
    talks = [build(d).model_copy(update={"date": d}) for d in ("2024-02", "2024-05", "2024")]
    assert [(row["name"], row["n"]) for row in counted(*talks).periods] == [("2024", 15)]


@pytest.mark.parametrize(
    "layers",
    [
        ("units", "entities", "claims", "attributions", "stances"), ("claims", "stances"),
        ("stances",), ("claims",),
    ],
)  # fmt: skip
def test_an_interview_without_layers_has_counts_and_answers(layers: Sequence[str]) -> None:
    bare = build().model_copy(update=dict.fromkeys(layers))
    assert answers(counted(bare))[0].startswith("claims")


def test_targets_that_are_only_meant_are_counted_beside() -> None:
    told = "  only meant  2 in no target below; targets.inferred = include counts them"
    assert told in answers(counted(only_meant(build())))
    assert "only meant" not in "".join(answers(counted(only_meant(build()), inferred="include")))


def test_cells_of_the_matrix_leave_out_what_is_only_meant() -> None:
    cells = {
        rule: counted(only_meant(build()), inferred=rule).matrix("own", ["European Union"], 1)[0]
        for rule in RULES
    }
    assert {rule: (row["n"], row["cells"][0]["n"]) for rule, row in cells.items()} == {
        "exclude": (5, 1),
        "include": (5, 2),
    }


def test_the_answers_are_eleven_short_lines_at_most() -> None:
    lines = answers(counted(*(named(build(f"i{n}"), f"Doctor Number{'x' * n}") for n in range(20))))
    assert 5 <= len(lines) <= 11
    assert max(map(len, lines)) <= 80
