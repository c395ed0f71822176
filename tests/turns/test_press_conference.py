"""Who asks a press conference once each, whatever the length of the question."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

ANSWER = (
    "The harbour is open, and it will be open tomorrow. We have told the neighbours so twice, and "
    "they have written it down. I would like to refrain from guessing what the ice does next."
)
QUESTION = (
    "I would like to change the topic to the lighthouse. It was sold in the spring, and there is a "
    "view in the town that the price was set before the buyers had seen the stairs. The council "
    "says that it was not told, and the keeper says that nobody has asked him since he came down. "
    "There is also the matter of the second lamp, which the committee was told is still at sea. "
    "Does the Government think of buying it back?"
)


def roles_of(*turns: str) -> dict[str, str]:
    source = read_bytes("\n\n".join(turns).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    return {speaker.name or speaker.id: speaker.role[0] for speaker in interview.speakers}


def test_agencies_ask_once_each_and_at_length() -> None:
    found = roles_of(
        f"Minister NORTH: {ANSWER} {ANSWER}",
        f"Harbour Times, East: {QUESTION}",
        f"Minister NORTH: {ANSWER} {ANSWER}",
        "Coast Radio, West: Is the ice thick?",
        "Minister NORTH: It is.",
        f"Evening Gazette, South: {QUESTION}",
        f"Minister NORTH: {ANSWER} {ANSWER}",
    )
    assert found == {
        "Minister NORTH": "r", "Harbour Times": "i", "Coast Radio": "i", "Evening Gazette": "i"
    }  # fmt: skip


def test_who_only_calls_for_questions_leads_and_a_minister_who_does_answers() -> None:
    talk = (
        f"Ann Roe: {QUESTION}",
        f"Minister NORTH: {ANSWER}",
        "Bob Hale: Is the ice thick?",
        "Minister NORTH: It is.",
        f"Ann Roe: {QUESTION}",
        f"Minister NORTH: {ANSWER}",
    )
    call = "We will now take questions. Please state your name and your house."
    assert roles_of(f"Minister NORTH: {ANSWER}", f"Official: {call}", *talk)["Official"] == "i"
    assert roles_of(f"Minister NORTH: {ANSWER} {call}", *talk)["Minister NORTH"] == "r"


def test_panellists_who_end_on_a_question_each_answer_the_chair() -> None:
    found = roles_of(
        "Ann North: Welcome to our panel on the harbour. Ben, is it open?",
        f"Ben East: {ANSWER} {ANSWER} And who pays?",
        "Ann North: Thank you. Cora, who pays?",
        f"Cora West: {ANSWER} {ANSWER} Is that so odd?",
        "Ann North: Dan, is it odd?",
        f"Dan South: {ANSWER} {ANSWER} How long is the night?",
        "Ann North: Thank you all for coming.",
    )
    assert found == {"Ann North": "i", "Ben East": "r", "Cora West": "r", "Dan South": "r"}


def test_who_gives_the_floor_to_houses_leads_and_does_not_answer() -> None:
    houses = ("Harbour Times", "Coast Radio", "Evening Gazette")
    turns = [f"Spokesperson NORTH: Good day. {ANSWER}"]
    for house in houses:
        turns += (
            f"Spokesperson NORTH: {house}, briefly.",
            f"Q ({house}): Is the ice thick, and who has measured it?",
            f"Director SOUTH: {ANSWER}",
        )
    found = roles_of(*turns, "Spokesperson NORTH: Thank you.")
    assert (found["Spokesperson NORTH"], found["Director SOUTH"]) == ("i", "r")


def test_who_answers_and_names_no_house_does_not_lead() -> None:
    turns: list[str] = []
    for house in ("Harbour Times", "Coast Radio", "Evening Gazette"):
        turns += (
            f"Q ({house}): Is the ice thick, and who has measured it?",
            f"Director SOUTH: {ANSWER}",
            "Deputy NORTH: The ice is thick, and the coast has measured it.",
        )
    assert roles_of(*turns)["Deputy NORTH"] == "r"


def test_who_hands_round_the_floor_and_calls_it_none_leads() -> None:
    found = roles_of(
        "Board Spokesperson: Good evening. Master, the floor is yours.",
        f"Harbour Master: {ANSWER} {ANSWER}",
        "Board Spokesperson: We start with Coast Radio, in the second row, with the hat.",
        f"Question: {QUESTION} (Coast Radio)",
        f"Harbour Master: {ANSWER}",
        "Board Spokesperson: I see the Gazette at the back. There is a microphone coming.",
        f"Question: {QUESTION} (Evening Gazette)",
        f"Harbour Master: {ANSWER}",
        "Board Spokesperson: Last one. The Times.",
        f"Question: {QUESTION} (Harbour Times)",
        f"Harbour Master: {ANSWER}",
        "Board Spokesperson: Thank you very much. Good night.",
    )
    assert found == {"Board Spokesperson": "i", "Harbour Master": "r", "Question": "i"}


def test_initials_that_answer_are_no_master_of_ceremonies() -> None:
    found = roles_of(
        f"Q: {QUESTION}",
        f"MC: {ANSWER} {ANSWER}",
        "Q: Is the ice thick?",
        f"MC: {ANSWER}",
        "Q: And the crane?",
        f"MC: {ANSWER}",
    )
    assert found == {"Q": "i", "MC": "r"}


def test_a_listener_who_asks_on_tape_asks() -> None:
    found = roles_of(
        "Ann North: Welcome. Ben, is the harbour open?",
        f"Ben East: {ANSWER}",
        "Ann North: And who pays?",
        f"Ben East: {ANSWER}",
        "Ann North: I want to play you something that came in this week.",
        "Listener: Hello, so my question is about the crane. Everybody talks of the price of it, "
        "and nobody of the man who drives it. Who is he, and has anybody asked him? Thank you.",
        "Ann North: He did not leave a name. Ben, the man in the crane.",
        f"Ben East: {ANSWER}",
    )
    assert found == {"Ann North": "i", "Ben East": "r", "Listener": "i"}


def test_a_master_of_ceremonies_beside_questions_and_answers_leads() -> None:
    found = roles_of(
        "MC: Thank you very much for waiting. We would now like to begin. Minister, please.",
        f"Minister: Good afternoon. {ANSWER} {ANSWER}",
        "MC: Thank you very much, Minister. We now move on to the questions.",
        f"Q: {QUESTION}",
        f"A: {ANSWER}",
        f"Q: {QUESTION}",
        f"A: {ANSWER}",
        "MC: With this we would like to close the briefing.",
    )
    assert (found["MC"], found["Q"], found["A"]) == ("i", "i", "r")


def test_who_opens_and_closes_and_answers_no_question_of_the_floor_leads() -> None:
    turns = [
        f"Press Secretary EAST: Good afternoon. {ANSWER}",
        f"President NORTH: {ANSWER}",
        f"Question: {QUESTION}",
        f"President NORTH: {ANSWER} {ANSWER} How many lamps were there?",
        "Press Secretary EAST: Forty-three.",
        f"President NORTH: Forty-three. {ANSWER}",
        "Press Secretary EAST: The second row, the lady from the coast.",
        f"Question: {QUESTION}",
        f"President NORTH: {ANSWER} {ANSWER}",
        "Press Secretary EAST: Thank you all. That will do.",
    ]
    assert roles_of(*turns)["Press Secretary EAST"] == "i"
    answering = [*turns[:3], f"Press Secretary EAST: {ANSWER}", *turns[3:]]
    assert roles_of(*answering)["Press Secretary EAST"] == "r"


def test_reporters_who_say_name_and_house_ask_whom_all_come_to() -> None:
    found = roles_of(
        f"Ms. Una North, Official Spokesperson: Thank you for joining us. {ANSWER} Yes, Ben.",
        "Ben: Sir, Ben East from Harbour Times. The ferry has not come for a week. Any reason?",
        "Cora: Cora, Coast Radio. Adding to this, is the mail on another boat?",
        f"Ms. Una North, Official Spokesperson: {ANSWER} {ANSWER} Anyone else on the ferry?",
        "Speaker 1: Sir, and the fog, if that can be added.",
        f"Ms. Una North, Official Spokesperson: {ANSWER}",
        "Ben: But you do not see a --",
        f"Ms. Una North, Official Spokesperson: I have answered it, Ben. {ANSWER} Next.",
        "Dan: Good afternoon, Dan South of the Evening Gazette. Who pays for the lamp?",
        f"Ms. Una North, Official Spokesperson: Thank you all for joining us. {ANSWER}",
    )
    assert found == {"Ms. Una North": "r", "Ben": "i", "Cora": "i", "Speaker 1": "i", "Dan": "i"}


def test_panellists_who_say_name_and_house_are_asked() -> None:
    found = roles_of(
        "Ann North: Welcome. Please say who you are, and then tell us whether the harbour is open.",
        f"Ben: Ben East, Harbour Board. {ANSWER} {ANSWER}",
        f"Cora: Cora West from the Ferry Office. {ANSWER} {ANSWER}",
        f"Dan: Dan South, Coast Guard. {ANSWER} {ANSWER}",
        "Ann North: Who pays for it?",
        f"Ben: {ANSWER} {ANSWER}",
        "Ann North: Is that so, Cora?",
        f"Cora: {ANSWER}",
        "Ann North: Thank you all for coming.",
    )
    assert found == {"Ann North": "i", "Ben": "r", "Cora": "r", "Dan": "r"}


def test_names_in_capitals_may_have_the_house_and_a_full_stop_behind() -> None:
    turns = (
        "ANN NORTH [Coast Radio]. Mr. Keeper, is the pier safe?",
        f"THE KEEPER. {ANSWER}",
        "MR. NORTH. Who pays for it?",
        f"THE KEEPER. {ANSWER}",
        "BEN ÖST-EAST [Harbour Times]. Does it creak?",
        f"THE KEEPER. {ANSWER}",
        "MR, NORTH. Thank you, Mr. Keeper.",
        "NOTE: The exchange with the keeper began at 2:17 p.m. on the pier.",
    )
    source = read_bytes("\n\n".join(turns).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.convention == "caps-period"
    assert [speaker.name for speaker in interview.speakers] == [
        "ANN NORTH", "THE KEEPER", "BEN ÖST-EAST"
    ]  # fmt: skip
    assert [speaker.role[0] for speaker in interview.speakers] == ["i", "r", "i"]
    assert interview.turns[-1].text == "Thank you, Mr. Keeper."
