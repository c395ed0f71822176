"""The sources of the page: a script that parses, and lines that a reviewer can read."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "pipeline" / "report"
PARTS = ("page", "corrections")
SCRIPTS = (*PARTS, "compare", "quotations")
SHORT = [f"{one}.{kind}" for one in PARTS for kind in ("css", "html", "js")]
MAX_LINE = 120


@pytest.mark.parametrize("name", [*SHORT, "compare.html", "compare.js", "quotations.js"])
def test_lines_are_short(name: str) -> None:
    lines = (SOURCES / name).read_text(encoding="utf8").splitlines()
    long = [number for number, line in enumerate(lines, 1) if len(line) > MAX_LINE]
    assert not long, f"{name}: lines {long} are longer than {MAX_LINE} characters"


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_parses(name: str) -> None:
    tree_sitter = pytest.importorskip("tree_sitter")
    grammar = pytest.importorskip("tree_sitter_javascript")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    script = (SOURCES / f"{name}.js").read_bytes()
    assert not parser.parse(script).root_node.has_error
    assert parser.parse(script.replace(b"}", b"", 1)).root_node.has_error
