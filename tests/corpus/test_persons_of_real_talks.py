"""Persons who speak in several real transcripts are one each; skips without the research data."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.config import SegmentSettings
from pipeline.corpus.add import add_transcript
from pipeline.corpus.check import propose_persons
from pipeline.corpus.persons import merge, open_register
from pipeline.corpus.register import who_is
from pipeline.records import Interview, Speaker

pytestmark = pytest.mark.slow
DOCUMENTS = [
    *(f"k{number:02}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12)),
    *(f"w{number:02}" for number in (2, 4, 5, 6, 7, 8)),
    *("ga05", "ga06", "ga07"),
]
TIMES = {"Vladimir Putin": 11, "Joe Biden": 5, "Donald Trump": 3, "Angela Merkel": 1}
MOST_MERGES = 3


def people(talks: list[Interview], corpus: Path) -> list[tuple[Speaker, str | None]]:
    """The respondents of all talks, and who each is by the register as it is now."""
    register, actors = open_register(corpus), load_actors()
    return [
        (speaker, who_is(speaker, register, actors, date=talk.date).name)
        for talk in talks
        for speaker in talk.speakers
        if speaker.role == "respondent"
    ]


def test_a_person_is_one_in_twenty_talks(
    shared: Path, tmp_path: Path, settings: SegmentSettings
) -> None:
    talks = []
    for name in DOCUMENTS:
        (path,) = (shared / "corpus" / "transcripts").glob(f"{name}.*")
        added = add_transcript(path, corpus=tmp_path, metadata={}, settings=settings)
        talks.append(added.interview)
    pairs = propose_persons(tmp_path, talks)
    assert len(pairs) <= MOST_MERGES
    for pair in pairs:
        merge(tmp_path, pair.keep.name, pair.other.name)
    found = people(talks, tmp_path)
    named = [name for _, name in found]
    assert {name: named.count(name) for name in TIMES} == TIMES
    families = tuple(name.split()[-1] for name in TIMES)
    assert {name for name in named if name and name.endswith(families)} == set(TIMES)
    assert None not in named
