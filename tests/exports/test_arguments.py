"""The argument of an interview in formats of argument graphs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest

from pipeline.errors import InputError
from pipeline.exports.argument_graph import dot_of, graph_of
from pipeline.exports.export import export
from pipeline.records import Interview
from tests.built import build
from tests.exports.conftest import write_run

EDGES = {("x.t002.u3", "x.t002.u2"), ("x.t005.u2", "x.t005.u1")}


@pytest.fixture
def interview() -> Interview:
    return build("x")


def test_the_graph_has_decided_links_and_every_claim(interview: Interview) -> None:
    graph = graph_of(interview)
    assert set(graph.edges) == EDGES
    assert graph.edges["x.t005.u2", "x.t005.u1"]["relation"] == "attack"
    assert "x.t002.u1" in graph  # bare
    assert "x.t002.u5" not in graph  # no part of the argument


def test_graphml_is_read_again_by_networkx(run: Path, tmp_path: Path) -> None:
    written = export(run, "graphml", out=tmp_path / "out")
    graph = nx.read_graphml(written / "x.graphml")
    assert set(graph.edges) == EDGES
    assert graph.nodes["x.t002.u2"]["text"] == "Brussels broke its word over the pipeline."


def test_a_link_is_a_node_in_aif(run: Path, tmp_path: Path) -> None:
    found = json.loads((export(run, "aif", out=tmp_path / "out") / "x.json").read_text("utf8"))
    kinds = {one["nodeID"]: one["type"] for one in found["nodes"]}
    steps = {(one["fromID"], one["toID"]) for one in found["edges"]}
    assert ("x.t002.u3", "x.t002.u3.RA") in steps
    assert ("x.t002.u3.RA", "x.t002.u2") in steps
    assert kinds["x.t005.u2.CA"] == "CA"
    assert all(name in kinds for step in steps for name in step)


def test_argdown_has_reasons_and_objections_under_claims(run: Path, tmp_path: Path) -> None:
    text = (export(run, "argdown", out=tmp_path / "out") / "x.argdown").read_text("utf8")
    assert (
        "[x.t002.u2]: Brussels broke its word over the pipeline.\n"
        "  + [x.t002.u3]: Moscow calls the sanctions a siege.\n"
    ) in text
    assert "  - [x.t005.u2]: They may" in text
    assert r"[x.t005.u1]: \=Washington" in text


@pytest.mark.parametrize("name", ["aif", "argdown", "graphml"])
def test_hostile_sentences_do_not_break_a_format(name: str, hostile: Path, tmp_path: Path) -> None:
    (path,) = export(hostile, name, out=tmp_path / "out").iterdir()
    if name == "graphml":
        assert len(nx.read_graphml(path)) == 4
    elif name == "aif":
        assert json.loads(path.read_text("utf8"))["nodes"]
    else:
        assert "\n#1 note" not in path.read_text("utf8")


def test_quotes_and_backslashes_stay_inside_a_label(interview: Interview) -> None:
    graph = graph_of(interview)
    graph.nodes["x.t002.u2"]["text"] = 'He said "no\\'
    assert r"He said \"no\\" in dot_of(graph)


def test_trees_are_drawn_in_the_order_in_which_they_are_said(interview: Interview) -> None:
    first = [line for line in dot_of(graph_of(interview)).splitlines() if '"" ->' in line]
    assert [line.split('"')[3] for line in first] == ["x.t002.u2", "x.t005.u1"]


def test_without_graphviz_the_error_says_what_to_install(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="Graphviz is not installed"):
        export(run, "svg", out=tmp_path / "out")


def test_a_fault_of_graphviz_is_an_error(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "dot")
    failed = subprocess.CompletedProcess([], 1, b"", b"out of paper")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(InputError, match="Graphviz failed on t: out of paper"):
        export(run, "svg", out=tmp_path / "out")


def test_a_run_without_relations_is_an_error(interview: Interview, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", interview.model_copy(update={"relations": None}))
    with pytest.raises(InputError, match="no interview has relations"):
        export(run, "aif", out=tmp_path / "out")


def test_an_interview_that_nobody_linked_has_no_graph_beside_one_that_has(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", build("a").model_copy(update={"relations": None}), build("b"))
    (path,) = export(run, "argdown", out=tmp_path / "out").iterdir()
    assert path.name == "b.argdown"
