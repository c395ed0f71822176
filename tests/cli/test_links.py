"""A whole answer coded with its links, through a pipe, and what a run then shows of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.coding.samples import draw
from pipeline.labels.files import coder_file, drawn_in
from tests.cli.conftest import Command
from tests.coding.runs import talk, write_run

TRANSCRIPT = """\
HOST: Does the alliance hold?

ADMIRAL: NATO holds. It holds because its members pay for it. Defence budgets rose by a third in \
five years. But the stocks of ammunition are empty. Thank you for the question.

HOST: And the sanctions?

ADMIRAL: The sanctions of the European Union work. Moscow cannot buy machine tools any more.
"""
KEYS = {
    "NATO holds.": ("c f + n n", "n"),
    "It holds because its members pay for it.": ("c f + n n", "1 b"),
    "Defence budgets rose by a third in five years.": ("p n n", "t 2 b"),
    "But the stocks of ammunition are empty.": ("c f 0 n n", "1 a"),
    "Thank you for the question.": ("n n n", ""),
    "The sanctions of the European Union work.": ("c v + n n", "n"),
    "Moscow cannot buy machine tools any more.": ("p n n", "1 b"),
}
"""Of each sentence, the keys of its codes and of its link."""


def keys(run: Path, *places: int) -> bytes:
    """The keys of each sentence of a sample, a line each, of its codes, its link or both."""
    given = [KEYS[one.unit.text][place] for one in draw(run, n=100) for place in places]
    return "".join(f"{key}\n" for key in " ".join(given).split()).encode()


def rows(run: Path, table: str) -> list[dict[str, str]]:
    with (run / "tables" / f"{table}.csv").open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def run(westward: Command, tmp_path: Path) -> Path:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "admiral.txt").write_text(TRANSCRIPT, encoding="utf8")
    done = westward("run", "talks", "--model", "small", "-o", "run")
    assert done.returncode == 0, done.stderr
    return tmp_path / "run"


@pytest.mark.slow
def test_what_people_link_is_in_tables_terminal_and_exports(westward: Command, run: Path) -> None:
    done = westward("code", "run", "--coder", "anna", stdin=keys(run, 0))
    assert "7 of 7 coded" in done.stdout
    assert westward("estimate", "run").returncode == 0
    estimates = (run / "tables" / "estimates.csv").read_bytes()
    assert rows(run, "arguments") == []
    done = westward("code", "run", "--coder", "anna", "--relations", stdin=keys(run, 1))
    assert "7 of 7 coded" in done.stdout, done.stdout
    assert westward("estimate", "run").returncode == 0
    assert (run / "tables" / "estimates.csv").read_bytes() == estimates

    assert westward("report", "run").returncode == 0
    assert [
        (one["unit_id"], one["parent_id"], one["relation"], one["relation_source"])
        for one in rows(run, "relations")
    ] == [
        ("admiral.t002.u2", "admiral.t002.u1", "support", "human:anna"),
        ("admiral.t002.u3", "admiral.t002.u2", "support", "human:anna"),
        ("admiral.t002.u4", "admiral.t002.u1", "attack", "human:anna"),
        ("admiral.t004.u2", "admiral.t004.u1", "support", "human:anna"),
    ]
    assert {one["unit_id"][8:]: (one["reasons"], one["objections"], one["bare"])
            for one in rows(run, "arguments")} == {
        "t002.u1": ("1", "1", "False"), "t002.u2": ("1", "0", "False"),
        "t002.u4": ("0", "0", "True"), "t004.u1": ("1", "0", "False"),
    }  # fmt: skip
    labelled = {one["unit_id"]: one["labelled"].split("|") for one in rows(run, "units")}
    assert "relation" in labelled["admiral.t002.u4"]
    shown = westward("show", "run").stdout
    assert "⊣ against “NATO holds.”, by anna" in shown
    assert westward("export", "run", "--to", "argdown", "-o", "graphs").returncode == 0
    (graph,) = (run.parent / "graphs").iterdir()
    assert "  - [admiral.t002.u4]: But the stocks of ammunition" in graph.read_text("utf8")


def test_a_line_of_a_pipe_is_a_whole_number(westward: Command, tmp_path: Path) -> None:
    """Of 12 only the first digit would be another sentence."""
    run = write_run(tmp_path / "run", [talk("a", ["none"] * 12, per_turn=12)])
    first = draw(run, n=1)[0].unit.text
    number = 12 if first != "NATO keeps case 11." else 11
    script = f"p\nn\nn\n{number}\nb\n".encode()
    done = westward("code", "run", "--coder", "anna", "--n", "1", "--relations", stdin=script)
    (label,) = drawn_in(coder_file(run, "anna"))
    assert label.parent == f"NATO keeps case {number - 1}.", done.stdout


def test_a_wrong_number_is_told_and_help_says_what_a_parent_is(
    westward: Command, tmp_path: Path
) -> None:
    write_run(tmp_path / "run", [talk("a", ["none"] * 3, per_turn=3)])
    script = b"?\np\nn\nn\n7\nt\nseven\nt\n\nn\n"
    done = westward("code", "run", "--coder", "anna", "--n", "1", "--relations", stdin=script)
    shown = " ".join(done.stdout.split())
    assert '"7" is no answer; expected 1-3 the sentence of that number, t type' in shown
    assert '"seven" is typed; expected its number' in shown
    assert "nothing typed; expected its number" in shown
    assert "parent: the one sentence that this one most directly gives a reason" in shown
    assert "1 of 1 coded" in shown
