"""Small habits of those who print talks: starred headings, codes, cards, names in brackets."""

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
    return [
        f"{speakers[turn.speaker_id].role[0]} {speakers[turn.speaker_id].name}: "
        f"{' '.join(turn.text.split()[:3])}"
        for turn in interview.turns
    ]


def test_a_briefing_with_starred_headings_begins_with_the_greeting() -> None:
    interview = build(
        "The following is a near-verbatim transcript of today's briefing by the Spokesman.",
        "All right. Good afternoon, everyone. The lift was late.",
        "**Travels",
        "The Director is on his way back from the harbour.",
        "**Guest",
        "We will be joined by our Coordinator, who stands on a dyke.",
        "Spokesman:  We have got her early. Can you hear us? Please go ahead.",
        "Ms. Orlo:  I can, over the pump. On my left is water, and it has decided to stay. On my "
        "right are people, below the level of the water, and they sit in the holes of the dyke.",
        "Spokesman:  Questions for Ms. Orlo first.",
        "Question:  Who buys the diesel?",
        "Ms. Orlo:  The companies do, for their own pumps, and others for ours. It is one pump.",
        "Spokesman:  Thank you.",
        "Question:  Is that a joke?",
        "Spokesman:  It is a matter of maintenance.",
    )
    first = interview.turns[0]
    assert first.text.startswith("All right. Good afternoon")
    assert "who stands on a dyke.\n\nWe have got her early." in first.text
    assert "**" not in first.text
    assert interview.speaker_by_id()[first.speaker_id].name == "Spokesman"


def test_a_name_in_brackets_behind_question_is_who_asks() -> None:
    interview = build(
        "CHAIR North: Good afternoon. The secretary begins.",
        "Secretary Vale: The piers were inspected, and most of them will stand the winter.",
        "Question (Field): Which pier worries you most?",
        "Secretary Vale: The second one, because everything goes over it.",
        "Supplementary question (Field): So it is not enough?",
        "Secretary Vale: It is a beginning.",
        "Question (Lind): Will the signs go up again?",
        "Secretary Vale: They have been ordered.",
        "Question (inaudible): And the lamps?",
        "Secretary Vale: The lamps as well.",
        "Question (French): Who pays for them?",
        "Secretary Vale: The harbour does.",
    )
    askers = [line for line in told(interview) if line.startswith("i ") and "CHAIR" not in line]
    assert [line.split(":")[0] for line in askers] == [
        "i Field", "i Field", "i Lind", "i Question", "i Question"
    ]  # fmt: skip


def test_codes_of_languages_and_cards_are_no_speech_and_no_part() -> None:
    interview = build(
        "Public hearing: The piers one year on",
        "Chair. – (ES) Good afternoon. The expert has the floor.",
        "Ada North, President, Pier Farmers. – (EN) I have six piers and one of them is new.",
        "Chair. – (ES) Now the members.",
        "Ben Vale (ABC). – (CS) Does the money arrive?",
        "Ada North. – (EN) It arrives late, and less of it.",
        "Cora East (DEF), blue-card question. – (IT) Did anyone vote for that?",
        "Ben Vale (ABC), blue-card answer. – (CS) She sits next to you, and you might ask her.",
        "Ada North. – (EN) Nobody asked me.",
        "Cora East (DEF). – (IT) Would you do it again?",
        "Ada North. – (EN) I would, with a lamp.",
        "Chair. – (ES) The hearing is closed.",
    )
    assert told(interview)[:2] == ["i Chair: Good afternoon. The", "r Ada North: I have six"]
    assert "i Ben Vale: She sits next" in told(interview)


def test_the_initials_of_a_house_label_what_it_asks() -> None:
    lines = ["**The Harbour Times: How old is the pier?**", "**Ada North:** It is a hundred."]
    for number in range(4):
        lines += (f"**THT: And what of lamp {number}?**", f"It burns, as {number} others do.")
    speakers = build(*lines, name="a.md").speakers
    assert [speaker.name for speaker in speakers] == ["The Harbour Times", "Ada North"]


def test_statements_in_quotations_ask_where_they_speak_to_somebody() -> None:
    interview = build(
        "> A harbour is a promise, said the old master.",
        "Hello from the harbour. My questions are the indented bits.",
        "> Let me start with the chairs. You told me that each of them had a number.",
        "Under the seat. The flag was painted over, and the number was not.",
        "> You were among the first who came.",
        ">",
        "> What were they teaching you?",
        "To write down the reason. I had never had one before.",
        "> And yet the telephone came back.",
        "It never left. It had learned to whisper.",
        "> Did the council have another key?",
        "It had three of them, and a lamp.",
        name="a.md",
    )
    assert [turn.text.split()[0] for turn in interview.turns] == [
        "Let", "Under", "You", "To", "And", "It", "Did", "It"
    ]  # fmt: skip


def test_a_guest_who_is_welcomed_may_thank_for_coming() -> None:
    said = (
        "Hello and welcome back to the show. Ada, welcome.",
        ">> By two, in fact. Thank you for coming to the end of the pier.",
        ">> Okay, start with the second one then.",
        ">> So that was in spring, our engine died and the current took us up to the lamp, and "
        "there we sat for the night, with a loaf and a song, until the pilot came and laughed at "
        "us, and he laughs still.",
        ">> How many boats were there?",
        ">> Nine of them, and on a good night twelve.",
    )
    cues = "\n\n".join(
        f"00:00:{10 + 5 * i}.000 --> 00:00:{14 + 5 * i}.000\n{text}" for i, text in enumerate(said)
    )
    interview = build("WEBVTT", cues, name="a.vtt")
    roles = interview.speaker_by_id()
    assert "".join(roles[turn.speaker_id].role[0] for turn in interview.turns) == "iririr"


def test_who_says_but_a_few_words_and_answers_nobody_gives_the_floor() -> None:
    interview = build(
        "PRESIDENT: Good morning. Today I have two matters, the river and the cows, and I begin "
        "with the river, because it was there before us and will be there when we have left.",
        "DIRECTOR: Questions on the river only. Over there, in the second row.",
        "PRESS: Good morning. What did you bring home from the meeting?",
        "PRESIDENT: A cold, and an understanding with somebody who had never seen the river.",
        "DIRECTOR: The cows. Please.",
        "MINISTER: Thank you. We sold more of them than last year, and mostly by ship.",
        "PRESS: Are the neighbours content?",
        "MINISTER: They are a little less discontent than they were before the summer.",
        "DIRECTOR: We have no more time. President, some word to close?",
        "PRESIDENT: Take the bread with you.",
    )
    roles = {speaker.name: speaker.role[0] for speaker in interview.speakers}
    assert roles == {"PRESIDENT": "r", "DIRECTOR": "i", "PRESS": "i", "MINISTER": "r"}
