"""Interviews of any number and length, recombined from questions and answers of the samples."""

from __future__ import annotations

import json
import random
from functools import lru_cache
from pathlib import Path

from pipeline.config import load_settings
from pipeline.corpus.inputs import find_inputs, understand_file

SAMPLES = Path(__file__).parent.parent / "corpus"
WORDS = 1500
"""Words of an interview, as in the samples."""
SEED = 1729
_LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")
"""For the name of a guest, since a label with digits is no name."""


@lru_cache(maxsize=1)
def exchanges() -> tuple[tuple[str, str], ...]:
    """Return the questions of the samples, each with its answer."""
    found = []
    for one in find_inputs([SAMPLES]).transcripts:
        interview = understand_file(
            one.path,
            interview_id=one.id,
            metadata=one.metadata,
            settings=load_settings().segment,
        ).interview
        turns = interview.turn_by_id()
        found += [(turns[turn.answers].text, turn.text) for turn in interview.turns if turn.answers]
    return tuple(found)


def write_interviews(folder: Path, number: int, *, first: int = 0, words: int = WORDS) -> int:
    """Write interviews and their index; return the words in them.

    An interview depends on its number and length alone, so that a larger folder has the same ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    with (folder / "index.jsonl").open("a", encoding="utf8") as index:
        for position in range(first, first + number):
            name = f"talk-{position:06d}"
            text = _interview(position, words)
            total += len(text.split())
            (folder / f"{name}.txt").write_text(text, encoding="utf8")
            row = {"id": name, "path": f"{name}.txt", "title": f"Talk {position}",
                   "date": f"{2010 + position % 15}-05-0{1 + position % 9}"}  # fmt: skip
            index.write(json.dumps(row) + "\n")
    return total


def _interview(position: int, words: int) -> str:
    chosen, length = random.Random(SEED + position), 0
    guest = "GUEST " + f"{position:06d}".translate(_LETTERS)
    parts = []
    while length < words:
        question, answer = chosen.choice(exchanges())
        parts += [f"HOST: {question}", f"{guest}: {answer}"]
        length += len(question.split()) + len(answer.split()) + 2
    return "\n\n".join(parts) + "\n"
