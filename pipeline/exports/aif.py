"""Argument Interchange Format: JSON of AIFdb and OVA, a file an interview.

Sentences are information nodes (I); each link is a node of its own, inference (RA) or conflict
(CA), between the reason and what it is a reason for (Chesñevar et al. 2006).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.exports.argument_graph import Graph, graphs, place
from pipeline.exports.source import Source

_SCHEMES = {
    "support": ("RA", "Default Inference", "72"),
    "attack": ("CA", "Default Conflict", "71"),
}
"""Type, name and number in AIFdb of a link's scheme."""


def write(source: Source, path: Path) -> None:
    """Write a graph an interview."""
    for interview, graph in graphs(source):
        text = json.dumps(_document(graph), ensure_ascii=False, indent=1)
        place(path, interview, ".json").write_text(f"{text}\n", encoding="utf8", newline="\n")


def _document(graph: Graph) -> dict[str, Any]:
    nodes: list[dict[str, str]] = [
        {"nodeID": name, "text": node["text"], "type": "I"} for name, node in graph.nodes.items()
    ]
    edges: list[dict[str, str | None]] = []
    for child, parent, edge in graph.edges(data=True):
        kind, scheme, number = _SCHEMES[edge["relation"]]
        link = f"{child}.{kind}"
        nodes.append({"nodeID": link, "text": scheme, "type": kind, "schemeID": number})
        for start, end in ((child, link), (link, parent)):
            edges.append(
                {"edgeID": f"{start}>{end}", "fromID": start, "toID": end, "formEdgeID": None}
            )
    return {"nodes": nodes, "edges": edges, "locutions": []}
