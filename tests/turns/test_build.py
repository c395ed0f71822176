"""From a file to an interview: who says what, and what of the file nobody says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Interview, Source
from pipeline.turns import CONVENTIONS, Understanding, understand
from pipeline.turns.sidecar import ByHand, from_interview

SETTINGS = load_settings().segment
EXCHANGES = (
    ("Why did you have the harbour closed last winter?",
     "It rained for three weeks, and the crane fell into the basin. I had to close it, because "
     "nobody could say what would fall next."),
    ("And who paid for the new crane?",
     "The town paid for it. I think that we were right to pay, though the bill was long and our "
     "budget was short."),
    ("Will it open again in spring, as you have promised?",
     "I hope so. We have asked for two more boats, and we have been given one of them."),
    ("How will the fishermen live who have lost a year?",
     "I am sorry for them, and I promise that we will mend the pier before anything else is built on it."),
    ("How did you come to run a harbour in the first place?",
     "My mother ran it before me. I grew up among ropes, and I learned to count on barrels."),
    ("Do you think that anybody will run it after you?",
     "Somebody will. We have three young people in the office, and all of them can swim."),
)  # fmt: skip
Layout = Callable[[int, str, str], str]
LAYOUTS: dict[str, tuple[str, str, Layout]] = {
    "names and colons": (".txt", "colon", lambda n, q, a: f"Ann Roe: {q}\n\nBob Hale: {a}\n\n"),
    "a line a turn": (".txt", "colon", lambda n, q, a: f"ROE: {q}\nHALE: {a}\n"),
    "bold names": (".md", "bold", lambda n, q, a: f"**Ann Roe:** {q}\n\n**Bob Hale:** {a}\n\n"),
    "bold questions": (".md", "questions", lambda n, q, a: f"**{q}**\n\n{a}\n\n"),
    "questions as headings": (".md", "questions", lambda n, q, a: f"### {q}\n\n{a}\n\n"),
    "names and times on their own lines": (
        ".txt", "line",
        lambda n, q, a: f"Ann Roe 0:{n}1\n{q}\n\nBob Hale 0:{n}5\n{a}\n\n",
    ),
    "names as headings": (".md", "heading", lambda n, q, a: f"## Roe\n\n{q}\n\n## Hale\n\n{a}\n\n"),
    "letters": (".txt", "letter", lambda n, q, a: f"Q. {q}\n\nA. {a}\n\n"),
    "brackets": (".txt", "bracket", lambda n, q, a: f"[Ann Roe] {q}\n\n[Bob Hale] {a}\n\n"),
    "dashes": (".txt", "dash", lambda n, q, a: f"Roe – {q}\n\nHale – {a}\n\n"),
    "chevrons": (".txt", "chevron", lambda n, q, a: f">> {q}\n\n>> {a}\n\n"),
    "parts in plain words": (
        ".txt", "colon", lambda n, q, a: f"Interviewer: {q}\n\nHarbour master: {a}\n\n"
    ),
    "numbered questions": (".txt", "questions", lambda n, q, a: f"{n}. {q}\n\n{a}\n\n"),
}  # fmt: skip


def _write(layout: Layout) -> str:
    return "".join(layout(n, q, a) for n, (q, a) in enumerate(EXCHANGES, start=1))


COLONS = _write(LAYOUTS["names and colons"][2])


def _read(text: str, name: str = "a.txt") -> Source:
    return read_bytes(text.encode(), name=name)


def _understand(source: Source, hand: ByHand | None = None, **metadata: str) -> Understanding:
    return understand(source, interview_id="k", metadata=metadata, settings=SETTINGS, by_hand=hand)


def _build(text: str, name: str = "a.txt", hand: ByHand | None = None, **known: str) -> Interview:
    return _understand(_read(text, name), hand, **known).interview


def _said(interview: Interview) -> list[tuple[str, str]]:
    speakers = interview.speaker_by_id()
    return [(speakers[turn.speaker_id].role, turn.text) for turn in interview.turns]


EXPECTED = [one for q, a in EXCHANGES for one in (("interviewer", q), ("respondent", a))]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_talk_comes_back_in_each_layout(name: str) -> None:
    suffix, convention, layout = LAYOUTS[name]
    interview = _build(_write(layout), f"a{suffix}", date="2024-05-03")
    assert _said(interview) == EXPECTED
    assert interview.convention == convention
    assert interview.convention_confidence > 0.5
    assert interview.warnings == ()


def test_turns_have_ids_kinds_places_and_answer_the_question_above() -> None:
    turns = _build(f"A harbour\n\n{COLONS}").turns
    assert [turn.id for turn in turns[:3]] == ["k.t001", "k.t002", "k.t003"]
    assert [turn.kind for turn in turns] == ["question", "answer"] * len(EXCHANGES)
    assert [turn.answers for turn in turns[:4]] == [None, "k.t001", None, "k.t003"]
    assert [turn.source_line for turn in turns[:3]] == [3, 5, 7]


def test_a_time_beside_a_name_on_its_own_line_is_that_of_the_turn() -> None:
    interview = _build(_write(LAYOUTS["names and times on their own lines"][2]))
    assert [turn.start_s for turn in interview.turns[:3]] == [11.0, 15.0, 21.0]


def test_what_a_file_tells_apart_is_given() -> None:
    rows = "speaker,text,start\n" + "".join(
        f'Ann Roe,"{q}",{9 * n}\nBob Hale,"{a}",{9 * n + 5}\n' for n, (q, a) in enumerate(EXCHANGES)
    )
    interview = _build(rows, "a.csv")
    assert interview.convention == "given"
    assert _said(interview) == EXPECTED
    assert [turn.start_s for turn in interview.turns[:2]] == [0.0, 5.0]


@pytest.mark.parametrize("name", ["names and colons", "letters", "a line a turn"])
def test_the_same_bytes_are_read_the_same_under_either_name(name: str) -> None:
    text = _write(LAYOUTS[name][2])
    assert _said(_build(text, "a.md")) == _said(_build(text, "a.txt"))


def test_the_same_bytes_give_the_same_record() -> None:
    assert _build(COLONS).model_dump_json() == _build(COLONS).model_dump_json()


def test_swapped_names_change_nothing_but_names() -> None:
    swapped = (
        COLONS.replace("Ann Roe", "?").replace("Bob Hale", "Ann Roe").replace("?:", "Bob Hale:")
    )
    one, two = _build(COLONS), _build(swapped)
    assert _said(one) == _said(two)
    assert [speaker.name for speaker in one.speakers] == ["Ann Roe", "Bob Hale"]
    assert [speaker.name for speaker in two.speakers] == ["Bob Hale", "Ann Roe"]


def test_the_index_overrides_the_file() -> None:
    interview = _build(COLONS, title="A pier", date="2024-05-03", interviewer="Bob Hale",
                       interviewee="Ann Roe", affiliation="Port Office")  # fmt: skip
    assert (interview.title, interview.date) == ("A pier", "2024-05-03")
    assert [speaker.role for speaker in interview.speakers] == ["respondent", "interviewer"]
    assert interview.speakers[0].affiliation == "Port Office"


def test_prose_is_one_unknown_speaker_and_a_warning() -> None:
    prose = "\n\n".join(answer for _, answer in EXCHANGES)
    interview = _build(prose)
    assert [(one.name, one.role) for one in interview.speakers] == [("unknown", "other")]
    assert [turn.kind for turn in interview.turns] == ["statement"]
    assert interview.convention == "none"
    assert any(one.code == "no-label" for one in interview.warnings)


def test_a_file_without_speech_is_refused() -> None:
    with pytest.raises(InputError, match=r"a\.txt:1: no speaker label found, and no speech"):
        _build("(Laughter.)\n\n* * *\n")


def test_a_convention_chosen_by_hand_is_forced() -> None:
    text = "Ann Roe: Why?\n\n[Vane] It rained: the crane fell.\n\n[North] It snowed.\n"
    interview = _build(text, hand=ByHand(convention="bracket"))
    assert [turn.text for turn in interview.turns] == ["It rained: the crane fell.", "It snowed."]
    assert interview.convention == "bracket"


def test_no_convention_keeps_the_whole_text() -> None:
    interview = _build(COLONS, hand=ByHand(convention="none"))
    assert len(interview.turns) == 1
    assert "Bob Hale: " in interview.turns[0].text


@pytest.mark.parametrize(
    ("convention", "fault"),
    [("sign", 'unknown convention "sign"; expected one of heading, bold'),
     ("chevron", 'convention "chevron" marks no speaker in it')],
)  # fmt: skip
def test_a_convention_that_does_not_fit_is_refused(convention: str, fault: str) -> None:
    for text in (COLONS, _write(LAYOUTS["bold questions"][2])):
        with pytest.raises(InputError, match=fault):
            _build(text, hand=ByHand(convention=convention))


def test_turns_set_by_hand_are_the_turns() -> None:
    found = _build(COLONS)
    hand = from_interview(found)
    first = hand.turns[0].model_copy(update={"text": "Why close it?"})
    again = _build(COLONS, hand=hand.model_copy(update={"turns": (first, *hand.turns[1:])}))
    assert _said(again) == [("interviewer", "Why close it?"), *EXPECTED[1:]]
    with pytest.raises(InputError, match="altered since its turns were set by hand"):
        _build(f"{COLONS}\n", hand=hand)


def test_each_convention_is_one_word_that_a_person_can_type() -> None:
    assert all(name.isalpha() and name.islower() for name in CONVENTIONS)


WORDS = st.sampled_from(
    ("Ann Roe:", "Q:", "A.", "[Ann Roe]", "**Ann**", ">> So.", "–", "(Laughter.)", "# A pier", "0:04",
     "Why did it rain?", "It rained, and so we left.", "Note:", "- one", "Ann Roe", "12:30")
)  # fmt: skip
PARAGRAPHS = st.just("* * *") | st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=12)


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(TEXTS, st.sampled_from((".txt", ".md")))
def test_what_is_said_and_what_is_left_out_are_the_whole_text(
    texts: list[str], suffix: str
) -> None:
    try:
        source = _read("\n\n".join(texts), f"a{suffix}")
        found = _understand(source)
    except InputError:
        return
    held = [turn.text for turn in found.interview.turns] + [one.text for one in found.dropped]
    whole = [one.text for one in source.paragraphs] + [one.text for one in source.dropped]
    assert Counter("".join("".join(held).split())) == Counter("".join("".join(whole).split()))
