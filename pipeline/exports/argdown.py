"""Argdown: claims as an indented list, with reasons (+) and objections (-) under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.exports.argument_graph import Graph, graphs, place
from pipeline.exports.source import Source

_SIGNS = {"support": "+", "attack": "-"}
_SPECIAL = re.compile(r"([\\\[\]<>{}#@*_:/+\-=|`~$^])")


def write(source: Source, path: Path) -> None:
    """Write a document an interview."""
    for interview, graph in graphs(source):
        roots = [name for name in graph if not graph.out_degree(name)]
        heads = [f"===\ntitle: {_title(interview.title)}\n===\n"]
        parts = ("\n".join(_lines(graph, root, "", "")) + "\n" for root in roots)
        text = "\n".join([*heads, *parts])
        place(path, interview, ".argdown").write_text(text, encoding="utf8", newline="\n")


def _lines(graph: Graph, name: str, indent: str, sign: str) -> Iterator[str]:
    """Yield a sentence, and those that support or attack it, two blanks further in."""
    text = _SPECIAL.sub(r"\\\1", graph.nodes[name]["text"])
    yield f"{indent}{sign}[{name}]: {text}"
    for below in graph.predecessors(name):
        relation = graph.edges[below, name]["relation"]
        yield from _lines(graph, below, f"{indent}  ", f"{_SIGNS[relation]} ")


def _title(title: str) -> str:
    """Return a title as a quoted YAML scalar."""
    words = " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(letter for letter in words if letter.isprintable())}"'
