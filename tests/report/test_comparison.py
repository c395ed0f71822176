"""Groups on the page and in the tables: the same figures, and figures drawn of them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pipeline.records import Interview
from pipeline.report.comparison import MOST_GROUPS, draw_groups
from pipeline.tables.groups import compare_groups, observe
from pipeline.tables.lookup import Lookup
from pipeline.tables.own import own_of
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build, named
from tests.coding.runs import talk
from tests.report.conftest import Made

SIDES = ["favor", "against", "neutral", "favor", "none", "favor"]


def talks(n: int = 6) -> list[Interview]:
    return [talk(f"t{i}", SIDES[i % 4 :] * 3, date=f"202{i % 2}", fields={"wave": "w" * (1 + i % 3)})
            for i in range(n)]  # fmt: skip


def shown(page: str, column: str) -> list[list[str]]:
    (section,) = re.findall(rf"<h3>By {column}</h3>.*?</tbody>", page, re.S)
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", section, re.S)
    return [[" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
            for row in rows]  # fmt: skip


def two(value: str) -> str:
    return f"{float(value):+.2f}".replace("0.", ".").replace("-", "−")


def test_the_page_and_groups_csv_have_the_same_figures(make: Made, tmp_path: Path) -> None:
    files = make(talks())
    writer = TableWriter(tmp_path / "tables", duplicates="include", own=own_of(talks()))
    for interview in talks():
        writer.append(interview_rows(interview))
    writer.finish()
    with (tmp_path / "tables" / "groups.csv").open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["column"] for row in rows} == {"year", "wave"}
    for column in ("year", "wave"):
        kept = [row for row in rows if row["column"] == column]
        assert shown(files["report.html"], column) == [
            [
                row["group"], two(row["net"]), f"{two(row['net_low'])} to {two(row['net_high'])}",
                row["favor"], row["neutral"], row["against"], row["abstained"], row["n"], row["interviews"],
            ]
            for row in kept
        ]  # fmt: skip


def test_what_has_no_value_is_counted_beside(make: Made) -> None:
    undated = talk("z", SIDES, date=None)
    page = " ".join(make([*talks(), undated])["report.html"].split())
    assert "No year is known of respondents in 1 interview (5 stances)." in page


def test_a_column_is_compared_by_if_a_group_has_several_interviews(make: Made) -> None:
    page = make([named(build("x"), "Ana Lima"), named(build("y"), "Bo Ek")])["report.html"]
    assert "No column has two groups, one of them of several interviews" in " ".join(page.split())


def test_of_many_groups_the_largest_are_shown(make: Made) -> None:
    many = [talk(f"t{i:02}", SIDES, fields={"wave": f"w{i // 2:02}"}) for i in range(60)]
    page = make(many)["report.html"]
    assert len(shown(page, "wave")) == MOST_GROUPS
    assert "The largest 25 of 30 groups" in " ".join(page.split())


def test_the_figure_is_drawn_the_same_again() -> None:
    observed = [one for interview in talks() for one in observe(Lookup(interview))]
    found = compare_groups(observed, "year")
    first, second = (dict(draw_groups(found, name="year", about="NATO")) for _ in range(2))
    assert first == second
    assert set(first) == {"year.svg", "year.png"}
    drawn = first["year.svg"].decode()
    assert "net position toward NATO" in drawn
    assert "2020 (39; 3)" in drawn


def test_a_time_without_interviews_is_marked() -> None:
    dates = ("2020-03", "2020-05", "2022-01")
    interviews = [talk(f"t{date}", SIDES, date=date) for date in dates]
    observed = [one for interview in interviews for one in observe(Lookup(interview))]
    for column, dotted in (("year", True), ("quarter", True), ("language", False)):
        drawn = dict(draw_groups(compare_groups(observed, column), name="a", about="NATO"))
        assert ("dotted: a time" in drawn["a.svg"].decode()) is dotted


def test_no_figure_without_a_decided_stance() -> None:
    observed = list(observe(Lookup(talk("t", ["none"]))))
    assert list(draw_groups(compare_groups(observed, "year"), name="year", about="NATO")) == []
