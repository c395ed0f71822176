"""The train half of the plain cases as rows for fitting; the test half is only scored."""

from __future__ import annotations

from typing import Any

from pipeline.evaluate.cases import Case, read_cases


def plain_records() -> list[dict[str, Any]]:
    """Return rows in the form of interviews.jsonl; each template is a document."""
    return [_record(case) for case in read_cases("train")]


def _record(case: Case) -> dict[str, Any]:
    return {
        "id": f"plain:{case.id}",
        "split": "train",
        "doc": f"plain-{case.id.rpartition('-')[0]}",
        "question": case.question,
        "text": case.text,
        "context_before": case.before,
        "context_after": case.after,
        "component": case.component,
        "kind": case.kind_of_claim,
        "west": case.west,
        "target": case.target,
        "implicit_target": case.implicit_target,
        "attributed": [{"holder": who, "stance": stance} for who, stance in case.attributed],
    }
