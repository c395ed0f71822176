"""One dialogue, written down in every convention, comes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from tests.turns.dialogue import DIALOGUE, RENDERINGS, Turns

# in these nothing but the text itself tells who speaks
UNLABELLED = {"magazine"}


def _read(text: str, suffix: str) -> Interview:
    source = read_bytes(text.encode(), name=f"a{suffix}")
    return build_interview(source, interview_id="x", settings=load_settings().segment)


def _spoken(interview: Interview) -> list[tuple[bool, str]]:
    speakers = interview.speaker_by_id()
    return [
        (speakers[turn.speaker_id].role == "interviewer", turn.text) for turn in interview.turns
    ]


def _expected(turns: Turns) -> list[tuple[bool, str]]:
    return [(asks, "\n\n".join(paragraphs)) for asks, paragraphs in turns]


@pytest.mark.parametrize("name", RENDERINGS)
def test_dialogue_comes_back(name: str) -> None:
    render, suffix = RENDERINGS[name]
    interview = _read(render(DIALOGUE), suffix)
    assert _spoken(interview) == _expected(DIALOGUE)
    assert len(interview.speakers) == 2
    assert interview.convention_confidence > 0.5


@pytest.mark.parametrize("name", [n for n, (_, suffix) in RENDERINGS.items() if suffix != ".html"])
def test_title_and_teaser_before_the_dialogue_stay_out(name: str) -> None:
    render, suffix = RENDERINGS[name]
    teaser = "A strait and its readers\n\nOur correspondent asked a former minister.\n\n"
    assert _spoken(_read(teaser + render(DIALOGUE), suffix)) == _expected(DIALOGUE)


@pytest.mark.parametrize("name", ["name_colon", "caps", "bold_md", "html_bold", "qa"])
def test_line_ends_and_byte_order_mark_change_nothing(name: str) -> None:
    render, suffix = RENDERINGS[name]
    text = render(DIALOGUE)
    plain = _read(text, suffix)
    source = read_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"), name=f"a{suffix}")
    marked = build_interview(source, interview_id="x", settings=load_settings().segment)
    assert marked.turns == plain.turns


WORDS = ["harbour", "😀", "naïve", "e\u0301tude", "treaty", "the", "of", "Alliance", "1.5", "(sic)"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(
    lambda words: f"We {' '.join(words)}."
)
ANSWER = st.lists(SENTENCE, min_size=1, max_size=3, unique=True)
QUESTION = SENTENCE.map(lambda text: f"Why do {text[:-1].lower()}?")
EXCHANGES = st.lists(st.tuples(QUESTION, ANSWER), min_size=2, max_size=6)


@settings(max_examples=40, deadline=None)
@given(EXCHANGES, st.sampled_from(sorted(set(RENDERINGS) - UNLABELLED)))
def test_any_dialogue_comes_back(exchanges: list[tuple[str, list[str]]], name: str) -> None:
    turns: list[tuple[bool, list[str]]] = []
    for question, answer in exchanges:
        turns += [(True, [question]), (False, answer)]
    render, suffix = RENDERINGS[name]
    assert _spoken(_read(render(turns), suffix)) == _expected(turns)
