"""The argument of an interview as a graph: one networkx graph for all formats of arguments.

A node is a sentence of a respondent that is a decided claim or premise, or in a decided link; an
edge runs from a reason or objection to what it supports or attacks.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.exports.source import Source
from pipeline.exports.text import inert
from pipeline.records import Interview
from pipeline.tables.arguments import Arguments
from pipeline.tables.identity import speaker_name
from pipeline.tables.lookup import Lookup

Graph = Any
"""A ``networkx.DiGraph`` of unit ids; networkx has no types."""
_WIDTH = 44
"""Characters of a line in a drawn node."""


def graphs(source: Source) -> Iterator[tuple[Interview, Graph]]:
    """Yield the interviews whose sentences were linked, each with its graph.

    Raises:
        InputError: there is none: whoever judged them links no sentences.
    """
    linked = False
    for interview in source.interviews():
        if interview.relations is not None:
            linked = True
            yield interview, graph_of(interview)
    if not linked:
        raise InputError(
            f"{source.run}: no interview has relations; expected a run judged by a language model, "
            "or sentences coded with `westward code --relations`"
        )


def graph_of(interview: Interview) -> Graph:
    """Return the graph of an interview; nodes are in the order of the sentences.

    A node has ``text``, ``component``, ``kind``, ``speaker``, ``turn`` and ``stance``; an edge has
    ``relation``, and ``probability`` where the judge states one.
    """
    import networkx as nx

    lookup = Lookup(interview)
    links = Arguments(lookup).links
    linked = {name for one in links for name in (one.from_unit, one.to_unit)}
    graph: Graph = nx.DiGraph(title=inert(interview.title))
    for unit in lookup.coded_units():
        claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
        decided = claim is not None and not claim.abstained and claim.component != "none"
        if claim and (decided or unit.id in linked):
            graph.add_node(
                unit.id,
                text=" ".join(inert(unit.text).split()),
                component=claim.component,
                kind=claim.kind or "",
                speaker=inert(speaker_name(lookup.speaker_of(unit))),
                turn=unit.turn_id,
                stance=own.polarity if own and not own.abstained else "",
            )
    for one in links:
        if one.from_unit in graph and one.to_unit in graph:
            sure = {} if one.probability is None else {"probability": one.probability}
            graph.add_edge(one.from_unit, one.to_unit, relation=one.kind, **sure)
    return graph


def dot_of(graph: Graph) -> str:
    """Return the linked sentences of a graph in Graphviz's language.

    Claims are boxes, premises rounded; reasons are green and solid, objections red and dashed. The
    arrow leads to what is argued for, on the left; sentences are in order from the top.
    """
    lines = [
        "digraph arguments {",
        "  rankdir=LR; ordering=out; nodesep=0.2; ranksep=0.6;",
        '  node [fontname="Helvetica", fontsize=11, shape=box, color="#4a6785"];',
        '  edge [fontname="Helvetica", fontsize=10];',
        '  "" [shape=point, style=invis];',  # it has the first of each tree in their order
    ]
    for name, node in graph.nodes.items():
        if graph.degree(name):
            style = "solid" if node["component"] == "claim" else "rounded"
            speaker = _quoted(node["speaker"])
            lines.append(
                f"  {_quoted(name)} [label={_label(node)}, style={style}, tooltip={speaker}];"
            )
            if not graph.out_degree(name):
                lines.append(f'  "" -> {_quoted(name)} [style=invis];')
    for child, parent, edge in graph.edges(data=True):
        support = edge["relation"] == "support"
        shown = 'color="#2e7d32"' if support else 'color="#c62828", style=dashed'
        label = "" if support else ', label="against", fontcolor="#c62828"'
        lines.append(f"  {_quoted(parent)} -> {_quoted(child)} [dir=back, {shown}{label}];")
    return "\n".join([*lines, "}", ""])


def _label(node: dict[str, Any]) -> str:
    lines = textwrap.wrap(node["text"], _WIDTH)
    return '"' + "\\n".join(_escaped(line) for line in lines) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def place(folder: Path, interview: Interview, suffix: str) -> Path:
    """Return the file of an interview in a folder."""
    return folder / f"{interview.id}{suffix}"
