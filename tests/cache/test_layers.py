"""Layers that were kept: found by all that they depend on, and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.cache.layers import KeptInterview
from pipeline.cache.shelf import Missing, Shelf, StoreShelf
from pipeline.cache.store import Store
from pipeline.records import Claim, Interview, Unit
from tests.stages.interviews import interview_of

TALK = interview_of([("host", "question", ["Why?"]), ("guest", "answer", ["It rained."])])
BARE = TALK.model_copy(update={"units": None, "entities": None, "attributions": None})


class Units:
    """Returns the units of the talk, and counts how often."""

    name = "segment"
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ("units",)

    def __init__(self, *stated: str) -> None:
        self.fingerprint = stated or None
        self.calls = 0

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Unit, ...]]:
        """Return the units."""
        self.calls += 1
        return {"units": TALK.units or ()}


class Claims(Units):
    """Judges each unit a premise; fails if it is shown more than it requires."""

    name = "claims"
    requires = ("units",)
    provides = ("claims",)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the claims."""
        self.calls += 1
        assert interview.units
        assert interview.stances is None
        shares = {"premise": 0.1 + 0.2, "none": 1e-17}
        return {
            "claims": tuple(
                Claim(unit_id=one.id, component="premise", kind=None, probability=0.1 + 0.2,
                      probabilities=shares, source="model:test@1")
                for one in interview.units
            )
        }  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path)


def annotated(shelf: Shelf, *stages: Units, interview: Interview = BARE) -> Interview:
    """Apply the stages."""
    kept = KeptInterview(interview, shelf)
    for stage in stages:
        kept.apply(stage)
    return kept.interview


def test_kept_layers_are_equal_to_computed_ones(store: Store) -> None:
    stages = Units("a"), Claims("b")
    first = annotated(StoreShelf(store), *stages)
    again = annotated(StoreShelf(store), *stages)
    assert [one.calls for one in stages] == [1, 1]
    assert again == first == annotated(Shelf(), *stages)
    assert again.model_dump_json() == first.model_dump_json()


@pytest.mark.parametrize(
    ("change", "expected"),
    [(("a", "c"), (0, 1)), (("c", "b"), (1, 1)), (("a", "b"), (0, 0))],
)
def test_a_change_redoes_the_stage_and_those_that_require_it(
    change: tuple[str, str], expected: tuple[int, int], store: Store
) -> None:
    annotated(StoreShelf(store), Units("a"), Claims("b"))
    stages = Units(change[0]), Claims(change[1])
    annotated(StoreShelf(store), *stages)
    assert tuple(one.calls for one in stages) == expected


def test_another_interview_is_computed(store: Store) -> None:
    annotated(StoreShelf(store), Units("a"))
    stage = Units("a")
    annotated(StoreShelf(store), stage, interview=BARE.model_copy(update={"date": "2020"}))
    assert stage.calls == 1


def test_a_stage_that_states_nothing_is_not_kept_and_decides_what_follows(store: Store) -> None:
    unstated, claims = Units(), Claims("b")
    for _ in range(2):
        annotated(StoreShelf(store), unstated, claims)
    assert (unstated.calls, claims.calls) == (2, 1)


def test_reading_alone_computes_nothing(store: Store) -> None:
    annotated(StoreShelf(store), Units("a"))
    shelf = StoreShelf(store, only_read=True)
    with pytest.raises(Missing):
        annotated(shelf, Units("a"), Claims("b"))
    assert len(shelf.found) == 1
    with pytest.raises(Missing):
        annotated(StoreShelf(store, only_read=True), Units())


def test_a_layer_that_an_interview_came_with_need_not_be_kept(store: Store) -> None:
    given = BARE.model_copy(update={"units": TALK.units})
    first = annotated(StoreShelf(store), Claims("b"), interview=given)
    again = annotated(StoreShelf(store), stage := Claims("b"), interview=given)
    assert first.claims
    assert again == first
    assert stage.calls == 0


def test_who_a_speaker_is_elsewhere_and_own_columns_change_no_key(store: Store) -> None:
    stage = Units("a")
    annotated(StoreShelf(store), stage)
    own = {"fields": {"party": "Left"}, "person": "Ana North"}
    speakers = tuple(one.model_copy(update=own) for one in BARE.speakers)
    other = BARE.model_copy(update={"speakers": speakers, "fields": {"wave": "2"}})
    again = annotated(StoreShelf(store), stage, interview=other)
    assert stage.calls == 1
    assert (again.units, again.speakers[0].person) == (TALK.units, "Ana North")
