"""Scoring references: equal sets, and what was not annotated is wrong."""

from __future__ import annotations

from typing import Any

from pipeline.actors import load_actors
from pipeline.records import Entity, Interview, Speaker, Turn
from training.references.score import Case, score_references

TEXT = "We know it."
WE = {"start": 0, "end": 2, "text": "We", "actors": ["France"]}
IT = {"start": 8, "end": 10, "text": "it", "actors": ["Iran"]}


def entity(start: int, end: int, *actors: str) -> Entity:
    return Entity(
        id=f"e{start}", turn_id="t2", start=start, end=end, text=TEXT[start:end], label=None,
        actors=actors, blocs=(), via="pronoun",
    )  # fmt: skip


def figures(gold: list[dict[str, Any]], *found: Entity) -> dict[str, float]:
    interview = Interview(
        id="k01", title="A test", sha256="0" * 64, source_format="txt", convention="labels",
        convention_confidence=1.0, speakers=(Speaker(id="s1", role="respondent"),),
        turns=(Turn(id="t2", speaker_id="s1", kind="answer", text=TEXT),),
    )  # fmt: skip
    case = Case({"id": "k01:1", "text": TEXT, "references": gold}, interview, 0)
    return score_references([case], lambda _: found, load_actors()).figures()


def test_we_is_right_where_the_sets_are_equal() -> None:
    assert figures([WE], entity(0, 2, "France"))["we"] == 1.0
    assert figures([WE], entity(0, 2, "France", "Iran"))["we"] == 0.0
    assert figures([WE])["we"] == 0.0


def test_an_actor_for_a_generic_we_is_wrong() -> None:
    generic = WE | {"actors": []}
    assert figures([generic], entity(0, 2, "France"))["we"] == 0.0
    assert figures([generic], entity(0, 2))["we"] == 1.0


def test_the_rest_is_judged_where_resolved() -> None:
    scores = figures([WE, IT], entity(0, 2, "France"))
    assert (scores["rest"], scores["resolved"]) == (0.0, 0.0)
    scores = figures([WE, IT], entity(8, 10, "Iran"))
    assert (scores["rest"], scores["resolved"]) == (1.0, 1.0)


def test_what_was_not_annotated_is_wrong() -> None:
    assert figures([WE], entity(8, 10, "Iran"))["rest"] == 0.0
