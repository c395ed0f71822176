"""SVG: linked sentences as a picture, drawn by Graphviz; a file an interview."""

from __future__ import annotations

import shutil
import subprocess  # nosec B404: Graphviz is a program
from pathlib import Path

from pipeline.errors import InputError
from pipeline.exports.argument_graph import dot_of, graphs, place
from pipeline.exports.source import Source

PROGRAM = "dot"
_SECONDS = 120


def write(source: Source, path: Path) -> None:
    """Write a picture an interview.

    Raises:
        InputError: Graphviz is not installed, or cannot draw a graph.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise InputError(
            "--to svg: Graphviz is not installed; expected its program dot; install it "
            "(apt install graphviz, brew install graphviz), or export to graphml"
        )
    for interview, graph in graphs(source):
        done = subprocess.run(  # nosec B603: the program found above, no shell
            [program, "-Tsvg"],
            input=dot_of(graph).encode("utf8"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode("utf8", "replace").strip()
            raise InputError(f"--to svg: Graphviz failed on {interview.id}: {said}")
        place(path, interview, ".svg").write_bytes(done.stdout)
