"""Questions and answers that open with the letters of another language."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ASKED = (
    "La grue est-elle tombée ?",
    "Qui l'a vue ?",
    "Et la seconde ? Restera-t-elle ?",
    "Et puis ?",
)
ANSWERED = (
    "Elle est tombée dans le bassin, il y a trois semaines, et personne ne l'a relevée depuis.",
    "Le gardien du port l'a vue. Il dit qu'elle a attendu la nuit, ce que je veux bien croire.",
    "La seconde restera jusqu'en mai. Après, ce sera au vent d'en décider, comme toujours ici.",
    "Puis il faudra une troisième grue, pour relever les deux autres, et un gardien de plus.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def talk(asks: str, answers: str) -> list[str]:
    return [
        line
        for question, answer in zip(ASKED, ANSWERED, strict=True)
        for line in (f"{asks}{question}", f"{answers}{answer}")
    ]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Q - ", "R - "),
        ("Q. – ", "R. – "),
        ("P.- ", "R.- "),
        ("P. ", "R. "),
        ("D: ", "R: "),
        ("F: ", "A: "),
        ("В.: ", "О.: "),
    ],
)
def test_two_letters_by_turns_are_question_and_answer(asks: str, answers: str) -> None:
    interview = build(*talk(asks, answers), "Sans étiquette, la réponse continue.")
    assert [turn.kind for turn in interview.turns] == ["question", "answer"] * 4
    assert [turn.text for turn in interview.turns[:7]] == [
        one for pair in zip(ASKED, ANSWERED, strict=True) for one in pair
    ][:7]
    assert interview.turns[-1].text.endswith("continue.")


def test_the_first_question_may_have_no_letter() -> None:
    greeting = (
        "Bonsoir, chers auditeurs.",
        "Nous sommes au port, où il pleut.",
        "Y a-t-il une grue ?",
    )
    interview = build("Texte intégral", *greeting, *talk("Q - ", "R - ")[1:], "Sur le même sujet")
    assert interview.turns[0].text == "\n\n".join(greeting)
    assert interview.turns[0].speaker_id == interview.turns[2].speaker_id
    assert interview.turns[-1].text == ANSWERED[-1]


def test_what_states_above_the_first_answer_is_no_question() -> None:
    interview = build("Il pleut sur le port.", *talk("Q - ", "R - ")[1:])
    assert interview.turns[0].text == ANSWERED[0]


def test_initials_of_people_of_whom_sentences_are_are_no_letters() -> None:
    told = ["D. North asked why.", "R. Hale told him.", "D. North went away.", "R. Hale stayed."]
    assert build(*told, *told).convention != "letter-pairs"


def test_who_asks_as_often_as_the_other_is_no_letter() -> None:
    asked = [f"{letter}: Who counts the lamps of pier {n}?" for n in range(4) for letter in "PR"]
    assert build(*asked).convention != "letter-pairs"
