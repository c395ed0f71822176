"""Texts of one kind, eight times as long, take far less than 64 times as long, to their rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest.read import parse
from pipeline.records import Unit
from pipeline.tables.writer import interview_rows
from pipeline.turns import understand
from tests.seconds import least_seconds

pytestmark = pytest.mark.slow

SHORT, LONG = 5_000, 40_000
GROWTH = 32  # what is linear takes 8 times as long, what is quadratic 64 times
LEAST = 0.06  # seconds: a text that takes less is too short to tell


def _cue(number: int) -> str:
    start = f"00:{number // 60 % 60:02}:{number % 60:02}"
    return f"{number}\n{start},000 --> {start},900\nword{number} and so on"


KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "one word": ("a.txt", lambda n: f"Ann: Why?\n\nBen: {'a' * n}"),
    "chevrons": ("a.txt", lambda n: ">" * n),
    "lines of chevrons": ("a.txt", lambda n: ">>> a\n" * (n // 6)),
    "paragraphs of a list": ("a.md", lambda n: "".join(f"- item {i} is said\n\n" for i in range(n // 6))),
    "captions": ("a.srt", lambda n: "\n\n".join(map(_cue, range(1, n // 10)))),
    "captions at one time": ("a.srt", lambda n: "1\n00:00:00,000 --> 00:00:01,000\nand so on\n\n" * (n // 10)),
    "speakers": ("a.txt", lambda n: "".join(f"Name{i}: So it is, I think.\n\n" for i in range(n // 20))),
    "similar speakers": ("a.txt", lambda n: "".join(f"{_letters(i)} Smith: So it is.\n\n" for i in range(n // 20))),
    "few speakers": ("a.txt", lambda n: "".join(f"{_letters(i % 299)} {_letters(i % 17)}: So it is.\n\n" for i in range(n // 20))),
    "rows of one speaker": ("a.tsv", lambda n: "speaker\ttext\n" + "".join(f"Ann\tSo it is {i}.\n" for i in range(n // 10))),
    "utterances on one line": ("a.xml", lambda n: f"<TEI><text><body>{''.join(f'<u who=%r>So it is {i}.</u>' % '#AB'[i % 2 :] for i in range(n // 20))}</body></text></TEI>"),
    "questions": ("a.txt", lambda n: "Q: a\nA: b\n" * (n // 10)),
    "letters": ("a.txt", lambda n: "a\n" * (n // 2)),
    "spaces": ("a.txt", lambda n: f"Ann: a{' ' * n}b"),
    "brackets": ("a.txt", lambda n: "[a " * (n // 3)),
    "initials": ("a.txt", lambda n: f"Ann: {'A.' * (n // 2)}"),
}  # fmt: skip


def _letters(number: int) -> str:
    return f"N{number:05}".translate(str.maketrans("0123456789", "abcdefghij"))


def _split(name: str, text: str) -> None:
    """Read, split into turns, and make the rows of all tables."""
    with suppress(InputError):
        source = parse(text.encode(), name=name)
        found = understand(source, interview_id="a", metadata={}, settings=load_settings().segment)
        units = tuple(
            Unit(id=f"{one.id}.u1", turn_id=one.id, start=0, end=len(one.text), text=one.text)
            for one in found.interview.turns
        )
        interview_rows(found.interview.model_copy(update={"units": units}))


@pytest.mark.parametrize("kind", KINDS)
def test_reading_and_turns_are_linear(kind: str) -> None:
    name, make = KINDS[kind]
    short, long = make(SHORT), make(LONG)
    limit = GROWTH * max(LEAST, least_seconds(lambda: _split(name, short), enough=LEAST))
    assert least_seconds(lambda: _split(name, long), enough=limit) < limit
