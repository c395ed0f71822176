"""Two small runs on disk: one of odd characters, and one of hostile content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.records import (
    Claim,
    Entity,
    Interview,
    Relation,
    RelationKind,
    Speaker,
    Stance,
    Turn,
    Unit,
)
from pipeline.runs.folder import write_manifest
from pipeline.runs.jsonl import dump_line
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build

ODD = (
    "NATO 🛡️ kept the peace in Mu\u0308nster.",
    "The café\r\nbelongs to 🇪🇺 Europe.",
    "Moscow 🐻 calls the\nsanctions a siege.",
)
HOSTILE = (
    "<script>alert(1)</script> & NATO ]]> said so.",
    '=HYPERLINK("http://x") is what NATO means.',
    "A bell\x07 and an escape\x1b[31m, and \x00 nothing, of NATO.",
    "\tT1\tclaim 0 4\tNATO\n#1 note\n-DOCSTART- -X- O O",
)


MANIFEST = {
    "versions": {"westward": "test"},
    "settings": load_settings().model_dump(mode="json"),
    "bloc": {"definitions": [{"name": "west-broad", "description": "States"}]},
    "models": [],
    "totals": dict.fromkeys(("transcripts", "annotated", "failed", "not_judged"), 0),
    "warnings": [],
}


def _claim(unit: str, component: str = "claim", kind: str | None = "fact") -> Claim:
    return Claim.model_validate({
        "unit_id": unit, "component": component, "kind": kind, "probability": 0.8,
        "probabilities": {component: 0.8}, "source": "model:claims@test",
    })  # fmt: skip


def _relation(unit: str, parent: str, kind: RelationKind) -> Relation:
    return Relation(from_unit=unit, to_unit=parent, kind=kind, probability=0.8, source="llm:r")


def _stance(unit: str, polarity: str, **given: object) -> Stance:
    return Stance.model_validate({
        "unit_id": unit, "holder": "t.s2", "voice": "own", "target_text": None,
        "target_actor": "NATO", "polarity": polarity, "probability": 0.7,
        "probabilities": {polarity: 0.7}, "source": "model:stance@test", **given,
    })  # fmt: skip


def talk(sentences: Iterable[str], *, name: str = "Analyst", title: str = "A talk") -> Interview:
    """An interview of one question and one answer, whose sentences are joined by a line break."""
    units, text = [], ""
    for number, sentence in enumerate(sentences, start=1):
        text += "\r\n" if text else ""
        units.append(Unit(
            id=f"t.t2.u{number}", turn_id="t.t2", start=len(text), end=len(text) + len(sentence),
            text=sentence,
        ))  # fmt: skip
        text += sentence
    at = text.index("NATO")
    return Interview(
        id="t", title=title, date="2024-05-02", sha256="f" * 64, source_format="txt",
        convention="labels", convention_confidence=1.0,
        speakers=(Speaker(id="t.s1", name="Host", role="interviewer"),
                  Speaker(id="t.s2", name=name, role="respondent", affiliation="An institute")),
        turns=(Turn(id="t.t1", speaker_id="t.s1", kind="question", text="Why?"),
               Turn(id="t.t2", speaker_id="t.s2", kind="answer", answers="t.t1", text=text)),
        units=tuple(units),
        entities=(Entity(id="t.e1", turn_id="t.t2", start=at, end=at + 4, text="NATO", label="ORG",
                         actors=("NATO",), blocs=("nato",), via="name"),),
        claims=tuple(_claim(unit.id) for unit in units),
        relations=(_relation(units[1].id, units[0].id, "support"),
                   _relation(units[2].id, units[1].id, "attack")),
        attributions=(),
        stances=(_stance(units[0].id, "favor", target_text="NATO"),
                 _stance(units[1].id, "against", abstained=True),
                 _stance(units[2].id, "neutral", holder="Russia; \"bear\"", voice="attributed")),
    )  # fmt: skip


def write_run(folder: Path, *interviews: Interview, tables: bool = False) -> Path:
    """Write interviews as a run does: records, manifest, and tables where they are wanted."""
    folder.mkdir()
    if tables:
        writer = TableWriter(folder / "tables", duplicates="include")
        for interview in interviews:
            writer.append(interview_rows(interview))
        writer.finish()
    lines = "".join(map(dump_line, interviews))
    (folder / "annotated.jsonl").write_text(lines, encoding="utf8", newline="\n")
    write_manifest(folder, MANIFEST)
    return folder


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of emoji, combining marks and CRLF, with a second, plain interview."""
    return write_run(tmp_path_factory.mktemp("runs") / "odd", talk(ODD), build("x"), tables=True)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with markup, formulas and control characters in its title, names and sentences."""
    name = "=cmd|' /C calc'!A0 <b>\x08"
    interview = talk(HOSTILE, name=name, title='<img src=x onerror=alert(1)>\x0c & "more"')
    return write_run(tmp_path_factory.mktemp("runs") / "hostile", interview, tables=True)
