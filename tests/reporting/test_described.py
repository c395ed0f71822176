"""A report for every phrase that may name a holder."""

from __future__ import annotations

from pipeline.parse import load_spacy
from pipeline.reporting import described_reports, load_cues

NLP = load_spacy("en_core_web_sm")


def described(sentence: str, *names: str, taken: str = "") -> list[tuple[str, str]]:
    doc = NLP(sentence)
    named = {t.i for t in doc if t.text in names}
    holds = [(t.i, t.i + 1) for t in doc if t.text == taken]
    found = described_reports(doc[:], names=named, cues=load_cues(), taken=holds)
    return [(doc[r.holder[0] : r.holder[1]].text, r.cue) for r in found]


def test_names_and_people_are_proposed_with_what_they_do() -> None:
    found = described("Georgians want Europe, and the envoy said it.", "Georgians", "Europe")
    assert [holder for holder, _ in found] == ["Georgians", "Europe", "the envoy"]
    assert found[0] == ("Georgians", "want")


def test_a_pronoun_is_proposed_where_it_was_resolved_and_as_a_subject() -> None:
    sentence = "They want Europe, and Moscow wants them."
    resolved = described(sentence, "They", "Europe", "Moscow", "them")
    assert [holder for holder, _ in resolved] == ["They", "Europe", "Moscow", "them"]
    left = described(sentence, "Europe", "Moscow")
    assert [holder for holder, _ in left] == ["They", "Europe", "Moscow"]


def test_the_speaker_and_the_interviewer_hold_nothing_reported() -> None:
    assert described("I told you that we were late.") == []


def test_who_holds_a_report_already_is_left_out() -> None:
    found = described("Beijing and Delhi wait.", "Beijing", "Delhi", taken="Beijing")
    assert [holder for holder, _ in found] == ["Delhi"]


def test_a_name_of_several_words_is_one_phrase() -> None:
    found = described("The United States waits.", "United", "States")
    assert [holder for holder, _ in found] == ["The United States"]


def test_whom_the_speaker_addresses_holds_nothing() -> None:
    assert described("I told the envoy that Europe would pay.", "Europe") == [("Europe", "pay")]
    found = described("To the envoy I would say that Europe would pay.", "Europe")
    assert [holder for holder, _ in found] == ["Europe"]
    assert described("The minister told the envoy a story.")[0][0] == "The minister"


def test_nobody_holds_nothing() -> None:
    assert described("No minister and no envoy wants that.") == []


def test_where_the_speaker_says_something_and_where_nobody_does_hold_nothing() -> None:
    assert described("We have said so in Geneva.", "Geneva") == []
    assert described("Nobody in Beijing told me that.", "Beijing") == []
    assert described("The sanctions are mocked in Beijing.", "Beijing")[-1][0] == "Beijing"


def test_a_month_and_who_is_asked_for_hold_nothing() -> None:
    assert described("In March the price fell.") == []
    assert described("Which side is busy with that?") == []


def test_what_is_supposed_or_denied_by_the_speaker_is_marked() -> None:
    def flags(sentence: str) -> tuple[str, ...]:
        doc = NLP(sentence)
        named = {t.i for t in doc if t.text == "China"}
        found = next(described_reports(doc[:], names=named, cues=load_cues()))
        return found.flags

    assert flags("If China wishes for a weaker fleet, it can wait.") == ("supposed",)
    assert flags("I do not believe that China is looking for a quarrel.") == ("denied",)
    assert flags("China does not curse anybody.") == ()
    assert flags("China waits.") == ()
