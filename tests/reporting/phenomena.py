"""Marked-up sentences by phenomenon, and how many of them the attributed stances get right.

Run ``python -m tests.reporting.phenomena``: it prints the score of each phenomenon, and each sentence
that went wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.records import Interview, Speaker, Stance, Turn, Unit
from tests.marked import Mark, read_marked
from training.attribution.stages import AttributionJudge

SENTENCES = Path(__file__).parent / "phenomena.txt"
_SIDES = {"+": "favor", "-": "against"}
_SMALL = frozenset({"the", "a", "an", "in", "of", "my", "many"})


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the holders marked in it, the side of each, and what was said before."""

    phenomenon: str
    before: str
    text: str
    holders: tuple[Mark, ...]
    sides: tuple[str, ...]


def read_cases(path: Path = SENTENCES) -> Iterator[Case]:
    """Read the sentences.

    Raises:
        ValueError: a line has no bar, or sides and holders do not fit.
    """
    phenomenon = ""
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        if line.startswith("## "):
            phenomenon = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            sign, bar, marked = line.partition(" | ")
            before, _, last = marked.rpartition(" >> ")
            text, marks = read_marked(last)
            holders = tuple(mark for mark in marks if mark.name == "holder")
            sides = tuple(_SIDES[sign] for _ in holders) if sign in _SIDES else ()
            if (
                not bar
                or len(sides) != len(holders)
                or (sign in _SIDES) != bool(holders)
                or sign not in (*_SIDES, ".")
            ):
                raise ValueError(f"{path.name}:{number}: sides and holders do not fit: {line!r}")
            yield Case(phenomenon, read_marked(before)[0], text, holders, sides)


@lru_cache(maxsize=1)
def judge() -> AttributionJudge:
    """The stages, loaded once."""
    return AttributionJudge.load()


def stances_of(case: Case) -> list[Stance]:
    """The attributed stances that are found in a sentence."""
    asks = case.before.endswith("?") or case.before.startswith(("You ", "The question"))
    text = case.text if asks or not case.before else f"{case.before} {case.text}"
    start = len(text) - len(case.text)
    interview = Interview(
        id="t",
        title="A test",
        sha256="0" * 64,
        source_format="txt",
        convention="labels",
        convention_confidence=1.0,
        speakers=(
            Speaker(id="q", role="interviewer"),
            Speaker(id="s", role="respondent", affiliation="scholar", country="CH"),
        ),
        turns=(
            Turn(id="t1", speaker_id="q", kind="question", text=case.before if asks else "And?"),
            Turn(id="t2", speaker_id="s", kind="answer", answers="t1", text=text),
        ),
        units=(Unit(id="t2.u1", turn_id="t2", start=start, end=len(text), text=case.text),),
    )
    return list(judge().judge(interview))


def is_right(case: Case, stances: list[Stance]) -> bool:
    """Tell whether exactly the marked holders were found, each on its side."""
    found = {(f"{one.holder} {one.evidence[0].text}", one.polarity) for one in stances}
    wanted = [(mark.text, side) for mark, side in zip(case.holders, case.sides, strict=True)]
    every = all(any(_same(a, b) and c == d for b, d in found) for a, c in wanted)
    only = all(any(_same(a, b) and c == d for a, c in wanted) for b, d in found)
    return every and only


def scores() -> dict[str, tuple[int, int]]:
    """Right sentences and all sentences of each phenomenon."""
    counts: dict[str, tuple[int, int]] = {}
    for case in read_cases():
        right, total = counts.get(case.phenomenon, (0, 0))
        counts[case.phenomenon] = right + is_right(case, stances_of(case)), total + 1
    return counts


def _same(one: str, other: str) -> bool:
    named = {name for mention in judge().actors.mentions(one) for name in mention.actors}
    return bool(_words(one) & _words(other)) or any(name in other for name in named)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _SMALL


if __name__ == "__main__":
    for one in read_cases():
        given = stances_of(one)
        if not is_right(one, given):
            named = [(s.holder, s.polarity, round(s.probability, 2)) for s in given]
            sys.stdout.write(f"  {one.phenomenon}: {one.text} {named}\n")
    for name, (hits, every) in scores().items():
        sys.stdout.write(f"{name}: {hits} of {every}\n")
