"""A column, a holder and a target as a reader names them, and refusals that say what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.tables.grouping import compare_by, one_name
from tests.built import build, named
from tests.compared import compared_run


def dated(name: str, year: int, who: str) -> Interview:
    talk = named(build(name), who)
    return talk.model_copy(update={"date": f"{year}-02", "fields": {"wave": str(year % 2)}})


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run over three interviews of two persons."""
    talks = [dated("a", 2021, "Ana Lima"), dated("b", 2022, "Ana Lima"), dated("c", 2023, "Bo Ek")]
    return compared_run(tmp_path / "run", talks)


def groups(run: Path, column: str, **only: str) -> list[object]:
    return [row["group"] for row in compare_by(run, column, **only).groups]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("year", ["2021", "2022", "2023"]),
        ("Holder", ["Ana Lima", "Bo Ek"]),
        ("interview", ["a", "b", "c"]),
        ("wave", ["1", "0"]),
        ("country", ["FR"]),
    ],
)
def test_any_column_groups(column: str, found: list[str], run: Path) -> None:
    assert groups(run, column) == found


def test_one_person_over_time(run: Path) -> None:
    assert groups(run, "year", holder="lima") == ["2021", "2022"]


def test_one_target(run: Path) -> None:
    (row,) = compare_by(run, "country", target="nato").groups
    assert (row["n"], row["favor"]) == (3, 3)


@pytest.mark.parametrize(
    ("column", "only", "message"),
    [
        (
            "contry",
            {},
            "no such column; did you mean country?; expected year, quarter, month, country",
        ),
        ("year", {"holder": "Cy"}, "no respondent of that name; expected one of Ana Lima, Bo Ek"),
        ("year", {"target": "Natto"}, "did you mean NATO?"),
    ],
)
def test_what_there_is_not_is_refused(
    column: str, only: dict[str, str], message: str, run: Path
) -> None:
    with pytest.raises(InputError) as refused:
        compare_by(run, column, **only)
    assert message in str(refused.value)


def test_a_part_of_two_names_is_refused_and_a_whole_name_is_not() -> None:
    with pytest.raises(InputError, match="several: Ana, Anabel"):
        one_name("an", ["Ana", "Anabel"], option="--holder")
    assert one_name("ana", ["Ana", "Anabel"], option="--holder") == "Ana"
