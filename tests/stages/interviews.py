"""Small interviews of our own for the tests of stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.records import Interview, Speaker, Turn, Unit

HOST = Speaker(id="t.s0", role="interviewer")
GUEST = Speaker(id="t.s1", role="respondent", name="A guest", country="Utopia")


def interview_of(
    turns: Sequence[tuple[str, str, Sequence[str]]], *, guest: Speaker = GUEST, **layers: Any
) -> Interview:
    """Build an interview from ``(speaker: host or guest, kind, sentences)``.

    An answer answers the last question before it; sentences are joined by a space.
    """
    records: list[Turn] = []
    units: list[Unit] = []
    question: str | None = None
    for number, (speaker, kind, sentences) in enumerate(turns):
        turn_id = f"t.t{number}"
        records.append(
            Turn(
                id=turn_id,
                speaker_id=HOST.id if speaker == "host" else guest.id,
                kind=kind,  # type: ignore[arg-type]
                answers=question if kind == "answer" else None,
                text=" ".join(sentences),
            )
        )
        question = turn_id if kind == "question" else question
        start = 0
        for index, text in enumerate(sentences):
            unit_id = f"{turn_id}.u{index}"
            units.append(
                Unit(id=unit_id, turn_id=turn_id, start=start, end=start + len(text), text=text)
            )
            start += len(text) + 1
    return Interview(
        id="t", title="A test", sha256="0", source_format="txt", convention="labels",
        convention_confidence=1.0, speakers=(HOST, guest), turns=tuple(records),
        units=tuple(units), **{"entities": (), "attributions": (), **layers},
    )  # fmt: skip
