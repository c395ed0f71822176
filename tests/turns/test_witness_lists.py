"""The list of witnesses above a committee's hearing."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview


def test_one_numbered_line_of_several_witnesses_is_no_turn() -> None:
    lines = (
        "Harbour Committee",
        "Witnesses",
        "I: Dr Ada North, Fellow, Institute of Ice; Mr Ben Vale, former Deputy Minister of Piers.",
        "Examination of witnesses",
        "Witnesses: Dr Ada North and Mr Ben Vale.",
        "Q1 **Chair:** Good afternoon. Who are you?",
        "*Dr North:* I measure ice, and I have done so since the spring of the great flood.",
        "*Mr Vale:* I ran a pier, and then a ministry, which is a noisier kind of pier.",
        "Q2 **East:** Is it thick?",
        "*Dr North:* It is thin, and every year it is a little thinner than it was.",
        "**East:** Since when?",
        "*Mr Vale:* Since the lamp was lit, I would say, and nobody has put it out.",
        "**Chair:** Thank you very much.",
    )
    source = read_bytes("\n\n".join(lines).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    roles = {speaker.name: speaker.role[0] for speaker in interview.speakers}
    assert roles == {"Chair": "i", "Dr North": "r", "Mr Vale": "r", "East": "i"}
    assert interview.turns[0].text == "Good afternoon. Who are you?"
