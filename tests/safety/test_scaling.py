"""Texts of one kind, eight times as long, take far less than 64 times as long to read and split."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest.read import parse
from pipeline.records import GivenTurn, Interview, Paragraph, Speaker, Turn, Unit
from pipeline.tables.writer import interview_rows
from pipeline.turns import understand
from pipeline.turns.document import view_document
from pipeline.turns.features import find_features
from pipeline.turns.segments import given_segments
from tests.seconds import least_seconds

pytestmark = pytest.mark.slow

SHORT, LONG = 5_000, 40_000
FEW, MANY = 500, 4_000  # units
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
    "spaces": ("a.txt", lambda n: f"Ann: a{' ' * n}b"),
    "brackets": ("a.txt", lambda n: "[a " * (n // 3)),
    "initials": ("a.txt", lambda n: f"Ann: {'A.' * (n // 2)}"),
}  # fmt: skip


def _letters(number: int) -> str:
    return f"N{number:05}".translate(str.maketrans("0123456789", "abcdefghij"))


UNITS: dict[str, tuple[str, Callable[[int], str]]] = {
    "similar speakers": ("a.txt", lambda n: "".join(f"{_letters(i)} Smith: So it is.\n\n" for i in range(n))),
    "few speakers": ("a.txt", lambda n: "".join(f"{_letters(i % 299)} {_letters(i % 17)}: So it is.\n\n" for i in range(n))),
    "rows of one speaker": ("a.tsv", lambda n: "speaker\ttext\n" + "".join(f"Ann\tSo it is {i}.\n" for i in range(n))),
    "utterances on one line": ("a.xml", lambda n: f"<TEI><text><body>{''.join(f'<u who=%r>So it is {i}.</u>' % '#AB'[i % 2 :] for i in range(n))}</body></text></TEI>"),
    "questions": ("a.txt", lambda n: "Q: a\nA: b\n" * (n // 2)),
    "letters": ("a.txt", lambda n: "a\n" * n),
}  # fmt: skip


def _split(name: str, text: str) -> None:
    with suppress(InputError):
        source = parse(text.encode(), name=name)
        understand(source, interview_id="a", metadata={}, settings=load_settings().segment)


def _check(work: Callable[[int], object], few: int, many: int) -> None:
    limit = GROWTH * max(LEAST, least_seconds(lambda: work(few), enough=LEAST))
    assert least_seconds(lambda: work(many), enough=limit) < limit


@pytest.mark.parametrize("kind", KINDS)
def test_reading_and_turns_are_linear(kind: str) -> None:
    name, make = KINDS[kind]
    _check(lambda n: _split(name, make(n)), SHORT, LONG)


@pytest.mark.parametrize("kind", UNITS)
def test_many_speakers_turns_and_rows_are_linear(kind: str) -> None:
    name, make = UNITS[kind]
    _check(lambda n: _split(name, make(n)), FEW, MANY)


def _interview(turns: int, speakers: int) -> Interview:
    """Turns that ask and answer by turns, each of one unit."""
    said = [
        Turn(id=f"a.t{n}", speaker_id=f"a.s{n % speakers}", kind="answer" if n % 2 else "question",
             answers=f"a.t{n - 1}" if n % 2 else None, text="So.")
        for n in range(turns)
    ]  # fmt: skip
    people = (Speaker(id=f"a.s{n}", name=_letters(n), role="respondent") for n in range(speakers))
    units = (Unit(id=f"{one.id}.u1", turn_id=one.id, start=0, end=3, text="So.") for one in said)
    return Interview(
        id="a", title="a", sha256="0" * 64, source_format="txt", convention="colon", convention_confidence=1,
        speakers=tuple(people), turns=tuple(said), units=tuple(units),
    )  # fmt: skip


def test_many_turns_of_one_speaker_are_joined_in_linear_time() -> None:
    made = {n: [GivenTurn(speaker="Ann", text="So.", line=1)] * n for n in (5_000, 40_000)}
    _check(lambda n: given_segments(made[n]), *made)


@pytest.mark.parametrize("speakers", [2, 2_000])
def test_the_rows_of_tables_are_linear(speakers: int) -> None:
    made = {n: _interview(n, min(n, speakers)) for n in (2_000, 16_000)}
    _check(lambda n: interview_rows(made[n]), *made)


def test_the_features_of_paragraphs_are_not_held_at_once() -> None:
    document = view_document([Paragraph(text="a", line=n) for n in range(1, 2_001)])
    for _ in find_features(document):  # what the document keeps is made
        pass
    tracemalloc.start()
    try:
        for _ in find_features(document):
            pass
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
