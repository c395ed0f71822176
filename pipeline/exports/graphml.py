"""GraphML: the argument of an interview for Gephi, yEd, igraph, networkx; a file an interview."""

from __future__ import annotations

from pathlib import Path

from pipeline.exports.argument_graph import graphs, place
from pipeline.exports.source import Source


def write(source: Source, path: Path) -> None:
    """Write a graph an interview."""
    import networkx as nx

    for interview, graph in graphs(source):
        nx.write_graphml_xml(graph, place(path, interview, ".graphml"))
