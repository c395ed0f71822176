"""Runs built by hand: interviews of short sentences, judged by a judge of our choice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.records import Claim, Entity, Interview, Label, Stance
from pipeline.runs.jsonl import dump_line
from tests.stages.interviews import interview_of

SOURCE = "model:test@1"
MANIFEST = {
    "versions": {"westward": "test"},
    "settings": {
        "bloc": {"name": "west-broad"},
        "tables": {"encoding": "utf-8"},
        "targets": {"inferred": "exclude"},
    },
    "outputs": {},
}


def talk(name: str, sides: Sequence[str], *, per_turn: int = 2, **changes: object) -> Interview:
    """Build an interview with one sentence a side, which is what the judge says of it."""
    turns: list[tuple[str, str, Sequence[str]]] = []
    for start in range(0, len(sides), per_turn):
        part = range(start, min(start + per_turn, len(sides)))
        turns.append(("host", "question", [f"And what of case {start}?"]))
        turns.append(("guest", "answer", [f"NATO keeps case {n}." for n in part]))
    bare = interview_of(turns)
    text = bare.model_dump_json().replace('"t.', f'"{name}.').replace('"t"', f'"{name}"')
    interview = Interview.model_validate_json(text)
    judged = interview.judged_units()
    stances = [
        Stance(
            unit_id=unit.id, holder=f"{name}.s1", voice="own", target_text="NATO", target_actor="NATO",
            polarity=side, probability=None, probabilities={}, source=SOURCE,
        )
        for unit, side in zip(judged, sides, strict=True)
        if side != "none"
    ]  # fmt: skip
    claims = [
        Claim(
            unit_id=unit.id, component="claim", kind="fact", probability=None, probabilities={},
            source=SOURCE,
        )
        for unit in judged
    ]  # fmt: skip
    entities = [
        Entity(
            id=f"{unit.id}.e", turn_id=unit.turn_id, start=unit.start, end=unit.start + 4, text="NATO",
            label="ORG", actors=("NATO",), blocs=("nato",), via="name",
        )
        for unit in judged
    ]  # fmt: skip
    layers = {"stances": tuple(stances), "claims": tuple(claims), "entities": tuple(entities)}
    return interview.model_copy(update={"sha256": f"hash of {name}", **layers, **changes})


def write_run(folder: Path, interviews: Sequence[Interview]) -> Path:
    """Write the part of a run that coding reads."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotated.jsonl").write_text("".join(map(dump_line, interviews)), encoding="utf8")
    (folder / "run.json").write_text(json.dumps(MANIFEST), encoding="utf8")
    return folder


def label(interview: Interview, number: int, **answers: object) -> Label:
    """Return a person's label of the interview's n-th judged sentence."""
    unit = interview.judged_units()[number]
    return Label.model_validate({
        "doc": interview.id, "text": unit.text, "unit_id": unit.id, "turn_id": unit.turn_id,
        "start": unit.start, "end": unit.end, "sha256": interview.sha256, "source": "human:anna",
        **answers,
    })  # fmt: skip
