"""What is mended, joined over, left out with its reason, or guessed with a warning."""

from __future__ import annotations

import time

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import Understanding, understand
from pipeline.turns.labels import Label
from pipeline.turns.segments import Part, Segment, merge


def read(text: str, name: str = "a.txt", **metadata: str) -> Understanding:
    return understand(
        read_bytes(text.encode(), name=name),
        interview_id="k",
        metadata=metadata,
        settings=load_settings().segment,
    )


def spoken(text: str, name: str = "a.txt") -> list[str]:
    return [turn.text for turn in read(text, name).interview.turns]


def test_mojibake_and_ligatures_are_mended_and_quotes_kept() -> None:
    text = "Ann: Whatâ€™s “ﬁnal” about the ﬂeet?\n\nBob: Nothing.\n"
    assert spoken(text)[0] == "What’s “final” about the fleet?"


@pytest.mark.parametrize(
    "hum", ["Mm-hm.", "Uh-huh", "Hmm.", "M-hm, mhm.", "Ah … oh-oh!", "UH.", "Um."]
)
def test_a_turn_goes_on_over_a_hum(hum: str) -> None:
    text = f"Ann: Why did it close?\n\nBob: It rained, and the crane\n\nAnn: {hum}\n\nBob: fell.\n"
    assert spoken(text) == ["Why did it close?", "It rained, and the crane fell."]


@pytest.mark.parametrize("words", [f"{'M' * 40} yes.", f"{'Hm' * 3000}x", f"{'ah' * 3000}!x"])
def test_a_long_hum_before_words_is_read_in_no_time(words: str) -> None:
    text = f"Ann: Why?\n\nBob: It rained.\n\nAnn: {words}\n\nBob: It did.\n"
    begun = time.monotonic()
    assert spoken(text)[2] == words
    assert time.monotonic() - begun < 5


def test_rows_of_one_speaker_are_joined_in_good_time() -> None:
    label = Label(raw="Ann", name="Ann", core=("ann",), titles=frozenset())
    row = Segment(("ann",), (label,), (Part("and the crane", 1),))
    begun = time.monotonic()
    (joined,) = merge([row] * 50_000, broken=True)
    assert len(joined.text) == 14 * 50_000 - 1
    assert time.monotonic() - begun < 5


def test_a_hum_that_answers_is_an_answer() -> None:
    text = "Ann: Did it rain?\n\nBob: Mm-hm.\n\nAnn: Did it snow?\n\nBob: No.\n"
    assert len(spoken(text)) == 4


def test_a_paragraph_printed_twice_is_speech_once() -> None:
    twice = "It rained for three weeks and nobody had prepared anything at all."
    text = f"Ann: Why?\n\nBob: Rain.\n\n{twice}\n\n{twice}\n\nAnn: And?\n\nBob: Snow.\n"
    understood = read(text)
    assert understood.interview.turns[1].text == f"Rain.\n\n{twice}"
    assert [d.reason for d in understood.dropped if d.text == twice] == ["duplicate"]


def test_every_character_is_in_a_turn_or_accounted_for() -> None:
    text = (
        "A title\n\nA teaser that says who speaks.\n\nAnn: Why (if at all)?\n\n(Laughter.)\n\n"
        "Bob: It rained.\n\nADVERTISEMENT\n\nFor weeks.\n\nAnn: And?\n\nBob: Snow.\n\n"
        "Related articles\n\nTen piers\n"
    )
    understood = read(text)
    kept = "".join(turn.text for turn in understood.interview.turns)
    dropped = "".join(piece.text for piece in understood.dropped)
    assert sorted("".join((kept + dropped).split())) == sorted("".join(text.split()))


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("(Laughter.)", "stage direction"),
        ("A title", "before the first speaker"),
        ("Ann:", "speaker label"),
        ("Related articles", "after the interview"),
    ],
)
def test_what_is_left_out_has_its_reason_and_line(piece: str, reason: str) -> None:
    text = (
        "A title\n\nAnn: Why?\n\n(Laughter.)\n\nBob: Rain.\n\nAnn: And then?\n\nBob: Snow fell.\n\n"
        "Related articles\n\nTen piers\n"
    )
    found = next(d for d in read(text).dropped if d.text == piece)
    assert found.reason == reason
    assert text.split("\n")[found.line - 1].startswith(piece)


def test_what_stands_around_a_page_is_accounted_for() -> None:
    page = (
        "<html><body><nav>Home</nav><article><p>Ann: Why did it close?</p><p>Bob: It rained.</p>"
        "<p>Ann: And then?</p><p>Bob: Snow.</p></article><footer>Imprint</footer></body></html>"
    )
    reasons = {d.text: d.reason for d in read(page, "a.html").dropped}
    assert reasons["Home"] == "page furniture (nav)"
    assert reasons["Imprint"] == "page furniture (footer)"


CUES = "".join(
    f"{n}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 2:02},000\n{text}\n\n"
    for n, text in enumerate(
        ("welcome back to the programme and", "so who owns the strait these days", "i think the",
         "fish do and they came first but", "nobody asked them and we never will", "so there you are",
         "that is the whole of the problem as", "i see it and i have seen it for years")
    )
)  # fmt: skip


def test_captions_without_speakers_are_one_unknown_voice_and_a_warning() -> None:
    interview = read(CUES, "a.srt").interview
    assert [(s.name, s.role) for s in interview.speakers] == [("unknown", "other")]
    assert (interview.turns[0].start_s, interview.turns[0].end_s) == (0.0, 16.0)
    assert any("no speaker label found" in warning for warning in interview.warnings)


def test_captions_without_punctuation_are_cut_where_sentences_start() -> None:
    interview = read(CUES, "a.srt").interview
    assert interview.turns[0].text.count("\n\n") >= 2
    words = " ".join(line for line in CUES.split("\n") if line[:1].isalpha())
    assert " ".join(interview.turns[0].text.split()) == words
    assert any("no punctuation" in warning for warning in interview.warnings)


GERMAN = (
    "Anna: Warum wurde der Hafen im Frühjahr geschlossen, Herr Minister?\n\n"
    "Bernd: Es hat drei Wochen lang geregnet, und dann ist der Kran in das Becken gefallen.\n\n"
    "Anna: Und was sagt das Bündnis dazu, wenn man es fragt?\n\n"
    "Bernd: Das Bündnis wartet auf den Winter, und der Winter wird ihm nicht helfen.\n"
)


def test_another_language_is_found_and_said() -> None:
    interview = read(GERMAN).interview
    assert (interview.language, len(interview.turns)) == ("de", 4)
    assert any("not judged" in warning for warning in interview.warnings)


def test_the_index_decides_on_the_language() -> None:
    assert read(GERMAN, language="en-GB").interview.language == "en"
