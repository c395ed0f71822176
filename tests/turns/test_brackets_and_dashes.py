"""Labels in square brackets within round ones, and bold labels that a hyphen closes."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview


def build(*paragraphs: str, name: str = "a.txt") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [f"{speakers[turn.speaker_id].name}: {turn.text}" for turn in interview.turns]


def test_a_whole_turn_may_stand_in_round_brackets() -> None:
    interview = build(
        "[Minister Orlo] The dyke leaks at noon. (He points at the dyke.) We have told it not to.",
        "([Vera Lind Anchor] Engineers want a second one (behind the first). Have you asked the first?)",
        "[Minister Orlo] (In his own words) the sea is patient, and a dyke has to be as well.",
        "[Vera Lind Anchor] Who pays the poet?",
        "[Minister Orlo] The insurers do, by the line, and they have asked him to be brief.",
        "([Vera Lind Anchor] Is he?) Nobody has seen the end of it yet. (Laughs.)",
    )
    assert told(interview)[1] == (
        "Vera Lind Anchor: Engineers want a second one (behind the first). Have you asked the first?"
    )
    assert told(interview)[-1].endswith("yet. (Laughs.)")


def test_bold_names_that_a_hyphen_closes_label_where_they_are_not_bold() -> None:
    interview = build(
        "<p><b>Tara -</b>On a pier like this one, what does a harbour master do all day long?</p>",
        "<p><b>Amb Ines Moll- </b>He waits for ships, and writes down that he has waited.</p>",
        "<p>Rolf -Ma'am, does anybody read what he writes?</p>",
        "<p>Amb Ines Moll-It is read in the capital, by who waits there for his letters.</p>",
        "<p>Rolf-like patience is what they need there. I have told them so for years.</p>",
        "<p><b>Rolf - </b>And who writes to him?</p>",
        "<p><b>Amb Ines Moll -</b>The ships do, when they are late, and they are polite.</p>",
        "<p><b>Tara -</b>Is any of them on time?</p>",
        "<p><b>Amb Ines Moll-</b>One is, and nobody knows what to do with it for an hour.</p>",
        "<p><b>Rolf -</b>Does it go on sailing?</p>",
        "<p><b>Amb Ines Moll-</b>It does, to teach the others. They look at it from afar.</p>",
        name="a.html",
    )
    assert [line.split(":")[0] for line in told(interview)] == [
        "Tara", "Amb Ines Moll", "Rolf", "Amb Ines Moll", "Rolf",
        "Amb Ines Moll", "Tara", "Amb Ines Moll", "Rolf", "Amb Ines Moll",
    ]  # fmt: skip
    assert "Rolf-like patience" in interview.turns[3].text
