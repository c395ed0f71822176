"""From labelled paragraphs to what one speaker says until another speaks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.records import GivenTurn, Paragraph
from pipeline.turns.chain import STATES, State
from pipeline.turns.document import view_document
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.segments import Segment, cut, given_segments, goes_on, whole
from tests.seconds import least_seconds

STATE_OF = {state[0]: state for state in STATES}


def _paragraphs(*texts: str, times: Sequence[float | None] = ()) -> list[Paragraph]:
    starts = [*times, *[None] * (len(texts) - len(times))]
    return [
        Paragraph(text=text, line=line, start_s=start)
        for line, (text, start) in enumerate(zip(texts, starts, strict=True), start=1)
    ]


def _cut(states: str, *texts: str, times: Sequence[float | None] = ()) -> list[Segment]:
    document = view_document(_paragraphs(*texts, times=times))
    named: list[State] = [STATE_OF[letter] for letter in states]
    return cut(document, named)


def _said(segments: Sequence[Segment]) -> list[tuple[str, str]]:
    return [(" ".join(one.key), one.text) for one in segments]


def test_a_label_begins_a_turn_that_goes_on_until_the_next() -> None:
    segments = _cut("flcfl", "A pier", "ROE: Why?", "And when?", "Ad", "VANE: In May.")
    assert _said(segments) == [("roe", "Why?\n\nAnd when?"), ("vane", "In May.")]
    assert [(part.line, part.start) for part in segments[0].parts] == [(2, 5), (3, 0)]


def test_a_label_on_its_own_line_takes_the_paragraphs_below() -> None:
    segments = _cut("lclc", "Ann Roe", "Why?", "Olga Vane", "So.")
    assert _said(segments) == [("ann roe", "Why?"), ("olga vane", "So.")]


def test_what_continues_nothing_is_left_out() -> None:
    assert _said(_cut("cl", "It rained.", "ROE: Why?")) == [("roe", "Why?")]
    assert _cut("ff", "It rained.", "It snowed.") == []


def test_neighbouring_turns_of_one_speaker_are_one() -> None:
    segments = _cut("lll", "Olga Vane: It rained.", "Vane: It snowed.", "ROE: Why?")
    assert _said(segments) == [("olga vane", "It rained.\n\nIt snowed."), ("roe", "Why?")]
    assert [label.name for label in segments[0].labels] == ["Olga Vane", "Vane"]


def test_questions_and_answers_without_labels_are_two_voices() -> None:
    segments = _cut("qaaq", "Why?", "It rained.", "It snowed.", "And?")
    assert _said(segments) == [("q", "Why?"), ("a", "It rained.\n\nIt snowed."), ("q", "And?")]


def test_signs_without_a_name_are_two_voices_that_alternate() -> None:
    segments = _cut("llcl", ">> Why?", ">> It rained.", "It snowed.", ">> And?")
    assert _said(segments) == [
        ("speaker 1", "Why?"),
        ("speaker 2", "It rained.\n\nIt snowed."),
        ("speaker 1", "And?"),
    ]


def test_stage_directions_and_turns_without_speech_are_left_out() -> None:
    segments = _cut("llcll", "ROE: Why?", "VANE: So.", "(Laughter.)", "NORTH:", "ROE: And?")
    assert _said(segments) == [("roe", "Why?"), ("vane", "So."), ("roe", "And?")]


def test_timed_captions_that_break_a_sentence_are_one_paragraph() -> None:
    segments = _cut("lccc", "ROE: The pier", "is old.", "Why?", "x", times=[0.0, 2.0, 4.0])
    assert segments[0].text == "The pier is old.\n\nWhy?\n\nx"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("The pier", "is old.", True),
        ("The pier is old.", "It fell.", False),
        ("“Is it old?”", "It is.", False),
        ("It is old…", "and grey.", True),
    ],
)
def test_whether_a_sentence_goes_on(before: str, after: str, same: bool) -> None:
    assert goes_on(before, after) is same


def test_turns_that_the_file_tells_apart() -> None:
    turns = [
        GivenTurn(speaker="Ann Roe", role="host", text="Is it", line=1, start_s=0.0, end_s=1.0),
        GivenTurn(speaker="Ann Roe", text="safe?", line=2, start_s=1.0, end_s=2.0),
        GivenTurn(speaker="x%", text="It is.\n\n[Laughs]\n\nNow.", line=3),
        GivenTurn(text="Who says so?", line=4),
        GivenTurn(speaker="Ann Roe", text=" ", line=5),
    ]
    segments = given_segments(turns)
    assert _said(segments) == [
        ("ann roe", "Is it safe?"),
        ("x%", "It is.\n\nNow."),
        ("unknown", "Who says so?"),
    ]
    assert segments[0].labels[0].hint == "interviewer"
    assert [part.end_s for part in segments[0].parts] == [1.0, 2.0]


def test_a_talk_without_speakers_is_one_voice() -> None:
    alone = whole(_paragraphs("The pier", "is old.", "[Music]", "It fell.", times=[0.0, 1.0]))
    assert alone is not None
    assert (alone.key, alone.text) == (("unknown",), "The pier is old.\n\nIt fell.")
    assert whole(_paragraphs("[Music]", "* * *")) is None


@pytest.mark.parametrize("sign", ["*", "_", "(", ")", "[*", "(_)", "<>", "{ ", "(a", "*_*"])
def test_rows_of_signs_are_looked_at_in_time(sign: str) -> None:
    assert least_seconds(lambda: is_stage_direction(sign * 5_000 + "a"), enough=1) < 1
