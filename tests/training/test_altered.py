"""Other casts of a talk: who speaks changes, and what is said in which role does not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pipeline.records import Role
from pipeline.turns.labels import Label
from pipeline.turns.segments import Part, Segment
from training.altered import Talk, recast

PANEL, BENCH, HOSTS, REPORT = range(4)


def _talk(name: str, people: Sequence[str]) -> Talk:
    asker, answerer = people
    turns: list[tuple[Segment, Role]] = []
    for number in range(12):
        for who, role, text in (
            (asker, "interviewer", f"Now to matter {number}. Who pays for it?"),
            (answerer, "respondent", f"We pay for {number}, I think."),
        ):
            label = Label(raw=who, name=who, core=(who,))
            turns.append((Segment(label.core, (label,), (Part(text=text, line=1),)), role))  # type: ignore[arg-type]
    return Talk(name, name, tuple(s for s, _ in turns), tuple(r for _, r in turns))


TALK = _talk("one", ("ada", "ben"))
OTHERS = [_talk(f"other{n}", (f"asker{n}", f"answerer{n}")) for n in range(9)]


def _voices(talk: Talk, role: Role) -> set[tuple[str, ...]]:
    return {s.key for s, own in zip(talk.segments, talk.roles, strict=True) if own == role}


@pytest.mark.parametrize("seed", range(3))
def test_a_voice_becomes_several_and_keeps_its_role(seed: int) -> None:
    copies = list(recast(TALK, OTHERS, random.Random(seed)))
    assert _voices(copies[PANEL], "interviewer") == {("ada",)}
    assert len(_voices(copies[PANEL], "respondent")) > 1
    assert len(_voices(copies[BENCH], "interviewer")) > 1
    assert len(_voices(copies[HOSTS], "interviewer")) == 2
    assert _voices(copies[HOSTS], "respondent") == {("ben",)}


@pytest.mark.parametrize("seed", range(3))
def test_the_voices_of_a_report_take_no_part(seed: int) -> None:
    copy = list(recast(TALK, OTHERS, random.Random(seed)))[REPORT]
    others = _voices(copy, "other")
    assert len(others) > 1
    assert others.isdisjoint({("ada",), ("ben",)})


def test_two_hosts_say_the_words_of_one() -> None:
    copy = list(recast(TALK, OTHERS, random.Random(4)))[HOSTS]
    said = " ".join(s.text for s in copy.segments)
    assert " ".join(said.split()) in " ".join(" ".join(s.text for s in TALK.segments).split())
