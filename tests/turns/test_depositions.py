"""Depositions: numbered lines, "Q" and "A" without a stop, and who examines on a line above."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

NUMBERED = """\
 1   EXAMINATION BY COUNSEL FOR THE COMMISSION
 2   BY MS. VALE:
 3        Q    Good morning. Who closed the strait in the
 4   spring?
 5        A    The council did. I was in the room with a
 6   pencil.
 7             Nobody had sharpened it.
 8        Q    Was there a letter?
 9        A    There was.
10             (Exhibit No. 4 was marked for
11   identification.)
12   BY MS. VALE:
13        Q    Is this the letter?
14        A    A copy of it.
15             COMMISSIONER ORLO:  May I? Who signed it?
16             THE WITNESS:  The harbour master, sir. With
17   some affection.
18             COMMISSIONER ORLO:  Did he read it?
19             THE WITNESS:  He was briefed.
20   BY MR. OTTEN:
21        Q    Did anybody else read it?
22        A    My neighbour. He asked for another.
"""


def build(text: str) -> Interview:
    source = read_bytes(text.encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [
        f"{speakers[turn.speaker_id].role[0]} {speakers[turn.speaker_id].name}: {turn.text}"
        for turn in interview.turns
    ]


def test_bare_letters_are_labels_beside_names_with_a_colon() -> None:
    assert told(build(NUMBERED)) == [
        "i MS. VALE: Good morning. Who closed the strait in the spring?",
        "r A: The council did. I was in the room with a pencil.\n\nNobody had sharpened it.",
        "i MS. VALE: Was there a letter?",
        "r A: There was.",
        "i MS. VALE: Is this the letter?",
        "r A: A copy of it.",
        "i COMMISSIONER ORLO: May I? Who signed it?",
        "r THE WITNESS: The harbour master, sir. With some affection.",
        "i COMMISSIONER ORLO: Did he read it?",
        "r THE WITNESS: He was briefed.",
        "i MR. OTTEN: Did anybody else read it?",
        "r A: My neighbour. He asked for another.",
    ]


def test_an_answer_may_follow_an_objection() -> None:
    text = (
        "Q   Was it cold?\n\nA   It was.\n\nQ   Was it dark?\n\nA   It was not.\n\n"
        "Q   Who had the key?\n\nMR. OTTEN:  Objection to form.\n\nA   A man with a lamp.\n\n"
        "Q   And then?\n\nA   He left.\n\nMR. OTTEN:  Let us have a break."
    )
    assert "r A: A man with a lamp." in told(build(text))


def test_who_examines_may_stand_in_brackets_behind_the_letter() -> None:
    text = (
        "Q.  (BY MR. OTTEN) Was it cold?\n\nA.  It was.\n\nQ.  Was it dark?\n\nA.  It was not.\n\n"
        "CROSS-EXAMINATION\n\nQ.  (BY MS. VALE) Who had the key?\n\nA.  Nobody had it."
    )
    assert told(build(text)) == [
        "i MR. OTTEN: Was it cold?",
        "r A: It was.",
        "i MR. OTTEN: Was it dark?",
        "r A: It was not.",
        "i MS. VALE: Who had the key?",
        "r A: Nobody had it.",
    ]


def test_a_sentence_that_starts_with_a_is_no_answer_where_names_answer() -> None:
    text = (
        "Q   Was it cold?\n\nTHE MINISTER:  It was.\n\nA cold harbour is a closed one.\n\n"
        "Q   Was it dark?\n\nTHE MINISTER:  It was not.\n\nA lamp was there."
    )
    assert len(build(text).turns) == 4
