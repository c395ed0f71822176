"""Sentences of our own: each pronoun and nominal means what is marked, by its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from pipeline.stage import apply
from pipeline.stages.entities import Entities
from tests.references.conftest import answered

SENTENCES = Path(__file__).with_name("own_sentences.txt")
WHO = re.compile(r"\[(\w+=.*)\]")
MARK = re.compile(r"\[([^\]]*)\]\{([^}]*)\}")


def lines() -> Iterator[ParameterSet]:
    """Yield the marked sentences, each with who says it."""
    who: dict[str, str] = {}
    for line in SENTENCES.read_text(encoding="utf8").splitlines():
        if not line or line.startswith("#"):
            continue
        if (told := WHO.fullmatch(line)) is not None:
            who = dict(pair.split("=", 1) for pair in told[1].split("; "))
            continue
        wrong = [pytest.mark.xfail(strict=True)] if line.startswith("? ") else []
        yield pytest.param(who, line.removeprefix("? "), marks=wrong, id=MARK.sub(r"\1", line)[:40])


def unmark(line: str) -> tuple[str, dict[tuple[int, int], set[str]]]:
    """Return the text of a marked sentence, and the actors by the span of the words."""
    text, meant, end = "", {}, 0
    for match in MARK.finditer(line):
        text += line[end : match.start()]
        span = len(text), len(text) + len(match[1])
        text += match[1]
        meant[span] = {name for name in match[2].split(" + ") if name}
        end = match.end()
    return text + line[end:], meant


@pytest.mark.parametrize(("who", "line"), list(lines()))
def test_words_mean_the_actors_marked(
    entities_stage: Entities, who: dict[str, str], line: str
) -> None:
    text, meant = unmark(line)
    found = {
        (entity.start, entity.end): set(entity.actors)
        for entity in apply(entities_stage, answered(text, **who)).entities or ()
        if entity.turn_id == "t2"
    }
    assert {span: found.get(span, set()) for span in meant} == meant


def test_there_are_sentences_enough_to_tell() -> None:
    text = SENTENCES.read_text(encoding="utf8")
    assert len(MARK.findall(text)) > 100
