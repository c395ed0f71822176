"""Labels of people on runs built by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.labels.files import append_labels, coder_file
from pipeline.records import Interview, Label
from tests.coding.runs import label


def drawn(interview: Interview, number: int, *, coder: str, **answers: object) -> Label:
    """Return a label of a sample that has every judged sentence of an interview."""
    of_all = f"all ({len(interview.judged_units())} units)"
    sample = {"source": f"human:{coder}", "weight": 1.0, "stratum": of_all}
    return label(interview, number, **{**sample, **answers})


def code(
    run: Path, interview: Interview, sides: Sequence[str], *, coder: str, leave_out: int = 0
) -> None:
    """Code the judged sentences of an interview but the first as a sample: own stance on NATO."""
    labels = [
        drawn(interview, n, coder=coder, west=side, target=None if side == "none" else "NATO")
        for n, side in list(enumerate(sides))[leave_out:]
    ]
    append_labels(coder_file(run, coder), labels)
