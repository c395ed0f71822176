"""Notices: a sentence for every code, made of the values that the code is given."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import pipeline.notices
from pipeline.notices import SENTENCES, notice, renamed, sentence, stated
from pipeline.records import Notice

PACKAGE = Path(pipeline.notices.__file__).parent


def made() -> Iterator[tuple[str, set[str]]]:
    """The codes that the program gives, and the names of the values that it gives with each."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "notice":
                given = {one.arg for one in node.keywords if one.arg}
                match node.args[0]:
                    case ast.Constant(value=str(code)):
                        yield code, given
                    case ast.Name(id=name) if name.isupper():
                        yield getattr(pipeline.notices, name), given


def needed(code: str) -> set[str]:
    """The names of the values that the sentence of a code shows."""
    text = SENTENCES[code]
    if isinstance(text, str):
        return {name for _, name, _, _ in Formatter().parse(text) if name}
    return set(inspect.signature(text).parameters)


@pytest.mark.parametrize(("code", "given"), sorted(made(), key=str))
def test_a_notice_has_the_values_of_its_sentence(code: str, given: set[str]) -> None:
    assert needed(code) <= given


@pytest.mark.parametrize(
    ("place", "line", "said"),
    [
        ("a.txt", 3, "a.txt:3: no respondent found among 2 speakers"),
        ("a.txt", None, "a.txt: no respondent found among 2 speakers"),
        (None, None, "no respondent found among 2 speakers"),
    ],
)
def test_a_sentence_follows_its_place(place: str | None, line: int | None, said: str) -> None:
    assert sentence(notice("no-role", place, line, role="respondent", speakers=2)) == said


def test_a_list_is_joined_and_braces_in_words_stay() -> None:
    found = notice("other-sheets", "talk.xlsx", sheets=["{notes}", "old"])
    assert sentence(found) == "talk.xlsx: other sheets are not read: {notes}, old"


def test_files_are_renamed_in_the_place_and_in_the_values() -> None:
    found = notice("undated", "/home/ana/a.txt", files=["/home/ana/a.txt", "b.txt"], transcripts=2)
    short = renamed(found, lambda text: text.removeprefix("/home/ana/"))
    assert (short.place, short.values["files"]) == ("a.txt", ["a.txt", "b.txt"])
    assert short.values["transcripts"] == 2


def test_what_run_json_states_is_the_record_with_its_sentence() -> None:
    found = notice("same-bytes", "b.txt", file="a.txt")
    text = stated(found).pop("text")
    assert text == "b.txt: the same bytes as a.txt; both are counted"
    assert Notice(**{key: one for key, one in stated(found).items() if key != "text"}) == found
