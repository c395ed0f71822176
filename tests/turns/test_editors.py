"""A paper receives a guest: reporters ask, and the editor receives and remarks."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

TALK = (
    "NORA WICK, executive editor of the Harbour Courier: Thank you for coming up. We are recording.",
    "ILO BRANDT, keeper-designate of the northern lamp: I was told that there would be soup.",
    "WICK: The soup is coming. It has to climb four floors.",
    "BRANDT: Then I am in no hurry, and I have brought my own spoon. I was a sailor for ten years, "
    "and I have learned never to ask for one on land.",
    "DEAN HOLT, port correspondent: Can I start on the oil? How much of it do you expect to get?",
    "BRANDT: Half of what we ask for, as in every year. The ministry counts in barrels and we count "
    "in nights, and the two have never come out even.",
    "HOLT: And if there is less?",
    "BRANDT: Then there are fewer nights. I have said so to the minister, and he looked at his shoes.",
    "VERA LIND, Opinion columnist: Let me be blunt. Why does a harbour need a lamp at all?",
    "BRANDT: Because some captains are as old as I am, and they look out of the window. I would not "
    "like to be the one who tells their widows of the satellites.",
    "WICK: We would print that.",
    "BRANDT: I thought that you might. You have printed worse.",
    "LIND: Who would pay for a second lamp?",
    "BRANDT: Nobody would. I would light it all the same.",
    "WICK: I think that this is the quote. Thank you, and I am sorry about the soup.",
    "BRANDT: It never came. It is like the oil.",
    "See also - Who Is Ilo Brandt? Four Things to Know",
)


def test_an_editor_asks_though_he_only_remarks() -> None:
    source = read_bytes("\n\n".join(TALK).encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert {str(one.name): one.role for one in interview.speakers} == {
        "NORA WICK": "interviewer",
        "ILO BRANDT": "respondent",
        "DEAN HOLT": "interviewer",
        "VERA LIND": "interviewer",
    }
    assert interview.turns[-1].text.endswith("like the oil.")
