"""``westward compare`` and ``westward quotes``: what they print and write."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.built import build, named
from tests.cli.conftest import Command
from tests.coding.runs import talk
from tests.compared import compared_run

SIDES = ["favor", "against", "neutral", "favor", "none", "favor"]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run over six interviews in two years."""
    talks = [talk(f"t{n}", SIDES[n % 3 :], date=f"202{n % 2}") for n in range(6)]
    return compared_run(tmp_path / "one", talks)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_groups_are_printed_and_written_with_a_figure(run: Path, westward: Command) -> None:
    done = westward("compare", run, "--by", "year")
    assert done.returncode == 0, done.stderr
    assert "2020 less 2021" in done.stdout
    folder = run.with_name("one.compared")
    assert sorted(path.name for path in folder.iterdir()) == [
        "year-differences.csv", "year-groups.csv", "year.png", "year.svg",
    ]  # fmt: skip
    rows = read(folder / "year-groups.csv")
    found = json.loads(westward("compare", run, "--by", "year", "--json").stdout)
    assert [row["group"] for row in rows] == ["2020", "2021"]
    assert [float(row["net"]) for row in rows] == [row["net"] for row in found["groups"]]


def test_groups_of_one_interview_are_said_to_have_no_interval(run: Path, westward: Command) -> None:
    done = westward("compare", run, "--by", "interview", "-o", run.with_name("mine"))
    assert "no interval where there is: one interview" in done.stdout
    assert run.with_name("mine").joinpath("interview_id.svg").is_file()


def test_two_runs_are_compared(run: Path, westward: Command, tmp_path: Path) -> None:
    other = compared_run(
        tmp_path / "two", [talk(f"t{n}", ["against", *SIDES[1:]][n % 3 :]) for n in range(4)]
    )
    done = westward("compare", run, other)
    assert done.returncode == 0, done.stderr
    assert "favor > against: 2" in done.stdout
    assert "only in one run, and left out: t4, t5" in done.stderr
    assert read(run.with_name("one.compared") / "one-and-two-sentences.csv")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "either --by COLUMN"),
        (("--by", "yeer"), "did you mean year?"),
        (("two", "--holder", "x"), "--holder and --target are for --by"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    words: tuple[str, ...], message: str, run: Path, westward: Command
) -> None:
    done = westward("compare", run, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_quotations_are_printed_with_their_source(westward: Command, tmp_path: Path) -> None:
    run = compared_run(tmp_path / "run", [named(build(), "Ana Lima")])
    done = westward("quotes", run, "--stance", "against", "--n", "1")
    assert done.returncode == 0, done.stderr
    words = " ".join(done.stdout.split())
    assert words.startswith("1. against European Union, .70 NATO kept the peace on this continent.")
    assert "Ana Lima · FR. A talk on the summit. 2023-05. x.t002.u2" in words
    (found,) = json.loads(westward("quotes", run, "--stance", "against", "--json").stdout)
    assert found["sentence"] == "Brussels broke its word over the pipeline."
    done = westward("quotes", run, "--stance", "against", "-o", "q.docx")
    assert (done.stdout, Path("q.docx").is_file()) == ("q.docx: 1 quotations\n", True)
