"""Every net position of page, terminal and figures is in estimates.csv, and in no other form."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.coding.estimates import estimate_rows
from pipeline.config import Inferred
from pipeline.records import Interview, Label
from pipeline.report.figures import draw_figures
from pipeline.report.page import Report, make_shard
from pipeline.report.summary import answers, signed
from pipeline.tables.counts import Row
from pipeline.tables.frames import build_frames
from pipeline.tables.lookup import Lookup
from tests.built import build, named
from tests.coding.runs import label
from tests.report.conftest import LAYOUT, MANIFEST, writer

VALUE = re.compile(
    r'<span class="net-value" data-level="([^"]*)" data-name="([^"]*)"\s+data-source="([^"]*)">([^<]*)</span>'
    r'.*?<span class="ends">([^<]*)</span>',
    re.S,
)


def one(name: str, who: str, date: str) -> Interview:
    moved = named(build(name), who)
    return moved.model_copy(update={"date": date, "sha256": f"hash of {name}"})


INTERVIEWS = [
    one(f"{who[0]}{year}", who, f"{year}-05")
    for who in ("Mrs. Doe", "President Macron")
    for year in (2014, 2015, 2019, 2020, 2021)
]


def sample() -> list[Label]:
    """Labels of all sentences of one of the two."""
    talks = [talk for talk in INTERVIEWS if talk.id.startswith("P")]
    size = sum(len(Lookup(talk).coded_units()) for talk in INTERVIEWS)
    return [
        label(
            talk, number, west=("favor", "against", "neutral", "none")[(number + place) % 4],
            target="NATO", weight=1.0, stratum=f"all ({size} units)",
        )
        for place, talk in enumerate(talks)
        for number in range(len(Lookup(talk).coded_units()))
    ]  # fmt: skip


@pytest.fixture(params=["raw", "corrected"])
def report(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Report, list[Row], str]:
    """The report, the rows of estimates.csv, and the page."""
    labels = sample() if request.param == "corrected" else []
    inferred: Inferred = "exclude"
    rows = estimate_rows(map(Lookup, INTERVIEWS), labels, inferred=inferred)
    made, tables = Report(tmp_path, "talks", LAYOUT), writer(tmp_path, LAYOUT)
    for interview in INTERVIEWS:
        shard = make_shard(Lookup(interview), LAYOUT)
        made.add(shard)
        tables.add(shard.portion)
    page = b"".join(dict(made.finish(MANIFEST, rows, tables))["report.html"]).decode()
    assert any(row["method"] != "raw" for row in rows) == bool(labels)
    return made, rows, page


def shown(row: Row) -> tuple[str, str]:
    """Value and ends of a row of estimates.csv as the page shows them."""
    names = (
        ("corrected", "low", "high") if row["method"] != "raw" else ("raw", "raw_low", "raw_high")
    )
    value, low, high = (row[name] for name in names)
    assert isinstance(value, float)
    if low is None:
        return signed(value), "–"
    return signed(value), f"{signed(float(low))} to {signed(float(high or 0))}"


def nets(rows: list[Row]) -> Mapping[tuple[object, object], Row]:
    return {
        (row["level"], row["holder_id"] or row["name"]): row
        for row in rows
        if (row["estimand"], row["voice"]) == ("net", "own")
    }


def test_each_net_of_the_page_is_in_estimates(report: tuple[Report, list[Row], str]) -> None:
    _, rows, page = report
    table, found = nets(rows), VALUE.findall(page)
    assert len(found) == page.count('class="net-value"') == 3
    for level, name, source, value, ends in found:
        row = table[level, html.unescape(name)]
        assert (value, " ".join(ends.split())) == shown(row)
        assert source == ("raw" if row["method"] == "raw" else "corrected")


def test_each_net_of_figures_and_terminal_is_in_estimates(
    report: tuple[Report, list[Row], str],
) -> None:
    made, rows, _ = report
    table = nets(rows)
    for period in made.overview.periods:
        low = (
            "–" if period["low"] is None else f"{signed(period['low'])} to {signed(period['high'])}"
        )
        assert (signed(period["net"]), low) == shown(table["year", period["name"]])
    value, ends = shown(table["all", "all"])
    (line,) = (line for line in answers(made.overview) if line.startswith("  net"))
    assert f"{value} ({ends})" in line


def test_nets_by_the_judge_alone_are_those_of_holders_and_targets(
    report: tuple[Report, list[Row], str],
) -> None:
    _, rows, page = report
    frames = build_frames(INTERVIEWS, duplicates="include")
    for table, level, key, prefix in (
        ("holders", "speaker", "holder_id", ""), ("targets", "target", "target", "own_"),
    ):  # fmt: skip
        lines = frames[table][frames[table][f"{prefix}decided"] > 0]
        lines = lines[lines["voice"] == "own"] if "voice" in lines else lines
        for line in lines.astype(object).fillna(-9).to_dict("records"):
            row = nets(rows)[level, line[key]]
            ends = [-9 if row[name] is None else row[name] for name in ("raw_low", "raw_high")]
            assert [row["raw"], *ends] == [
                line[f"{prefix}{name}"] for name in ("net", "net_low", "net_high")
            ]
    contested = {signed(one) for one in frames["targets"]["own_contested"].dropna()}
    (section,) = re.findall(r'id="-contested".*?</section>', page, re.S)
    found = re.findall(r"</div></th>\s*<td>([^<]*)</td>", section)
    assert found
    assert {f"+{one}" for one in found} <= contested


def test_the_page_has_no_share_that_is_in_no_table(report: tuple[Report, list[Row], str]) -> None:
    """But for the judge's figures of its card, the lengths of bars are counts of tables."""
    _, _, page = report
    text = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", "", page, flags=re.S)
    assert set(re.findall(r"[\d.]+\s%", text)) == {"95 %"}


@pytest.mark.slow
def test_figures_name_the_bloc_and_their_rows_in_full(
    report: tuple[Report, list[Row], str],
) -> None:
    made, _, _ = report
    figures = {name: data.decode("latin1") for name, data in draw_figures(made.overview)}
    for name in ("net-by-respondent.svg", "targets.svg", "over-time.svg"):
        assert "west-broad" in figures[name]
        assert "…" not in figures[name]
    assert "President Macron" in figures["net-by-respondent.svg"]
