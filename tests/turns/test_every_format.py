"""One dialogue in every combination of format and convention, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from tests.turns.blocks import PLAIN, WRITERS, parse_blocks
from tests.turns.dialogue import DIALOGUE, RENDERINGS, Turns
from tests.turns.exports import EXPORTS

Case = tuple[str, Callable[[Turns], bytes]]
# these formats have no block quotations
UNQUOTED = frozenset((".docx", ".odt", ".rtf", ".pdf"))
LEAST = 0.99


def _document(name: str, suffix: str) -> Callable[[Turns], bytes]:
    return lambda turns: WRITERS[suffix](parse_blocks(RENDERINGS[name][0](turns)))


def _cases() -> Iterator[tuple[str, Case]]:
    for name, (_, own) in RENDERINGS.items():
        for suffix in WRITERS:
            lost = suffix in PLAIN and own == ".md"
            lost = lost or (suffix in UNQUOTED and name == "quoted_question_md")
            if own != ".html" and not lost:
                yield f"{name}{suffix}", (suffix, _document(name, suffix))
    for name, (write, suffix) in EXPORTS.items():
        yield f"{name}{suffix}", (suffix, write)


CASES = dict(_cases())


def _read(data: bytes, suffix: str) -> Interview:
    source = read_bytes(data, name=f"a{suffix}")
    return build_interview(source, interview_id="x", settings=load_settings().segment)


def _spoken(interview: Interview) -> list[tuple[bool, str]]:
    speakers = interview.speaker_by_id()
    return [
        (speakers[turn.speaker_id].role == "interviewer", " ".join(turn.text.split()))
        for turn in interview.turns
    ]


def _expected(turns: Turns) -> list[tuple[bool, str]]:
    return [(asks, " ".join(" ".join(paragraphs).split())) for asks, paragraphs in turns]


@pytest.mark.parametrize("name", CASES)
def test_dialogue_comes_back(name: str) -> None:
    suffix, write = CASES[name]
    assert _spoken(_read(write(DIALOGUE), suffix)) == _expected(DIALOGUE)


NOUNS = ("harbour", "treaty", "embassy", "pipeline", "railway", "fleet", "summit", "Alliance")
VERBS = ("closed", "outlived", "paid for", "ignored", "measured", "postponed")
SENTENCES = st.builds(
    lambda a, b, verb, n: f"The {a} {verb} the {b} for {n} years, and nobody wrote it down.",
    st.sampled_from(NOUNS), st.sampled_from(NOUNS), st.sampled_from(VERBS), st.integers(2, 90),
)  # fmt: skip
QUESTIONS = st.builds(
    lambda a, b, verb: f"Why was it that the {a} {verb} the {b} in the end?",
    st.sampled_from(NOUNS), st.sampled_from(NOUNS), st.sampled_from(VERBS),
)  # fmt: skip
ANSWERS = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=4, unique=True).map(" ".join),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip
EXCHANGES = st.lists(st.tuples(QUESTIONS, ANSWERS), min_size=3, max_size=6)


def test_rate_over_random_dialogues_and_all_combinations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: list[str] = []
    failed: list[str] = []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(EXCHANGES, st.sampled_from(sorted(CASES)))
    def try_one(exchanges: list[tuple[str, list[str]]], name: str) -> None:
        turns = [turn for q, a in exchanges for turn in ((True, (q,)), (False, tuple(a)))]
        suffix, write = CASES[name]
        tried.append(name)
        if _spoken(_read(write(turns), suffix)) != _expected(turns):
            failed.append(name)

    try_one()
    rate = 1 - len(failed) / len(tried)
    with capsys.disabled():
        print(f"\nread back: {len(tried) - len(failed)} of {len(tried)} ({rate:.1%})")
    assert rate >= LEAST, sorted(failed)
