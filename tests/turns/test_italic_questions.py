"""Questions in italics, answers plain."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

PAGE = (
    "<p><em>Nora Lind: Good evening. My producer has written a list of questions for us.</em></p>"
    "<p>Then we are both in trouble.</p>"
    "<p><em>You came by ferry.</em><br>The last one. It is the best office that I have had.</p>"
    "<p><em>Who closed the northern port in the spring, and why was nobody told?</em></p>"
    "<p>Nobody knows who closed it. We were told by a fisherman, who had it from the cook.</p>"
    "<p><em>She laughs.</em></p>"
    "<p>And the cook had it from the minister.</p>"
    "<p><em>Did the ministry ever answer the letters that you wrote to it?</em></p>"
    "<p>One of them. It was a bill for the stamps, and we paid it.</p>"
    "<p><em>Will it be opened again before the ice comes?</em></p>"
    "<p>It will be opened when somebody finds the key.</p>"
)


def _build(page: str) -> Interview:
    source = read_bytes(f"<html><body>{page}</body></html>".encode(), name="a.html")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_short_statement_in_italics_is_the_askers_and_a_direction_nobodys() -> None:
    interview = _build(PAGE)
    asked = {speaker.id for speaker in interview.speakers if speaker.role == "interviewer"}
    said = [turn.text for turn in interview.turns if turn.speaker_id in asked]
    assert said[0].startswith("Good evening.")
    assert said[1] == "You came by ferry."
    assert len(said) == 5
    assert not any("She laughs" in text for text in said)


def test_a_label_in_the_first_question_names_the_asker() -> None:
    (asker,) = (one for one in _build(PAGE).speakers if one.role == "interviewer")
    assert asker.name == "Nora Lind"
