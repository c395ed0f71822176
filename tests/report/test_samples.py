"""The page of a real run of two samples says what its tables say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import html

from pipeline.cli import main
from pipeline.tables.lookup import POSITIONS
from tests.report.test_page import codes

MEANT = "(only meant)"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run."""
    samples = Path(__file__).resolve().parents[2] / "corpus" / "transcripts"
    out = tmp_path_factory.mktemp("samples") / "out"
    names = [
        str(samples / name) for name in ("joint-press-conference.txt", "hostile-television.md")
    ]
    with pytest.raises(SystemExit) as stop:
        main(["run", *names, "-o", str(out), "--model", "small"])
    assert not stop.value.code
    return out


@pytest.fixture(scope="module")
def stances(run: Path) -> list[tuple[str, ...]]:
    """Voice, holder, target and position of each counted stance in the page's data."""
    found: list[tuple[str, ...]] = []
    for talk in codes((run / "report.html").read_text("utf8")):
        words: list[Any] = talk["strings"]
        for unit in talk["units"]:
            if unit[2]:
                for voice, holder, target, side, *_ in unit[7]:
                    spoken = ("own", "attributed")[voice]
                    found.append((spoken, words[holder], words[target], POSITIONS[side]))
    return found


def table(run: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(run / "tables" / f"{name}.csv", keep_default_na=False)


def test_targets(run: Path, stances: list[tuple[str, ...]]) -> None:
    named = [one for one in stances if not one[2].endswith(MEANT)]
    page = Counter((target, side) for voice, _, target, side in named if voice == "own")
    rows = table(run, "targets").to_dict("records")
    sides = {(row["target"], side): row[f"own_{side}"] for row in rows for side in POSITIONS}
    assert page == Counter({key: int(n) for key, n in sides.items() if int(n)})


def test_holders(run: Path, stances: list[tuple[str, ...]]) -> None:
    page = Counter((voice, holder.partition(" · ")[0].casefold()) for voice, holder, *_ in stances)
    rows = table(run, "holders").to_dict("records")
    assert page == Counter(
        {(row["voice"], row["holder"].casefold()): int(row["n"]) for row in rows}
    )


def rows_of(run: Path, heading: str) -> list[list[str]]:
    """The cells of the first table of a section that has numbers, the name's first."""
    page = html.fromstring((run / "report.html").read_text("utf8"))
    (section,) = page.xpath(f'//section[@aria-labelledby="{heading}"]')
    rows = section.xpath(".//tbody/tr[th]")
    return [
        [row.xpath("string(th//span)"), *(td.text_content() for td in row.xpath("td"))]
        for row in rows
    ]


def test_claims_and_who_makes_them(run: Path) -> None:
    people = table(run, "speakers")
    people = people[people.role == "respondent"]
    columns = [people.filter(regex=f"^(speaker_)?{name}$") for name in ("claims", "premises")]
    expected = sorted(zip(*(one.iloc[:, 0].astype(int) for one in columns), strict=True))
    rows = rows_of(run, "-speakers")
    assert sorted((int(row[4]), int(row[5])) for row in rows) == expected
    page = (run / "report.html").read_text("utf8")
    assert f'<a href="#component=claim">{sum(n for n, _ in expected)}</a> claims' in page


def test_what_is_contested(run: Path) -> None:
    rows = table(run, "targets")
    rows = rows[pd.to_numeric(rows.own_sides) >= 5]
    rows = rows[pd.to_numeric(rows.own_contested) > 0]
    expected = sorted(
        zip(rows.target, rows.own_favor.astype(int), rows.own_against.astype(int), strict=True)
    )
    assert expected
    found = rows_of(run, "-contested")
    assert sorted((name.strip(), int(row[1]), int(row[2])) for name, *row in found) == expected
