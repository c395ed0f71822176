"""Transcripts set as courts and hearings print them: 25 numbered lines a page, heads and feet."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from pipeline.config import load_settings
from pipeline.evaluate.turns import TurnScore, score_turns
from pipeline.ingest import read_bytes
from pipeline.turns import understand

pytestmark = pytest.mark.slow

Gold = Sequence[dict[str, Any]]
Pages = list[list[str]]
LINES, WIDTH, LEAST = 25, 56, 0.97
LEAST_OF_LETTERS = 0.96  # w05 with Q and A for names has .963 with the roles fitted on 93 documents
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "--", "–": "-", "…": "..."})
HEAD, FOOT = "Official - Subject to Review", "Harbour Reporting Company"


def _lines(gold: Gold, *, letters: bool) -> Iterator[str]:
    """Yield the lines of a talk: a label opens each turn, set in, and goes on at the margin."""
    for row in gold:
        name = str(row["speaker"]).split("(")[0].strip().upper()
        label = ("Q.   " if row["role"] == "interviewer" else "A.   ") if letters else f"{name}:  "
        for place, text in enumerate(row["paragraphs"]):
            opening = f"{'' if place else label}{text}"
            yield from textwrap.wrap(opening, WIDTH, initial_indent=" " * 10)


def _pages(gold: Gold, *, letters: bool = False) -> Pages:
    lines = _lines(gold, letters=letters)
    return list(iter(lambda: list(islice(lines, LINES)), []))


def _spaced_text(pages: Pages) -> bytes:
    """As pdftotext prints a page: an empty line after each, a form feed before the next page."""
    sheets = []
    for number, page in enumerate(pages, start=1):
        body = "\n\n".join(f"{n:2}   {line}" for n, line in enumerate(page, start=1))
        sheets.append(f"{HEAD:^60}\n\n\n{body}\n\n{number:^60}\n\n{FOOT:^60}\n")
    return "\f".join(sheets).encode()


def _plain_text(pages: Pages) -> bytes:
    """As reporters' programs write it: four digits for the page, then its lines."""
    sheets = []
    for number, page in enumerate(pages, start=1):
        body = "\n".join(f"{n} {line}" for n, line in enumerate(page, start=1))
        sheets.append(f"{number:04}\n{body}\n")
    return "\n".join(sheets).encode()


def _counted_text(pages: Pages) -> bytes:
    """As programs for depositions export it: page and line before each."""
    rows = [f"{number:05}:{n:02}  {line}" for number, page in enumerate(pages, start=1)
            for n, line in enumerate(page, start=1)]  # fmt: skip
    return "\n".join(rows).encode()


def _pdf(pages: Pages) -> bytes:
    paper = FPDF(unit="pt", format="letter")
    paper.set_auto_page_break(False)
    for number, page in enumerate(pages, start=1):
        paper.add_page()
        paper.set_font("Courier", size=11)
        paper.text(220, 40, HEAD)
        for n, line in enumerate(page, start=1):
            y = 60 + 26 * n
            paper.text(72 if n > 9 else 78, y, str(n))
            words = line.lstrip().encode("latin-1", "ignore").decode("latin-1")
            paper.text(110 + 6.6 * (len(line) - len(line.lstrip())), y, words)
        paper.text(300, 750, str(number))
        paper.text(230, 770, FOOT)
    return bytes(paper.output())


WRITERS: dict[str, tuple[Callable[[Pages], bytes], str]] = {
    "spaced text": (_spaced_text, ".txt"),
    "plain text": (_plain_text, ".txt"),
    "page and line": (_counted_text, ".txt"),
    "pdf": (_pdf, ".pdf"),
}


def _score(gold: Gold, writer: str, *, letters: bool = False) -> TurnScore:
    write, suffix = WRITERS[writer]
    gold = [row | {"paragraphs": [p.translate(PLAIN) for p in row["paragraphs"]]} for row in gold]
    source = read_bytes(write(_pages(gold, letters=letters)), name=f"a{suffix}")
    read = understand(source, interview_id="a", settings=load_settings().segment)
    return score_turns(read.interview, gold)


@pytest.fixture
def gold(shared: Path, request: pytest.FixtureRequest) -> Gold:
    """The gold turns of a shared document."""
    lines = (shared / "corpus" / "gold_turns.jsonl").read_text(encoding="utf8").splitlines()
    return [row for row in map(json.loads, lines) if row["doc"] == request.param]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("letters", [False, True])
@pytest.mark.parametrize("gold", ["w05", "gb11"], indirect=True)
def test_numbered_lines_are_read_as_the_talk_they_number(
    gold: Gold, letters: bool, writer: str
) -> None:
    gold = [row for row in gold if not letters or row["role"] != "other"]
    score = _score(gold, writer, letters=letters)
    assert score.role_share >= (LEAST_OF_LETTERS if letters else LEAST), score
    assert letters or score.speaker_share >= LEAST, score
