"""Fourteen ways of marking speakers: every turn of our documents, whole, in its role."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from tests.turns.gold_documents import WAYS, Example

EXAMPLES = {
    f"{way}/{name}": example for way, examples in WAYS.items() for name, example in examples.items()
}


def _read(example: Example) -> Interview:
    source = read_bytes(example.text.encode(), name=f"a{example.suffix}")
    return build_interview(source, interview_id="x", settings=load_settings().segment)


def test_there_are_fourteen_ways() -> None:
    assert len(WAYS) == 14


@pytest.mark.parametrize("name", EXAMPLES)
def test_turns_are_those_of_gold(name: str) -> None:
    example = EXAMPLES[name]
    interview = _read(example)
    speakers = interview.speaker_by_id()
    found = [(speakers[turn.speaker_id].role[0], turn.text) for turn in interview.turns]
    assert found == [(role, text.replace("|", "\n\n")) for role, _, text in example.gold]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_speaker_of_gold_is_one_speaker(name: str) -> None:
    example = EXAMPLES[name]
    pairs = {
        (turn.speaker_id, person)
        for turn, (_, person, _) in zip(_read(example).turns, example.gold, strict=True)
    }
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def test_continuation_stamps_become_no_words_and_times_become_seconds() -> None:
    turns = _read(EXAMPLES["time-stamps/after-name"]).turns
    assert [turn.start_s for turn in turns] == [4.0, 11.0, 62.0, 67.0]
