"""A house that asks, whose name stands within the set questions."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview


def build(*paragraphs: str, name: str = "a.txt", between: str = "\n\n") -> Interview:
    source = read_bytes(between.join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [
        f"{speakers[turn.speaker_id].role[0]} {speakers[turn.speaker_id].name}: "
        f"{' '.join(turn.text.split()[:2])}"
        for turn in interview.turns
    ]


def test_a_house_in_lower_case_labels_the_bold_questions() -> None:
    interview = build(
        "<p><b>portpost: Which of the towns owns the ferry that they share?</b></p>",
        "<p><b>Berta Hill-Kaas:</b> Each owns a half, and neither has found out which half swims.</p>",
        "<p><b>portpost: And the captain?</b></p>",
        "<p><b>B. H-K.:</b> The captain has two caps and is asked which of them he prefers.</p>",
        "<p><b>portpost: The engine is said to be a third half.</b></p>",
        "<p><b>B.H-K:</b> It was rented, from a mill that has not missed it so far.</p>",
        "<p><b>portpost: Will it still sail in winter?</b></p>",
        "<p><b>B.H-K.:</b> It will sail to where the ice begins, and there it will turn.</p>",
        name="a.html",
    )
    assert told(interview)[::7] == ["i portpost: Which of", "r Berta Hill-Kaas: It will"]
    assert len(interview.speakers) == 2


def test_an_address_that_opens_one_question_is_no_house() -> None:
    interview = build(
        "<p><b>first: why is there a ferry at all, and who asked for it?</b></p>",
        "<p>The island asked, in a letter that came by ferry, which ought to have told us.</p>",
        "<p><b>Who answered the letter?</b></p>",
        "<p>A clerk did, who had never seen the sea and took the island for a joke of ours.</p>",
        "<p><b>Does he still answer letters?</b></p>",
        "<p>He answers nothing else, and there are more islands now than there were letters.</p>",
        name="a.html",
    )
    assert [speaker.name for speaker in interview.speakers] == ["Q", "A"]


ASKED = (
    ("Harbour Times", "Which of the towns owns the ferry that they share?"),
    ("HTV, Coast Radio", "Please tell us whether the captain will have his second cap."),
    ("The Lantern", "The engine is said to be rented. Is that so?"),
    ("Harbour Times", "A last one on the ferry. Will it sail in winter?"),
)
ANSWERED = (
    "Each owns a half, and neither has found out which half swims.",
    "The cap is being studied. We attach importance to caps.",
    "It was rented from a mill that has not missed it so far.",
    "It will sail to where the ice begins, and there it will turn.",
)


def numbered(head: str) -> Interview:
    rounds = enumerate(zip(ASKED, ANSWERED, strict=True), start=1)
    talk = [text for n, ((who, q), a) in rounds for text in (f"{n}. {who}: {q}", a)]
    return build(head, *talk, "Back to previous page   Print version   Email this page")


def test_houses_label_the_numbered_questions_of_a_press_conference() -> None:
    interview = numbered("The 9th Regular Press Conference of the Harbour Board")
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [names[turn.speaker_id] for turn in interview.turns][::2] == [who for who, _ in ASKED]
    assert [turn.text for turn in interview.turns][::2] == [asked for _, asked in ASKED]
    assert interview.turns[-1].text == ANSWERED[-1]


def test_a_subject_before_a_numbered_question_is_no_house() -> None:
    interview = numbered("Four questions to the Harbour Board")
    assert [speaker.name for speaker in interview.speakers] == ["Q", "A"]
