"""The links of a run, scored against people's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.run_links import evaluate_run_links
from pipeline.records import Interview, Label, Relation, RelationKind
from pipeline.runs.jsonl import dump_line
from tests.cli.conftest import Command, westward  # noqa: F401
from tests.coding.runs import label, talk, write_run

Said = list[tuple[RelationKind, int | None]]


def linked(said: Said, name: str = "a") -> Interview:
    """An interview of one answer whose judge links its sentences so, by their numbers from 0."""
    interview = talk(name, ["none"] * len(said), per_turn=len(said))
    ids = [unit.id for unit in interview.judged_units()]
    relations = tuple(
        Relation(
            from_unit=ids[at], to_unit=None if to is None else ids[to], kind=kind,
            probability=None, source="llm:m",
        )
        for at, (kind, to) in enumerate(said)
    )  # fmt: skip
    return interview.model_copy(update={"relations": relations})


def stated(interview: Interview, said: Said, **more: object) -> list[Label]:
    units = interview.judged_units()
    return [
        label(interview, at, relation=kind, parent=None if to is None else units[to].text, **more)
        for at, (kind, to) in enumerate(said)
    ]


def write(path: Path, labels: list[Label]) -> Path:
    path.write_text("".join(map(dump_line, labels)), encoding="utf8")
    return path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    said: Said = [("none", None), ("support", 0), ("attack", 0), ("support", 0), ("none", None)]
    return write_run(tmp_path / "run", [linked(said)])


GOLD: Said = [("none", None), ("support", 0), ("attack", 0), ("support", 1), ("attack", 2)]


def test_a_link_is_right_if_its_parent_is(run: Path, tmp_path: Path) -> None:
    interview = linked(GOLD)
    labels = stated(interview, GOLD)
    found = evaluate_run_links(write(tmp_path / "a.jsonl", labels), split="all", run=run, seed=1)
    assert (found.model, found.n_rows, found.n_unlabelled, found.n_left_out) == ("llm:m", 5, 0, 0)
    own = found.scores[0]
    assert own.figures["links_f1"].value == pytest.approx(2 * 2 / (3 + 4), abs=1e-4)
    assert own.figures["linked_accuracy"].value == 0.8
    assert own.figures["attack_f1"].value == pytest.approx(2 / 3, abs=1e-4)
    before = next(one for one in found.scores if one.name == "previous sentence")
    assert before.counts.linked == 4


def test_rows_without_a_relation_and_those_that_cannot_be_placed_are_counted_apart(
    run: Path, tmp_path: Path
) -> None:
    interview = linked(GOLD)
    labels = stated(interview, GOLD)
    labels[0] = labels[0].model_copy(update={"relation": None, "component": "claim"})
    labels[1] = labels[1].model_copy(update={"parent": "An earlier wording."})
    labels.append(labels[2].model_copy(update={"source": "human:ben", "relation": "support"}))
    labels.append(labels[3].model_copy(update={"source": "llm:m", "parent": "Not people's."}))
    found = evaluate_run_links(write(tmp_path / "a.jsonl", labels), split="all", run=run, seed=1)
    assert (found.n_rows, found.n_unlabelled, found.n_left_out) == (2, 1, 3)
    assert found.scores[0].counts.gold == 2


def test_a_run_without_links_is_refused(tmp_path: Path) -> None:
    interview = linked(GOLD)
    bare = write_run(tmp_path / "bare", [interview.model_copy(update={"relations": None})])
    file = write(tmp_path / "a.jsonl", stated(interview, GOLD))
    with pytest.raises(InputError, match="its judge does not link sentences"):
        evaluate_run_links(file, split="all", run=bare, seed=1)


def test_a_file_without_links_is_refused(run: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [label(linked(GOLD), 0, component="claim")])
    with pytest.raises(InputError, match="no row has a relation"):
        evaluate_run_links(file, split="all", run=run, seed=1)


def test_the_command_prints_a_table_or_json(
    westward: Command,  # noqa: F811
    run: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    write(tmp_path / "a.jsonl", stated(linked(GOLD), GOLD)[1:])
    done = westward("evaluate", "relations", "a.jsonl", "--run", "run")
    assert done.returncode == 0, done.stderr
    assert "relations: llm:m on a.jsonl, split all: 4 sentences, 1 document" in done.stdout
    assert [line.split()[0] for line in done.stdout.splitlines() if "[" in line] == [
        "llm:m", "previous", "nearest", "connectives",
    ]  # fmt: skip
    shown = json.loads(
        westward("evaluate", "relations", "a.jsonl", "--run", "run", "--json").stdout
    )
    assert shown["n_rows"] == 4
